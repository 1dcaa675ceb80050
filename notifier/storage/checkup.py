"""The history's file as a doctor sees it: whole or not, how large, last written when."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from notifier.storage import database
from notifier.storage.review import ways_to_read
from notifier.storage.rows import moment
from notifier.storage.steps import STEPS, NewerDatabase, version

FORM = len(STEPS)
"""The form of the history this version of the program writes."""

_TABLES = (
    *("runs", "digests", "incidents", "threads"),
    *("told", "notices", "silences", "mutes", "relayed"),
)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found; `trouble` is a sentence, empty where all is well. `size` is in bytes."""

    size: int
    trouble: str = ""
    form: int | None = None
    alive_at: datetime | None = None
    rows: Mapping[str, int] = field(default_factory=dict)


def check_up(path: Path) -> Checkup | None:
    """Look at the file at `path` without changing anything; None where there is none."""
    try:
        size = path.stat().st_size
    except OSError:
        return None
    trouble = "It cannot be opened."
    for how in ways_to_read(path):
        try:
            with closing(database.connect_to_read(path, how)) as db:
                database.inspect(db)
                return _seen(db, size)
        except NewerDatabase as error:
            return Checkup(size, str(error), error.found)
        except database.Damaged as error:
            return Checkup(size, f"The history cannot be used: {error}.")
        except (*database.TROUBLE, OverflowError) as error:
            trouble = f"The history cannot be read: {error}."
    return Checkup(size, trouble)


def _seen(db: sqlite3.Connection, size: int) -> Checkup:
    row = db.execute("SELECT value FROM meta WHERE name = 'alive_at'").fetchone()
    rows = {table: _count(db, table) for table in _TABLES}
    return Checkup(size, "", version(db), None if row is None else moment(int(row[0])), rows)


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608 - ours
