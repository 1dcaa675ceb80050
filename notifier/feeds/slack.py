"""Slack's own status: /api/v2.0.0/current, which lists what goes on and nothing that is well.

Written from a description (feeds.md 1.13). The document names no service that is well, so those
that the vendor's reference lists are listed here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from notifier.feeds import incident
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    body_of,
    decode,
    link,
    moment,
    newest,
    plain,
    unknown,
)
from notifier.model.health import Health, worst
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Part,
    PartName,
    Phase,
    Report,
    Update,
)

TITLE = "Slack"
ORIGIN = Origin.DESCRIBED

HOME = "https://slack-status.com"

SERVICES = (
    *("Login/SSO", "Messaging", "Notifications", "Search", "Workspace/Org Administration"),
    *("Canvases", "Connectivity", "Files", "Huddles", "Apps/Integrations/APIs", "Workflows"),
)

_BELOW = re.compile(r"/(?:api/v2\.0\.0(?:/\w+)?|[0-9]{4}-[0-9]{2}(?:/\w+)?|calendar)$")


def plans(url: str) -> tuple[Plan, ...]:
    """One document says it all."""
    page = _BELOW.sub("", base(url))
    return (Plan("current", (Want("current", f"{page}/api/v2.0.0/current"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    return _report(decode(body_of(bodies, "current"), _Current))


# -- the document ----------------------------------------------------------------------------


class _Note(msgspec.Struct, frozen=True):
    """`notes[]`: the timeline of one event. `body` may hold markup."""

    date_created: str | None = None
    body: str | None = None


class _Event(msgspec.Struct, frozen=True):
    """`active_incidents[]`: trouble and maintenance alike, told apart by `type`."""

    id: int | str
    title: str
    type: str
    status: str
    date_created: str | None = None
    date_updated: str | None = None
    url: str | None = None
    services: tuple[str, ...] = ()
    notes: tuple[_Note, ...] | None = None


class _Current(msgspec.Struct, frozen=True):
    """The whole document. `date_updated` is that of the latest event, however long ago."""

    status: str
    active_incidents: tuple[_Event, ...]
    date_updated: str | None = None


TYPES: Mapping[str, Health] = {
    "notice": Health.DEGRADED,
    "incident": Health.DEGRADED,
    "outage": Health.MAJOR_OUTAGE,
}

PHASES: Mapping[str, Phase] = {
    "active": Phase.INVESTIGATING,
    "resolved": Phase.RESOLVED,
    "completed": Phase.RESOLVED,
    "cancelled": Phase.RESOLVED,
}

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "scheduled": MaintenancePhase.SCHEDULED,
    "active": MaintenancePhase.IN_PROGRESS,
    "resolved": MaintenancePhase.COMPLETED,
    "completed": MaintenancePhase.COMPLETED,
    "cancelled": MaintenancePhase.COMPLETED,
}

_WORDS: Mapping[str, Health] = {"ok": Health.OPERATIONAL, "active": Health.OPERATIONAL}
"""The page's word; `active` is no state: what is active says it."""


# -- what it says ----------------------------------------------------------------------------


def _report(page: _Current) -> Report:
    troubles = tuple(event for event in page.active_incidents if event.type != "maintenance")
    planned = tuple(event for event in page.active_incidents if event.type == "maintenance")
    told = tuple(map(_incident, troubles))
    return Report(
        engine="slack",
        name="Slack",
        home=HOME,
        indicator=_indicator(page),
        parts=_parts(told),
        incidents=told,
        maintenance=tuple(map(_maintenance, planned)),
        as_of=newest(moment(page.date_updated), *(one.updated_at for one in told)),
        notes=_notes(page, troubles, planned, told),
    )


def _indicator(page: _Current) -> Health:
    """The page's own word. Where something is active and nothing is listed, that is trouble too."""
    if page.status == "active" and not page.active_incidents:
        return Health.DEGRADED
    return _WORDS.get(page.status, Health.UNKNOWN)


def _parts(told: Iterable[Incident]) -> tuple[Part, ...]:
    """Every service that is known, and what an open incident names beside them.

    Where that is none of the known, one of them may have a new name: then none is known to be well.
    """
    said: dict[str, list[Health]] = defaultdict(list)
    for one in told:
        for part in one.parts if one.open else ():
            said[part.name].append(one.floor)
    others = Health.UNKNOWN if said.keys() - {*SERVICES} else Health.OPERATIONAL
    names = dict.fromkeys((*SERVICES, *said))
    return tuple(Part("", name, worst((others, *said.get(name, ())))) for name in names)


def _notes(
    page: _Current,
    troubles: Iterable[_Event],
    planned: Iterable[_Event],
    told: Iterable[Incident],
) -> tuple[str, ...]:
    """A note for each word of the page that is none of the vendor's."""
    troubles = tuple(troubles)
    names = {part.name for one in told if one.open for part in one.parts}
    return (
        *unknown("page status", {page.status}, _WORDS),
        *unknown("incident type", {event.type for event in troubles}, TYPES),
        *unknown("incident status", {event.status for event in troubles}, PHASES),
        *unknown("maintenance status", {event.status for event in planned}, MAINTENANCES),
        *unknown("service", names, dict.fromkeys(SERVICES)),
    )


def _incident(event: _Event) -> Incident:
    """One incident. A status nobody knows does not end it."""
    declared = TYPES.get(event.type, Health.UNKNOWN)
    phase = PHASES.get(event.status, Phase.INVESTIGATING)
    over = phase is Phase.RESOLVED
    updates = incident.newest_first(map(_update, event.notes or ()))
    at = newest(moment(event.date_updated), *(update.at for update in updates))
    return Incident(
        id=plain(str(event.id), ID),
        title=plain(event.title, LINE),
        phase=phase,
        impact=declared,
        floor=_floor(declared, event.status),
        parts=_named(event),
        started_at=moment(event.date_created),
        updated_at=at,
        resolved_at=at if over else None,
        url=link(event.url) or HOME,
        updates=updates,
    )


def _floor(declared: Health, status: str) -> Health:
    if status not in PHASES:
        return Health.UNKNOWN
    return declared if PHASES[status] is Phase.INVESTIGATING else Health.OPERATIONAL


def _update(note: _Note) -> Update:
    return Update(moment(note.date_created), None, plain(note.body or "", TEXT))


def _maintenance(event: _Event) -> Maintenance:
    """One maintenance, whose times are told in its text alone.

    A word nobody knows counts as under way: it may not pass for all well.
    """
    return Maintenance(
        id=plain(str(event.id), ID),
        title=plain(event.title, LINE),
        phase=MAINTENANCES.get(event.status, MaintenancePhase.IN_PROGRESS),
        parts=_named(event),
        url=link(event.url) or HOME,
    )


def _named(event: _Event) -> tuple[PartName, ...]:
    names = (plain(service, LINE) for service in event.services)
    return tuple(PartName("", name) for name in names if name)
