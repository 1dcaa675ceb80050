"""The status pages of a rehearsed world: Atlassian Statuspage documents that change over time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from notifier.model.health import Health, gravity, worst
from notifier.model.observation import Phase
from notifier.model.service import PartRef
from notifier.rehearsal.lines import seconds

_COMPONENT = {
    Health.OPERATIONAL: "operational",
    Health.MAINTENANCE: "under_maintenance",
    Health.DEGRADED: "degraded_performance",
    Health.PARTIAL_OUTAGE: "partial_outage",
    Health.MAJOR_OUTAGE: "major_outage",
    Health.UNKNOWN: "something_new",
}

_INDICATOR = {
    Health.OPERATIONAL: "none",
    Health.MAINTENANCE: "maintenance",
    Health.DEGRADED: "minor",
    Health.PARTIAL_OUTAGE: "major",
    Health.MAJOR_OUTAGE: "critical",
    Health.UNKNOWN: "something_new",
}

_IMPACT = {
    Health.DEGRADED: "minor",
    Health.PARTIAL_OUTAGE: "major",
    Health.MAJOR_OUTAGE: "critical",
}

_OVER = frozenset({Phase.RESOLVED.value, Phase.POSTMORTEM.value})


@dataclass(slots=True)
class PagePart:
    """A component of a rehearsed page."""

    id: str
    name: str
    group: str | None = None
    state: Health = Health.OPERATIONAL


@dataclass(slots=True)
class PageIncident:
    """An incident as it stands, with the entries of its timeline, newest first."""

    id: str
    title: str
    phase: str
    impact: Health
    parts: list[PagePart]
    started: datetime
    updated: datetime
    updates: list[tuple[datetime, str, str]] = field(default_factory=list)


class Page:
    """One status page; services with the same address share it."""

    def __init__(self, name: str, url: str, began: datetime) -> None:
        """Everything operational."""
        self.name = name
        self.url = url
        self.parts: list[PagePart] = []
        self._stated: Health | None = Health.OPERATIONAL
        self._incidents: dict[str, PageIncident] = {}
        self._began = self._changed = began

    def have(self, name: str, *, id_: str | None = None, group: str | None = None) -> None:
        """See to it that a part exists; one named without a group is any part of that name."""
        for part in self.parts:
            if part.name == name and (group is None or part.group == group):
                return
        number = len(self.parts) + 1
        self.parts.append(PagePart(id_ or f"rehearsed{number:03d}", name, group))

    def change(
        self, wanted: Mapping[str, Any], at: datetime, own: tuple[PartRef, ...] = ()
    ) -> None:
        """Apply one step: the state of all, then of the named parts, then an incident.

        Names repeat on a page ("Login" twice); one that is among `own`, the parts of the service
        the step is about, means that one alone.
        """
        self._changed = at
        if "state" in wanted:
            self._stated = Health(wanted["state"])
            for part in self.parts:
                part.state = self._stated
        if "parts" in wanted:
            self._set_parts(wanted["parts"], own)
            self._stated = Health(wanted["state"]) if "state" in wanted else None
        if "incident" in wanted:
            self._report(wanted["incident"], at, own)

    def _set_parts(self, states: Mapping[str, str], own: tuple[PartRef, ...]) -> None:
        for name, state in states.items():
            for part in self._meant(name, own):
                part.state = Health(state)

    def _meant(self, name: str, own: tuple[PartRef, ...]) -> list[PagePart]:
        named = [part for part in self.parts if part.name == name]
        mine = [
            part
            for part in named
            if any(ref.name == name and ref.group in (None, part.group) for ref in own)
        ]
        return mine or named

    def _report(self, told: Mapping[str, Any], at: datetime, own: tuple[PartRef, ...]) -> None:
        id_ = told["id"]
        known = self._incidents.get(id_)
        if known is None:
            known = PageIncident(
                id_, told.get("title", id_), "investigating", Health.OPERATIONAL, [], at, at
            )
            self._incidents[id_] = known
        if "started" in told:  # a page may date an incident back
            known.started = self._began + timedelta(seconds=seconds(told["started"]))
        known.title = told.get("title", known.title)
        known.phase = told.get("phase", known.phase)
        known.impact = Health(told.get("impact", known.impact.value))
        if "parts" in told:
            known.parts = [part for name in told["parts"] for part in self._meant(name, own)]
        known.updated = at
        known.updates.insert(0, (at, known.phase, told.get("text", "")))

    def document(self) -> bytes:
        """The page as `/api/v2/summary.json` would give it now."""
        indicator = self._stated
        if indicator is None:
            indicator = worst(part.state for part in self.parts)
        groups = list(dict.fromkeys(part.group for part in self.parts if part.group))
        components = [self._component(part) for part in self.parts]
        components += [self._group(name) for name in groups]
        live = [i for i in self._incidents.values() if i.phase not in _OVER]
        return json.dumps(
            {
                "page": {
                    "id": "rehearsal000",
                    "name": self.name,
                    "url": self.url.rstrip("/"),
                    "time_zone": "Etc/UTC",
                    "updated_at": _stamp(self._changed),
                },
                "status": {"indicator": _INDICATOR[indicator], "description": ""},
                "components": components,
                "incidents": [self._incident(incident) for incident in live],
                "scheduled_maintenances": [],
            }
        ).encode()

    def _component(self, part: PagePart) -> dict[str, Any]:
        return {
            "id": part.id,
            "name": part.name,
            "status": _COMPONENT[part.state],
            "group_id": _group_id(part.group) if part.group else None,
            "group": False,
        }

    def _group(self, name: str) -> dict[str, Any]:
        children = [part for part in self.parts if part.group == name]
        state = max((part.state for part in children), key=gravity)
        return {
            "id": _group_id(name),
            "name": name,
            "status": _COMPONENT[state],
            "group_id": None,
            "group": True,
            "components": [part.id for part in children],
        }

    def _incident(self, incident: PageIncident) -> dict[str, Any]:
        return {
            "id": incident.id,
            "name": incident.title,
            "status": incident.phase,
            "impact": _IMPACT.get(incident.impact, "none"),
            "created_at": _stamp(incident.started),
            "started_at": _stamp(incident.started),
            "updated_at": _stamp(incident.updated),
            "resolved_at": None,
            "shortlink": f"{self.url.rstrip('/')}/incidents/{incident.id}",
            "components": [self._component(part) for part in incident.parts],
            "incident_updates": [
                {
                    "id": f"{incident.id}-{len(incident.updates) - number}",
                    "status": phase,
                    "body": text,
                    "created_at": _stamp(at),
                    "display_at": _stamp(at),
                }
                for number, (at, phase, text) in enumerate(incident.updates)
            ],
        }


def _group_id(name: str) -> str:
    return "group" + "".join(letter for letter in name.lower() if letter.isalnum())[:20]


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
