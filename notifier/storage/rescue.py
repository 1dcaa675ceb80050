"""What becomes of a damaged history: set aside whole, the present rescued from it."""

import logging
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from notifier.storage.database import TO_READ, TROUBLE, application, connect_to_read
from notifier.storage.steps import APPLICATION_ID, STEPS, version
from notifier.storage.transaction import transaction

log = logging.getLogger(__name__)

MOST_SET_ASIDE = 2
"""Damaged databases kept beside the good one; a dying disk must not fill itself with them."""

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; all of it goes where the database goes."""

# What the present rests on, in the order it is rescued from a damaged file.
_PRESENT = ("meta", "told", "threads", "mutes", "notices")

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def set_aside(path: Path, at: datetime) -> Path:
    """Move a damaged database, and what lies beside it, out of the way; its new place.

    Raises:
        OSError: it cannot be moved.
    """
    stem = f"{path.name}.bad-{at:%Y%m%d-%H%M%S}"
    place, count = path.with_name(stem), 1
    while place.exists():
        count += 1
        place = path.with_name(f"{stem}.{count}")
    for tail in _BESIDE:
        part = path.with_name(path.name + tail)
        if part.exists():
            part.rename(place.with_name(place.name + tail))
    _forget_older(path)
    return place


def _forget_older(path: Path) -> None:
    """Keep only the youngest few damaged databases."""
    kept = [
        place
        for place in path.parent.glob(f"{path.name}.bad-*")
        if not place.name.endswith(_BESIDE[1:])
    ]
    kept.sort(key=lambda place: (place.stat().st_mtime_ns, place.name), reverse=True)
    for place in kept[MOST_SET_ASIDE:]:
        for tail in _BESIDE:
            place.with_name(place.name + tail).unlink(missing_ok=True)


def rescue(damaged_file: Path, db: sqlite3.Connection) -> None:
    """Copy what is still readable of the present (threads, told, answers) into a new database.

    The past is not copied: it is large, and a start must not wait for it. Where the log beside
    the file makes nonsense of it, the file alone is read.
    """
    for how in TO_READ:
        with closing(connect_to_read(damaged_file, how)) as old:
            if _recognised(old):
                for table in _PRESENT:
                    _rescue_table(old, db, table)
                return


def _recognised(db: sqlite3.Connection) -> bool:
    try:
        return (
            application(db) == APPLICATION_ID
            and 0 < version(db) <= len(STEPS)
            and {"threads", "told"} <= {name for (name,) in db.execute(_TABLES)}
        )
    except TROUBLE as error:
        log.info("nothing can be read of the damaged history: %s", error)
        return False


def _rescue_table(old: sqlite3.Connection, db: sqlite3.Connection, table: str) -> None:
    """Copy the rows that can be read; an older form may lack some columns."""
    with transaction(db):
        try:
            there = _columns(old, table)
            columns = [name for name in _columns(db, table) if name in there]
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            # The names are those of our own schema, whatever the torn one says.
            for row in old.execute(f"SELECT {names} FROM {table}"):  # noqa: S608
                db.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608
        except TROUBLE as error:
            log.info("the rest of %s could not be read: %s", table, error)


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]
