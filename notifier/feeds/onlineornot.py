"""OnlineOrNot: the feed of its incidents, which is all that a page gives to programs.

Written from a description (feeds.md 1.8). It is read as any feed is: no part is named, and no feed
says of itself that it is one of these, so nothing is taken for one by its shape.
"""

from collections.abc import Mapping
from dataclasses import replace

from notifier.feeds import syndication
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.model.observation import Report

TITLE = "OnlineOrNot"
ORIGIN = Origin.DESCRIBED


def plans(url: str) -> tuple[Plan, ...]:
    """The feed of the page at `url`."""
    return (Plan("feed", (Want("feed", f"{base(url)}/incidents.rss"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the feed says.

    Raises:
        Unreadable: it is no feed, or one that must not be read.
    """
    return replace(syndication.read(plan, bodies), engine="onlineornot")
