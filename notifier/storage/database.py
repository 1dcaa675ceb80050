"""The history's file: opened private, inspected, and set up. Knows no entry."""

import logging
import os
import sqlite3
import stat
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from notifier.storage.mounts import is_local
from notifier.storage.places import private_folder
from notifier.storage.steps import APPLICATION_ID, STEPS, NewerDatabase, climb, version

log = logging.getLogger(__name__)

SQLITE = sqlite3.sqlite_version
"""The version of SQLite this Python was built with, or finds."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

# First with the log beside the file and its locks, then the file alone as it lies there.
TO_READ = ("mode=ro", "mode=ro&immutable=1")

# No version of ours will ever have taken so many steps: such a number is a torn one.
_MOST_STEPS = 1000

_NEEDS_WRITING = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})

TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""What a torn file can raise: the second is SQLite's own message, quoting torn bytes."""


class Damaged(Exception):
    """The file is not, or no longer, our database."""


def damaged(error: BaseException) -> bool:
    """Whether `error` says that the file itself is broken, not that it cannot be had now."""
    if isinstance(error, (Damaged, UnicodeDecodeError)):
        return True
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _DAMAGED


def open_file(path: Path, patience: float) -> sqlite3.Connection:
    """Open the database at `path`, begun where there is none, waiting `patience` s for others.

    Raises:
        Damaged: the file is broken, or another program's.
        NewerDatabase: a newer version of this program wrote it.
        sqlite3.Error: it cannot be had now: locked, no room, not allowed.
        PlaceRefused: its folder is not ours, or cannot be made.
        OSError: it cannot be made, or is no plain file.
    """
    private_folder(path.parent)
    _make_private(path)
    looked = _inspect_untouched(path, patience)
    db = _connect(str(path), patience)
    try:
        if not looked:
            inspect(db)
        _set_up(db, local=is_local(path))
        climb(db)
    except BaseException:
        db.close()
        raise
    return db


def _make_private(path: Path) -> None:
    """Make the file with 0600 before SQLite would with 0644; what lies beside it follows it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(0o600)


def _inspect_untouched(path: Path, patience: float) -> bool:
    """Refuse what `inspect` refuses, as it lies there; False where only a writer can look.

    A writer that finds damage, or another database's log, would write that log into the file
    when it lets go, and with it spoil what could be rescued.
    """
    try:
        with closing(connect_to_read(path, TO_READ[0], patience)) as db:
            inspect(db)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _NEEDS_WRITING:
            return False  # a write that was cut short has to be undone first
        raise
    return True


def open_memory() -> sqlite3.Connection:
    """A database of the same form that lives as long as the program."""
    db = _connect(":memory:", 0.0)
    climb(db)
    return db


def grown_copy(db: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory of a database that may not be changed, in the form of today."""
    copy = _connect(":memory:", 0.0)
    db.backup(copy)
    climb(copy)
    return copy


def open_to_read(path: Path, ways: Sequence[str] = TO_READ) -> sqlite3.Connection | None:
    """Open the database at `path` without changing anything; None where that cannot be.

    This also reads what lies on a disk that takes no writing at all, not even a lock.
    """
    for how in ways:
        try:
            db = connect_to_read(path, how)
        except sqlite3.Error:
            continue
        try:
            inspect(db)
            return db
        except (*TROUBLE, Damaged, NewerDatabase) as error:
            log.info("the history could not be read by %s: %s", how, error)
        db.close()
    return None


def open_to_glance(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for one question, unexamined: whoever asks expects `TROUBLE`.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    return connect_to_read(path, TO_READ[0])


def connect_to_read(path: Path, how: str, patience: float = 0.2) -> sqlite3.Connection:
    """Open a database that is not to be changed, by one of the ways `TO_READ`; unexamined."""
    return _connect(f"{path.absolute().as_uri()}?{how}", patience, uri=True)


def _connect(name: str, patience: float, *, uri: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=patience, isolation_level=None, uri=uri)
    db.text_factory = _readable
    return db


def _readable(raw: bytes) -> str:
    """Bytes a damaged page passes off as text must not stop a start."""
    return raw.decode("utf-8", "replace")


def application(db: sqlite3.Connection) -> int:
    """Whose database it is."""
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def inspect(db: sqlite3.Connection) -> None:
    """Refuse what is broken, somebody else's, or newer, before anything is written."""
    try:
        _inspect_schema(db)
        said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:
            raise Damaged("it is damaged") from error  # a schema that cannot even be read
        raise
    if said != "ok":
        log.warning("SQLite finds the history damaged: %s", said)
        raise Damaged("it is damaged")


def _inspect_schema(db: sqlite3.Connection) -> None:
    schema = _schema(db)
    if schema and application(db) != APPLICATION_ID:
        raise Damaged("it is a database of another program")
    found = version(db)
    if len(STEPS) < found <= _MOST_STEPS:
        raise NewerDatabase(found, len(STEPS))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        climb(model, STEPS[: max(0, found)])
        if schema != _schema(model) or not 0 <= found <= len(STEPS):
            raise Damaged("its tables are not those it should have")


def _schema(db: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    """What stands in the file; SQLite's own tables (statistics) and indexes do not matter."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'")
    return {(kind, name, sql) for kind, name, sql in rows}


def _set_up(db: sqlite3.Connection, *, local: bool) -> None:
    """Choose safety over speed: a notice is on disk before it is sent, or it is not."""
    if version(db) == 0:  # heeded only before the first table; later it would only want a lock
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    db.execute(f"PRAGMA journal_mode = {'WAL' if local else 'DELETE'}").fetchall()
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON").fetchall()
    db.execute("PRAGMA temp_store = MEMORY")  # nothing of ours in shared temporary folders
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA journal_size_limit = 4194304").fetchall()
    # SQLite would keep 2 MiB of pages for good: ours are few, and read again from the system's.
    db.execute("PRAGMA cache_size = -256")
