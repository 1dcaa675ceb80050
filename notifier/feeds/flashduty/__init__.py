"""Flashduty (Flashcat): its summary for widgets, and where its number is known the page itself.

Written from a description (feeds.md 1.6, the vendor's own of its widget, and what others read of
DeepSeek's page). The second document is the only one that lists parts.
"""

import re
from collections.abc import Mapping

from notifier.feeds.flashduty import active, widget
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import Unreadable, body_of
from notifier.model.observation import Report

TITLE = "Flashduty"
ORIGIN = Origin.DESCRIBED

PAGES: Mapping[str, str] = {"https://status.deepseek.com": "6410630422455"}
"""Pages whose number is known. No document tells it."""

_NUMBERED = re.compile(r"/api/status-page/([0-9]{1,20})(?:/.*)?$")
_BELOW = re.compile(r"/api/(?:status-page|widget)(?:/.*)?$")


def plans(url: str) -> tuple[Plan, ...]:
    """The widget's summary; before it the page's own, where its number is known.

    It is known of a few pages, and where the address holds it: that of the document itself,
    https://status.example.com/api/status-page/1234567890/summary/active.
    """
    pasted = base(url)
    home = _BELOW.sub("", pasted)
    summary = Plan("widget", (Want("summary", f"{home}/api/widget/v1/summary.json"),))
    found = _NUMBERED.search(pasted)
    number = found[1] if found else PAGES.get(home)
    if number is None:
        return (summary,)
    itself = f"{home}/api/status-page/{number}/summary/active"
    return Plan("active", (Want("summary", itself),)), summary


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    match plan:
        case "widget":
            return widget.report(body_of(bodies, "summary"))
        case "active":
            return active.report(body_of(bodies, "summary"))
        case _:
            raise Unreadable(f"Flashduty has no documents called “{plan}”.")
