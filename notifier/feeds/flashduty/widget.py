"""Flashduty's summary for widgets: the page's word and what goes on, no part that is well."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from notifier.feeds import incident
from notifier.feeds.flashduty.document import answer, declared, health, notes
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    Unreadable,
    link,
    moment,
    newest,
    plain,
    shaped,
)
from notifier.feeds.stamps import later
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

FRESH = timedelta(minutes=30)
"""How long a summary speaks for now, at least.

It gives itself two minutes, as a widget asks every half: here a page is asked every five. What is
half an hour old is frozen.
"""

_LONGEST = 24 * 60 * 60
"""Seconds of a promise; what is longer is none."""

_VERSION = "1."


class _Page(msgspec.Struct, frozen=True):
    name: str | None = None
    url: str | None = None


class _Overall(msgspec.Struct, frozen=True):
    status: str


class _Affected(msgspec.Struct, frozen=True):
    """`affected_components[]` of an event."""

    name: str
    id: str | None = None
    group_name: str | None = None
    status: str | None = None


class _LastUpdate(msgspec.Struct, frozen=True):
    at: str | None = None
    message: str | None = None


class _Event(msgspec.Struct, frozen=True):
    """An incident or a maintenance; which of them the list says it stands in."""

    id: str
    title: str
    phase: str
    impact: str | None = None
    started_at: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    updated_at: str | None = None
    url: str | None = None
    last_update: _LastUpdate | None = None
    affected_components: tuple[_Affected, ...] = ()


class _Summary(msgspec.Struct, frozen=True):
    """The whole. What makes a page anything but well must be there, even if empty."""

    schema_version: str
    generated_at: str
    overall: _Overall
    ongoing_incidents: tuple[_Event, ...]
    in_progress_maintenances: tuple[_Event, ...]
    scheduled_maintenances: tuple[_Event, ...] = ()
    poll_after_seconds: float = 0
    max_stale_seconds: float = 0
    page: _Page | None = None


def report(body: bytes) -> Report:
    """What the summary says.

    Raises:
        Unreadable: it is not this vendor's, it is an error, or of a later version.
    """
    summary = shaped(answer(body), _Summary)
    if not summary.schema_version.startswith(_VERSION):
        version = plain(summary.schema_version, 40)
        raise Unreadable(f"The summary is of version “{version}”, which is not known here.")
    page = summary.page or _Page()
    at = moment(summary.generated_at)
    begun = summary.in_progress_maintenances
    return Report(
        engine="flashduty",
        name=plain(page.name or "", LINE),
        home=(link(page.url) or "").rstrip("/"),
        indicator=health(summary.overall.status),
        parts=_parts(summary),
        incidents=tuple(map(_incident, summary.ongoing_incidents)),
        maintenance=(
            *(_maintenance(one, MaintenancePhase.IN_PROGRESS) for one in begun),
            *(
                _maintenance(one, MaintenancePhase.SCHEDULED)
                for one in summary.scheduled_maintenances
            ),
        ),
        as_of=at,
        fresh_until=_fresh_until(at, summary),
        complete=False,
        notes=_notes(summary),
    )


def _fresh_until(at: datetime | None, summary: _Summary) -> datetime | None:
    """How long it may be believed: as long as it says, or until it says to ask again."""
    promised = max(summary.max_stale_seconds, 2 * summary.poll_after_seconds)
    return later(at, max(FRESH, timedelta(seconds=promised if 0 < promised <= _LONGEST else 0)))


def _notes(summary: _Summary) -> tuple[str, ...]:
    going = (*summary.ongoing_incidents, *summary.in_progress_maintenances)
    words = {one.status or "operational" for event in going for one in event.affected_components}
    words |= {event.impact for event in going if event.impact is not None}
    return notes(
        {summary.overall.status, *words}, {event.phase for event in summary.ongoing_incidents}
    )


# -- parts -----------------------------------------------------------------------------------


def _parts(summary: _Summary) -> tuple[Part, ...]:
    """The parts that anything touches; of the others the summary says nothing."""
    said: dict[PartName, list[Health]] = defaultdict(list)
    groups: dict[PartName, str | None] = {}
    for event, otherwise in _touching(summary):
        for one in event.affected_components:
            said[_named(one)].append(otherwise if one.status is None else health(one.status))
            groups[_named(one)] = plain(one.group_name or "", LINE) or None
    return tuple(
        Part(name.id, name.name, worst(states), groups[name]) for name, states in said.items()
    )


_ENDS = (Phase.RESOLVED, Phase.POSTMORTEM)


def _touching(summary: _Summary) -> Iterable[tuple[_Event, Health]]:
    """What goes on, and how a part is that it touches without saying how."""
    for event in summary.ongoing_incidents:
        if incident.phase(event.phase) not in _ENDS:
            yield event, declared(event.impact, ())
    for event in summary.in_progress_maintenances:
        yield event, Health.MAINTENANCE


def _named(one: _Affected) -> PartName:
    return PartName(plain(one.id or "", ID), plain(one.name, LINE))


# -- what goes on ----------------------------------------------------------------------------


def _incident(event: _Event) -> Incident:
    """One incident; of its timeline the summary has the last entry."""
    of_parts = [health(one.status) for one in event.affected_components if one.status is not None]
    impact = declared(event.impact, of_parts)
    phase = incident.phase(event.phase)
    begun, updated = moment(event.started_at or event.starts_at), moment(event.updated_at)
    updates = _updates(event.last_update, phase)
    return Incident(
        id=plain(event.id, ID),
        title=plain(event.title, LINE),
        phase=phase,
        impact=impact,
        floor=incident.floor(impact, event.phase),
        parts=tuple(map(_named, event.affected_components)),
        started_at=begun,
        updated_at=newest(begun, updated, *(update.at for update in updates)),
        resolved_at=updated if phase is Phase.RESOLVED else None,
        url=link(event.url),
        updates=updates,
    )


def _updates(last: _LastUpdate | None, phase: Phase) -> tuple[Update, ...]:
    if last is None or not last.message:
        return ()
    return (Update(moment(last.at), phase, plain(last.message, TEXT)),)


def _maintenance(event: _Event, phase: MaintenancePhase) -> Maintenance:
    return Maintenance(
        id=plain(event.id, ID),
        title=plain(event.title, LINE),
        phase=phase,
        parts=tuple(map(_named, event.affected_components)),
        starts_at=moment(event.starts_at or event.started_at),
        ends_at=moment(event.ends_at),
        url=link(event.url),
    )
