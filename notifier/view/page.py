"""What of a page concerns one service: its parts, its incidents, its planned maintenance."""

from dataclasses import replace
from datetime import datetime, timedelta

from notifier.model.board import Board
from notifier.model.health import Health
from notifier.model.observation import Incident, Maintenance, MaintenancePhase, PartName, Report
from notifier.model.picture import ShownPart
from notifier.model.selection import chosen, gone, named
from notifier.model.service import PartRef, Service
from notifier.model.verdict import Cause, Verdict, Whose

STILL_SHOWN = timedelta(hours=24)
"""For so long an incident is shown after its end."""

_SILENT = frozenset(
    {Cause.PAGE_UNREADABLE, Cause.PAGE_MOVED, Cause.PAGE_STALE, Cause.NO_PAGE, Cause.NOT_LOOKED_YET}
)


def last_report(board: Board, service: Service) -> Report | None:
    """The page as it was last read."""
    sight = board.sights.get(service.page.id) if service.page is not None else None
    if sight is None or sight.good is None or not isinstance(sight.good.outcome, Report):
        return None
    return sight.good.outcome


def parts(report: Report | None, service: Service, verdict: Verdict) -> tuple[ShownPart, ...]:
    """Every part of the page, and which of them count.

    Where the page's word does not count any more, a part that was green must not stay green: its
    state is unknown, like that of the service.
    """
    if report is None:
        return ()
    silent = verdict.whose is Whose.YOU or verdict.cause in _SILENT
    key = (service.parts, silent)
    shown: tuple[ShownPart, ...] | None = report.memo.get(key)
    if shown is None:
        shown = report.memo[key] = _parts(report, service, silent=silent)
    return shown


def _parts(report: Report, service: Service, *, silent: bool) -> tuple[ShownPart, ...]:
    counting = {id(part) for part in chosen(report.parts, service.parts)}
    return tuple(
        ShownPart(replace(part, health=Health.UNKNOWN) if silent else part, id(part) in counting)
        for part in report.parts
    )


def lost_parts(report: Report | None, service: Service) -> tuple[PartRef, ...]:
    """What the person chose of a page that lists other parts of their choice still, but not these.

    Nobody would miss them: the rest is watched as ever. A document that names only some of the
    page's parts proves nothing.
    """
    if report is None or not report.complete or not service.own_parts:
        return ()
    key = (lost_parts, service.parts)
    found: tuple[PartRef, ...] | None = report.memo.get(key)
    if found is None:
        found = report.memo[key] = gone(report.parts, service.parts)
    return found if len(found) < len(service.parts) else ()


def incidents(report: Report | None, service: Service, now: datetime) -> tuple[Incident, ...]:
    """The incidents that concern the chosen parts, or name none: open ones first, newest first."""
    if report is None:
        return ()
    shown = [
        incident
        for incident in report.incidents
        if (incident.open or _lately(incident, now)) and _concerns(incident.parts, report, service)
    ]
    return tuple(sorted(shown, key=lambda incident: (not incident.open, -_begun(incident))))


def maintenance(report: Report | None, service: Service) -> tuple[Maintenance, ...]:
    """The planned maintenance that concerns the chosen parts, or names none, and is not over."""
    if report is None:
        return ()
    return tuple(
        planned
        for planned in report.maintenance
        if planned.phase is not MaintenancePhase.COMPLETED
        and _concerns(planned.parts, report, service)
    )


def _concerns(names: tuple[PartName, ...], report: Report, service: Service) -> bool:
    if not names or not service.parts:
        return True
    return named(names, chosen(report.parts, service.parts))


def _lately(incident: Incident, now: datetime) -> bool:
    ended = incident.resolved_at or incident.updated_at
    return ended is not None and now - ended <= STILL_SHOWN


def _begun(incident: Incident) -> float:
    begun = incident.started_at or incident.updated_at
    return begun.timestamp() if begun is not None else 0.0
