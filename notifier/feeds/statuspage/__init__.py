"""Atlassian Statuspage: /api/v2/summary.json. Knows nothing of the network."""

from collections.abc import Mapping

from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import body_of, read_whole
from notifier.feeds.statuspage.document import Summary
from notifier.feeds.statuspage.page import report
from notifier.model.observation import Report

TITLE = "Atlassian Statuspage"
ORIGIN = Origin.SEEN


def plans(url: str) -> tuple[Plan, ...]:
    """One document says it all."""
    return (Plan("summary", (Want("summary", f"{base(url)}/api/v2/summary.json"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    summary = read_whole(body_of(bodies, "summary"), Summary)
    return report(
        summary.page,
        summary.status,
        summary.components or (),
        summary.incidents or (),
        summary.scheduled_maintenances or (),
        engine="statuspage",
    )
