"""incident.io's own document to a report. A part is well unless it is named as affected."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from notifier.feeds import incident
from notifier.feeds.incident_io.document import (
    COMPONENTS,
    MAINTENANCES,
    AffectedComponent,
    Component,
    ComponentImpact,
    Event,
    IncidentUpdate,
    StatusSummary,
    Structure,
    Summary,
)
from notifier.feeds.memory import remembered
from notifier.feeds.shape import ID, LINE, TEXT, link, moment, newest, plain, unknown
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


def report(summary: Summary) -> Report:
    """What the page says. It has no overall word of its own."""
    home = (link(summary.public_url) or "").rstrip("/")
    names, listed = _listed(summary.components, summary.structure)
    troubles, under_way = _split(summary.ongoing_incidents)
    planned = summary.scheduled_maintenances or ()
    incidents = tuple(_incident(one, home, _named(one, names)) for one in troubles)
    begun = (
        _maintenance(one, MaintenancePhase.IN_PROGRESS, home, _named(one, names))
        for one in under_way
    )
    ahead = (
        _maintenance(one, MaintenancePhase.SCHEDULED, home, _named(one, names)) for one in planned
    )
    return Report(
        engine="incident_io",
        name=plain(summary.name, LINE),
        home=home,
        indicator=None,
        parts=_parts(summary, listed),
        incidents=incidents,
        maintenance=(*begun, *ahead),
        as_of=newest(*(one.updated_at for one in incidents)),
        notes=_notes(summary, troubles, (*under_way, *planned)),
    )


def _split(ongoing: Iterable[Event]) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """What is wrong, and the maintenance under way that is listed with it."""
    planned = {
        event.id for event in ongoing if event.type == "maintenance" or event.status in MAINTENANCES
    }
    return (
        tuple(event for event in ongoing if event.id not in planned),
        tuple(event for event in ongoing if event.id in planned),
    )


def _notes(
    summary: Summary, troubles: Iterable[Event], planned: Iterable[Event]
) -> tuple[str, ...]:
    """A note for each word of the page that is none of the vendor's."""
    words = {_word(affected) for affected in summary.affected_components}
    for event in (*troubles, *planned):
        words |= {_word(affected) for affected in event.affected_components or ()}
        words |= {affected.status or "operational" for affected in event.affected_components or ()}
        words |= {impact.status for impact in event.component_impacts or ()}
    return (
        *unknown("component status", words, COMPONENTS),
        *unknown("incident status", {event.status for event in troubles}, incident.PHASES),
        *unknown("maintenance status", {event.status for event in planned}, MAINTENANCES),
    )


# -- parts -----------------------------------------------------------------------------------


def _parts(summary: Summary, listed: Mapping[str, Part]) -> tuple[Part, ...]:
    """Every part where the structure has it; those it does not have come last.

    What is affected counts even where the page lists no such component: its id is its name then.
    """
    parts = dict(listed)
    for id_, health in _healths(summary).items():
        part = listed.get(id_) or _unlisted(id_, summary.structure)
        parts[id_] = replace(part, health=health)
    return tuple(parts.values())


def _unlisted(id_: str, structure: Structure | None) -> Part:
    heads = dict(_places(structure)) if structure else {}
    own = plain(id_, ID)
    return Part(own, own, Health.UNKNOWN, *heads.get(id_, _ALONE))


_Head = tuple[str | None, str | None]
"""Name and id of a group."""

_ALONE: _Head = None, None


_Names = Mapping[str, str]
"""Of parts, by their ids."""


@remembered
def _listed(
    components: tuple[Component, ...], structure: Structure | None
) -> tuple[_Names, Mapping[str, Part]]:
    """The parts of the page by their ids, in its order, as if all were well; their names."""
    names = {one.id: plain(one.name, LINE) for one in components}
    heads = dict(_places(structure)) if structure else {}
    placed = [id_ for id_ in heads if id_ in names]
    parts = {
        id_: Part(plain(id_, ID), names[id_], Health.OPERATIONAL, *heads.get(id_, _ALONE))
        for id_ in dict.fromkeys((*placed, *names))
    }
    return names, parts


@remembered
def _places(structure: Structure) -> tuple[tuple[str, _Head], ...]:
    """The ids of the parts where they stand, each with the group it stands in."""
    places: list[tuple[str, _Head]] = []
    for item in structure.items or ():
        if item.component is not None:
            places.append((item.component.component_id, _ALONE))
        if item.group is not None:
            head = plain(item.group.name, LINE), plain(item.group.id, ID)
            places += [(place.component_id, head) for place in item.group.components or ()]
    return tuple(places)


def _healths(summary: Summary) -> Mapping[str, Health]:
    """The worst that is said of each affected part now, by the page or by what is going on."""
    said: dict[str, list[Health]] = defaultdict(list)
    for affected in summary.affected_components:
        said[affected.component_id].append(_health(_word(affected)))
    for event in summary.ongoing_incidents:
        for id_, health in _now(event).items():
            said[id_].append(health)
    return {id_: worst(healths) for id_, healths in said.items()}


def _now(event: Event) -> Mapping[str, Health]:
    """How the parts of an event are now: their current word, else their impacts without an end.

    The bare `status` is the worst while it lasted; it counts only where nothing else is said.
    """
    return {one.component_id: _part_now(event, one) for one in event.affected_components or ()}


def _part_now(event: Event, affected: AffectedComponent) -> Health:
    impacts = [
        one for one in event.component_impacts or () if one.component_id == affected.component_id
    ]
    if affected.current_status is not None or not impacts:
        return _health(_word(affected))
    still = [_health(impact.status) for impact in impacts if impact.end_at is None]
    return worst(still) if still else Health.OPERATIONAL


def _word(affected: AffectedComponent) -> str:
    return affected.current_status or affected.status or ""


def _health(word: str) -> Health:
    return COMPONENTS.get(word, Health.UNKNOWN)


# -- incidents -------------------------------------------------------------------------------


@remembered
def _incident(event: Event, home: str, named: tuple[PartName, ...]) -> Incident:
    """One incident. The vendor declares no impact: the worst it did to a part stands for it."""
    updates = incident.newest_first(_update(update) for update in reversed(event.updates or ()))
    now = (Health.OPERATIONAL, *_now(event).values())
    suffered = (_health(one.status or _word(one)) for one in event.affected_components or ())
    published = moment(event.published_at)
    stretches = (moment(stretch.start_at) for stretch in event.status_summaries or ())
    return Incident(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=incident.phase(event.status),
        impact=worst((Health.OPERATIONAL, *suffered)),
        floor=incident.floor(worst(now), event.status),
        parts=named,
        started_at=min((at for at in (published, *stretches) if at is not None), default=None),
        updated_at=newest(published, *(update.at for update in updates)),
        url=_address(event, home),
        updates=updates,
    )


def _update(update: IncidentUpdate) -> Update:
    return Update(
        at=moment(update.published_at),
        phase=incident.PHASES.get(update.to_status or ""),
        text=plain(update.message_string or "", TEXT),
    )


@remembered
def _maintenance(
    event: Event, otherwise: MaintenancePhase, home: str, named: tuple[PartName, ...]
) -> Maintenance:
    """One maintenance; where its word is not known, `otherwise` follows from where it is listed."""
    stretches: tuple[ComponentImpact | StatusSummary, ...] = (
        *(event.component_impacts or ()),
        *(event.status_summaries or ()),
    )
    begins = (moment(stretch.start_at) for stretch in stretches)
    return Maintenance(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=MAINTENANCES.get(event.status, otherwise),
        parts=named,
        starts_at=min((at for at in begins if at is not None), default=None),
        ends_at=newest(*(moment(stretch.end_at) for stretch in stretches)),
        url=_address(event, home),
    )


def _named(event: Event, names: Mapping[str, str]) -> tuple[PartName, ...]:
    return tuple(
        PartName(plain(one.component_id, ID), names.get(one.component_id, ""))
        for one in event.affected_components or ()
    )


def _address(event: Event, home: str) -> str | None:
    return link(f"{home}/incidents/{quote(event.id, safe='')}") if home else None
