"""What the pieces of an Instatus page say together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from notifier.feeds import incident
from notifier.feeds.instatus.document import (
    COMPONENTS,
    MAINTENANCES,
    PAGES,
    Event,
    Page,
    Planned,
    Row,
    Tree,
    title,
)
from notifier.feeds.shape import ID, LINE, link, moment, newest, plain, unknown
from notifier.feeds.stamps import later
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Part,
    PartName,
    Phase,
    Report,
)

Touched = Mapping[str, tuple[PartName, ...]]
"""By the id of an incident or a maintenance, the parts it touches."""


def report(
    page: Page,
    components: Iterable[Row] | None,
    incidents: tuple[Event, ...],
    maintenances: tuple[Planned, ...],
    touched: Touched | None = None,
) -> Report:
    """The page, whole; without a list of `components` some parts may be missing.

    Which parts an incident touches their rows tell, where `touched` does not.
    """
    tree = Tree(components or ())
    touched = _touched(tree.parts) if touched is None else touched
    told = tuple(_incident(event, touched) for event in incidents)
    return Report(
        engine="instatus",
        name=plain(page.name, LINE),
        home=(link(page.url) or "").rstrip("/"),
        indicator=PAGES.get(page.status, Health.UNKNOWN),
        parts=tuple(_part(row, tree) for row in sorted(tree.parts, key=tree.place)),
        incidents=told,
        maintenance=tuple(_maintenance(one, touched) for one in maintenances),
        as_of=newest(*(one.updated_at for one in told)),
        complete=components is not None,
        notes=tuple(_notes(page, tree.parts, incidents, maintenances)),
    )


def _notes(
    page: Page, rows: Iterable[Row], incidents: Iterable[Event], maintenances: Iterable[Planned]
) -> Iterator[str]:
    """A note for each word of the page that is none of the vendor's."""
    phases = {one.status for one in incidents if one.status.lower() not in incident.PHASES}
    yield from unknown("page status", {page.status}, PAGES)
    yield from unknown("component status", {row.status or "" for row in rows}, COMPONENTS)
    yield from unknown("incident status", phases, {})
    yield from unknown("incident impact", {one.impact for one in incidents}, COMPONENTS)
    yield from unknown("maintenance status", {one.status for one in maintenances}, MAINTENANCES)


def _part(row: Row, tree: Tree) -> Part:
    group, head = tree.group(row)
    return Part(
        plain(row.id, ID),
        title(row.name) or plain(row.id, ID),
        COMPONENTS.get(row.status or "", Health.UNKNOWN),
        group,
        None if head is None else plain(head, ID),
    )


def _touched(rows: Iterable[Row]) -> Touched:
    found: dict[str, tuple[PartName, ...]] = defaultdict(tuple)
    for row in rows:
        for event in (*row.incidents, *row.maintenances):
            found[event.id] += (PartName(plain(row.id, ID), title(row.name)),)
    return found


def _incident(event: Event, touched: Touched) -> Incident:
    """One incident. Those that are over are not listed, but one may be about to go."""
    impact = COMPONENTS.get(event.impact, Health.UNKNOWN)
    word = event.status.lower()  # the vendor shouts the words that the others write
    phase = incident.phase(word)
    started, updated = moment(event.started), moment(event.updated)
    return Incident(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=phase,
        impact=impact,
        floor=incident.floor(impact, word),
        parts=touched.get(event.id, ()),
        started_at=started,
        updated_at=updated or started,
        resolved_at=updated if phase is Phase.RESOLVED else None,
        url=link(event.url),
    )


def _maintenance(one: Planned, touched: Touched) -> Maintenance:
    """One maintenance. A word nobody knows counts as under way: it may not pass for all well."""
    starts = moment(one.start)
    return Maintenance(
        id=plain(one.id, ID),
        title=plain(one.name, LINE),
        phase=MAINTENANCES.get(one.status, MaintenancePhase.IN_PROGRESS),
        parts=touched.get(one.id, ()),
        starts_at=starts,
        ends_at=_after(starts, one.duration),
        url=link(one.url),
    )


_LONGEST = 366 * 24 * 60
"""Minutes of a maintenance; what is longer is no duration."""


def _after(starts: datetime | None, minutes: str | float | None) -> datetime | None:
    try:
        length = float(minutes or 0)
    except ValueError:
        return None
    return later(starts, timedelta(minutes=length)) if 0 < length <= _LONGEST else None
