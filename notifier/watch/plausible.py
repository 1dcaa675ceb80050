"""Whether a document can be what its page says now, beside what it said and by our own clock.

Engines read one document and have no clock; what is only wrong beside another is found here.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Incident, Report
from notifier.watch.failures import NoAnswer
from notifier.watch.kept import LastRead

OLDER_COPY = 600.0
"""Seconds an older copy of a page is put aside, after a newer one was seen: one of the vendor's
servers lags behind. Longer, and it is the page that has gone back."""

NO_PARTS_LEFT = 86400.0
"""Seconds a page that listed parts is not believed to have none."""

AHEAD = timedelta(minutes=10)
"""How far a vendor's clock may be ahead of ours."""

_FAR_AHEAD = timedelta(days=1)
_FUTURE = "times in the future are left out"


def is_older_copy(report: Report, last: LastRead, at: Moment) -> bool:
    """Whether `report` is from before what was seen of the same page just now.

    Both times are the vendor's own: a clock of ours that is set right must not take part.
    """
    before, now = last.made_at, report.as_of
    lagging = at.steady - last.seen_at < OLDER_COPY
    return lagging and before is not None and now is not None and now < before


def check_parts(report: Report, last: LastRead, at: Moment) -> None:
    """A page does not lose all its parts from one look to the next; raises NoAnswer.

    But one that has never had all of them may: Alertmanager's are known only while they fail.
    """
    before = len(last.report.parts)
    listed_whole = last.report.complete or report.complete
    if before and listed_whole and not report.parts and at.steady - last.seen_at < NO_PARTS_LEFT:
        says = f"The page lists no parts any more, where there were {before}."
        raise NoAnswer(Failure(FailureKind.UNREADABLE, says))


def settled(report: Report, now: datetime) -> Report:
    """`report` without times that are still to come, and without what does not count yet; the very
    same where there are none.

    When a page was made is taken for now, and what it is fresh by moves with it; unless it is
    days ahead: then the page's clock proves nothing, and it counts as stale.
    """
    if is_provisional(report, now):
        believed = tuple(one for one in report.incidents if not _passing(one, now))
        report = replace(report, incidents=believed)
    incidents = tuple(_settled(incident, now) for incident in report.incidents)
    ahead = report.as_of - now if report.as_of is not None else timedelta(0)
    if ahead <= AHEAD and all(map(_same, incidents, report.incidents)):
        return report
    fresh_until = report.fresh_until
    if ahead > AHEAD and fresh_until is not None:
        fresh_until = now - AHEAD if ahead > _FAR_AHEAD else fresh_until - ahead
    return replace(
        report,
        incidents=incidents,
        as_of=now if ahead > AHEAD else report.as_of,
        fresh_until=fresh_until,
        notes=(*report.notes, _FUTURE),
    )


def is_provisional(report: Report, now: datetime) -> bool:
    """Whether something in it is not believed yet that will be, though the page says the same."""
    return any(_passing(incident, now) for incident in report.incidents)


def _passing(incident: Incident, now: datetime) -> bool:
    """Whether a monitor wrote it just now: it may be over in a moment.

    A clock that is further ahead of ours than that lasts proves nothing.
    """
    start, counts = incident.started_at, incident.counts_from
    if start is None or counts is None or not incident.open:
        return False
    return timedelta(0) < counts - now <= 2 * (counts - start)


def _same(one: object, other: object) -> bool:
    return one is other


def _settled(incident: Incident, now: datetime) -> Incident:
    times = (incident.started_at, incident.updated_at, incident.resolved_at)
    updates = tuple(
        update if _past(update.at, now) else replace(update, at=None) for update in incident.updates
    )
    if all(_past(at, now) for at in times) and all(map(_same, updates, incident.updates)):
        return incident
    started, updated, resolved = (at if _past(at, now) else None for at in times)
    return replace(
        incident, started_at=started, updated_at=updated, resolved_at=resolved, updates=updates
    )


def _past(at: datetime | None, now: datetime) -> bool:
    return at is None or at - now <= AHEAD
