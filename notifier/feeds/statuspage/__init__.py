"""Atlassian Statuspage: /api/v2/summary.json. Knows nothing of the network."""

from collections.abc import Mapping

from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import body_of, decode, whole
from notifier.feeds.statuspage.document import (
    Component,
    Page,
    Row,
    Rows,
    Status,
    StatusIncident,
    Summary,
)
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
    body = body_of(bodies, "summary")
    rows = whole(body, Rows)
    if rows is None:
        summary = decode(body, Summary)
        components: tuple[Component | Row, ...] = summary.components
    else:
        summary, components = _around(rows), rows.components
    return report(
        summary.page,
        summary.status,
        components,
        summary.incidents,
        summary.scheduled_maintenances,
        engine="statuspage",
    )


def _around(rows: Rows) -> Summary:
    """Everything but the components."""
    page, status = decode(bytes(rows.page), Page), decode(bytes(rows.status), Status)
    incidents = decode(bytes(rows.incidents), tuple[StatusIncident, ...])
    planned = decode(bytes(rows.scheduled_maintenances), tuple[StatusIncident, ...])
    return Summary(page, status, (), incidents, planned)
