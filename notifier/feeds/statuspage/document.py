"""Atlassian's summary.json as the vendor's reference names it, and its words. Judges nothing."""

from collections.abc import Mapping
from typing import Any

import msgspec

from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase


class Page(msgspec.Struct, frozen=True):
    """`page`. Its `updated_at` may be weeks old on a page that is read right now."""

    id: str
    name: str | None = None
    url: str | None = None
    updated_at: str | None = None


class Status(msgspec.Struct, frozen=True):
    """`status`: the page's own overall word."""

    indicator: str


class Component(msgspec.Struct, frozen=True):
    """`components[]`. A row with `group` heads the others that carry its id as `group_id`."""

    id: str
    name: str
    status: str
    position: int | None = None
    group_id: str | None = None
    group: bool | None = None


_ABSENT: Any = msgspec.UNSET
"""Of what is not said at all, as opposed to `null`: where written again it is left out."""


class Row(msgspec.Struct, frozen=True):
    """`components[]` with all the vendor ever says of one, in its order (see `shape.whole`)."""

    id: str
    name: str
    status: str
    created_at: str | None = _ABSENT
    updated_at: str | None = _ABSENT
    position: int | None = _ABSENT
    description: str | None = _ABSENT
    showcase: bool | None = _ABSENT
    start_date: str | None = _ABSENT
    group_id: str | None = _ABSENT
    page_id: str | None = _ABSENT
    group: bool | None = _ABSENT
    only_show_if_degraded: bool | None = _ABSENT
    components: tuple[str, ...] | None = _ABSENT


class AffectedComponent(msgspec.Struct, frozen=True):
    """`affected_components[]` of an update; `name` is "Group - Name"."""

    code: str
    name: str | None = None


class IncidentUpdate(msgspec.Struct, frozen=True):
    """`incident_updates[]`. `display_at` is when the vendor wants it read as said."""

    status: str | None = None
    body: str | None = None
    display_at: str | None = None
    created_at: str | None = None
    affected_components: tuple[AffectedComponent, ...] | None = None


class IncidentComponent(msgspec.Struct, frozen=True):
    """`incidents[].components[]`."""

    id: str
    name: str


class StatusIncident(msgspec.Struct, frozen=True):
    """`incidents[]` and `scheduled_maintenances[]`, which share one shape."""

    id: str
    name: str
    status: str
    impact: str | None = None
    created_at: str | None = None
    started_at: str | None = None
    updated_at: str | None = None
    resolved_at: str | None = None
    scheduled_for: str | None = None
    scheduled_until: str | None = None
    shortlink: str | None = None
    components: tuple[IncidentComponent, ...] | None = None
    incident_updates: tuple[IncidentUpdate, ...] | None = None


class Summary(msgspec.Struct, frozen=True):
    """The whole of summary.json. A list that is there must be one: it decides the state."""

    page: Page
    status: Status
    components: tuple[Component, ...] = ()
    incidents: tuple[StatusIncident, ...] = ()
    scheduled_maintenances: tuple[StatusIncident, ...] = ()


class Rows(msgspec.Struct, frozen=True):
    """summary.json, its many components read, the rest as it stands."""

    page: msgspec.Raw
    components: tuple[Row, ...]
    incidents: msgspec.Raw
    scheduled_maintenances: msgspec.Raw
    status: msgspec.Raw


COMPONENTS: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "under_maintenance": Health.MAINTENANCE,
    "degraded_performance": Health.DEGRADED,
    "partial_outage": Health.PARTIAL_OUTAGE,
    "major_outage": Health.MAJOR_OUTAGE,
}

INDICATORS: Mapping[str, Health] = {
    "none": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "minor": Health.DEGRADED,
    "major": Health.PARTIAL_OUTAGE,
    "critical": Health.MAJOR_OUTAGE,
}
"""Of the page and, with the same meaning, of an incident's impact."""

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "scheduled": MaintenancePhase.SCHEDULED,
    "in_progress": MaintenancePhase.IN_PROGRESS,
    "verifying": MaintenancePhase.VERIFYING,
    "completed": MaintenancePhase.COMPLETED,
}
