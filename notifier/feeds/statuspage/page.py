"""What the pieces of a Statuspage say together. Other vendors imitate the pieces."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from notifier.feeds import incident
from notifier.feeds.memory import remembered
from notifier.feeds.shape import ID, LINE, TEXT, link, moment, newest, plain, unknown
from notifier.feeds.statuspage.document import (
    COMPONENTS,
    INDICATORS,
    MAINTENANCES,
    AffectedComponent,
    Component,
    IncidentUpdate,
    Page,
    Status,
    StatusIncident,
)
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Part,
    PartName,
    Report,
    Update,
)


def report(
    page: Page | None,
    status: Status | None,
    components: tuple[Component, ...],
    incidents: tuple[StatusIncident, ...],
    maintenances: tuple[StatusIncident, ...] = (),
    *,
    engine: str,
    complete: bool = True,
) -> Report:
    """The page, whole, as `engine` vouches for it; without a `status` it has no overall word."""
    home = (link(page.url) or "").rstrip("/") if page else ""
    troubles, planned = _split(incidents, maintenances)
    names = _names(components, (*troubles, *planned))
    told = tuple(_incident(event, home, _names_in(event, names)) for event in troubles)
    return Report(
        engine=engine,
        name=plain(page.name or "", LINE) if page else "",
        home=home,
        indicator=INDICATORS.get(status.indicator, Health.UNKNOWN) if status else None,
        parts=_parts(components),
        incidents=told,
        maintenance=tuple(_maintenance(event, home, _names_in(event, names)) for event in planned),
        as_of=newest(moment(page.updated_at) if page else None, *(one.updated_at for one in told)),
        complete=complete,
        notes=_notes(status, components, troubles, planned),
    )


def _parts(components: Iterable[Component]) -> tuple[Part, ...]:
    """The components in the page's own order: by group, then by place within it.

    The row of a group repeats the worst of its children and is no part itself.
    """
    groups = {component.id: component for component in components if component.group}
    places = {id_: row.position or 0 for id_, row in groups.items()}

    def place(leaf: Component) -> tuple[int, int]:
        own = leaf.position or 0
        return places.get(leaf.group_id or "", own), own

    leaves = sorted([one for one in components if not one.group], key=place)
    heads = {id_: _head(id_, groups) for id_ in {leaf.group_id for leaf in leaves}}
    sizes = [len(leaf.id) + len(leaf.name) + len(leaf.status) for leaf in leaves]
    part = _part if max(sizes, default=0) <= _MOST_KEPT else _part.__wrapped__
    return tuple([part(leaf.id, leaf.name, leaf.status, heads[leaf.group_id]) for leaf in leaves])


_Head = tuple[str | None, str | None]
"""Name and id of a group."""

_MOST_KEPT = 500
"""Characters of a part that is remembered."""


@lru_cache(maxsize=4096)
def _part(id_: str, name: str, status: str, head: _Head) -> Part:
    """One part. They are remembered: a page of hundreds is read anew whenever one has changed."""
    health = COMPONENTS.get(status, Health.UNKNOWN)
    return Part(plain(id_, ID), plain(name, LINE), health, *head)


def _head(id_: str | None, groups: Mapping[str, Component]) -> _Head:
    """Name and id of the group a part stands in; an id whose row is missing has no name."""
    if not id_:
        return None, None
    return plain(groups[id_].name, LINE) if id_ in groups else None, plain(id_, ID)


def _split(
    incidents: Iterable[StatusIncident], maintenances: Iterable[StatusIncident]
) -> tuple[tuple[StatusIncident, ...], tuple[StatusIncident, ...]]:
    """What is wrong, and what was planned, wherever the page lists it.

    A name that begins with `_` is no incident's: some pages keep notes of their own that way.
    """
    wrong = [event for event in incidents if not event.name.startswith("_")]
    planned = [event for event in maintenances if not event.name.startswith("_")]
    planned += [event for event in wrong if _is_planned(event)]
    return tuple(event for event in wrong if not _is_planned(event)), tuple(planned)


def _is_planned(event: StatusIncident) -> bool:
    return event.impact == "maintenance" or event.status in MAINTENANCES


def _notes(
    status: Status | None,
    components: Iterable[Component],
    incidents: Iterable[StatusIncident],
    maintenances: Iterable[StatusIncident],
) -> tuple[str, ...]:
    """A note for each word of the page that is none of the vendor's."""
    return (
        *unknown("page indicator", {status.indicator} if status else (), INDICATORS),
        *unknown("component status", {one.status for one in components}, COMPONENTS),
        *unknown("incident status", {one.status for one in incidents}, incident.PHASES),
        *unknown("incident impact", {one.impact or "" for one in incidents}, INDICATORS),
        *unknown("maintenance status", {one.status for one in maintenances}, MAINTENANCES),
    )


@remembered
def _incident(event: StatusIncident, home: str, names: Mapping[str, str]) -> Incident:
    """One incident. An impact that is not declared, or by no known word, is unknown."""
    impact = INDICATORS.get(event.impact or "", Health.UNKNOWN)
    return Incident(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=incident.phase(event.status),
        impact=impact,
        floor=incident.floor(impact, event.status),
        parts=_named(event, names),
        started_at=moment(event.started_at) or moment(event.created_at),
        updated_at=moment(event.updated_at),
        resolved_at=moment(event.resolved_at),
        url=_address(event, home),
        updates=incident.newest_first(map(_update, event.incident_updates or ())),
    )


@remembered
def _maintenance(event: StatusIncident, home: str, names: Mapping[str, str]) -> Maintenance:
    """One maintenance. A word nobody knows counts as under way: it may not pass for all well."""
    return Maintenance(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=MAINTENANCES.get(event.status, MaintenancePhase.IN_PROGRESS),
        parts=_named(event, names),
        starts_at=moment(event.scheduled_for),
        ends_at=moment(event.scheduled_until),
        url=_address(event, home),
    )


def _named(event: StatusIncident, names: Mapping[str, str]) -> tuple[PartName, ...]:
    """The components an incident names, else those its latest update names."""
    if event.components:
        return tuple(PartName(plain(one.id, ID), plain(one.name, LINE)) for one in event.components)
    return tuple(
        PartName(plain(one.code, ID), plain(names.get(one.code, one.name or ""), LINE))
        for one in _affected(event)
    )


def _affected(event: StatusIncident) -> tuple[AffectedComponent, ...]:
    """What the latest update names."""
    latest = event.incident_updates[0].affected_components if event.incident_updates else None
    return latest or ()


def _names_in(event: StatusIncident, names: Mapping[str, str]) -> Mapping[str, str]:
    """Of all names those an incident needs: by these it is remembered."""
    if not names or event.components:
        return {}
    return {one.code: names[one.code] for one in _affected(event) if one.code in names}


def _names(components: Iterable[Component], events: Iterable[StatusIncident]) -> Mapping[str, str]:
    """The names of the components by their ids, where an event names some by these alone."""
    if all(event.components for event in events):
        return {}
    return {component.id: component.name for component in components}


def _address(event: StatusIncident, home: str) -> str | None:
    own = link(event.shortlink)
    if own is None and home:
        return f"{home}/incidents/{quote(event.id, safe='')}"
    return own


def _update(update: IncidentUpdate) -> Update:
    return Update(
        at=moment(update.display_at) or moment(update.created_at),
        phase=incident.PHASES.get(update.status or ""),
        text=plain(update.body or "", TEXT),
    )
