"""A small file that is read and replaced whole: under a lock, and never half."""

import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MOST_BYTES = 1 << 20
"""No settings a person keeps come near it."""

PATIENCE = 5.0
"""Seconds to wait for another process that changes the same file."""

_PAUSE = 0.02

_NEW = ".new-"


class NotAFile(Exception):
    """What stands under the name is no ordinary file, or far too large; says what it is."""


class Busy(Exception):
    """Another process has held the lock for too long."""


def content(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none.

    Raises:
        NotAFile: it is a folder, a pipe or a device, or larger than `MOST_BYTES`.
        OSError: it may not or cannot be read.
    """
    # A pipe under this name would block for ever; O_NONBLOCK lets us see that it is one.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    except (IsADirectoryError, PermissionError) as error:
        if path.is_dir():
            raise NotAFile("it is a folder") from error
        raise
    try:
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            raise NotAFile("it is a folder" if stat.S_ISDIR(kind) else "it is not a file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            body = file.read(MOST_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(body) > MOST_BYTES:
        raise NotAFile("it is larger than 1 MiB")
    return body


@contextmanager
def locked(path: Path, patience: float | None = None) -> Iterator[None]:
    """While inside, no other process that asks for it changes `path`.

    The lock is on a file of its own beside it, because the file itself is replaced; it ends with
    the process at the latest.

    Raises:
        Busy: after `patience` seconds, or `PATIENCE`.
        OSError: the folder cannot be written to.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path.with_name(f".{path.name}.lock"), flags, 0o600)
    try:
        _wait(descriptor, time.monotonic() + (PATIENCE if patience is None else patience))
        sweep(path)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, deadline: float) -> None:
    while not _taken(descriptor):
        if time.monotonic() >= deadline:
            raise Busy
        time.sleep(_PAUSE)


def _taken(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def replace(path: Path, body: bytes, *, lasting: bool = True) -> None:
    """Put `body` in the place of the file, for this person alone: the old or the new, never a mix.

    With `lasting` false the disk is not waited for: what is written anew at the next start anyway
    need not outlive a loss of power.

    Raises:
        OSError: nothing was changed.
    """
    # mkstemp makes 0600 under any umask: nobody else can read it even for a moment.
    descriptor, name = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            new.unlink()
        raise
    if lasting:
        _settle(path.parent)


def _prefix(path: Path) -> str:
    return f".{path.name}{_NEW}"


def sweep(path: Path) -> None:
    """Remove what a process that died while replacing it, or a copy beside it, has left."""
    for left in path.parent.iterdir():
        if left.name.startswith(f".{path.name}.") and _NEW in left.name:
            with suppress(FileNotFoundError):
                left.unlink()


def _settle(folder: Path) -> None:
    """Put the folder's own entry on the disk, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # Some network file systems cannot; the file itself is safe.
    finally:
        os.close(descriptor)
