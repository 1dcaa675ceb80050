"""What the history knows at a start: read from the tables, row by row, damaged rows left out."""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from notifier.model.announcement import NoticeId, Reason, ThreadId
from notifier.model.board import Mute, Thread, Told, Topic
from notifier.model.health import Health
from notifier.model.record import WORD, Remembered
from notifier.model.service import ServiceKey
from notifier.model.trace import LINK, LOOKING, SLOW, STATED
from notifier.model.verdict import Cause
from notifier.storage.rows import micros, moment

log = logging.getLogger(__name__)

RECENT = timedelta(hours=24)
"""A thread whose end was told is remembered so long: a relapse goes on with it."""

UNEXPLAINED = timedelta(days=14)
"""For so long one is whose vendor may yet publish what the cause was."""

Row = tuple[Any, ...]
"""Columns as SQLite gives them; a torn file may hold anything."""

T = TypeVar("T")

SOURCES = ("page:", "probe:", "key:", "reference:", WORD, LOOKING, LINK, STATED, SLOW)
"""How the subjects of runs begin that are no services."""

_STATES = tuple(health.value for health in Health if health is not Health.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A notice that was about to be sent when the program died: perhaps shown, perhaps not."""

    id: NoticeId
    reason: Reason
    at: datetime
    threads: tuple[ThreadId, ...]


def remembered(db: sqlite3.Connection, now: datetime) -> Remembered:
    """Everything a start needs to know."""
    threads = _threads(db, now)
    told = {one.thread: one for one in _told(db) if one.thread in threads}
    meta = {str(name): int(value) for name, value in db.execute("SELECT name, value FROM meta")}
    paused, tested = meta.get("paused_until"), meta.get("fallbacks_tested")
    return Remembered(
        threads=threads,
        told=told,
        mutes={id_: mute for id_, mute in _mutes(db) if id_ in threads},
        handles=_handles(db, told.values()),
        last_known=_last_known(db, meta.get("alive_at")),
        paused_until=_time(paused),
        fallbacks_tested=_time(tested),
        thread_count=meta.get("thread_count", 0),
        notice_count=meta.get("notice_count", 0),
    )


def _time(kept: int | None) -> datetime | None:
    """A time that was kept as a number; None where there is none, or it is torn."""
    return next(each([(kept,)], lambda row: moment(row[0])), None) if kept else None


def unanswered(db: sqlite3.Connection) -> tuple[Unanswered, ...]:
    """The notices of which nobody knows whether they were shown, oldest first."""
    rows = db.execute(
        "SELECT id, reason, intended_at, threads FROM notices"
        " WHERE outcome = 'intended' ORDER BY intended_at, rowid"
    )
    return tuple(each(rows, _unanswered))


def each(rows: Iterable[Row], make: Callable[[Row], T]) -> Iterator[T]:
    """What `make` makes of each row; rows it cannot read are left out."""
    for row in rows:
        try:
            yield make(row)
        except (ValueError, TypeError, OverflowError) as error:
            log.warning("a row of the history cannot be read and is left out: %s", error)


def texts(column: str) -> tuple[str, ...]:
    """Several texts out of one column.

    Raises:
        ValueError: the column does not hold a list.
    """
    values = json.loads(column)
    if not isinstance(values, list):
        raise ValueError("not a list of texts")  # noqa: TRY004 - a fault of the data, not of ours
    return tuple(str(value) for value in values)


def _threads(db: sqlite3.Connection, now: datetime) -> dict[ThreadId, Thread]:
    """Open ones, outages whose end is still to be told or was a short while ago, and those whose
    cause may yet be published.
    """
    rows = db.execute(
        "SELECT threads.id, services, opened, incidents, worst, closed, topic, cause, turns,"
        " part_of FROM threads LEFT JOIN told ON told.thread = threads.id"
        " WHERE closed IS NULL OR topic = :outage AND (NOT told.over OR closed > :recent"
        " OR (told.over AND incidents <> '[]' AND closed > :unexplained)) ORDER BY threads.rowid",
        {
            "recent": micros(now - RECENT),
            "unexplained": micros(now - UNEXPLAINED),
            "outage": Topic.OUTAGE.value,
        },
    )
    return {thread.id: thread for thread in each(rows, _thread)}


def _thread(row: Row) -> Thread:
    id_, services, opened, incidents, worst, closed, topic, cause, turns, part_of = row
    return Thread(
        id=ThreadId(str(id_)),
        services=tuple(ServiceKey(key) for key in texts(services)),
        opened=moment(opened),
        incidents=texts(incidents),
        worst=Health(worst),
        closed=None if closed is None else moment(closed),
        topic=Topic(topic),
        cause=None if cause is None else Cause(cause),
        turns=tuple(moment(int(turn)) for turn in texts(turns)),
        part_of=None if part_of is None else ThreadId(str(part_of)),
    )


def _told(db: sqlite3.Connection) -> Iterator[Told]:
    rows = db.execute(
        "SELECT thread, health, suspected, reason, at, notice, over, root, said, kept_back"
        " FROM told"
    )
    return each(rows, _told_one)


def _told_one(row: Row) -> Told:
    thread, health, suspected, reason, at, notice, over, root, said, kept_back = row
    return Told(
        thread=ThreadId(str(thread)),
        health=Health(health),
        suspected=bool(suspected),
        reason=Reason(reason),
        at=moment(at),
        notice=NoticeId(str(notice)),
        over=bool(over),
        root=None if root is None else ThreadId(str(root)),
        said=str(said),
        kept_back=bool(kept_back),
    )


def _mutes(db: sqlite3.Connection) -> Iterator[tuple[ThreadId, Mute]]:
    rows = db.execute("SELECT thread, acknowledged, until FROM mutes")
    return each(rows, _mute)


def _mute(row: Row) -> tuple[ThreadId, Mute]:
    thread, acknowledged, until = row
    return ThreadId(str(thread)), Mute(bool(acknowledged), None if until is None else moment(until))


def _handles(db: sqlite3.Connection, told: Iterable[Told]) -> dict[NoticeId, str]:
    handles = {}
    for one in told:
        query = "SELECT handle FROM notices WHERE id = ? AND handle <> ''"
        row = db.execute(query, (one.notice,)).fetchone()
        if row is not None:
            handles[one.notice] = str(row[0])
    return handles


def _last_known(
    db: sqlite3.Connection, alive: int | None
) -> dict[ServiceKey, tuple[Health, datetime]]:
    """Per service the last state that was known, and when it was last so.

    A run still open belongs to a program that died; it lasted as long as that was alive.
    """
    marks = ", ".join("?" * len(_STATES))
    rows = db.execute(
        "SELECT subject, state, COALESCE(until, MAX(began, ?)), MAX(began) FROM runs"  # noqa: S608
        f" WHERE state IN ({marks}) GROUP BY subject",
        (alive or 0, *_STATES),
    )
    return {key: known for key, known in each(rows, _known) if not key.startswith(SOURCES)}


def _known(row: Row) -> tuple[ServiceKey, tuple[Health, datetime]]:
    subject, state, until, _ = row
    return ServiceKey(str(subject)), (Health(state), moment(until))


def _unanswered(row: Row) -> Unanswered:
    id_, reason, at, threads = row
    return Unanswered(
        id=NoticeId(str(id_)),
        reason=Reason(reason),
        at=moment(at),
        threads=tuple(ThreadId(thread) for thread in texts(threads)),
    )
