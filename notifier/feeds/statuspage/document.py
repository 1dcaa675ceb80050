"""Atlassian's summary.json and its words. Judges nothing.

Each shape has all the vendor ever says, in its order (see `shape.whole`); what nobody reads here
may be anything.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase

ABSENT: Any = msgspec.UNSET
"""Of what is not said at all, as opposed to `null`: where written again it is left out."""


class Page(msgspec.Struct, frozen=True):
    """`page`. Its `updated_at` may be weeks old on a page that is read right now."""

    id: str
    name: str | None = ABSENT
    url: str | None = ABSENT
    time_zone: Any = ABSENT
    updated_at: str | None = ABSENT


class Status(msgspec.Struct, frozen=True):
    """`status`: the page's own overall word."""

    indicator: str
    description: Any = ABSENT


class Component(msgspec.Struct, frozen=True):
    """`components[]`. A row with `group` heads the others that carry its id as `group_id`."""

    id: str
    name: str
    status: str
    created_at: Any = ABSENT
    updated_at: Any = ABSENT
    position: int | None = ABSENT
    description: Any = ABSENT
    showcase: Any = ABSENT
    start_date: Any = ABSENT
    group_id: str | None = ABSENT
    page_id: Any = ABSENT
    group: bool | None = ABSENT
    only_show_if_degraded: Any = ABSENT
    components: Any = ABSENT


class AffectedComponent(msgspec.Struct, frozen=True):
    """`affected_components[]` of an update; `name` is "Group - Name"."""

    code: str
    name: str | None = ABSENT
    old_status: Any = ABSENT
    new_status: Any = ABSENT


class IncidentUpdate(msgspec.Struct, frozen=True):
    """`incident_updates[]`. `display_at` is when the vendor wants it read as said."""

    id: Any = ABSENT
    status: str | None = ABSENT
    body: str | None = ABSENT
    incident_id: Any = ABSENT
    created_at: str | None = ABSENT
    updated_at: Any = ABSENT
    display_at: str | None = ABSENT
    affected_components: tuple[AffectedComponent, ...] | None = ABSENT
    deliver_notifications: Any = ABSENT
    custom_tweet: Any = ABSENT
    tweet_id: Any = ABSENT


class IncidentComponent(msgspec.Struct, frozen=True):
    """`incidents[].components[]`: a component as it is now."""

    id: str
    name: str
    status: Any = ABSENT
    created_at: Any = ABSENT
    updated_at: Any = ABSENT
    position: Any = ABSENT
    description: Any = ABSENT
    showcase: Any = ABSENT
    start_date: Any = ABSENT
    group_id: Any = ABSENT
    page_id: Any = ABSENT
    group: Any = ABSENT
    only_show_if_degraded: Any = ABSENT


class StatusIncident(msgspec.Struct, frozen=True):
    """`incidents[]` and `scheduled_maintenances[]`, which share one shape."""

    id: str
    name: str
    status: str
    created_at: str | None = ABSENT
    updated_at: str | None = ABSENT
    monitoring_at: Any = ABSENT
    resolved_at: str | None = ABSENT
    impact: str | None = ABSENT
    shortlink: str | None = ABSENT
    started_at: str | None = ABSENT
    page_id: Any = ABSENT
    incident_updates: tuple[IncidentUpdate, ...] | None = ABSENT
    components: tuple[IncidentComponent, ...] | None = ABSENT
    reminder_intervals: Any = ABSENT
    scheduled_for: str | None = ABSENT
    scheduled_until: str | None = ABSENT


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of summary.json. A list that is there must be one: it decides the state."""

    page: Page
    components: tuple[Component, ...] = ABSENT
    incidents: tuple[StatusIncident, ...] = ABSENT
    scheduled_maintenances: tuple[StatusIncident, ...] = ABSENT
    status: Status


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
