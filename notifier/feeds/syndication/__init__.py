"""RSS and Atom, where nothing better is known: the last resort for any page with a feed.

Seen: the feeds of Microsoft's admin centre and of Azure (empty), in real captures. Written from a
description (feeds.md 1.1 to 1.4, 1.10, 1.16): the words of Statuspage, incident.io, Instatus,
Better Stack and Amazon.
"""

from collections.abc import Mapping

from notifier.feeds.plan import Origin, Plan, Want, address
from notifier.feeds.shape import Unreadable, body_of
from notifier.model.observation import Report

TITLE = "RSS and Atom"
ORIGIN = Origin.IN_PART


def plans(url: str) -> tuple[Plan, ...]:
    """The address of the feed itself, as it is."""
    return (Plan("feed", (Want("feed", address(url)),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a feed says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is no feed, or one that must not be read (a document type, too large).
    """
    del plan
    body = body_of(bodies, "feed")
    from notifier.feeds.syndication import entries, guard, page  # not loaded before there is one

    feed = entries.entries_of(guard.guarded(body))
    if feed.damage and not feed.entries:
        raise Unreadable(f"{feed.damage[0].upper()}{feed.damage[1:]}.")
    return page.report(feed)
