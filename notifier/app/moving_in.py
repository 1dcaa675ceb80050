"""A list of addresses becomes services: those of the catalogue, or of the person's own.

Each address is recognised as one that is pasted is, with the same manners. Writes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from notifier.app.lookup import as_id, page_of
from notifier.catalogue import Catalogue
from notifier.feeds.subscriptions import Listed
from notifier.model.address import place, source_id
from notifier.model.observation import Failure, FailureKind
from notifier.model.settings import Watched
from notifier.watch.clock import Clock
from notifier.watch.manners import Manners

if TYPE_CHECKING:  # it brings every engine along
    from notifier.feeds.recognise import Found

MOST_OF_ONE_HOST = 10
"""Addresses of one host that are asked after: each may have to wait half a minute for its turn."""

AT_ONCE = 4
"""Hosts that are asked at the same time."""

_LONGEST_NAME = 200
_LONGEST_ID = 80

Recognise = Callable[[str], Awaitable["Found | Failure"]]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An address nothing came of, and why, in a sentence."""

    entry: Listed
    why: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a list: nothing of it is in none of the three."""

    new: tuple[Watched, ...]
    already: tuple[Listed, ...]
    unknown: tuple[Unknown, ...]


async def take_in(
    listed: Sequence[Listed],
    watched: Iterable[Watched],
    catalogue: Catalogue,
    recognise: Recognise,
    clock: Clock,
) -> TakenIn:
    """Ask after what neither the catalogue nor the settings know; one host at a time by itself."""
    sorting = _Sorting(catalogue, list(watched))
    strangers = [one for one in listed if not sorting.knows(one)]
    asked = await _Inquiry(recognise, clock).all(strangers)
    for entry in listed:
        if (outcome := asked.get(entry.url)) is not None:
            sorting.hear(entry, outcome)
    return sorting.done()


@dataclass(slots=True)
class _Sorting:
    """Which entry is which, in the order of the list."""

    catalogue: Catalogue
    watched: list[Watched]
    new: list[Watched] = field(default_factory=list)
    already: list[Listed] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def knows(self, entry: Listed) -> bool:
        """Whether an entry is settled without asking anybody."""
        return any(self._settled(entry, url) for url in (entry.url, entry.page) if url)

    def hear(self, entry: Listed, outcome: Found | Failure) -> None:
        """What recognising brought; the page may have moved to one that is known."""
        if isinstance(outcome, Failure):
            self.unknown.append(Unknown(entry, outcome.detail))
        elif not self._settled(entry, outcome.url):
            self._watch(self._named(page_of(outcome).watched, entry))

    def done(self) -> TakenIn:
        """All of it."""
        return TakenIn(tuple(self.new), tuple(self.already), tuple(self.unknown))

    def _settled(self, entry: Listed, url: str) -> bool:
        page = source_id("page", url)
        if any(one.status and source_id("page", one.status) == page for one in self.watched):
            self.already.append(entry)
            return True
        offered = self.catalogue.page_at(url)
        if not offered:
            return False
        # Who watches one tool of a page has chosen among them.
        if {one.id for one in offered} & {one.id for one in self.watched}:
            self.already.append(entry)
        else:
            for service in offered:
                self._watch(Watched(id=service.id))
        return True

    def _watch(self, one: Watched) -> None:
        self.new.append(one)
        self.watched.append(one)

    def _named(self, page: Watched, entry: Listed) -> Watched:
        """The page with a name and an id of its own: many feeds may come from one host."""
        name = (page.name or entry.name or page.id)[:_LONGEST_NAME]
        taken = {one.id for one in self.watched} | self.catalogue.by_id.keys()
        whole = as_id("".join(place(page.status or "") or ()))[:_LONGEST_ID].strip("-")
        more = (f"{page.id[: _LONGEST_ID - 4]}-{number}" for number in count(2))
        ids = (id_ for ids in ((page.id, whole), more) for id_ in ids)
        return replace(page, name=name, id=next(id_ for id_ in ids if id_ not in taken))


class _Inquiry:
    """Recognises many addresses, each host at its own pace."""

    def __init__(self, recognise: Recognise, clock: Clock) -> None:
        self._recognise = recognise
        self._clock = clock
        self._manners = Manners()
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def all(self, entries: Iterable[Listed]) -> dict[str, Found | Failure]:
        """What each address is, by the address."""
        hosts: dict[str, list[Listed]] = {}
        for one in entries:
            hosts.setdefault((place(one.url) or ("", ""))[0], []).append(one)
        outcomes: dict[str, Found | Failure] = {}
        async with asyncio.TaskGroup() as group:
            for host, its in hosts.items():
                group.create_task(self._host(host, its, outcomes))
        return outcomes

    async def _host(
        self, host: str, its: list[Listed], outcomes: dict[str, Found | Failure]
    ) -> None:
        from notifier.feeds.recognise import MOST_REQUESTS

        for entry in its[:MOST_OF_ONE_HOST]:
            await self._clock.sleep(self._manners.wait(host, self._now(), early=True))
            async with self._turn:
                self._manners.asked(host, self._now(), early=True)
                outcomes[entry.url] = await self._recognise(entry.url)
            # How many it took is not told; the most it may.
            self._manners.took(host, MOST_REQUESTS)
        for entry in its[MOST_OF_ONE_HOST:]:
            outcomes[entry.url] = _too_many(host)

    def _now(self) -> float:
        return self._clock.moment().steady


def _too_many(host: str) -> Failure:
    says = f"Not asked: {host} stands in the list more than {MOST_OF_ONE_HOST} times."
    return Failure(FailureKind.UNREADABLE, says)
