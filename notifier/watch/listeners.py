"""Whose program listens on a port of this computer: nothing is sent to another user's.

Any user may listen where a model server usually does, and would be sent whatever we ask, and be
believed. Only sockets of this user and of root count as the person's own.
"""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

from notifier.model.observation import Failure, FailureKind, Stage
from notifier.watch.failures import NoAnswer

log = logging.getLogger(__name__)

_ROOT = 0

_Address = IPv4Address | IPv6Address
_End = tuple[_Address, int]
"""Address and port of one end of a connection."""


async def admit(host: str, port: int) -> None:
    """Let a connection to `host` be made only if all its addresses are this computer's own.

    Raises:
        NoAnswer: one is not. No packet has gone to it.
        OSError: the name could not be looked up.
    """
    loop = asyncio.get_running_loop()
    for *_, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        _check_loopback(str(address[0]))


def allow(stream: Any) -> None:
    """Let a new connection stand only if who listens there is this user, or root.

    Raises:
        NoAnswer: somebody else does, or nobody can tell. Nothing has been sent.
    """
    there, here = (_end(stream.get_extra_info(name)) for name in ("server_addr", "client_addr"))
    _check_loopback(str(there[0]))
    owners = _owners(there, here)
    if not owners:
        raise _not_ours(f"This computer does not tell whose program listens on port {there[1]}.")
    if not owners <= {os.getuid(), _ROOT}:
        raise _not_ours(f"Port {there[1]} belongs to another user of this computer.")


def _check_loopback(address: str) -> None:
    if not _real(ip_address(address.partition("%")[0])).is_loopback:
        raise _not_ours("A server on this computer is asked here alone; its name leads elsewhere.")


def _not_ours(detail: str) -> NoAnswer:
    return NoAnswer(Failure(FailureKind.NOT_OURS, detail), Stage.CONNECT)


def _end(address: tuple[Any, ...]) -> _End:
    return ip_address(str(address[0]).partition("%")[0]), int(address[1])


def _real(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _owners(there: _End, here: _End) -> frozenset[int]:
    """The users whose program may have taken the connection; none where nobody can tell."""
    find = _OWNERS.get(sys.platform)
    if find is None:
        return frozenset()
    try:
        return find(there, here)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.warning("whose program listens on port %d cannot be told: %s", there[1], error)
        return frozenset()


# -- Linux -----------------------------------------------------------------------------------

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))

_LISTENS = 0x0A
"""TCP_LISTEN of the kernel (include/net/tcp_states.h)."""


@dataclass(frozen=True, slots=True)
class _Socket:
    local: _End
    remote: _End
    state: int
    uid: int


def _owners_on_linux(there: _End, here: _End) -> frozenset[int]:
    """The users of every socket that may have taken the connection from `here` to `there`."""
    return frozenset(
        one.uid
        for table in TABLES
        if table.exists()  # a kernel without IPv6 has only the first
        for one in _sockets(table.read_text("ascii"))
        if _may_have_taken(one, there, here)
    )


def _may_have_taken(one: _Socket, there: _End, here: _End) -> bool:
    """Whether it is the other end itself, or listens at that address or at all of them.

    Which of several listeners it was nobody says, so that all must be allowed. The other end alone
    would not do: until the program takes the connection, the kernel calls it root's.
    """
    address, port = one.local
    if port != there[1]:
        return False
    at_it = _real(address) == _real(there[0])
    if one.state == _LISTENS:
        return at_it or address.is_unspecified
    return at_it and (_real(one.remote[0]), one.remote[1]) == (_real(here[0]), here[1])


def _sockets(table: str) -> Iterator[_Socket]:
    """The rows of /proc/net/tcp or tcp6 (Documentation/networking/proc_net_tcp.rst)."""
    for line in table.splitlines()[1:]:
        _, local, remote, state, _, _, _, uid, *_ = line.split()
        yield _Socket(_hex_end(local), _hex_end(remote), int(state, 16), int(uid))


def _hex_end(written: str) -> _End:
    """`0100007F:2CAA`: the address as words in this machine's own order of bytes, and the port."""
    address, _, port = written.partition(":")
    raw = bytes.fromhex(address)
    if sys.byteorder == "little":
        raw = b"".join(raw[place : place + 4][::-1] for place in range(0, len(raw), 4))
    return ip_address(raw), int(port, 16)


# -- macOS: built, not tried -----------------------------------------------------------------


def _owners_on_macos(there: _End, _here: _End) -> frozenset[int]:
    """The users lsof names for the port; to others than root it shows only their own sockets."""
    command = ["lsof", "-nP", f"-iTCP:{there[1]}", "-sTCP:LISTEN", "-Fu"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False)
    return frozenset(
        int(line[1:]) for line in done.stdout.splitlines() if line[:1] == "u" and line[1:].isdigit()
    )


_OWNERS: Mapping[str, Callable[[_End, _End], frozenset[int]]] = {
    "linux": _owners_on_linux,
    "darwin": _owners_on_macos,
}
"""Where it can be told at all; Windows is not tried, so that nothing is sent there."""
