"""Better Stack's feed: reports, and what its monitors wrote by themselves.

Many of their outages are over within a minute: these are none (feeds.md 1.4).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from notifier.feeds.betterstack.document import LASTS
from notifier.feeds.shape import Unreadable
from notifier.feeds.stamps import later
from notifier.feeds.syndication import entries, guard, page
from notifier.feeds.syndication.entries import Entry
from notifier.model.observation import Incident, Report

_AUTOMATED = re.compile(r"(.{1,250}) (went down|recovered)", re.IGNORECASE)


def read(body: bytes) -> Report:
    """What the feed says. It names no part that is well.

    Raises:
        Unreadable: it is no feed, or not a whole one.
    """
    whole = guard.guarded(body)
    feed = entries.entries_of(whole) if not whole.damage else None
    if feed is None or feed.damage:
        raise Unreadable("The feed is not well-formed, so it may not be whole.")
    told = page.report(replace(feed, entries=tuple(_paired(feed.entries))))
    incidents = tuple(_lasting(told.incidents))
    return replace(told, engine="betterstack", incidents=incidents, complete=False)


def _lasting(told: Iterable[Incident]) -> Iterator[Incident]:
    """Without a monitor's that were over at once; one that goes on counts once it has lasted."""
    for one in told:
        if one.started_at is None or not _AUTOMATED.fullmatch(one.title):
            yield one
        elif one.open:
            yield replace(one, counts_from=later(one.started_at, LASTS))
        elif one.resolved_at is None or one.resolved_at - one.started_at >= LASTS:
            yield one


def _paired(listed: Iterable[Entry]) -> list[Entry]:
    """The entries, oldest first, a monitor's recovery as part of what it recovered from.

    They are two entries, of two ids as often as of one. Those without a date stay as they are:
    which of them came first nobody can know.
    """
    paired: list[Entry] = []
    going: dict[str, Entry] = {}
    for entry in sorted(listed, key=_when):
        found = _AUTOMATED.fullmatch(entry.title) if entry.at is not None else None
        if found is None:
            paired.append(entry)
            continue
        name, word = found[1], found[2].lower()
        first = going.setdefault(name, entry)
        paired.append(replace(entry, guid=first.guid or f"{name} {first.at}", link=first.link))
        if word == "recovered":
            del going[name]
    return paired


def _when(entry: Entry) -> tuple[float, bool]:
    """The order things happened in; what went down and recovered at once did so in this order."""
    return (entry.at.timestamp() if entry.at else 0.0), entry.title.lower().endswith("recovered")
