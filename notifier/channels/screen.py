"""What hangs on the screen under which number of the system's, for how long, and who takes whose
place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from notifier.model.announcement import Notice, NoticeId, Reason, ThreadId

N = TypeVar("N", int, str)
"""A number, or whatever else a system knows a notice by."""

_STAYING = frozenset({Reason.OUTAGE, Reason.WORSE, Reason.REOPENED, Reason.SUMMARY})
"""What stays until it is seen where it is confirmed; everything else expires."""


def stays(notice: Notice) -> bool:
    """Whether it stays until it is seen: a confirmed outage does, everything else expires."""
    return notice.reason in _STAYING and notice.confidence == "confirmed" and not notice.transient


@dataclass(frozen=True, slots=True)
class _Shown:
    notice: NoticeId
    threads: frozenset[ThreadId] = frozenset()
    """Empty where it was shown by an earlier run."""


class Screen(Generic[N]):
    """The notices one daemon shows. Its numbers mean nothing to any other daemon."""

    def __init__(self) -> None:
        self._shown: dict[N, _Shown] = {}

    def hang(self, number: N, notice: Notice) -> None:
        """The daemon shows `notice` under `number`."""
        self._shown[number] = _Shown(notice.id, frozenset(notice.threads))

    def adopt(self, left: Mapping[NoticeId, N]) -> None:
        """Take over what an earlier run left with this very daemon."""
        for notice, number in left.items():
            self._shown[number] = _Shown(notice)

    def numbers_of(self, notice: NoticeId) -> tuple[N, ...]:
        """Where a notice hangs; nowhere once it was replaced, closed or dismissed."""
        return tuple(n for n, shown in self._shown.items() if shown.notice == notice)

    def replaced_by(self, notice: Notice) -> tuple[N, ...]:
        """The numbers it takes the place of: what it names, itself, all else on its threads."""
        return tuple(
            number
            for number, shown in self._shown.items()
            if shown.notice in (notice.replaces, notice.id)
            or (shown.threads and shown.threads <= set(notice.threads))
        )

    def take_down(self, number: N) -> NoticeId | None:
        """Forget a number; the notice that hung there."""
        shown = self._shown.pop(number, None)
        return shown.notice if shown else None

    def clear(self) -> None:
        """The daemon is gone, and everything with it."""
        self._shown.clear()
