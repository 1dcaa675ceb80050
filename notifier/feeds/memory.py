"""What was made of the pieces of documents, so that a piece that has not changed is not read again.

A page is read whenever anything on it has changed, and nearly all of it has not.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

import msgspec

__all__ = ["LARGEST", "MOST", "forget", "remembered"]

LARGEST = 256 * 1024
"""Bytes of the largest piece that is remembered."""

MOST = 4 * 1024 * 1024
"""Bytes of all pieces that are remembered; the oldest go first."""

_Pieces = TypeVarTuple("_Pieces")
_Kind = TypeVar("_Kind")


class _Memory:
    """By the function that made it, and by what of: all that is remembered."""

    def __init__(self) -> None:
        self.made: dict[tuple[object, bytes], Any] = {}
        self.held = 0

    def keep(self, key: tuple[object, bytes], what: object) -> None:
        size = len(key[1])
        if size > LARGEST:
            return
        while self.held + size > MOST:
            oldest = next(iter(self.made))  # where it is still there, it is made anew
            self.held -= len(oldest[1])
            del self.made[oldest]
        self.made[key] = what
        self.held += size


_memory = _Memory()


def remembered(build: Callable[[*_Pieces], _Kind]) -> Callable[[*_Pieces], _Kind]:
    """`build`, remembering what it made of which pieces.

    It must make the same of the same, and something that nobody changes. Pieces are bytes, structs
    of `msgspec` and whatever else that encodes.
    """

    @wraps(build)
    def built(*pieces: *_Pieces) -> _Kind:
        try:
            key = build, msgspec.msgpack.encode(pieces)
        except (OverflowError, RecursionError):  # JSON has larger numbers, and may nest deeper
            return build(*pieces)
        if key in _memory.made:
            kept: _Kind = _memory.made[key]
            return kept
        what = build(*pieces)
        _memory.keep(key, what)
        return what

    return built


def forget() -> None:
    """Remember nothing, as at a start: for whoever wants to know what reading costs then."""
    _memory.made.clear()
    _memory.held = 0
