"""The history's file: opened whole and private, set aside when damaged. Knows no entry."""

import logging
import os
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from notifier.storage.places import private_folder
from notifier.storage.steps import APPLICATION_ID, STEPS, NewerDatabase, climb, version
from notifier.storage.transaction import transaction

log = logging.getLogger(__name__)

MOST_SET_ASIDE = 2
"""Damaged databases kept beside the good one; a dying disk must not fill itself with them."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

# First with the log beside the file and its locks, then the file alone as it lies there.
_TO_READ = ("mode=ro", "mode=ro&immutable=1")

# No version of ours will ever have taken so many steps: such a number is a torn one.
_MOST_STEPS = 1000

_NEEDS_WRITING = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; all of it goes where the database goes."""

# What the present rests on, in the order it is rescued from a damaged file.
_PRESENT = ("meta", "told", "threads", "mutes", "notices")

# A write-ahead log needs memory shared by all who open the file; these cannot share any.
_REMOTE = frozenset(
    {
        "9p",
        "afs",
        "auristorfs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    }
)
_MOUNTS = Path("/proc/self/mountinfo")


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
            _inspect(db)
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
    """Refuse what `_inspect` refuses, as it lies there; False where only a writer can look.

    A writer that finds damage, or another database's log, would write that log into the file
    when it lets go, and with it spoil what could be rescued.
    """
    try:
        with closing(_connect(_uri(path, "mode=ro"), patience, uri=True)) as db:
            _inspect(db)
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


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """Open the database at `path` without changing anything; None where that cannot be.

    This also reads what lies on a disk that takes no writing at all, not even a lock.
    """
    for how in _TO_READ:
        try:
            db = _connect(_uri(path, how), 0.2, uri=True)
        except sqlite3.Error:
            continue
        try:
            _inspect(db)
            if version(db) == len(STEPS):
                return db
        except (*TROUBLE, Damaged, NewerDatabase) as error:
            log.info("the history could not be read by %s: %s", how, error)
        db.close()
    return None


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
    for how in _TO_READ:
        with closing(_connect(_uri(damaged_file, how), 0.2, uri=True)) as old:
            if _recognised(old):
                for table in _PRESENT:
                    _rescue_table(old, db, table)
                return


def _recognised(db: sqlite3.Connection) -> bool:
    try:
        return (
            _application(db) == APPLICATION_ID
            and version(db) == len(STEPS)
            and {"threads", "told"} <= {name for _, name, _ in _schema(db)}
        )
    except TROUBLE as error:
        log.info("nothing can be read of the damaged history: %s", error)
        return False


def _rescue_table(old: sqlite3.Connection, db: sqlite3.Connection, table: str) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    read = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - names of our own schema
    write = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    with transaction(db):
        try:
            for row in old.execute(read):
                db.execute(write, row)
        except TROUBLE as error:
            log.info("the rest of %s could not be read: %s", table, error)


def is_local(path: Path) -> bool:
    """Whether `path` lies on a disk of this computer; where nobody tells, it does not."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return file_system(path.resolve(), mounts) not in (_REMOTE | {None})


def file_system(path: Path, mounts: list[str]) -> str | None:
    """The type of the file system `path` lies on, by lines as of /proc/self/mountinfo.

    Format: https://docs.kernel.org/filesystems/proc.html#proc-pid-mountinfo
    """
    found: tuple[int, str] | None = None
    for line in mounts:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = Path(_unescaped(fields[4]))
        depth = len(point.parts)
        # The last of several mounts over one place is the one in sight.
        if path.is_relative_to(point) and (found is None or depth >= found[0]):
            found = depth, after.split()[0]
    return None if found is None else found[1]


def _unescaped(point: str) -> str:
    """The kernel writes space, tab, line end and backslash as octal."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point


def _connect(name: str, patience: float, *, uri: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=patience, isolation_level=None, uri=uri)
    db.text_factory = _readable
    return db


def _uri(path: Path, how: str) -> str:
    return f"{path.absolute().as_uri()}?{how}"


def _readable(raw: bytes) -> str:
    """Bytes a damaged page passes off as text must not stop a start."""
    return raw.decode("utf-8", "replace")


def _application(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def _inspect(db: sqlite3.Connection) -> None:
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
    if schema and _application(db) != APPLICATION_ID:
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
    db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # heeded only before the first table
    db.execute(f"PRAGMA journal_mode = {'WAL' if local else 'DELETE'}").fetchall()
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON").fetchall()
    db.execute("PRAGMA temp_store = MEMORY")  # nothing of ours in shared temporary folders
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA journal_size_limit = 4194304").fetchall()
