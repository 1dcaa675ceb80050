"""Better Stack's feed: reports, and what its monitors wrote by themselves."""

import re
from collections.abc import Iterable
from dataclasses import replace

from notifier.feeds.shape import Unreadable
from notifier.feeds.syndication import entries, guard, page
from notifier.feeds.syndication.entries import Entry
from notifier.model.observation import Report

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
    return replace(told, engine="betterstack", complete=False)


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
