"""Questions about what was: the log of notices and silences, and how long a service was well."""

import sqlite3
from datetime import datetime
from typing import NamedTuple

from notifier.model.announcement import NoticeId, ThreadId
from notifier.model.health import Health, well
from notifier.model.record import LogLine
from notifier.model.service import ServiceKey
from notifier.storage.recall import Row, each, texts
from notifier.storage.rows import Statement, micros, moment, words

_WELL = frozenset(health.value for health in Health if well(health))
_KNOWN = frozenset(health.value for health in Health if health is not Health.UNKNOWN)

# One line per notice delivered or owed, one more where it was withdrawn, one per push or hook it
# went to, one per silence.
_LOG = """
SELECT at, kind, reason, title, threads, services, id, channel, why, kept_back_by FROM (
    SELECT answered_at AS at, outcome AS kind, reason, title, threads, services, rowid AS turn,
        id, channel, CASE outcome WHEN 'owed' THEN why ELSE '' END AS why, kept_back_by
    FROM notices WHERE outcome IN ('told', 'owed')
    UNION ALL
    SELECT withdrawn_at, 'withdrawn', reason, title, threads, services, rowid, id, '', '', ''
    FROM notices WHERE withdrawn_at IS NOT NULL
    UNION ALL
    SELECT relayed.at, state, reason, title, threads, services, relayed.rowid, id,
        kind || ':' || name, relayed.why, ''
    FROM relayed JOIN notices ON notices.id = relayed.notice
    UNION ALL
    SELECT at, 'withheld', reason, COALESCE(would_be, ''), thread, services, rowid, NULL, '', '', ''
    FROM silences
)
WHERE (:wanted IS NULL OR INSTR(services, :wanted) OR services = '[]') AND at >= :since
ORDER BY at DESC, turn DESC LIMIT :limit
"""

_TIMES = """
SELECT state, SUM(MAX(0, MIN(COALESCE(until, :now), :until) - MAX(began, :since))) FROM runs
WHERE subject = :subject AND began < :until AND COALESCE(until, :now) > :since
GROUP BY state
"""

_END_RUNS = "UPDATE runs SET until = MAX(began, :at) WHERE until IS NULL"
_GAP = """
INSERT INTO runs (subject, began, until, state)
SELECT subject, MAX(until), :now, 'not_looking' FROM runs
GROUP BY subject HAVING MAX(until) >= :alive AND MAX(until) < :now
"""


class Uptime(NamedTuple):
    """Seconds a service was known to work, and seconds anything was known of it."""

    well_s: float
    looked_s: float


def log(
    db: sqlite3.Connection, service: ServiceKey | None, limit: int, since: datetime | None = None
) -> tuple[LogLine, ...]:
    """The newest lines about a service, or about everything, newest first.

    What names no service concerns all of them: our own connection.

    Of something withheld `reason` is why, and `title` the reason it would have been told for.
    """
    wanted = None if service is None else words([service])[1:-1]
    begins = 0 if since is None else micros(since)
    rows = db.execute(_LOG, {"wanted": wanted, "limit": max(0, limit), "since": begins})
    return tuple(each(rows, _line))


def _line(row: Row) -> LogLine:
    at, kind, reason, title, threads, services, notice, channel, why, kept_back_by = row
    return LogLine(
        at=moment(at),
        kind=kind,
        reason=reason,
        title=title,
        thread=_first(threads),
        services=tuple(ServiceKey(key) for key in texts(services)),
        notice=None if notice is None else NoticeId(notice),
        channel=channel,
        why=why,
        kept_back_by=kept_back_by,
    )


def _first(threads: str | None) -> ThreadId | None:
    """The first of a notice's threads; a silence names its one thread plainly."""
    if threads is None or not threads.startswith("["):
        return None if threads is None else ThreadId(threads)
    return next((ThreadId(thread) for thread in texts(threads)), None)


def uptime(
    db: sqlite3.Connection, service: ServiceKey, since: datetime, until: datetime, now: datetime
) -> Uptime:
    """How long `service` was well, over the time it was looked at between two times.

    Announced maintenance counts as well; unknown and not looking count as not looked.
    """
    times = {
        str(state): int(spent)
        for state, spent in db.execute(
            _TIMES,
            {
                "subject": service,
                "since": micros(since),
                "until": micros(until),
                "now": micros(now),
            },
        )
    }
    return Uptime(_seconds(times, _WELL), _seconds(times, _KNOWN))


def _seconds(times: dict[str, int], states: frozenset[str]) -> float:
    return sum(spent for state, spent in times.items() if state in states) / 1_000_000


def end_runs(at: datetime) -> Statement:
    """The runs that are open end now."""
    return _END_RUNS, {"at": micros(at)}


def not_looked(alive: int, now: datetime) -> tuple[Statement, ...]:
    """Nobody looked from the program's last sign of life, `alive`, until `now`.

    Only what was watched then has a gap: its last run was open, or ended with the program.
    """
    return (_END_RUNS, {"at": alive}), (_GAP, {"alive": alive, "now": micros(now)})
