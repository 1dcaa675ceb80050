"""The most of a report that anybody looks through, however long the page's lists are."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from notifier.model.health import gravity
from notifier.model.observation import Incident, Maintenance, Part, Report

MOST_PARTS = 2000
MOST_INCIDENTS = 200
MOST_MAINTENANCE = 200
MOST_UPDATES = 100

_Kind = TypeVar("_Kind", Part, Incident, Maintenance)


def bounded(report: Report) -> Report:
    """`report` with its longest lists cut, and a note of how much of each.

    What is worst stays, so that no state is lost; the very same where nothing is too long.
    """
    if _is_short(report):
        return report
    parts, fewer_parts = _worst(report.parts, MOST_PARTS, lambda part: gravity(part.health))
    incidents, fewer = _worst(report.incidents, MOST_INCIDENTS, _weight)
    planned, fewer_planned = _worst(
        report.maintenance, MOST_MAINTENANCE, lambda one: int(one.under_way)
    )
    shortened = tuple(map(_short, incidents))
    left_out = {"parts": fewer_parts, "incidents": fewer, "maintenances": fewer_planned}
    notes = (f"{count} more {what} are left out" for what, count in left_out.items() if count)
    return replace(
        report,
        parts=parts,
        incidents=shortened,
        maintenance=planned,
        complete=report.complete and not fewer_parts,
        notes=(*report.notes, *notes),
    )


def _is_short(report: Report) -> bool:
    """Whether nothing is too long, as nearly always."""
    return (
        len(report.parts) <= MOST_PARTS
        and len(report.incidents) <= MOST_INCIDENTS
        and len(report.maintenance) <= MOST_MAINTENANCE
        and all(len(incident.updates) <= MOST_UPDATES for incident in report.incidents)
    )


def _weight(incident: Incident) -> int:
    return gravity(incident.floor) + 10 * incident.open


def _worst(
    those: tuple[_Kind, ...], most: int, weight: Callable[[_Kind], int]
) -> tuple[tuple[_Kind, ...], int]:
    """The `most` weightiest of `those`, the first of equals, in their own order; how many less."""
    left_out = len(those) - most
    if left_out <= 0:
        return those, 0
    places = sorted(range(len(those)), key=lambda place: -weight(those[place]))[:most]
    return tuple(those[place] for place in sorted(places)), left_out


def _short(incident: Incident) -> Incident:
    if len(incident.updates) <= MOST_UPDATES:
        return incident
    return replace(incident, updates=incident.updates[:MOST_UPDATES])
