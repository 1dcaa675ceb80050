"""A notification daemon in memory that obeys `desktop`: its answer is what makes a notice told."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from notifier.model.announcement import Notice, NoticeId


class Answers(Protocol):
    """Whoever wants to know what became of a notice: the engine."""

    def heard(self, notice: NoticeId, channel: str, handle: str = "") -> None:
        """It was shown."""
        ...

    def kept_back(self, notice: NoticeId, by: str) -> None:
        """It was taken, and hangs nowhere yet."""
        ...

    def unheard(self, notice: NoticeId, why: str) -> None:
        """It was not."""
        ...

    def reachable(self) -> None:
        """The daemon has appeared."""
        ...


NAME = "the rehearsed desktop"


class MemoryDaemon:
    """Shows notices to nobody, and answers as a real daemon would."""

    def __init__(self, shown: Callable[[Notice], None]) -> None:
        """Tell `shown` of every notice that reached the person."""
        self._shown = shown
        self._state = "there"
        self._waiting: list[Notice] = []
        self._number = 0
        self._hushes = False

    def obey(self, desktop: Mapping[str, Any], engine: Answers | None) -> None:
        """Come and go as a step says. A late daemon is absent until it is said to be there.

        One that hung answers, once it goes on, everything it was handed meanwhile; one that was
        replaced or has gone has lost it. With `dnd` it takes every notice and keeps it back.
        """
        self._hushes = desktop.get("dnd", self._hushes)
        if "daemon" not in desktop:
            return
        was, self._state = self._state, desktop["daemon"]
        waiting, self._waiting = self._waiting, []
        if self._state == "hung":
            self._waiting = waiting
        if self._state != "there" or engine is None:
            return
        for notice in waiting:
            self._show(notice, engine, answer=True)
        if was != "there":
            engine.reachable()

    def deliver(self, notice: Notice, engine: Answers, *, answer: bool = True) -> None:
        """Show a notice; without `answer` the program dies before it learns that it was shown."""
        match self._state:
            case "there":
                self._show(notice, engine, answer=answer)
            case "hung":
                self._waiting.append(notice)
            case _:
                engine.unheard(notice.id, "no notification daemon is running")

    def _show(self, notice: Notice, engine: Answers, *, answer: bool) -> None:
        self._number += 1
        self._shown(notice)
        if answer:
            engine.heard(notice.id, "memory", str(self._number))
            if self._hushes:
                engine.kept_back(notice.id, NAME)
