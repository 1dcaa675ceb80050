"""Maintenance a vendor announces for what was chosen: told once, ahead, and never again."""

from datetime import timedelta

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.judgement.weigh import last_report
from notifier.model.announcement import Reason
from notifier.model.board import Thread, Topic
from notifier.model.observation import Maintenance, MaintenancePhase, Report
from notifier.model.selection import chosen, named
from notifier.model.service import PartRef, Service

AHEAD = timedelta(hours=24)
"""So long before it begins it is told, at the earliest."""

Planned = dict[str, tuple[Maintenance, tuple[Service, ...]]]
"""By its id, and whose vendor it is of: a maintenance, and the chosen services it touches."""


def tell(draft: Draft) -> None:
    """Open, tell and end what there is to say of each."""
    planned = _planned(draft)
    for thread in life.under_way(draft, Topic.MAINTENANCE):
        if not set(thread.incidents) & planned.keys() and _is_known(draft, thread):
            life.end(draft, thread)
    for id_, (one, services) in planned.items():
        thread = _about(draft, id_) or life.begun(
            draft, Topic.MAINTENANCE, tuple(service.key for service in services), incidents=(id_,)
        )
        life.tell_once(draft, thread, Reason.MAINTENANCE, services, span=_span(one))


def _planned(draft: Draft) -> Planned:
    """What lies ahead, by id."""
    found: Planned = {}
    for service in draft.settings.services:
        for one in _touching(draft, service):
            id_ = f"{service.page.id if service.page else ''} {one.id}"
            services = found[id_][1] if id_ in found else ()
            found[id_] = one, (*services, service)
    return found


def _touching(draft: Draft, service: Service) -> tuple[Maintenance, ...]:
    """What is announced for the parts chosen of a service, and begins within a day."""
    report = last_report(service, draft.board)
    if report is None or not report.maintenance:  # as nearly always
        return ()
    return tuple(
        one
        for one in _of(report, service.parts)
        if one.starts_at is not None
        and draft.at.utc < one.starts_at <= draft.at.utc + AHEAD
        and one.phase is MaintenancePhase.SCHEDULED
    )


def _of(report: Report, refs: tuple[PartRef, ...]) -> tuple[Maintenance, ...]:
    if not refs:
        return report.maintenance
    parts = chosen(report.parts, refs)
    return tuple(one for one in report.maintenance if named(one.parts, parts))


def _about(draft: Draft, id_: str) -> Thread | None:
    known = life.under_way(draft, Topic.MAINTENANCE)
    return next((thread for thread in known if id_ in thread.incidents), None)


def _is_known(draft: Draft, thread: Thread) -> bool:
    """Whether the page was read in this run: before that nothing has vanished from it."""
    services = (draft.settings.by_key.get(key) for key in thread.services)
    return all(one is None or last_report(one, draft.board) is not None for one in services)


def _span(one: Maintenance) -> life.Span | None:
    return None if one.starts_at is None else (one.starts_at, one.ends_at)
