"""The lock that makes one process the owner of a profile. The kernel drops it with the process."""

import errno
import logging
import os
import stat
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from notifier.owner.transport import OwnerError, private_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger(__name__)

LOCK_FILE = "owner.lock"

_PAUSE = 0.05
_MOST_BYTES = 200

# Windows locks bytes, not files, and a locked byte cannot be read: lock one nobody writes.
_LOCKED_BYTE = 1 << 20

# A disk that takes no file, or keeps no lock, is no reason not to watch. What somebody has put in
# our way (a link, another user's folder) is one: those are not among these.
_THE_DISKS = frozenset(
    {
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.EACCES,
        errno.EPERM,
        errno.ENOLCK,
        errno.EOPNOTSUPP,
        errno.ESTALE,
        errno.ENOSYS,
    }
)

_TAKEN = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class Kind(Enum):
    """What sort of process owns a profile."""

    TRAY = "tray"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who says to hold the lock: for telling a person, and for choosing what to ask of it."""

    kind: Kind
    pid: int


class Lock:
    """The right to be the owner, until released or the process ends, however it ends.

    Where the disk keeps no lock, `problem` says so in a sentence: nobody else is kept out then.
    """

    def __init__(self, descriptor: int | None, kind: Kind, problem: str | None = None) -> None:
        self._descriptor = descriptor
        self.kind = kind
        self.problem = problem

    def release(self) -> None:
        """Let another process own the profile. May be called twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def acquire(run: Path, kind: Kind, patience: float = 0.0) -> Lock | None:
    """Become the owner of the profile whose run folder is `run`; None while another one is.

    `patience` is how many seconds to wait for an owner that is about to leave. The lock file is
    never removed: two processes could then each lock a file of that name. Nowhere else is a lock
    sought where the disk takes none: others would not look for it there.

    Raises:
        OwnerError: the folder or the file is not ours to use.
    """
    try:
        return _acquired(run, kind, patience)
    except OwnerError as error:
        cause = error.__cause__
        if not isinstance(cause, OSError) or cause.errno not in _THE_DISKS:
            raise
        return Lock(None, kind, f"{error} So a second AI Notifier would not notice this one.")


def _acquired(run: Path, kind: Kind, patience: float) -> Lock | None:
    private_folder(run)
    descriptor = _opened(run / LOCK_FILE)
    deadline = time.monotonic() + patience
    try:
        while not _taken(descriptor, run):
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(_PAUSE)
        _sign(descriptor, Holder(kind, os.getpid()))
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(descriptor, kind)


def holder(run: Path) -> Holder | None:
    """Who last became the owner, as the lock file says; None where it says nothing readable.

    It says nothing about whether that process still lives: only `acquire` can tell.
    """
    try:
        with (run / LOCK_FILE).open("rb") as file:
            return msgspec.json.decode(file.read(_MOST_BYTES), type=Holder)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def _opened(path: Path) -> int:
    try:
        descriptor = _open(path)
    except OSError as error:
        raise OwnerError(f"The lock {path} cannot be opened: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OwnerError(f"{path} is not a plain file; remove it.")
    return descriptor


def _open(path: Path) -> int:
    """Open the lock file, made where there is none; only to read where the disk takes no more."""
    no_link = getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | no_link, 0o600)
    except OSError as error:
        if error.errno in _THE_DISKS:
            # An owner may have it from before the disk was full, or turned read-only.
            with suppress(OSError):
                return os.open(path, os.O_RDONLY | no_link)
        raise


def _taken(descriptor: int, run: Path) -> bool:
    """Try to take the lock, without waiting."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise OwnerError(f"The disk of {run} knows no locks ({error.strerror}).") from error
    return True


def _sign(descriptor: int, by: Holder) -> None:
    """Say who holds it. A disk that does not take that does not hinder the lock."""
    try:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, msgspec.json.encode(by))
    except OSError as error:
        log.info("the lock could not be signed: %s", error)
