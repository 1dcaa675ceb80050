"""Rootly's status pages: one document with the page's own word and what goes on.

Written from a description (feeds.md 1.5, and the vendor's own of its public API). The document
lists no parts; a page may be shut to programs altogether, which is no outage.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from notifier.feeds import incident
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    Unreadable,
    body_of,
    document,
    link,
    moment,
    newest,
    plain,
    shaped,
    unknown,
)
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    PartName,
    Report,
    Update,
)

TITLE = "Rootly"
ORIGIN = Origin.DESCRIBED

_BELOW = re.compile(r"/api/v1(?:/[^?#]*)?$")


def plans(url: str) -> tuple[Plan, ...]:
    """The one document; the list of incidents beside it says nothing more of now."""
    home = _BELOW.sub("", base(url))
    return (Plan("status", (Want("status", f"{home}/api/v1/status.json"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    tree = document(body_of(bodies, "status"))
    if _is_statuspage(tree):
        raise Unreadable("The document is of a Statuspage, not of Rootly.")
    return _report(shaped(tree, _Status))


def _is_statuspage(tree: object) -> bool:
    """Whether it is Atlassian's, or an imitation: these begin alike, but their pages have ids."""
    if not isinstance(tree, dict):
        return False
    page = tree.get("page")
    return "components" in tree or (isinstance(page, dict) and "id" in page)


# -- the document ----------------------------------------------------------------------------


class _Page(msgspec.Struct, frozen=True):
    name: str
    url: str
    updated_at: str | None = None


class _Indicator(msgspec.Struct, frozen=True):
    indicator: str


class _Component(msgspec.Struct, frozen=True):
    name: str
    id: str | None = None


class _Update(msgspec.Struct, frozen=True):
    """`incident_updates[]`, in the words of a status page."""

    body: str | None = None
    status: str | None = None
    created_at: str | None = None


class _Event(msgspec.Struct, frozen=True):
    """`incidents[]`: what goes on. `status` is in the words of Rootly's own incidents."""

    name: str
    status: str
    impact: str
    id: str | None = None
    started_at: str | None = None
    scheduled_for: str | None = None
    scheduled_until: str | None = None
    resolved_at: str | None = None
    url: str | None = None
    components: tuple[_Component, ...] = ()
    incident_updates: tuple[_Update, ...] = ()


class _Status(msgspec.Struct, frozen=True):
    """status.json. What goes on must be there, even if empty."""

    page: _Page
    status: _Indicator
    incidents: tuple[_Event, ...]


INDICATORS: Mapping[str, Health] = {
    "none": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "minor": Health.DEGRADED,
    "major": Health.MAJOR_OUTAGE,
}
"""Of the page. The last is its worst word: a major outage, or an incident that is critical."""

IMPACTS: Mapping[str, Health] = {
    "none": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "minor": Health.DEGRADED,
    "major": Health.PARTIAL_OUTAGE,
    "critical": Health.MAJOR_OUTAGE,
}
"""Of an incident; major is the last but one."""

_STATUSES: Mapping[str, str] = {
    **{word: word for word in incident.PHASES},
    **dict.fromkeys(("in_triage", "started", "detected", "acknowledged"), "investigating"),
    "mitigated": "monitoring",
    **dict.fromkeys(("closed", "cancelled"), "resolved"),
}
"""Rootly's words for where an incident stands, in those of a status page."""

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "scheduled": MaintenancePhase.SCHEDULED,
    "in_progress": MaintenancePhase.IN_PROGRESS,
    "completed": MaintenancePhase.COMPLETED,
}


# -- what it says ----------------------------------------------------------------------------


def _report(said: _Status) -> Report:
    planned = [event for event in said.incidents if event.status in MAINTENANCES]
    told = tuple(_incident(event) for event in said.incidents if event.status not in MAINTENANCES)
    return Report(
        engine="rootly",
        name=plain(said.page.name, LINE),
        home=(link(said.page.url) or "").rstrip("/"),
        indicator=INDICATORS.get(said.status.indicator, Health.UNKNOWN),
        incidents=told,
        maintenance=tuple(map(_maintenance, planned)),
        as_of=newest(moment(said.page.updated_at), *(one.updated_at for one in told)),
        complete=False,
        notes=tuple(_notes(said)),
    )


def _notes(said: _Status) -> Iterator[str]:
    """A note for each word of the page that is none of the vendor's."""
    words = {event.status for event in said.incidents}
    yield from unknown("page indicator", {said.status.indicator}, INDICATORS)
    yield from unknown("incident status", words, {**_STATUSES, **MAINTENANCES})
    yield from unknown("incident impact", {event.impact for event in said.incidents}, IMPACTS)


def _incident(event: _Event) -> Incident:
    """One incident. A word nobody knows does not end it."""
    impact = IMPACTS.get(event.impact, Health.UNKNOWN)
    word = _STATUSES.get(event.status, event.status)
    updates = incident.newest_first(map(_update, event.incident_updates))
    started, resolved = moment(event.started_at), moment(event.resolved_at)
    return Incident(
        id=_id(event),
        title=plain(event.name, LINE),
        phase=incident.phase(word),
        impact=impact,
        floor=incident.floor(impact, word),
        parts=_parts(event),
        started_at=started,
        updated_at=newest(started, resolved, *(update.at for update in updates)),
        resolved_at=resolved,
        url=link(event.url),
        updates=updates,
    )


def _update(update: _Update) -> Update:
    word = _STATUSES.get(update.status or "", "")
    return Update(
        moment(update.created_at), incident.PHASES.get(word), plain(update.body or "", TEXT)
    )


def _maintenance(event: _Event) -> Maintenance:
    return Maintenance(
        id=_id(event),
        title=plain(event.name, LINE),
        phase=MAINTENANCES[event.status],
        parts=_parts(event),
        starts_at=moment(event.scheduled_for) or moment(event.started_at),
        ends_at=moment(event.scheduled_until),
        url=link(event.url),
    )


def _parts(event: _Event) -> tuple[PartName, ...]:
    return tuple(
        PartName(plain(one.id or "", ID), plain(one.name, LINE)) for one in event.components
    )


def _id(event: _Event) -> str:
    """An id that stays: its own, else the last piece of its address, else name and beginning."""
    piece = (link(event.url) or "").rstrip("/").rpartition("/")[2]
    return plain(event.id or piece or f"{event.name} {event.started_at or ''}", ID)
