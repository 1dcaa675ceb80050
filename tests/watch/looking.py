"""What the tests of looking share: documents, a clock by hand, and an event loop for a test."""

import asyncio
import functools
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from notifier.model.moment import Moment
from notifier.model.service import FeedSource, ProbeSource, ReferenceSource, SourceId
from notifier.watch.fetch import Fetch
from notifier.watch.thread import new_loop
from notifier.watch.wire import Wire

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUMMARY = "/api/v2/summary.json"
SHORT = 0.3
"""Seconds of a deadline that is meant to pass."""
AMPLE = 15.0
"""Seconds of a deadline that is not."""


class HandClock:
    """A clock that stands still until it is told to move; it begins at noon, or `after` that."""

    def __init__(self, *, after: float = 0.0) -> None:
        self._start = Moment(NOON, 0.0).later(after).utc
        self._seconds = 0.0

    def moment(self) -> Moment:
        return Moment(self._start, 0.0).later(self._seconds)

    async def sleep(self, seconds: float) -> None:
        self._seconds += seconds

    def pass_by(self, seconds: float) -> None:
        self._seconds += seconds


def in_loop(test):
    """Run an async test in a loop like the program's own."""

    @functools.wraps(test)
    def run(*args, **kwargs):
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(test(*args, **kwargs))

    return run


@asynccontextmanager
async def fetching(
    *, clock=None, kept=None, asked=None, deadline=AMPLE, wire=None, own=None, **about_wire
):
    """A Fetch with connections of its own, closed at the end."""
    about_wire = {"proxy": "none", **about_wire}
    fetch = Fetch(
        wire=wire or Wire(**about_wire),
        clock=clock or HandClock(),
        kept=kept,
        asked_pages=asked,
        deadline=deadline,
        own=own,
    )
    try:
        yield fetch
    finally:
        await fetch.close()


async def outcome_of(source, *, fresh=False, **about_fetch):
    """What one look brings."""
    async with fetching(**about_fetch) as fetch:
        return (await fetch.look(source, fresh=fresh)).outcome


def open_files() -> int:
    """How many files and connections this process holds open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def until(happened) -> None:
    """Let the loop go on until `happened` is true of what a server has seen."""
    async with asyncio.timeout(AMPLE):
        while not happened():  # noqa: ASYNC110 - a thread cannot set an Event of a loop
            await asyncio.sleep(0.005)


def page(url: str, engine: str | None = "statuspage") -> FeedSource:
    return FeedSource(SourceId(f"page:{url}"), url, engine, "Somebody")


def door(url: str, dialect: str = "plain") -> ProbeSource:
    return ProbeSource(SourceId(f"probe:{url}"), url, dialect)


def neutral(url: str) -> ReferenceSource:
    return ReferenceSource(SourceId(f"reference:{url}"), url)


def statuspage(state: str = "operational", *, name: str = "Somebody", more: int = 0) -> bytes:
    """A summary.json of Atlassian Statuspage with one component, and `more` characters of text."""
    component = {
        "id": "aaaaaaaaaaaa",
        "name": "API",
        "status": state,
        "group": False,
        "group_id": None,
        "description": "x" * more,
    }
    return json.dumps(
        {
            "page": {
                "id": "tymt9n04zgry",
                "name": name,
                "url": "https://status.example.test",
                "time_zone": "Etc/UTC",
                "updated_at": "2026-11-23T11:00:00.000Z",
            },
            "status": {"indicator": "none", "description": ""},
            "components": [component],
            "incidents": [],
            "scheduled_maintenances": [],
        }
    ).encode()


def incident_io(state: str | None = None) -> bytes:
    """incident.io's own document with one component."""
    affected = [{"component_id": "01C", "status": state, "current_status": state}] if state else []
    return json.dumps(
        {
            "summary": {
                "id": "01JABCDEFGHJKMNPQRSTVWXYZ0",
                "name": "Somebody",
                "public_url": "https://status.example.test/",
                "components": [{"id": "01C", "name": "API"}],
                "affected_components": affected,
                "ongoing_incidents": [],
                "scheduled_maintenances": [],
            }
        }
    ).encode()


def compatible(of: str) -> bytes:
    """incident.io's imitation of a Statuspage document: `components` or `incidents`."""
    page = {
        "id": "01JABCDEFGHJKMNPQRSTVWXYZ0",
        "name": "Somebody",
        "url": "https://status.example.test/",
        "updated_at": "2026-11-23T11:00:00Z",
    }
    part = {"id": "01JABCDEFGHJKMNPQRSTVWXYZ1", "name": "API", "status": "operational"}
    return json.dumps({"page": page, of: [part] if of == "components" else []}).encode()
