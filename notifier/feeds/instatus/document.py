"""Instatus's documents as its pages name them, and their words. Judges nothing.

The lists of what goes on are absent where they would be empty, and stand in both generations of
the summary alike.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notifier.feeds.shape import LINE, plain
from notifier.model.health import Health, gravity
from notifier.model.observation import MaintenancePhase


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`page`. Its word says whether something is wrong, never how wrong."""

    name: str
    url: str
    status: str


class Event(msgspec.Struct, frozen=True):
    """`activeIncidents[]`. It names no part: the parts name it."""

    id: str
    name: str
    status: str
    impact: str
    started: str | None = None
    updated: str | None = msgspec.field(name="updatedAt", default=None)
    url: str | None = None


class Planned(msgspec.Struct, frozen=True):
    """`activeMaintenances[]`. `duration` is in minutes, and mostly a string."""

    id: str
    name: str
    status: str
    start: str | None = None
    duration: str | int | float | None = None
    url: str | None = None


Name = str | dict[str, str | None] | None
"""As the documents have it, or within a web page in several languages."""


class Named(msgspec.Struct, frozen=True):
    """Whatever is only pointed at: the group of a part, an incident that touches it."""

    id: str
    name: Name = None


class Row(msgspec.Struct, frozen=True):
    """`components[]`, and `children[]` within them, sometimes in short."""

    id: str
    name: Name = None
    status: str | None = None
    order: float | None = None
    group: Named | str | None = None
    children: tuple["Row | str", ...] = ()
    incidents: tuple[Named, ...] = msgspec.field(name="activeIncidents", default=())
    maintenances: tuple[Named, ...] = msgspec.field(name="activeMaintenances", default=())
    archived: str | None = msgspec.field(name="archivedAt", default=None)


class Components(msgspec.Struct, frozen=True):
    """components.json."""

    components: tuple[Row, ...]


class Summary(msgspec.Struct, frozen=True):
    """summary.json; some keep it with the components in it."""

    page: Page
    incidents: tuple[Event, ...] = msgspec.field(name="activeIncidents", default=())
    maintenances: tuple[Planned, ...] = msgspec.field(name="activeMaintenances", default=())
    components: tuple[Row, ...] | msgspec.UnsetType = msgspec.UNSET


COMPONENTS: Mapping[str, Health] = {
    "OPERATIONAL": Health.OPERATIONAL,
    "UNDERMAINTENANCE": Health.MAINTENANCE,
    "DEGRADEDPERFORMANCE": Health.DEGRADED,
    "MINOROUTAGE": Health.DEGRADED,
    "PARTIALOUTAGE": Health.PARTIAL_OUTAGE,
    "MAJOROUTAGE": Health.MAJOR_OUTAGE,
}
"""Of a part, and of what an incident does."""

PAGES: Mapping[str, Health] = {
    "UP": Health.OPERATIONAL,
    "UNDERMAINTENANCE": Health.MAINTENANCE,
    "HASISSUES": Health.DEGRADED,
}

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "NOTSTARTEDYET": MaintenancePhase.SCHEDULED,
    "INPROGRESS": MaintenancePhase.IN_PROGRESS,
    "VERIFYING": MaintenancePhase.VERIFYING,
    "COMPLETED": MaintenancePhase.COMPLETED,
}


def title(name: Name) -> str:
    """A name as it is shown; of several languages the page's own."""
    if isinstance(name, dict):
        name = name.get("default") or next(filter(None, name.values()), "")
    return plain(name or "", LINE)


class Tree:
    """The components of a page: which are parts, and under which of the others they stand.

    The row of a group repeats the worst of what stands under it, and is no part itself. It may be
    listed with its children in it, beside them, or both.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[str, Row] = {}
        self._above: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for row, head in _every(rows):
            self.rows[row.id] = max(self.rows.get(row.id, row), row, key=_weight)
            self._place(row, head)
        beneath = set(self._above.values())
        leaves = [id_ for id_ in self.rows if id_ not in beneath]
        groups = {head for leaf in leaves for head in self._heads(leaf)}
        self.parts = tuple(row for row in self.rows.values() if row.id not in groups)

    def _place(self, row: Row, head: str) -> None:
        group = row.group
        if isinstance(group, Named):
            self._names[group.id] = title(group.name)
            group = group.id
        if (head := group or head) and head != row.id:
            self._above[row.id] = head
        for child in row.children:
            if isinstance(child, str) and child != row.id:
                self._above.setdefault(child, row.id)

    def _heads(self, id_: str) -> Iterator[str]:
        """What `id_` stands under, from the nearest up; where that turns in a circle, once."""
        seen = {id_}
        while (id_ := self._above.get(id_, "")) and id_ not in seen:
            seen.add(id_)
            yield id_

    def group(self, row: Row) -> tuple[str | None, str | None]:
        """Name and id of the group a part stands in."""
        head = self._above.get(row.id)
        if head is None:
            return None, None
        known = self.rows.get(head)
        return (title(known.name) if known else self._names.get(head)) or None, head

    def place(self, row: Row) -> tuple[float, float]:
        """Where a part stands on the page: with its group, then within it."""
        own = row.order or 0
        top = self.rows.get([row.id, *self._heads(row.id)][-1])
        return (top.order or 0 if top else own), own


def _weight(row: Row) -> int:
    """What is listed twice counts by the worst that is said of it; a bare name says nothing."""
    return -1 if row.status is None else gravity(COMPONENTS.get(row.status, Health.UNKNOWN))


def _every(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Every row, children after their parents, and the id of the row it is listed in."""
    waiting = [(row, "") for row in rows][::-1]
    while waiting:
        row, head = waiting.pop()
        if row.archived is None:
            yield row, head
            waiting += [(one, row.id) for one in row.children if isinstance(one, Row)][::-1]
