"""incident.io's own document as its pages name it, and its words. Judges nothing."""

from collections.abc import Mapping

import msgspec

from notifier.feeds.shape import document, shaped
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase


class Component(msgspec.Struct, frozen=True):
    """`components[]`: every part of the page, without a state."""

    id: str
    name: str


class AffectedComponent(msgspec.Struct, frozen=True):
    """`affected_components[]`, of the page or of an incident.

    Of an incident `status` is the worst while it lasted and `current_status` what is now.
    """

    component_id: str
    status: str | None = None
    current_status: str | None = None


class ComponentImpact(msgspec.Struct, frozen=True):
    """`component_impacts[]`: what a part suffered from when to when; without an end, still."""

    component_id: str
    status: str
    start_at: str | None = None
    end_at: str | None = None


class StatusSummary(msgspec.Struct, frozen=True):
    """`status_summaries[]`: the stretches of an incident; the first may begin before its post."""

    start_at: str | None = None
    end_at: str | None = None


class IncidentUpdate(msgspec.Struct, frozen=True):
    """`updates[]`, oldest first."""

    to_status: str | None = None
    message_string: str | None = None
    published_at: str | None = None


class Event(msgspec.Struct, frozen=True):
    """`ongoing_incidents[]` and `scheduled_maintenances[]`; `type` tells which it is."""

    id: str
    name: str
    status: str
    type: str | None = None
    published_at: str | None = None
    affected_components: tuple[AffectedComponent, ...] | None = None
    component_impacts: tuple[ComponentImpact, ...] | None = None
    status_summaries: tuple[StatusSummary, ...] | None = None
    updates: tuple[IncidentUpdate, ...] | None = None


class Place(msgspec.Struct, frozen=True):
    """`structure.items[].component`, and the same within a group: where a part stands."""

    component_id: str


class Group(msgspec.Struct, frozen=True):
    """`structure.items[].group`."""

    id: str
    name: str
    components: tuple[Place, ...] | None = None


class Item(msgspec.Struct, frozen=True):
    """`structure.items[]`: a group, or a part that stands alone."""

    group: Group | None = None
    component: Place | None = None


class Structure(msgspec.Struct, frozen=True):
    """`structure`: the only place with groups."""

    items: tuple[Item, ...] | None = None


class Summary(msgspec.Struct, frozen=True):
    """The whole. The lists that make a part anything but well must be there, even if empty."""

    id: str
    name: str
    components: tuple[Component, ...]
    affected_components: tuple[AffectedComponent, ...]
    ongoing_incidents: tuple[Event, ...]
    public_url: str | None = None
    scheduled_maintenances: tuple[Event, ...] | None = None
    structure: Structure | None = None


COMPONENTS: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "under_maintenance": Health.MAINTENANCE,
    "degraded_performance": Health.DEGRADED,
    "partial_outage": Health.PARTIAL_OUTAGE,
    "full_outage": Health.MAJOR_OUTAGE,
}

MAINTENANCES: Mapping[str, MaintenancePhase] = {
    "maintenance_scheduled": MaintenancePhase.SCHEDULED,
    "maintenance_in_progress": MaintenancePhase.IN_PROGRESS,
    "maintenance_complete": MaintenancePhase.COMPLETED,
}

_ABSENT = b'"$undefined"'


def summary(body: bytes) -> Summary:
    """The document, with or without the wrapper it comes in.

    Over the network absent values are absent; in the copy a page embeds in its HTML they are the
    string "$undefined", which stands for nothing wherever it stands.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    if _ABSENT in body:  # between quotes of its own it is a whole value, never part of one
        body = body.replace(_ABSENT, b"null")
    tree = document(body)
    if isinstance(tree, dict) and "summary" in tree:
        tree = tree["summary"]
    return shaped(tree, Summary)
