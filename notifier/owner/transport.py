"""The local connection between an owner and commands of the same person; knows no protocol.

On Linux and macOS a Unix socket in a private folder. Windows is to have a named pipe behind the
same functions; until then they raise `NotAvailable`, and commands look for themselves.
"""

import os
import socket
import stat
import struct
import sys
from pathlib import Path
from typing import Protocol

BACKLOG = 64

# struct ucred of Linux: pid, uid, gid. https://man7.org/linux/man-pages/man7/unix.7.html
_UCRED = struct.Struct("iII")
# struct xucred of macOS begins with version and uid; getpeereid(3) reads the same.
_XUCRED = struct.Struct("II")
_XUCRED_SIZE = 76
_SOL_LOCAL = 0
_LOCAL_PEERCRED = 1


class OwnerError(Exception):
    """The owner cannot be had, or this process cannot be it; the message is for a person."""


class NotAvailable(OwnerError):
    """This system has no such connection yet."""

    def __init__(self) -> None:
        super().__init__(
            "Asking the running AI Notifier is not available on this system yet; "
            "commands look for themselves."
        )


class Connection(Protocol):
    """What can be asked who is at its other end."""

    def getsockopt(self, level: int, optname: int, buflen: int, /) -> bytes:
        """Read an option of `buflen` bytes at most."""
        ...


def private_folder(folder: Path) -> None:
    """Make `folder` with 0700, and what it lies in; one that is there must be ours alone.

    Raises:
        OwnerError: it cannot be made, is a link, or belongs to somebody else.
    """
    try:
        _make(folder)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise OwnerError(f"{folder} is not a folder; remove it, or use another --profile.")
        if sys.platform != "win32":
            if found.st_uid != os.getuid():
                raise OwnerError(f"{folder} belongs to another user; use another --profile.")
            if stat.S_IMODE(found.st_mode) != 0o700:
                folder.chmod(0o700)
    except OSError as error:
        raise OwnerError(f"{folder} cannot be used: {error.strerror}.") from error


def _make(folder: Path) -> None:
    missing = []
    while not folder.is_dir() and not folder.is_symlink():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def listen(place: Path) -> socket.socket:
    """A listening socket at `place`. Only the holder of the lock may call this.

    What a killed owner left there is removed.

    Raises:
        OwnerError: the socket cannot be made there.
        NotAvailable: not on this system.
    """
    if sys.platform == "win32":
        raise NotAvailable
    private_folder(place.parent)
    _clear(place)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        os.fchmod(server.fileno(), 0o600)  # Linux gives this to the file in the same moment
        server.bind(str(place))
        place.chmod(0o600)
        server.listen(BACKLOG)
    except OSError as error:
        server.close()
        raise OwnerError(f"The socket {place} cannot be made: {error}.") from error
    server.setblocking(False)
    return server


def _clear(place: Path) -> None:
    try:
        found = place.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(found.st_mode):
        raise OwnerError(f"{place} is in the way of our socket; remove it.")
    place.unlink()


def connect(place: Path, timeout: float) -> socket.socket | None:
    """A connection to the owner listening at `place`; None where nobody listens.

    Raises:
        OwnerError: somebody listens but cannot be reached within `timeout` seconds.
        NotAvailable: not on this system.
    """
    if sys.platform == "win32":
        raise NotAvailable
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    try:
        connection.connect(str(place))
    except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError):
        connection.close()
        return None
    except OSError as error:
        connection.close()
        raise OwnerError(
            f"The running AI Notifier cannot be reached at {place}: {error}."
        ) from error
    return connection


def peer_uid(connection: Connection) -> int:
    """The user at the other end of a connection, as the system vouches for it.

    Raises:
        NotAvailable: not on this system.
    """
    if sys.platform == "win32":
        raise NotAvailable
    if sys.platform == "darwin":
        raw = connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED_SIZE)
        return int(_XUCRED.unpack_from(raw)[1])
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size)
    return int(_UCRED.unpack(raw)[1])


def own_uid() -> int:
    """The user this process works for."""
    if sys.platform == "win32":
        raise NotAvailable
    return os.geteuid()
