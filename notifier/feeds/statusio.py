"""Status.io: /1.0/status/PAGE, on the vendor's own hosts. All its states are numbers.

Seen: a page with a partial disruption, and one with maintenance under way. Written from a
description (feeds.md 1.15): the other numbers, and what is planned.
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

TITLE = "Status.io"
ORIGIN = Origin.IN_PART

HOSTS = ("https://api.status.io", "https://status-api.hostedstatus.com")

_DOCUMENT = re.compile(r"/1\.0/status(?:/[0-9a-f]{24})?$")
_PAGE = re.compile(r"/pages/(?:[a-z]+/)?([0-9a-f]{24})(?:/|$)")


def plans(url: str) -> tuple[Plan, ...]:
    """The document at `url` itself, else that of the page `url` names, on either host.

    A page under a name of its own says nowhere in its address which one it is.
    """
    page = base(url)
    if _DOCUMENT.search(page):
        return (_plan(page),)
    named = _PAGE.search(url)
    if named is not None:
        return tuple(_plan(f"{host}/1.0/status/{named[1]}") for host in HOSTS)
    return (_plan(f"{page}/1.0/status"),)


def _plan(document: str) -> Plan:
    return Plan("status", (Want("status", document),))


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says. All plans bring the same document, so their names do not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    page = decode(body_of(bodies, "status"), _Document).result
    if not page.status:
        raise Unreadable("The page lists no component.")
    return _report(page)


# -- the document ----------------------------------------------------------------------------


class _Overall(msgspec.Struct, frozen=True):
    """`status_overall`: the worst of the components. `updated` is when one last changed."""

    status_code: int
    updated: str | None = None


class _Container(msgspec.Struct, frozen=True):
    """`containers[]`: where a component runs. Several components may have one of the same id."""

    id: str
    name: str
    status_code: int


class _Component(msgspec.Struct, frozen=True):
    """`status[]`."""

    id: str
    name: str
    status_code: int
    containers: tuple[_Container, ...] = ()


class _Named(msgspec.Struct, frozen=True):
    """`components_affected[]` and `containers_affected[]`."""

    id: str = msgspec.field(name="_id")
    name: str = ""


class _Message(msgspec.Struct, frozen=True):
    """`messages[]`. `status` is what the components were set to when it was written."""

    details: str | None = None
    state: int | None = None
    status: int | None = None
    datetime: str | None = None


class _Event(msgspec.Struct, frozen=True):
    """`incidents[]`, all of which go on, and what is listed under `maintenance`."""

    id: str = msgspec.field(name="_id")
    name: str
    messages: tuple[_Message, ...] = ()
    components_affected: tuple[_Named, ...] = ()
    containers_affected: tuple[_Named, ...] = ()
    datetime_open: str | None = None
    datetime_planned_start: str | None = None
    datetime_planned_end: str | None = None


class _Planned(msgspec.Struct, frozen=True):
    active: tuple[_Event, ...] = ()
    upcoming: tuple[_Event, ...] = ()


class _Page(msgspec.Struct, frozen=True):
    """`result`. It does not say whose page it is."""

    status_overall: _Overall
    status: tuple[_Component, ...]
    incidents: tuple[_Event, ...]
    maintenance: _Planned = _Planned()


class _Document(msgspec.Struct, frozen=True):
    result: _Page


CODES: Mapping[int, Health] = {
    100: Health.OPERATIONAL,
    200: Health.MAINTENANCE,
    300: Health.DEGRADED,
    400: Health.PARTIAL_OUTAGE,
    500: Health.MAJOR_OUTAGE,
    600: Health.DEGRADED,
}

_SECURITY = 600
"""A security event: something works, and still nobody should rely on it."""

_STATES: Mapping[int, Phase] = {
    100: Phase.INVESTIGATING,
    200: Phase.IDENTIFIED,
    300: Phase.MONITORING,
}


# -- what it says ----------------------------------------------------------------------------

_Places = Mapping[str, tuple[tuple[str, Part], ...]]
"""By the id of a component: the parts it is on the page, each with the id of its container."""


def _report(page: _Page) -> Report:
    places = {one.id: _parts(one) for one in page.status}
    planned = page.maintenance
    told = tuple(_incident(event, _meant(event, places)) for event in page.incidents)
    return Report(
        engine="statusio",
        name="",
        home="",
        indicator=_health(page.status_overall.status_code),
        parts=tuple(part for row in page.status for _, part in places[row.id]),
        incidents=told,
        maintenance=(
            *(
                _maintenance(one, MaintenancePhase.IN_PROGRESS, _meant(one, places))
                for one in planned.active
            ),
            *(
                _maintenance(one, MaintenancePhase.SCHEDULED, _meant(one, places))
                for one in planned.upcoming
            ),
        ),
        as_of=newest(moment(page.status_overall.updated), *(one.updated_at for one in told)),
        notes=_notes(page),
    )


def _health(code: int) -> Health:
    return CODES.get(code, Health.UNKNOWN)


def _notes(page: _Page) -> tuple[str, ...]:
    """A note for each number that is none of the vendor's, and one of a security event."""
    codes = {page.status_overall.status_code, *(row.status_code for row in page.status)}
    codes |= {one.status_code for row in page.status for one in row.containers}
    states = {one.state for event in page.incidents for one in event.messages if one.state}
    return (
        *unknown("status code", map(str, codes), {str(code): None for code in CODES}),
        *unknown("incident state", map(str, states), {str(state): None for state in _STATES}),
        *(("a security event is told of",) if _SECURITY in codes else ()),
    )


@remembered
def _parts(row: _Component) -> tuple[tuple[str, Part], ...]:
    """A component that runs in several places is a part in each; in one, it is that part itself.

    What it says of itself counts everywhere where none of its places says so.
    """
    id_, name = plain(row.id, ID), plain(row.name, LINE)
    codes = [_health(one.status_code) for one in row.containers]
    own = _health(row.status_code)
    if len(row.containers) < 2:
        where = row.containers[0].id if row.containers else ""
        return ((where, Part(id_, name, worst((own, *codes)))),)
    unexplained = (own,) if own not in codes else ()
    parts = (
        Part(
            id=plain(f"{row.id}/{one.id}", ID),
            name=plain(one.name, LINE),
            health=worst((health, *unexplained)),
            group=name,
            group_id=id_,
        )
        for one, health in zip(row.containers, codes, strict=True)
    )
    return tuple(zip((one.id for one in row.containers), parts, strict=True))


@remembered
def _incident(event: _Event, named: tuple[Part, ...]) -> Incident:
    """One incident. What its parts are now is what the page says of them, not what it said then."""
    messages = sorted(event.messages, key=lambda one: one.datetime or "")
    latest = messages[-1] if messages else _Message()
    declared = [_health(one.status) for one in messages if one.status is not None]
    updates = incident.newest_first(map(_update, reversed(messages)))
    return Incident(
        id=plain(event.id, ID),
        title=plain(f"Security: {event.name}" if latest.status == _SECURITY else event.name, LINE),
        phase=_STATES.get(latest.state or 0, Phase.INVESTIGATING),
        impact=worst(declared),
        floor=worst(part.health for part in named) if named else worst(declared[-1:]),
        parts=tuple(PartName(part.id, part.name) for part in named),
        started_at=moment(event.datetime_open),
        updated_at=newest(moment(event.datetime_open), *(update.at for update in updates)),
        updates=updates,
    )


def _meant(event: _Event, places: _Places) -> tuple[Part, ...]:
    """The parts an event names: of its components those in the containers it names, if any are."""
    containers = {one.id for one in event.containers_affected}
    return tuple(
        part for row in event.components_affected for part in _within(row, containers, places)
    )


def _within(row: _Named, containers: set[str], places: _Places) -> Iterable[Part]:
    listed = places.get(row.id, ())
    named = [part for where, part in listed if where in containers]
    return named or [part for _, part in listed]


def _update(message: _Message) -> Update:
    phase = _STATES.get(message.state or 0)
    return Update(moment(message.datetime), phase, plain(message.details or "", TEXT))


@remembered
def _maintenance(event: _Event, phase: MaintenancePhase, named: tuple[Part, ...]) -> Maintenance:
    return Maintenance(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=phase,
        parts=tuple(PartName(part.id, part.name) for part in named),
        starts_at=moment(event.datetime_planned_start) or moment(event.datetime_open),
        ends_at=moment(event.datetime_planned_end),
    )
