"""What kind of status page an address is, and what it lists: recognition, then one look."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier.app.network import wire_of
from notifier.model.address import source_id
from notifier.model.observation import Failure, Report
from notifier.model.service import FeedSource
from notifier.model.settings import Choices
from notifier.watch.clock import SystemClock
from notifier.watch.thread import new_loop

if TYPE_CHECKING:  # it brings every engine along, and no other command is to carry them
    from notifier.feeds.recognise import Found, Tried


@dataclass(frozen=True, slots=True)
class Detected:
    """A page of a known kind, and its report; `problem` where that could not be had."""

    found: Found
    report: Report | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Undetected:
    """Nothing of a known kind: why, and what was tried."""

    problem: str
    tried: tuple[Tried, ...]


def detect(url: str, choices: Choices) -> Detected | Undetected:
    """Ask at most eight polite questions, then look once."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(_detect(url, choices))


async def _detect(url: str, choices: Choices) -> Detected | Undetected:
    from notifier.watch.fetch import Fetch

    wire = wire_of(choices)
    fetch = Fetch(wire=wire, clock=SystemClock())
    try:
        searched = await fetch.search(url)
        found = searched.outcome
        if isinstance(found, Failure):
            return Undetected(found.detail, searched.tried)
        source = FeedSource(source_id("page", found.url), found.url, found.engine, found.name)
        outcome = (await fetch.look(source)).outcome
    finally:
        await fetch.close()
    if isinstance(outcome, Report):
        return Detected(found, outcome)
    return Detected(found, None, outcome.detail)
