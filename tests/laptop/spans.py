"""Spans of time, in seconds, and what is left of them beside each other."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """From `begins` until before `ends`."""

    begins: float
    ends: float

    def __contains__(self, t: float) -> bool:
        return self.begins <= t < self.ends

    def meets(self, other: "Span") -> bool:
        return self.begins < other.ends and other.begins < self.ends


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order, with what overlaps or touches as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.begins):
        if found and span.begins <= found[-1].ends:
            found[-1] = Span(found[-1].begins, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], gone: Iterable[Span]) -> list[Span]:
    """What is left of `spans` outside of `gone`."""
    left = joined(spans)
    for hole in joined(gone):
        if any(span.meets(hole) for span in left):
            left = [piece for span in left for piece in _around(span, hole)]
    return left


def _around(span: Span, hole: Span) -> Iterable[Span]:
    """What `hole` leaves of a span: all of it, a piece or two, or nothing."""
    before = Span(span.begins, min(span.ends, hole.begins))
    after = Span(max(span.begins, hole.ends), span.ends)
    return (piece for piece in (before, after) if piece.begins < piece.ends)


def both(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The times that lie in one of `some` and in one of `others`."""
    others = joined(others)
    return [
        Span(max(one.begins, other.begins), min(one.ends, other.ends))
        for one in joined(some)
        for other in others
        if one.meets(other)
    ]


def any_meets(spans: Sequence[Span], begins: float, ends: float) -> bool:
    """Whether any of `spans`, in order and apart, meets the time from `begins` to `ends`."""
    place = bisect_right(spans, ends, key=lambda one: one.begins)
    return place > 0 and spans[place - 1].ends > begins
