"""Instatus: the summary, in either of its generations, and the list of components beside it.

Seen: summaries and components of two pages that were well, as others keep them in one file, and a
web page in trouble. Written from a description (feeds.md 1.3): incidents and maintenance in the
summary, and that the row of a part names those that touch it.
"""

import re
from collections.abc import Mapping

from notifier.feeds.instatus import document, page, web_page
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import Unreadable, body_of, decode
from notifier.model.observation import Report

TITLE = "Instatus"
ORIGIN = Origin.IN_PART

_BELOW = re.compile(
    r"/(?:(?:v[23]/)?(?:summary|components)\.json|public-api|(?:incident|notices)(?:/.*)?)$"
)

_PLACES = (
    ("v3", "v3/summary.json", "v2/components.json"),
    ("v2", "summary.json", "v2/components.json"),
    ("api", "summary.json", "api/v2/components.json"),
    ("v3 components", "v3/summary.json", "v3/components.json"),
)
"""Not every page has all of them: where the two documents of each plan stand."""


def plans(url: str) -> tuple[Plan, ...]:
    """The summary and the components; without these no part that is well is named."""
    home = _BELOW.sub("", base(url))
    return tuple(
        Plan(
            name,
            (Want("summary", f"{home}/{summary}"), Want("components", f"{home}/{components}")),
        )
        for name, summary, components in _PLACES
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says.

    The plan `summary` reads a summary.json somebody kept, perhaps with the components in it; the
    plan `page` a page for people, never over the network.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    if plan == "page":
        return web_page.read(body_of(bodies, "summary"))
    if plan != "summary" and plan not in {name for name, *_ in _PLACES}:
        raise Unreadable(f"Instatus has no documents called “{plan}”.")
    summary = decode(body_of(bodies, "summary"), document.Summary)
    components = summary.components or None
    if plan != "summary":
        components = decode(body_of(bodies, "components"), document.Components).components
    return page.report(summary.page, components, summary.incidents, summary.maintenances)
