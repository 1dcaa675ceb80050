"""Better Stack (Better Uptime): the page's own document, else its feed.

Seen: a page for people that was well. Written from a description (feeds.md 1.4 and the vendor's
own): the document, and the feed. The page itself answers to any path, so only shapes count.
"""

import re
from collections.abc import Mapping

from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import Unreadable, body_of
from notifier.model.observation import Report

TITLE = "Better Stack"
ORIGIN = Origin.IN_PART

_BELOW = re.compile(r"/(?:index\.json|overview|sections|scheduled-maintenances|incident/[^/]*)$")


def plans(url: str) -> tuple[Plan, ...]:
    """The document; the feed where a page has none, which tells nothing of parts that are well."""
    home = _BELOW.sub("", base(url))
    return (
        Plan("index", (Want("index", f"{home}/index.json"),)),
        Plan("feed", (Want("feed", f"{home}/feed"),)),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says; the plan `page` reads a page for people, never over the network.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    match plan:
        case "index":
            from notifier.feeds.betterstack import document, page

            return page.report(document.document(body_of(bodies, "index")))
        case "feed":
            from notifier.feeds.betterstack import feed  # loads the readers of feeds

            return feed.read(body_of(bodies, "feed"))
        case "page":
            from notifier.feeds.betterstack import web_page

            return web_page.read(body_of(bodies, "index"))
        case _:
            raise Unreadable(f"Better Stack has no documents called “{plan}”.")
