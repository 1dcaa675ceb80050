"""What is behind a pasted address: a status page of a known kind, or a sentence why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier.app.network import wire_of
from notifier.model.observation import Failure
from notifier.model.service import host_of
from notifier.model.settings import Choices, Watched
from notifier.watch.clock import SystemClock

if TYPE_CHECKING:  # it brings every engine along
    from notifier.feeds.recognise import Found


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be read, as an entry for the settings."""

    watched: Watched


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that an address leads to, of which a person has to choose."""

    addresses: tuple[str, ...]

    def __str__(self) -> str:
        """Their addresses, one after the other."""
        return ", ".join(self.addresses)


async def look_up(url: str, choices: Choices) -> Page | Pages | str:
    """Ask at most eight polite questions; what was found, or one sentence for the person."""
    from notifier.feeds.recognise import Several
    from notifier.watch.fetch import Fetch

    fetch = Fetch(wire=wire_of(choices), clock=SystemClock())
    try:
        found = (await fetch.search(url)).outcome
    finally:
        await fetch.close()
    if isinstance(found, Failure):
        return found.detail
    if isinstance(found, Several):
        return Pages(tuple(one.url for one in found.found))
    return page_of(found)


def page_of(found: Found) -> Page:
    """A page that was recognised, as a service of its own."""
    return Page(
        Watched(
            id=as_id(host_of(found.url)),
            name=found.name,
            home=found.url,
            status=found.url,
            engine=found.engine,
        )
    )


def as_id(text: str) -> str:
    """An id from a host: `status.example.edu` is `status-example-edu`."""
    return "".join(c if c.isalnum() else "-" for c in text).strip("-")
