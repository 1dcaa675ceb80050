"""A board in the making: what one event changes, and what is wanted because of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from notifier.model.announcement import Silence, ThreadId, Withheld
from notifier.model.board import Board, Standing, Thread
from notifier.model.effect import Effect, Hush, LookAt, Record
from notifier.model.moment import Moment
from notifier.model.record import Entry, SilenceKept, ThreadKept
from notifier.model.service import ServiceKey, SourceId
from notifier.model.settings import Settings

K = TypeVar("K")
V = TypeVar("V")


def without(mapping: Mapping[K, V], *keys: K) -> dict[K, V]:
    """A copy of `mapping` without `keys`."""
    return {key: value for key, value in mapping.items() if key not in keys}


class Draft:
    """Lives for one call of `update`; nobody else ever sees it change."""

    def __init__(self, board: Board, settings: Settings, at: Moment) -> None:
        """Begin from `board` as it was before the event of `at`."""
        self.board = board
        self.settings = settings
        self.at = at
        self._standings: dict[ServiceKey, Standing] | None = None
        """The standings of this draft alone, once one of them has changed."""
        self.effects: list[Effect] = []
        self.touched: set[ServiceKey] = set()
        self.news = False
        """Whether more of what is touched is new than when, and in which words, it was seen."""

    def want(self, effect: Effect) -> None:
        """Ask for something to be done."""
        self.effects.append(effect)

    def record(self, entry: Entry) -> None:
        """Ask for something to be written down."""
        self.effects.append(Record(entry))

    def look_at(self, source: SourceId, *, after: float = 0.0, early: bool = False) -> None:
        """Ask for a look out of turn."""
        self.effects.append(LookAt(source, after, early=early))

    def stand(self, key: ServiceKey, standing: Standing, *, news: bool = True) -> None:
        """Put a service's standing on the board; without `news` it was found just as it was."""
        if self._standings is None or self.board.standings is not self._standings:
            self._standings = dict(self.board.standings)
            self.board = self.board.with_standings(self._standings)
        self._standings[key] = standing
        self.touched.add(key)
        self.news = self.news or news

    def keep(self, thread: Thread) -> None:
        """Put a thread on the board and on disk."""
        self.board = replace(self.board, threads={**self.board.threads, thread.id: thread})
        self.touched.update(thread.services)
        self.news = True
        self.record(ThreadKept(thread))

    def drop_thread(self, id_: ThreadId) -> None:
        """Forget a thread that can matter no more."""
        board = self.board
        self.board = replace(
            board,
            threads=without(board.threads, id_),
            told=without(board.told, id_),
            silences=without(board.silences, id_),
            mutes=without(board.mutes, id_),
        )

    def hush(self, withheld: Withheld) -> None:
        """Let a silence be seen and written down."""
        self.effects.append(Hush(withheld))
        self.record(SilenceKept(withheld))

    def hush_all(self, reason: Silence) -> None:
        """One silence about everything chosen."""
        everyone = tuple(service.key for service in self.settings.services)
        self.hush(Withheld(self.at.utc, None, everyone, reason))
