"""Flashduty's summary of one page: all its parts, without a state, and the changes that go on.

A part is well unless a change says otherwise. Names are in two languages at once, as the vendor
writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from notifier.feeds import incident
from notifier.feeds.flashduty.document import answer, declared, health, notes
from notifier.feeds.shape import ID, LINE, TEXT, Unreadable, link, newest, plain, shaped, unknown
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

Id = str | int


class _Component(msgspec.Struct, frozen=True):
    component_id: Id
    name: str
    section_id: Id | None = None
    order_id: float | None = None


class _Section(msgspec.Struct, frozen=True):
    section_id: Id
    name: str
    order_id: float | None = None


class _Page(msgspec.Struct, frozen=True):
    components: tuple[_Component, ...]
    sections: tuple[_Section, ...] = ()
    name: str | None = None
    custom_domain: str | None = None


class _Affected(msgspec.Struct, frozen=True):
    component_id: Id
    status: str
    name: str | None = None


class _Update(msgspec.Struct, frozen=True):
    at_seconds: float | None = None
    status: str | None = None
    description: str | None = None


class _Change(msgspec.Struct, frozen=True):
    """`active_changes[]`: an incident or a maintenance. Times are seconds since 1970."""

    change_id: Id
    type: str
    title: str
    status: str
    start_at_seconds: float | None = None
    close_at_seconds: float | None = None
    affected_components: tuple[_Affected, ...] = ()
    updates: tuple[_Update, ...] = ()


class _Data(msgspec.Struct, frozen=True):
    page: _Page
    active_changes: tuple[_Change, ...]


class _Answer(msgspec.Struct, frozen=True):
    data: _Data


TYPES = ("incident", "maintenance")

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "scheduled": MaintenancePhase.SCHEDULED,
    "ongoing": MaintenancePhase.IN_PROGRESS,
    "completed": MaintenancePhase.COMPLETED,
}


def report(body: bytes) -> Report:
    """What the summary says. The page has no overall word in it.

    Raises:
        Unreadable: it is not this vendor's, it is an error, or lists no part.
    """
    data = shaped(answer(body), _Answer).data
    if not data.page.components:
        raise Unreadable("The page lists no parts, so it says nothing of any.")
    names = {_id(one.component_id): plain(one.name, LINE) for one in data.page.components}
    planned = [one for one in data.active_changes if one.type == "maintenance"]
    wrong = [one for one in data.active_changes if one.type != "maintenance"]
    told = tuple(_incident(change, names) for change in wrong)
    maintenance = tuple(_maintenance(change, names) for change in planned)
    going = [change for change, one in zip(wrong, told, strict=True) if one.open]
    going += [change for change, one in zip(planned, maintenance, strict=True) if one.under_way]
    return Report(
        engine="flashduty",
        name=plain(data.page.name or "", LINE),
        home=_home(data.page),
        indicator=None,
        parts=tuple(_parts(data.page, names, going)),
        incidents=told,
        maintenance=maintenance,
        as_of=newest(*(one.updated_at for one in told)),
        notes=_notes(going, wrong, planned),
    )


def _home(page: _Page) -> str:
    return (link(f"https://{page.custom_domain}") or "") if page.custom_domain else ""


def _notes(
    going: Iterable[_Change], wrong: Iterable[_Change], planned: Iterable[_Change]
) -> tuple[str, ...]:
    words = {one.status for change in going for one in change.affected_components}
    return (
        *notes(words, {change.status for change in wrong}),
        *unknown("maintenance status", {change.status for change in planned}, MAINTENANCES),
        *unknown("type", {change.type for change in wrong}, dict.fromkeys(TYPES)),
    )


# -- parts -----------------------------------------------------------------------------------


def _parts(page: _Page, names: Mapping[str, str], going: Iterable[_Change]) -> Iterator[Part]:
    """The parts in the page's own order; one that only a change names comes last."""
    said: dict[str, list[Health]] = defaultdict(list)
    also: dict[str, str] = {}
    for change in going:
        for one in change.affected_components:
            said[_id(one.component_id)].append(health(one.status))
            also[_id(one.component_id)] = plain(one.name or _id(one.component_id), LINE)
    sections = {_id(one.section_id): one for one in page.sections}
    for component in sorted(page.components, key=lambda one: _place(one, sections)):
        id_ = _id(component.component_id)
        yield Part(
            id_,
            names[id_],
            worst(said.get(id_, (Health.OPERATIONAL,))),
            *_group(component, sections),
        )
    for id_ in (id_ for id_ in also if id_ not in names):
        yield Part(id_, also[id_], worst(said[id_]))


def _place(one: _Component, sections: Mapping[str, _Section]) -> tuple[float, float]:
    section = sections.get(_id(one.section_id))
    return ((section or one).order_id or 0), one.order_id or 0


def _group(one: _Component, sections: Mapping[str, _Section]) -> tuple[str | None, str | None]:
    if one.section_id is None:
        return None, None
    section = sections.get(_id(one.section_id))
    return (plain(section.name, LINE) or None) if section else None, _id(one.section_id)


def _id(id_: Id | None) -> str:
    return "" if id_ is None else plain(str(id_), ID)


# -- changes ---------------------------------------------------------------------------------


def _incident(change: _Change, names: Mapping[str, str]) -> Incident:
    """One incident. The vendor declares no impact: what it does to parts stands for it."""
    impact = declared(None, [health(one.status) for one in change.affected_components])
    phase = incident.phase(change.status)
    updates = incident.newest_first(map(_update, change.updates))
    begun, closed = _at(change.start_at_seconds), _at(change.close_at_seconds)
    return Incident(
        id=_id(change.change_id),
        title=plain(change.title, LINE),
        phase=phase,
        impact=impact,
        floor=incident.floor(impact, change.status),
        parts=_named(change, names),
        started_at=begun,
        updated_at=newest(begun, closed, *(update.at for update in updates)),
        resolved_at=closed if phase is Phase.RESOLVED else None,
        updates=updates,
    )


def _update(update: _Update) -> Update:
    return Update(
        _at(update.at_seconds),
        incident.PHASES.get(update.status or ""),
        plain(update.description or "", TEXT),
    )


def _maintenance(change: _Change, names: Mapping[str, str]) -> Maintenance:
    """One maintenance. A word nobody knows counts as under way: it may not pass for all well."""
    return Maintenance(
        id=_id(change.change_id),
        title=plain(change.title, LINE),
        phase=MAINTENANCES.get(change.status, MaintenancePhase.IN_PROGRESS),
        parts=_named(change, names),
        starts_at=_at(change.start_at_seconds),
        ends_at=_at(change.close_at_seconds),
    )


def _named(change: _Change, names: Mapping[str, str]) -> tuple[PartName, ...]:
    return tuple(
        PartName(
            _id(one.component_id), names.get(_id(one.component_id), plain(one.name or "", LINE))
        )
        for one in change.affected_components
    )


def _at(seconds: float | None) -> datetime | None:
    """The instant so many seconds after 1970; none for none, and for what is no date."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None
