"""The diary on disk (SQLite): what was seen, told and withheld. Never raises for a disk's sake.

    entries ──▶ pending (memory) ──▶ one transaction ──▶ history.db
                                 └── no disk now: kept for the next write, and in a spare
                                     database in memory, so that questions still have answers

A connection of SQLite belongs to the thread that opened it: use a `History` in one thread only.
"""

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from notifier.model.dossier import Dossier
from notifier.model.drill import FallbacksTested
from notifier.model.past import Past
from notifier.model.record import Entry, LogLine, LookTimed, Remembered
from notifier.model.relay import Relayed
from notifier.model.service import ServiceKey, SourceId
from notifier.model.trace import LastOutage
from notifier.storage import database, dossier, past, recall, rescue, retention, review
from notifier.storage.digests import Digests
from notifier.storage.past import Uptime
from notifier.storage.places import PlaceRefused
from notifier.storage.rows import Kept, meta, micros, statements
from notifier.storage.steps import NewerDatabase
from notifier.storage.transaction import transaction
from notifier.storage.unanswered import believed, settle

log = logging.getLogger(__name__)

T = TypeVar("T")

_Recent = tuple[tuple[LogLine, ...], dict[ServiceKey, LastOutage]]
_Recalled = tuple[Remembered, tuple[recall.Unanswered, ...]]

MOST_PENDING = 10_000
"""Entries that wait in memory for a disk; beyond that the oldest are given up."""

PATIENCE = 0.2
"""Seconds a write waits for another program to let go: the engine stands still meanwhile."""

PATIENCE_AT_START = 2.0
"""Seconds a start waits: forgetting what was told would mean to tell it twice."""

HEARTBEAT = timedelta(minutes=1)

OF_LATE, LOOKED_ENOUGH = timedelta(days=30), 86_400.0
"""How far back a service's reliability is measured, and the least seconds of it looked at."""

RECENT_LINES, RECENT = 200, timedelta(days=14)
"""The lines of the log that a start looks back upon: no more, and none older."""

_WHY = {
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may not be written to",
    sqlite3.SQLITE_PERM: "it may not be written to",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
}

# After these the connection is as good as before; after others it is opened anew.
_PASSING = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})


class _NotNow(Exception):
    """The file cannot be had at this time; `History.problem` says why."""


class History:
    """What survives a restart, in the file at `path`; `now` answers the time in UTC."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._began = now()
        self._db: sqlite3.Connection | None = None
        self._spare: sqlite3.Connection | None = None
        self._pending: deque[Kept] = deque(maxlen=MOST_PENDING)
        self._digests = Digests()
        self._beat: datetime | None = None
        self._gap_closed = False
        self._newer: NewerDatabase | None = None
        self._trouble: str | None = None
        self._damage: str | None = None

    @property
    def problem(self) -> str | None:
        """What is wrong with the disk now, or was with the file at first, in a sentence."""
        if self._newer is not None:
            return str(self._newer)
        return self._trouble or self._damage

    # -- what the engine does -------------------------------------------------------------

    def load(self) -> Remembered:
        """What was known when the program last ran; empty where that cannot be read."""
        self._began = self._now()
        known, unanswered = self._recall()
        settled = settle(unanswered, known)
        self.write(settled)
        log, outages = self._read(self._recent)
        return replace(known, told=believed(known.told, settled), log=log, outages=outages)

    def write(self, entries: Sequence[Entry | Relayed | FallbacksTested]) -> None:
        """Keep all of `entries`, whole or not at all; what finds no disk waits in memory."""
        fresh = self._gather(entries, now := self._now())
        self._pending.extend(fresh)
        if not self._pending and not self._beat_due(now):
            return
        if self._done(self._commit):
            self._trouble = None
            self._done(self._prune)
        elif self._db is None:
            self._keep_in_spare(fresh)

    def close(self) -> None:
        """End the runs that are open, write what waits, let go of the disk. May be called twice."""
        if self._db is not None or self._pending:
            self._pending.extend(self._digests.take_all())
            if not self._done(self._commit_last):
                log.warning("%d entries of the history are lost at the end", len(self._pending))
        for db in (self._db, self._spare):
            if db is not None:
                db.close()
        self._db = self._spare = None
        self._pending.clear()

    # -- what faces ask --------------------------------------------------------------------

    def log(self, service: ServiceKey | None, limit: int) -> tuple[LogLine, ...]:
        """The newest notices and silences about a service, or about all, newest first."""
        return self._read(lambda db: past.log(db, service, limit))

    def last_outage(self, service: ServiceKey, sources: Sequence[SourceId]) -> Dossier | None:
        """All there is on the last outage of `service`, for which `sources` are looked at."""
        return self._read(lambda db: dossier.last_outage(db, service, sources, self._now()))

    def reliability(self, services: Sequence[ServiceKey]) -> dict[ServiceKey, float]:
        """What share of the last thirty days each worked, of those looked at for a day of them."""
        until = self._now()
        times = {key: self.uptime(key, until - OF_LATE, until) for key in services}
        return {
            key: spent.well_s / spent.looked_s
            for key, spent in times.items()
            if spent.looked_s >= LOOKED_ENOUGH
        }

    def uptime(self, service: ServiceKey, since: datetime, until: datetime) -> Uptime:
        """Seconds `service` was well, and seconds anything was known of it, between two times."""
        now = self._now()
        return self._read(lambda db: past.uptime(db, service, since, until, now))

    def past(
        self, services: Sequence[ServiceKey], pages: Sequence[SourceId], since: datetime
    ) -> Past:
        """What was seen and told since then of `services`, or of all; `pages` are theirs."""
        return self._read(lambda db: review.review(db, services, pages, since, self._now()))

    # -- entries on their way --------------------------------------------------------------

    def _gather(
        self, entries: Sequence[Entry | Relayed | FallbacksTested], now: datetime
    ) -> list[Kept]:
        """The entries that become rows; single looks become digests when their hour is over."""
        for entry in entries:
            if isinstance(entry, LookTimed):
                self._digests.add(entry)
        kept = [entry for entry in entries if not isinstance(entry, LookTimed)]
        return [*kept, *self._digests.take_finished(now)]

    def _beat_due(self, now: datetime) -> bool:
        return self._beat is None or abs(now - self._beat) >= HEARTBEAT

    def _commit(self, db: sqlite3.Connection) -> None:
        """Everything that waits, and a sign of life, in one transaction."""
        now = self._now()
        with transaction(db):
            self._close_gap(db)
            _apply(db, self._pending)
            db.execute(*meta("alive_at", micros(now)))
        self._written(now)

    def _commit_last(self, db: sqlite3.Connection) -> None:
        """The same, and nothing is looked at from now on."""
        now = self._now()
        with transaction(db):
            self._close_gap(db)
            _apply(db, self._pending)
            db.execute(*past.end_runs(now))
            db.execute(*meta("alive_at", micros(now)))
        self._written(now)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _close_gap(self, db: sqlite3.Connection) -> None:
        """Before the first write of this run: nobody looked since the run before it."""
        if self._gap_closed:
            return
        row = db.execute("SELECT value FROM meta WHERE name = 'alive_at'").fetchone()
        for statement in past.not_looked(0 if row is None else int(row[0]), self._began):
            db.execute(*statement)

    def _written(self, now: datetime) -> None:
        self._gap_closed = True
        self._pending.clear()
        self._beat = now
        if self._spare is not None:
            self._spare.close()
            self._spare = None

    def _prune(self, db: sqlite3.Connection) -> None:
        now = self._now()
        if retention.due(db, now):
            retention.prune(db, now)

    # -- the file, or what stands in for it ------------------------------------------------

    def _done(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        try:
            self._in_file(work)
        except _NotNow:
            return False
        return True

    def _in_file(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` answers on the file. A damaged file is set aside, and a new one begun.

        Raises:
            _NotNow: the file cannot be had; `problem` says why.
        """
        if self._newer is not None:
            raise _NotNow
        for _ in range(2):
            try:
                return work(self._opened())
            except sqlite3.ProgrammingError:
                raise  # a defect of ours, such as a second thread: not the disk's doing
            except NewerDatabase as error:
                self._newer = error
                break
            except (*database.TROUBLE, OSError, PlaceRefused, database.Damaged) as error:
                self._failed(error)
                if not database.damaged(error) or not self._begin_anew(error):
                    break
        raise _NotNow

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            first = not self._gap_closed and self._trouble is None
            self._db = database.open_file(self._path, PATIENCE_AT_START if first else PATIENCE)
            self._db.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}").fetchall()
        return self._db

    def _failed(self, error: Exception) -> None:
        """Say what is wrong; a connection that may have suffered is given up."""
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        why = _WHY.get(code, str(error).rstrip(".") or type(error).__name__)
        if self._trouble is None:
            log.warning("the history cannot be used: %s", error)
        self._trouble = (
            f"The history ({self._path}) cannot be written: {why}. "
            "What happens is kept in memory and written as soon as that works again."
        )
        if self._db is not None and code not in _PASSING:
            self._db.close()
            self._db = None

    def _begin_anew(self, error: Exception) -> bool:
        """Set the damaged file aside and rescue the present from it; False where that fails."""
        if self._db is not None:
            self._db.close()
            self._db = None
        try:
            bad = rescue.set_aside(self._path, self._now())
            self._db = database.open_file(self._path, PATIENCE)
            rescue.rescue(bad, self._db)
        except (*database.TROUBLE, OSError, PlaceRefused, database.Damaged) as worse:
            log.warning("the damaged history could not be replaced: %s", worse)
            return False
        why = error if isinstance(error, database.Damaged) else "it is damaged"
        self._damage = (
            f"The history could not be used: {why}. It was set aside as {bad.name}, and a new one "
            "was begun. What goes on now was kept as far as it could be read; the past was not."
        )
        self._trouble = None
        return True

    def _recall(self) -> _Recalled:
        """What is known, and the notices that were never answered for."""
        try:
            return self._in_file(self._recall_from)
        except _NotNow:
            db = None if self._newer else database.open_to_read(self._path)
        if db is None:
            return Remembered(), ()
        with closing(db):
            try:
                return self._recall_from(db)
            except database.TROUBLE as error:
                log.warning("the history cannot be read either: %s", error)
                return Remembered(), ()

    def _recall_from(self, db: sqlite3.Connection) -> _Recalled:
        return recall.remembered(db, self._began), recall.unanswered(db)

    def _recent(self, db: sqlite3.Connection) -> _Recent:
        lines = past.log(db, None, RECENT_LINES, self._began - RECENT)
        return lines, dossier.outages(db)

    def _read(self, question: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return self._in_file(question)
        except _NotNow:
            return question(self._spare_db())

    def _keep_in_spare(self, fresh: Iterable[Kept]) -> None:
        db = self._spare_db()
        with transaction(db):
            _apply(db, fresh)
        if self._newer is not None:
            self._pending.clear()  # they will never find a disk in this run

    def _spare_db(self) -> sqlite3.Connection:
        if self._spare is None:
            self._spare = database.open_memory()
        return self._spare


def _apply(db: sqlite3.Connection, entries: Iterable[Kept]) -> None:
    for entry in entries:
        for statement in statements(entry):
            db.execute(*statement)
