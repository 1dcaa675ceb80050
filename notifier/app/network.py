"""Builds what looks at the network, from the settings; httpx is loaded here and not before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.last_reading import Document, LastReading
from notifier.model.observation import Failure, Outcome
from notifier.model.service import (
    FeedSource,
    KeySource,
    Legend,
    ProbeSource,
    ReferenceSource,
    Source,
    host_of,
)
from notifier.model.settings import Choices
from notifier.storage.asked_pages import AskedPages
from notifier.storage.cache import Cache
from notifier.watch.clock import Clock
from notifier.watch.looker import Looked

if TYPE_CHECKING:  # loaded at the first look
    from pathlib import Path

    from notifier.model.drill import Spoken
    from notifier.watch.fetch import Fetch
    from notifier.watch.key_ring import KeyRing
    from notifier.watch.wire import Wire

YOUNG = timedelta(seconds=30)
"""A reading younger than this is as good as a look: the host would not be asked again anyway."""


class Network:
    """A looker that loads the network only at the first look: the icon stands before that."""

    def __init__(
        self,
        choices: Choices,
        clock: Clock,
        kept: Cache | None = None,
        *,
        asked_pages: AskedPages | None = None,
        accept: bool = False,
        young: timedelta = YOUNG,
        keys: KeyRing | None = None,
    ) -> None:
        """Look as `choices` say: proxy and extra authorities.

        `kept` are the readings of commands before; with `accept` one younger than `young`
        spares the look. `asked_pages` is what pages were found to be, and when they were asked;
        `keys` are the person's own.
        """
        self._choices = choices
        self._clock = clock
        self._kept = kept
        self._asked_pages = asked_pages
        self._accept = accept
        self._good_for = young
        self._keys = keys
        self._looker: Fetch | None = None

    @classmethod
    def of_command(
        cls,
        choices: Choices,
        clock: Clock,
        folder: Path,
        *,
        accept: bool,
        young: timedelta = YOUNG,
        keys: KeyRing | None,
    ) -> Network:
        """What a command looks with: commands share what lies in `folder`, the cache."""
        return cls(
            choices,
            clock,
            Cache(folder),
            asked_pages=AskedPages(folder),
            accept=accept,
            young=young,
            keys=keys,
        )

    @property
    def asked(self) -> bool:
        """Whether anybody was asked at all."""
        return self._looker is not None

    async def look(self, source: Source, *, fresh: bool = False) -> Looked:
        """Ask `source` once."""
        if self._accept and not fresh:
            young = self._young(source)
            if young is not None:
                return young
        return await self._real().look(source, fresh=fresh)

    async def deep(self, source: KeySource) -> Looked:
        """Make the smallest real call of `source`."""
        return await self._real().deep(source)

    async def token(self, source: ProbeSource, model: str) -> Spoken | Failure:
        """Have `model` of the server at `source` answer one token."""
        return await self._real().token(source, model)

    async def forget(self) -> None:
        """Drop every open connection."""
        if self._looker is not None:
            await self._looker.forget()

    async def close(self) -> None:
        """End all of it."""
        if self._looker is not None:
            await self._looker.close()

    def _young(self, source: Source) -> Looked | None:
        reading = self._kept.read(source.id) if self._kept is not None else None
        if reading is None:
            return None
        age = self._clock.moment().utc - reading.fetched_at
        if not timedelta(0) <= age < self._good_for:
            return None
        outcome = _read_again(source, reading)
        return None if outcome is None else Looked(outcome, requests=0, age=age.total_seconds())

    def _real(self) -> Fetch:
        if self._looker is None:
            from notifier.watch.fetch import Fetch

            wire = wire_of(self._choices)
            own = own_hosts(self._choices)
            self._looker = Fetch(
                wire=wire,
                clock=self._clock,
                kept=self._kept,
                asked_pages=self._asked_pages,
                own=own,
                keys=self._keys,
            )
        return self._looker


def wire_of(choices: Choices) -> Wire:
    """The connections the settings ask for: proxy and extra authorities."""
    from notifier.watch import routes
    from notifier.watch.wire import Wire

    return Wire(proxy=choices.proxy, ca=choices.ca, has_route=routes.any_route)


def own_hosts(choices: Choices) -> frozenset[str]:
    """The hosts a person has named to be asked: these may lie in their own network.

    The catalogue's lead out of it, or somebody on the way pretends to be them.
    """
    pages = [watched.status for watched in choices.watched if watched.status is not None]
    doors = [watched.probe.url for watched in choices.watched if watched.probe is not None]
    return frozenset(host_of(url) for url in (*pages, *doors, *(choices.references or ())))


def _read_again(source: Source, reading: LastReading) -> Outcome | None:
    """What kept documents say; None where they say nothing any more."""
    match source:
        case FeedSource(engine=engine, legend=legend):
            return None if engine is None else _told(engine, reading, legend)
        case ProbeSource(dialect=dialect):
            document = reading.documents.get("answer")
            if document is None or document.seconds is None:
                return None
            return _answered(dialect, document, document.seconds, reading.fetched_at)
        case KeySource() | ReferenceSource():
            return None


def _told(engine: str, reading: LastReading, legend: Legend | None) -> Outcome | None:
    from notifier.watch import plausible  # loaded at the first look, as the network is

    bodies = {name: document.body for name, document in reading.documents.items()}
    try:
        report = feeds.read(engine, reading.plan, bodies, legend)
    except Unreadable:
        return None
    return plausible.settled(report, reading.fetched_at)


def _answered(dialect: str, document: Document, seconds: float, at: datetime) -> Outcome:
    from notifier import probes  # loaded at the first look, as the network is

    answer = probes.Answer(document.status, document.headers, document.body, seconds, at)
    return probes.read(dialect, answer)
