"""How long things are kept, and how much of them: the oldest go first, and leave no trace."""

import sqlite3
from datetime import datetime, timedelta

from notifier.storage.rows import Value, meta, micros
from notifier.storage.transaction import transaction

RUNS = timedelta(days=90)
INCIDENTS = timedelta(days=3 * 365 + 1)
MOST_BYTES = 45_000_000
"""Of the database; with its log on top it stays under 50 MB."""

EVERY = timedelta(days=1)

_SHORTER = 0.8
"""While there is too much, everything is kept only so long of what it was kept before."""

_OLD_RUNS = (
    "DELETE FROM runs WHERE until < :before",
    "DELETE FROM digests WHERE hour < :before",
)
_OLD_NOTICES = """
DELETE FROM notices
WHERE intended_at < :before AND id NOT IN (SELECT notice FROM told WHERE NOT over)
"""
_OLD_INCIDENTS = (
    "DELETE FROM incidents WHERE last_seen < :before",
    "DELETE FROM threads WHERE closed < :before",
    "DELETE FROM told WHERE at < :before AND thread NOT IN (SELECT id FROM threads)",
    _OLD_NOTICES,
    "DELETE FROM silences WHERE at < :before",
    "DELETE FROM vouched WHERE at < :before AND thread NOT IN (SELECT id FROM threads)",
    "DELETE FROM relayed WHERE at < :before OR notice NOT IN (SELECT id FROM notices)",
)
_ANSWERED_FOR = """
DELETE FROM mutes
WHERE thread NOT IN (SELECT id FROM threads WHERE closed IS NULL)
AND thread NOT IN (SELECT thread FROM told WHERE NOT over)
"""


def due(db: sqlite3.Connection, now: datetime) -> bool:
    """Whether a day has passed since the last time, or the clock was set, or it is too much."""
    row = db.execute("SELECT value FROM meta WHERE name = 'pruned_at'").fetchone()
    day = EVERY // timedelta(microseconds=1)
    return row is None or not 0 <= micros(now) - int(row[0]) < day or size(db) > MOST_BYTES


def prune(db: sqlite3.Connection, now: datetime, most_bytes: int = MOST_BYTES) -> None:
    """Remove what is too old, then the oldest while there is too much, and give the room back."""
    share = 1.0
    _remove(db, now, share)
    while size(db) > most_bytes and share > 0.001:
        share *= _SHORTER
        _remove(db, now, share)
    # It gives back one page per step and shows no column, so that `execute` stops at the first.
    db.executescript("PRAGMA incremental_vacuum")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def size(db: sqlite3.Connection) -> int:
    """Bytes in use by what is kept."""
    pages, free, each = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * each


def _remove(db: sqlite3.Connection, now: datetime, share: float) -> None:
    runs: dict[str, Value] = {"before": micros(now - RUNS * share)}
    incidents: dict[str, Value] = {"before": micros(now - INCIDENTS * share)}
    with transaction(db):
        for statement in _OLD_RUNS:
            db.execute(statement, runs)
        for statement in _OLD_INCIDENTS:
            db.execute(statement, incidents)
        db.execute(_ANSWERED_FOR)
        db.execute(*meta("pruned_at", micros(now)))
