"""Uptime Kuma's status pages: monitors in groups, and the heartbeats that say how each one is.

Written from a description (feeds.md 1.16) and from what the program itself writes out (its public
source); no page was captured. The makers call this API internal: it may change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, address
from notifier.feeds.shape import (
    LINE,
    TEXT,
    Unreadable,
    body_of,
    document,
    moment,
    newest,
    plain,
    shaped,
    unknown,
)
from notifier.feeds.stamps import stamp
from notifier.model.health import Health
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

TITLE = "Uptime Kuma"
ORIGIN = Origin.DESCRIBED

# `/status` alone is the page called `default`.
_PAGE = re.compile(
    r"(?<!/)/(?:status(?:-page)?|api/status-page(?:/heartbeat)?)(?:/([^/]+)(?:/rss)?)?$"
)


def plans(url: str) -> tuple[Plan, ...]:
    """The page of the name that stands in `url`, else `default`, and its heartbeats."""
    at = address(url).partition("?")[0].rstrip("/")
    found = _PAGE.search(at)
    api = f"{at[: found.start()] if found else at}/api/status-page"
    name = (found[1] if found else None) or "default"
    wants = (Want("page", f"{api}/{name}"), Want("heartbeats", f"{api}/heartbeat/{name}"))
    return (Plan("page", wants),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says; the plan `monitors` reads the page without its heartbeats.

    Raises:
        Unreadable: it is not this vendor's document, or a page with no monitor on it.
    """
    page = shaped(document(body_of(bodies, "page")), _Page)
    if not any(group.monitors for group in page.groups):
        raise Unreadable("The page lists no monitor.")
    match plan:
        case "page":
            return _report(page, _last_beats(body_of(bodies, "heartbeats")))
        case "monitors":
            return _report(page, {})
        case _:
            raise Unreadable(f"Uptime Kuma has no documents called “{plan}”.")


# -- the documents ---------------------------------------------------------------------------


class _Config(msgspec.Struct, frozen=True):
    """`config`: of the page itself."""

    slug: str
    title: str


class _Monitor(msgspec.Struct, frozen=True):
    """`publicGroupList[].monitorList[]`. The id is that of its heartbeats."""

    id: int
    name: str


class _Group(msgspec.Struct, frozen=True):
    """`publicGroupList[]`."""

    name: str
    monitors: tuple[_Monitor, ...] = msgspec.field(name="monitorList")
    id: int | None = None


class _Incident(msgspec.Struct, frozen=True):
    """What somebody has pinned to the page. `style` is its colour, `content` is Markdown.

    It goes on as long as it stands there, unless it says that it is not `active` (version 2).
    """

    id: int
    style: str
    title: str
    content: str | None = None
    active: bool = True
    created: str | None = msgspec.field(name="createdDate", default=None)
    updated: str | None = msgspec.field(name="lastUpdatedDate", default=None)


class _Slot(msgspec.Struct, frozen=True):
    """`timeslotList[]`: local times, by the maintenance's own offset."""

    start: str | None = msgspec.field(name="startDate", default=None)
    end: str | None = msgspec.field(name="endDate", default=None)


class _Maintenance(msgspec.Struct, frozen=True):
    """`maintenanceList[]`. It does not name its monitors."""

    id: int
    title: str
    status: str
    slots: tuple[_Slot, ...] = msgspec.field(name="timeslotList", default=())
    offset: str | None = msgspec.field(name="timezoneOffset", default=None)


class _Page(msgspec.Struct, frozen=True):
    """`/api/status-page/NAME`. Version 1 has one `incident` or null, version 2 `incidents`."""

    config: _Config
    groups: tuple[_Group, ...] = msgspec.field(name="publicGroupList")
    incident: _Incident | None = None
    incidents: tuple[_Incident, ...] = ()
    maintenances: tuple[_Maintenance, ...] = msgspec.field(name="maintenanceList", default=())


class _Beat(msgspec.Struct, frozen=True):
    """One heartbeat. `time` is in UTC and does not say so."""

    status: int
    time: str | None = None


class _Heartbeats(msgspec.Struct, frozen=True):
    """`/api/status-page/heartbeat/NAME`: by the monitor's id, oldest first."""

    beats: dict[str, list[object]] = msgspec.field(name="heartbeatList")


def _last_beats(body: bytes) -> Mapping[str, _Beat]:
    """The last heartbeat of each monitor that has one; a span without any is written as 0."""
    listed = shaped(document(body), _Heartbeats).beats
    return {id_: shaped(beats[-1], _Beat) for id_, beats in listed.items() if beats and beats[-1]}


# -- what they say ---------------------------------------------------------------------------

BEATS: Mapping[str, Health] = {
    "0": Health.MAJOR_OUTAGE,
    "1": Health.OPERATIONAL,
    "2": Health.UNKNOWN,  # it failed and is tried again: not yet down, and no longer up
    "3": Health.MAINTENANCE,
}

# A colour, picked by hand: it stands over greetings, too. What is down the monitors say.
STYLES: Mapping[str, Health] = {
    "info": Health.OPERATIONAL,
    "primary": Health.OPERATIONAL,
    "light": Health.OPERATIONAL,
    "dark": Health.OPERATIONAL,
    "warning": Health.DEGRADED,
    "danger": Health.PARTIAL_OUTAGE,
}

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "scheduled": MaintenancePhase.SCHEDULED,
    "under-maintenance": MaintenancePhase.IN_PROGRESS,
    "ended": MaintenancePhase.COMPLETED,
    "inactive": MaintenancePhase.COMPLETED,
}


def _report(page: _Page, beats: Mapping[str, _Beat]) -> Report:
    parts = tuple(_parts(page.groups, beats))
    pinned = page.incidents if page.incident is None else (page.incident, *page.incidents)
    maintained = tuple(
        PartName(part.id, part.name) for part in parts if part.health is Health.MAINTENANCE
    )
    return Report(
        engine="kuma",
        name=plain(page.config.title, LINE),
        home="",
        indicator=None,
        parts=parts,
        incidents=tuple(map(_incident, pinned)),
        maintenance=tuple(_maintenance(one, maintained) for one in page.maintenances),
        as_of=newest(*(_utc(beat.time) for beat in beats.values())),
        notes=_notes(page, pinned, beats),
    )


def _parts(groups: Iterable[_Group], beats: Mapping[str, _Beat]) -> Iterator[Part]:
    """The monitors; of one without a heartbeat nothing is known."""
    for group in groups:
        group_id = None if group.id is None else str(group.id)
        name = plain(group.name, LINE) or None
        for monitor in group.monitors:
            id_ = str(monitor.id)
            yield Part(id_, plain(monitor.name, LINE), _health(beats.get(id_)), name, group_id)


def _health(last: _Beat | None) -> Health:
    return Health.UNKNOWN if last is None else BEATS.get(str(last.status), Health.UNKNOWN)


def _incident(event: _Incident) -> Incident:
    """What is pinned; it names no monitor."""
    health = STYLES.get(event.style, Health.UNKNOWN)
    begun, at = _utc(event.created), _utc(event.updated)
    text = plain(event.content or "", TEXT)
    return Incident(
        id=str(event.id),
        title=plain(event.title, LINE) or plain(text.partition("\n")[0], LINE),
        phase=Phase.INVESTIGATING if event.active else Phase.RESOLVED,
        impact=health,
        floor=health if event.active else Health.OPERATIONAL,
        started_at=begun,
        updated_at=at or begun,
        resolved_at=None if event.active else at,
        updates=(Update(at or begun, None, text),) if text else (),
    )


def _maintenance(event: _Maintenance, maintained: tuple[PartName, ...]) -> Maintenance:
    """One maintenance. Whose it is while it goes on, the heartbeats say.

    A word nobody knows counts as under way: it may not pass for all well.
    """
    phase = MAINTENANCES.get(event.status, MaintenancePhase.IN_PROGRESS)
    slot = event.slots[0] if event.slots else _Slot()
    return Maintenance(
        id=str(event.id),
        title=plain(event.title, LINE),
        phase=phase,
        parts=maintained if phase is MaintenancePhase.IN_PROGRESS else (),
        starts_at=_local(slot.start, event.offset),
        ends_at=_local(slot.end, event.offset),
    )


def _notes(page: _Page, pinned: Iterable[_Incident], beats: Mapping[str, _Beat]) -> tuple[str, ...]:
    """A note for each word that is none of the vendor's."""
    return (
        *unknown("heartbeat status", {str(beat.status) for beat in beats.values()}, BEATS),
        *unknown("incident style", {one.style for one in pinned}, STYLES),
        *unknown("maintenance status", {one.status for one in page.maintenances}, MAINTENANCES),
    )


def _utc(text: str | None) -> datetime | None:
    """A time of the program's own, which is UTC without saying so; one that says it is kept."""
    return moment(text) or (moment(f"{text}Z") if text else None)


def _local(text: str | None, offset: str | None) -> datetime | None:
    """A time as the clocks of a maintenance show it; without their offset it could be any."""
    return stamp(f"{text}{offset}") if text and offset else None
