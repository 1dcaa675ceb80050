"""Datadog's status pages: /config.json. The page has no overall word: its components are one.

Written from a description (feeds.md 1.7).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from notifier.feeds import incident
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    Unreadable,
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
    Report,
    Update,
)

TITLE = "Datadog Status Pages"
ORIGIN = Origin.DESCRIBED

_OWN_DOCUMENT = re.compile(r"/config\.json$")


def plans(url: str) -> tuple[Plan, ...]:
    """One document says it all."""
    page = _OWN_DOCUMENT.sub("", base(url))
    return (Plan("config", (Want("config", f"{page}/config.json"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document, or of a page that is switched off.
    """
    del plan
    page = decode(body_of(bodies, "config"), _Page)
    if page.enabled is False:
        raise Unreadable("The page is switched off.")
    if not any(True for _ in _leaves(page)):
        raise Unreadable("The page lists no component.")
    return _report(page)


# -- the document ----------------------------------------------------------------------------


class _Component(msgspec.Struct, frozen=True, tag_field="type", tag="Component"):
    """One of `components[]`, or of a group."""

    id: str
    name: str
    status: str
    position: int | None = None


class _Group(msgspec.Struct, frozen=True, tag_field="type", tag="ComponentGroup"):
    """One of `components[]` that only heads others; it has no state of its own."""

    id: str
    name: str
    components: tuple[_Component, ...]
    position: int | None = None


class _Affected(msgspec.Struct, frozen=True):
    """`componentsAffected[]`. Of an incident itself `status` is how the component is now."""

    id: str
    name: str = ""
    status: str | None = None


class _Entry(msgspec.Struct, frozen=True, rename="camel"):
    """`timeline[]`. It holds since `startedAt`; `createdAt` is when it was typed in."""

    status: str | None = None
    description: str | None = None
    started_at: str | None = None
    created_at: str | None = None
    components_affected: tuple[_Affected, ...] | None = None


class _Event(msgspec.Struct, frozen=True, rename="camel"):
    """`incidents[]`. One with a time in `deletedAt` was taken back."""

    id: str
    title: str
    current_status: str
    published_date: str | None = None
    resolved_date: str | None = None
    last_modified_at: str | None = None
    deleted_at: str | None = None
    description: str | None = None
    components_affected: tuple[_Affected, ...] | None = None
    timeline: tuple[_Entry, ...] | None = None


class _Planned(msgspec.Struct, frozen=True, rename="camel"):
    """`maintenances[]`."""

    id: str
    title: str
    current_status: str
    start_date: str | None = None
    completed_date: str | None = None
    deleted_at: str | None = None
    components_affected: tuple[_Affected, ...] | None = None


class _Page(msgspec.Struct, frozen=True, rename="camel"):
    """config.json. A list of nothing is often null; one that is not there at all is no list."""

    page_type: str
    domain_prefix: str
    components: tuple[_Component | _Group, ...]
    incidents: tuple[_Event, ...] | None
    maintenances: tuple[_Planned, ...] | None = None
    name: str | None = None
    page_url: str | None = None
    enabled: bool | None = None


STATUSES: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "degraded": Health.DEGRADED,
    "partial_outage": Health.PARTIAL_OUTAGE,
    "major_outage": Health.MAJOR_OUTAGE,
}

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "scheduled": MaintenancePhase.SCHEDULED,
    "in_progress": MaintenancePhase.IN_PROGRESS,
    "completed": MaintenancePhase.COMPLETED,
    "canceled": MaintenancePhase.COMPLETED,
}


# -- what it says ----------------------------------------------------------------------------


def _report(page: _Page) -> Report:
    home = (link(page.page_url) or "").rstrip("/")
    events = tuple(one for one in page.incidents or () if moment(one.deleted_at) is None)
    planned = tuple(one for one in page.maintenances or () if moment(one.deleted_at) is None)
    parts = tuple(_part(leaf, group) for leaf, group in _leaves(page))
    healths = {part.id: part.health for part in parts}
    told = tuple(_incident(event, home, healths) for event in events)
    return Report(
        engine="datadog",
        name=plain(page.name or "", LINE),
        home=home,
        indicator=None,
        parts=parts,
        incidents=told,
        maintenance=tuple(_maintenance(one, home) for one in planned),
        as_of=newest(*(one.updated_at for one in told)),
        notes=_notes(page, events, planned),
    )


def _leaves(page: _Page) -> Iterator[tuple[_Component, _Group | None]]:
    """The components in the page's own order, each with its group."""
    for row in sorted(page.components, key=_place):
        if isinstance(row, _Component):
            yield row, None
            continue
        for leaf in sorted(row.components, key=_place):
            yield leaf, row


def _place(row: _Component | _Group) -> int:
    return row.position or 0


def _part(leaf: _Component, group: _Group | None) -> Part:
    return Part(
        plain(leaf.id, ID),
        plain(leaf.name, LINE),
        _health(leaf.status),
        plain(group.name, LINE) if group else None,
        plain(group.id, ID) if group else None,
    )


def _health(word: str) -> Health:
    return STATUSES.get(word, Health.UNKNOWN)


def _notes(page: _Page, events: Iterable[_Event], planned: Iterable[_Planned]) -> tuple[str, ...]:
    """A note for each word of the page that is none of the vendor's."""
    words = {leaf.status for leaf, _ in _leaves(page)}
    words |= {
        one.status for event in events for one in event.components_affected or () if one.status
    }
    return (
        *unknown("component status", words, STATUSES),
        *unknown("incident status", {one.current_status for one in events}, incident.PHASES),
        *unknown("maintenance status", {one.current_status for one in planned}, MAINTENANCES),
    )


def _incident(event: _Event, home: str, healths: Mapping[str, Health]) -> Incident:
    """One incident. No impact is declared: the worst it did to a component stands for it."""
    now = [_now(one, healths) for one in event.components_affected or ()]
    floor = incident.floor(worst(now) if now else Health.DEGRADED, event.current_status)
    updates = incident.newest_first(map(_update, event.timeline or ()))
    at = moment(event.last_modified_at)
    return Incident(
        id=plain(event.id, ID),
        title=plain(event.title, LINE),
        phase=incident.phase(event.current_status),
        impact=worst((floor, *_suffered(event))),
        floor=floor,
        parts=_named(event.components_affected),
        started_at=_began(event),
        updated_at=at or newest(*(update.at for update in updates)),
        resolved_at=moment(event.resolved_date),
        url=home or None,
        updates=updates,
    )


def _now(affected: _Affected, healths: Mapping[str, Health]) -> Health:
    """How a component is now: by the incident's word for it, else by the page's."""
    if affected.status is None:
        return healths.get(plain(affected.id, ID), Health.UNKNOWN)
    return _health(affected.status)


def _suffered(event: _Event) -> Iterator[Health]:
    """What the timeline says of components that were not well."""
    for entry in event.timeline or ():
        for one in entry.components_affected or ():
            yield _health(one.status or "operational")


def _began(event: _Event) -> datetime | None:
    """What was told late holds since before it was published."""
    times = (moment(entry.started_at) for entry in event.timeline or ())
    return min((at for at in times if at is not None), default=moment(event.published_date))


def _update(entry: _Entry) -> Update:
    return Update(
        at=moment(entry.started_at) or moment(entry.created_at),
        phase=incident.PHASES.get(entry.status or ""),
        text=plain(entry.description or "", TEXT),
    )


def _maintenance(planned: _Planned, home: str) -> Maintenance:
    """One maintenance. A word nobody knows counts as under way: it may not pass for all well."""
    return Maintenance(
        id=plain(planned.id, ID),
        title=plain(planned.title, LINE),
        phase=MAINTENANCES.get(planned.current_status, MaintenancePhase.IN_PROGRESS),
        parts=_named(planned.components_affected),
        starts_at=moment(planned.start_date),
        ends_at=moment(planned.completed_date),
        url=home or None,
    )


def _named(affected: Iterable[_Affected] | None) -> tuple[PartName, ...]:
    return tuple(PartName(plain(one.id, ID), plain(one.name, LINE)) for one in affected or ())
