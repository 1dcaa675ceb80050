"""Heroku's own page: three systems, each with one colour. Knows nothing of the network.

Seen: an incident and a maintenance, in real captures of 2019 and 2020. Written from a description
(feeds.md 1.14): green and red. The document does not say when it was made.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from notifier.feeds import incident
from notifier.feeds.memory import remembered
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
from notifier.model.health import Health, failing, worst
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

TITLE = "Heroku"
ORIGIN = Origin.IN_PART

HOME = "https://status.heroku.com"

_BELOW = re.compile(r"/api/v[34]/.*$")


def plans(url: str) -> tuple[Plan, ...]:
    """The one document of the page at `url`."""
    page = _BELOW.sub("", base(url))
    return (Plan("current", (Want("current", f"{page}/api/v4/current-status"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    return _report(decode(body_of(bodies, "current"), _Current))


# -- the document ----------------------------------------------------------------------------


class _System(msgspec.Struct, frozen=True):
    system: str
    status: str


class _Update(msgspec.Struct, frozen=True):
    contents: str = ""
    update_type: str = ""
    created_at: str | None = None
    status_prod: str | None = None
    status_dev: str | None = None


class _Event(msgspec.Struct, frozen=True, kw_only=True):
    """An incident or a maintenance."""

    id: int | str
    title: str
    resolved: bool
    created_at: str | None = None
    updated_at: str | None = None
    resolved_at: str | None = None
    full_url: str | None = None
    updates: tuple[_Update, ...] = ()


class _Planned(_Event, frozen=True, kw_only=True):
    upcoming: bool


class _Current(msgspec.Struct, frozen=True):
    status: tuple[_System, ...]
    incidents: tuple[_Event, ...]
    scheduled: tuple[_Planned, ...]


COLOURS: Mapping[str, Health] = {
    "green": Health.OPERATIONAL,
    "yellow": Health.DEGRADED,
    "red": Health.MAJOR_OUTAGE,
    "blue": Health.MAINTENANCE,
}

_PHASES: Mapping[str, Phase] = {**incident.PHASES, "issue": Phase.IDENTIFIED}


# -- what it says ----------------------------------------------------------------------------


def _report(current: _Current) -> Report:
    if not current.status:
        raise Unreadable("The document names no system.")
    events = (*current.incidents, *current.scheduled)
    parts = tuple(_part(one) for one in current.status)
    return Report(
        engine="heroku",
        name="Heroku",
        home=HOME,
        indicator=None,
        parts=parts,
        incidents=tuple(_incident(one, parts) for one in current.incidents),
        maintenance=tuple(map(_maintenance, current.scheduled)),
        as_of=newest(*(moment(one.updated_at) for one in events)),
        notes=unknown("colour", _words(current), COLOURS),
    )


def _words(current: _Current) -> Iterable[str]:
    yield from (one.status for one in current.status)
    yield from (colour for one in current.incidents for colour in _colours(one))


def _part(one: _System) -> Part:
    return Part(plain(one.system, ID), plain(one.system, LINE), _health(one.status))


def _health(colour: str) -> Health:
    return COLOURS.get(colour, Health.UNKNOWN)


def _colours(event: _Event) -> tuple[str, ...]:
    """What the newest update of an incident that goes on says of production and of the rest."""
    if event.resolved or not event.updates:
        return ()
    latest = max(event.updates, key=lambda one: one.created_at or "")
    said = (latest.status_prod, latest.status_dev)
    return tuple(colour for colour in said if colour is not None)


@remembered
def _incident(event: _Event, parts: tuple[Part, ...]) -> Incident:
    """An incident. It names no system: it is of those that fail while it goes on, if any do."""
    failed = () if event.resolved else tuple(part for part in parts if failing(part.health))
    updates = incident.newest_first(map(_update, event.updates))
    state = worst((Health.DEGRADED, *map(_health, _colours(event))))
    resolved = moment(event.resolved_at) or (updates[0].at if updates else None)
    return Incident(
        id=plain(str(event.id), ID),
        title=plain(event.title, LINE),
        phase=_phase(event, updates),
        impact=state,
        floor=_floor(event, state, known_where=bool(failed)),
        parts=tuple(PartName(part.id, part.name) for part in failed),
        started_at=moment(event.created_at),
        updated_at=newest(moment(event.updated_at), *(one.at for one in updates)),
        resolved_at=resolved if event.resolved else None,
        url=link(event.full_url),
        updates=updates,
    )


def _floor(event: _Event, state: Health, *, known_where: bool) -> Health:
    """What it implies; where systems fail their own colours say how much."""
    if event.resolved:
        return Health.OPERATIONAL
    return Health.DEGRADED if known_where else state


def _phase(event: _Event, updates: tuple[Update, ...]) -> Phase:
    """Where it stands: only `resolved` ends it, whatever its updates are called."""
    if event.resolved:
        return Phase.RESOLVED
    said = updates[0].phase if updates else None
    return said if said not in (None, Phase.RESOLVED, Phase.POSTMORTEM) else Phase.INVESTIGATING


def _update(update: _Update) -> Update:
    phase = _PHASES.get(update.update_type)
    return Update(moment(update.created_at), phase, plain(update.contents, TEXT))


def _maintenance(event: _Planned) -> Maintenance:
    """What is planned. When it begins stands in its text alone."""
    if event.resolved:
        phase = MaintenancePhase.COMPLETED
    else:
        phase = MaintenancePhase.SCHEDULED if event.upcoming else MaintenancePhase.IN_PROGRESS
    title = plain(event.title, LINE)
    return Maintenance(plain(str(event.id), ID), title, phase, url=link(event.full_url))
