"""Amazon Web Services: the events going on everywhere, or the feed of one service in one region.

Seen: events of two regions in trouble and one that was over, rewritten in UTF-8 by who recorded
them. Written from a description (feeds.md 1.10): UTF-16, services without a region, the feeds.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from notifier.feeds import syndication
from notifier.feeds.aws.page import report
from notifier.feeds.plan import Origin, Plan, Want, address, base
from notifier.feeds.shape import Unreadable, body_of, pieces
from notifier.model.address import place
from notifier.model.observation import Report

TITLE = "AWS Health"
ORIGIN = Origin.IN_PART

_DASHBOARD = re.compile(r"/(?:health|public)(?:/.*)?$")
_FEED = re.compile(r"/rss/[\w-]+\.rss$")


def plans(url: str) -> tuple[Plan, ...]:
    """The events, or the feed where `url` is that of one."""
    page = base(url)
    if _FEED.search(page):
        return (Plan("feed", (Want("feed", address(url)),)),)
    return (Plan("events", (Want("events", f"{_DASHBOARD.sub('', page)}/public/currentevents"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What Amazon says; the plan `kept` reads a list of events that somebody kept.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    match plan:
        case "feed":
            return _feed(bodies)
        case "events" | "kept":
            events = pieces(body_of(bodies, "events"))
            if not events and plan == "kept":
                raise Unreadable("The document lists nothing, so it is not clear what it is.")
            return report(events)
        case _:
            raise Unreadable(f"Amazon has no documents called “{plan}”.")


def _feed(bodies: Mapping[str, bytes]) -> Report:
    """One of Amazon's own feeds. Its words are known where those of all feeds are."""
    told = syndication.read("feed", bodies)
    at = place(told.home)
    if at is None or not at[0].endswith(".aws.amazon.com"):
        raise Unreadable("The feed is none of Amazon's.")
    return replace(told, engine="aws")
