"""What kind of status page an address is, and what it lists: recognition, then one look."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier.app.network import wire_of
from notifier.catalogue import Catalogue
from notifier.model.address import source_id
from notifier.model.observation import Failure, Report
from notifier.model.service import FeedSource, Service
from notifier.model.settings import Choices
from notifier.watch.clock import SystemClock
from notifier.watch.thread import new_loop

if TYPE_CHECKING:  # they bring engines and the network along, and no other command is to carry them
    from notifier.feeds.recognise import Found, Tried
    from notifier.watch.fetch import Fetch


@dataclass(frozen=True, slots=True)
class Detected:
    """A page of a known kind, and its report; `problem` where that could not be had.

    `services` are those of the catalogue whose page it is.
    """

    found: Found
    report: Report | None
    services: tuple[Service, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Several pages fit: a person has to say which is meant."""

    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Undetected:
    """Nothing of a known kind: why, and what was tried."""

    problem: str
    tried: tuple[Tried, ...] = ()


def detect(url: str, choices: Choices, known: Catalogue) -> Detected | Undecided | Undetected:
    """Ask at most eight polite questions, then look once.

    Where `url` is the home of a service of the catalogue, that answers without a question.
    """
    with asyncio.Runner(loop_factory=new_loop) as runner:
        if services := known.home_at(url):
            return runner.run(_of_catalogue(services, choices))
        return runner.run(_searched(url, choices, known))


async def _of_catalogue(
    services: tuple[Service, ...], choices: Choices
) -> Detected | Undecided | Undetected:
    """What the catalogue knows of the pages of its `services`, and a look where it is one page."""
    pages = list(dict.fromkeys(one.page for one in services if one.page is not None))
    if not pages:
        says = [f"{one.name}: {one.no_page}" for one in services if one.no_page]
        names = " and ".join(one.name for one in services)
        known = f"The catalogue knows {names}, and no status page of it."
        return Undetected(" ".join([known, *says]))
    if len(pages) > 1:
        return Undecided(tuple(_found(page, page.engine) for page in pages))
    async with _fetching(choices) as fetch:
        return await _looked_at(pages[0], services, fetch)


async def _searched(
    url: str, choices: Choices, known: Catalogue
) -> Detected | Undecided | Undetected:
    from notifier.feeds.recognise import Several

    async with _fetching(choices) as fetch:
        searched = await fetch.search(url)
        found = searched.outcome
        if isinstance(found, Failure):
            return Undetected(found.detail, searched.tried)
        if isinstance(found, Several):
            return Undecided(found.found)
        source = FeedSource(source_id("page", found.url), found.url, found.engine, found.name)
        return await _looked_at(source, known.page_at(found.url), fetch)


@asynccontextmanager
async def _fetching(choices: Choices) -> AsyncIterator[Fetch]:
    from notifier.watch.fetch import Fetch

    fetch = Fetch(wire=wire_of(choices), clock=SystemClock())
    try:
        yield fetch
    finally:
        await fetch.close()


async def _looked_at(page: FeedSource, services: tuple[Service, ...], fetch: Fetch) -> Detected:
    outcome = (await fetch.look(page)).outcome
    if isinstance(outcome, Report):
        return Detected(_found(page, outcome.engine), outcome, services)
    problem = outcome.detail if isinstance(outcome, Failure) else ""
    return Detected(_found(page, page.engine), None, services, problem)


def _found(page: FeedSource, engine: str | None) -> Found:
    from notifier.feeds.recognise import Found

    return Found(engine or "", page.url, page.name)
