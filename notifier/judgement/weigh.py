"""What a page's report means for one service: the fold of parts, incidents and indicator."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from notifier.model.board import Board
from notifier.model.health import Health, failing, well, worst
from notifier.model.observation import Incident, Report
from notifier.model.selection import chosen, named
from notifier.model.service import PartRef, Service

MANY = 10
"""Monitors from which on one alone says little of the whole page."""

MOST_OF_MANY = 0.3
"""The share of them that may fail without the whole being called failing."""


class Folded(Struct, frozen=True):
    """A report as it concerns one selection.

    `since` is the vendor's stated start of what fails. `incidents` are the ids of the open
    incidents that touch it. `matched` is False where a selection finds nothing on the page.
    """

    health: Health
    since: datetime | None = None
    incidents: tuple[str, ...] = ()
    matched: bool = True


def last_report(service: Service, board: Board) -> Report | None:
    """What its page said when it was last read, however long ago; None where it never was."""
    sight = board.sights.get(service.page.id) if service.page is not None else None
    outcome = sight.good.outcome if sight is not None and sight.good is not None else None
    return outcome if isinstance(outcome, Report) else None


def fold(report: Report, refs: tuple[PartRef, ...]) -> Folded:
    """The state of the parts in `refs`, or of the whole page where `refs` is empty.

    An incident that names no part touches no selection: it is listed and changes nothing.
    worst(chosen parts, floors of the open incidents that name them, maintenance under way that
    names them); the page's indicator counts only without a selection, because it is global: a
    ChatGPT incident must not redden the API (feeds.md 0.1). A part nobody watches is unknown to
    who chose no other, and counts for nothing else. Of a page of many monitors the failing of a
    few is no failing of the whole.
    """
    known: Folded | None = report.memo.get(refs)
    if known is None:
        known = report.memo[refs] = _fold(report, refs)
    return known


def _fold(report: Report, refs: tuple[PartRef, ...]) -> Folded:
    parts = chosen(report.parts, refs)
    if refs and not parts:
        return Folded(Health.UNKNOWN, matched=False)
    touching = tuple(
        incident
        for incident in report.incidents
        if incident.open and (not refs or named(incident.parts, parts))
    )
    states = {part.health for part in parts if part.watched}
    if refs and not states:
        states.add(Health.UNKNOWN)
    if not refs and report.indicator is not None:
        states.add(report.indicator)
    if not refs and Health.UNKNOWN not in states and _of_a_few(report):
        states = {Health.OPERATIONAL}
    states.update([incident.floor for incident in touching])
    if any(one.under_way and (not refs or named(one.parts, parts)) for one in report.maintenance):
        states.add(Health.MAINTENANCE)
    health = worst(states)
    return Folded(
        health=health,
        since=_stated_start(touching) if failing(health) else None,
        incidents=tuple(incident.id for incident in touching),
    )


def _of_a_few(report: Report) -> bool:
    """Whether all that is not well on a page of many monitors is a few of them: a host of thirty
    models always has one that is down, and its page turns with it (feeds.md 1.4).
    """
    watched = [part for part in report.parts if part.watched]
    if not report.monitors or len(watched) < MANY:
        return False
    return sum(not well(part.health) for part in watched) <= MOST_OF_MANY * len(watched)


def _stated_start(incidents: Iterable[Incident]) -> datetime | None:
    starts = [incident.started_at for incident in incidents if incident.started_at is not None]
    return min(starts, default=None)
