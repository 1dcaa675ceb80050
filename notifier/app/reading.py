"""Reading one feed for a person: kept in a file, or fetched from its page just now."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from notifier import feeds
from notifier.app.network import wire_of
from notifier.feeds import Unreadable
from notifier.model.address import source_id
from notifier.model.health import Health
from notifier.model.observation import Failure, Outcome, Report
from notifier.model.service import FeedSource, host_of
from notifier.model.settings import Choices
from notifier.storage.cache import Cache
from notifier.watch.clock import SystemClock
from notifier.watch.thread import new_loop

MOST = 4 * 1024 * 1024
"""Bytes of one document: what a look takes in at most."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of it: a report, or else a problem in one sentence.

    `at` is the time by which it may have become stale; None where nobody can say.
    """

    report: Report | None
    problem: str = ""
    at: datetime | None = None

    @property
    def health(self) -> Health:
        """What the feed states about now; what cannot be read is unknown."""
        return Health.UNKNOWN if self.report is None else feeds.stated(self.report)

    @property
    def stale(self) -> bool:
        """Whether it ought to have been renewed by then."""
        until = self.report.fresh_until if self.report is not None else None
        return until is not None and self.at is not None and self.at > until


def read_kept(body: bytes, engine: str | None, at: datetime | None) -> Read:
    """What a document says that somebody kept. It is never stale, unless by a time `at` named."""
    if len(body) > MOST:
        return Read(None, f"The document is larger than {MOST // 1024**2} MiB.")
    try:
        return Read(feeds.read_alone(body, engine), at=at)
    except Unreadable as error:
        return Read(None, str(error))


def read_fetched(
    url: str, engine: str | None, choices: Choices, cache: Cache, at: datetime | None
) -> Read:
    """What the page at `url` says now; a page of no named engine is recognised first."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        outcome = runner.run(_fetched(url, engine, choices, cache))
    if isinstance(outcome, Report):
        return Read(outcome, at=at or SystemClock().moment().utc)
    detail = outcome.detail if isinstance(outcome, Failure) else "There is no feed."
    return Read(None, detail)


async def _fetched(url: str, engine: str | None, choices: Choices, cache: Cache) -> Outcome:
    from notifier.watch.fetch import Fetch

    source = FeedSource(source_id("page", url), url, engine, host_of(url))
    wire = wire_of(choices)
    fetch = Fetch(wire=wire, clock=SystemClock(), kept=cache)
    try:
        return (await fetch.look(source)).outcome
    finally:
        await fetch.close()
