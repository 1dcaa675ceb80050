"""The kernel's word on the ways out of this computer (rtnetlink(7)), with NetworkManager or not.

A way out is a default route, or half of one, as some VPNs lay it. What containers do on networks
of their own is none, nor is the loopback; nor is a route announced anew that is known already.
"""

import asyncio
import errno
import logging
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

log = logging.getLogger(__name__)

_GROUPS = 0x1 | 0x10 | 0x40 | 0x400
"""Links, IPv4 addresses, IPv4 routes, IPv6 routes."""

_NEWLINK, _DELLINK, _DELADDR, _NEWROUTE, _DELROUTE = 16, 17, 21, 24, 25
_RUNNING = 0x40
_LOOPBACK = 1
_LOCAL_TABLE = 255
_UNICAST = 1
_OIF, _GATEWAY = 4, 5

_HEADER = struct.Struct("=IHHII")
_ROUTE = struct.Struct("=8BI")
_LINK = struct.Struct("=BxHiII")
_ADDRESS = struct.Struct("=4BI")
_ATTRIBUTE = struct.Struct("=HH")

Way = tuple[int, int, int, int, bytes]
"""Family, table, prefix length, link, gateway."""


def opened() -> socket.socket | None:
    """A socket on which the kernel tells of changes; None where it does not."""
    try:
        netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    except (OSError, AttributeError):
        return None
    try:
        netlink.setblocking(False)
        netlink.bind((0, _GROUPS))
    except OSError:
        netlink.close()
        return None
    return netlink


async def follow(listen: Callable[[], socket.socket | None], hint: Callable[[], None]) -> None:
    """Call `hint` for each change of a way out, until cancelled; `listen` opens the socket."""
    netlink = listen()
    if netlink is None:
        return
    ways = Ways()
    with netlink:
        while True:
            heard = await _heard(netlink)
            if heard == b"":
                return
            # Where the kernel had more to tell than we took, anything may have changed.
            if heard is None or ways.changed_by(heard):
                hint()


async def _heard(netlink: socket.socket) -> bytes | None:
    """The next words of the kernel; None where some were lost, nothing where there are no more."""
    try:
        return await asyncio.get_running_loop().sock_recv(netlink, 65536)
    except OSError as error:
        if error.errno == errno.ENOBUFS:
            return None
        log.debug("the kernel tells nothing of routes any more: %s", error)
        return b""


class Ways:
    """The ways out that have been seen."""

    def __init__(self) -> None:
        """None yet: the first word on each is a change."""
        self._ways: set[Way] = set()

    def changed_by(self, heard: bytes) -> bool:
        """Take in what the kernel says; whether a way out has come or gone."""
        return True in [self._take(kind, body) for kind, body in _messages(heard)]

    def _take(self, kind: int, body: bytes) -> bool:
        with suppress(struct.error):
            if kind in (_NEWROUTE, _DELROUTE):
                return self._route(body, there=kind == _NEWROUTE)
            if kind in (_NEWLINK, _DELLINK):
                _, _, link, flags, _ = _LINK.unpack_from(body)
                return not (kind == _NEWLINK and flags & _RUNNING) and self._forget(link)
            if kind == _DELADDR:
                # Its routes go with it, and older kernels do not say so.
                return self._forget(_ADDRESS.unpack_from(body)[4])
        return False

    def _route(self, body: bytes, *, there: bool) -> bool:
        way = _way(body)
        if way is None or (there and way in self._ways):
            return False
        (self._ways.add if there else self._ways.discard)(way)
        return True

    def _forget(self, link: int) -> bool:
        gone = {way for way in self._ways if way[3] == link}
        self._ways -= gone
        return bool(gone)


def _way(body: bytes) -> Way | None:
    """The way out that a message on a route is about; None for any other route."""
    family, length, _, _, table, _, _, kind, _ = _ROUTE.unpack_from(body)
    said = dict(_attributes(body[_ROUTE.size :]))
    link = int.from_bytes(said.get(_OIF, b""), sys.byteorder)
    if length > 1 or kind != _UNICAST or table == _LOCAL_TABLE or link == _LOOPBACK:
        return None
    return (family, table, length, link, said.get(_GATEWAY, b""))


def _messages(heard: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _HEADER.size <= len(heard):
        length, kind, *_ = _HEADER.unpack_from(heard, at)
        if length < _HEADER.size:
            return
        yield kind, heard[at + _HEADER.size : at + length]
        at += _aligned(length)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, at)
        if length < _ATTRIBUTE.size:
            return
        yield kind, data[at + _ATTRIBUTE.size : at + length]
        at += _aligned(length)


def _aligned(length: int) -> int:
    return (length + 3) & ~3
