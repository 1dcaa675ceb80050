"""No test leaves loopback: what tries to is refused, and its test fails with the address named.

An audit hook sees every connection, datagram and look-up Python makes, in threads and event loops
as well. What a child process does it cannot see: those are started with a proxy that refuses.
"""

import socket
import sys
from contextlib import suppress
from ipaddress import ip_address

import pytest

_INTERNET = (socket.AF_INET, socket.AF_INET6)
_SENT = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKED_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_HERE = frozenset({"", "localhost", "localhost.localdomain"})

attempts: list[str] = []
"""What tried to leave since the last test: a test that means to takes it out again."""


class LeftLoopback(RuntimeError):
    """Something a test does would have reached beyond this computer."""


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event in _SENT:
        sock, address = args
        if isinstance(sock, socket.SocketType) and sock.family in _INTERNET:
            _check(event, address)
    elif event in _LOOKED_UP and not _digits(args[0]):
        _check(event, args)


def _check(event: str, address: object) -> None:
    # A datagram without an address goes where its socket was connected to.
    if isinstance(address, tuple) and not _is_here(address[0]):
        attempts.append(f"{event} {_text(address[0])}")
        raise LeftLoopback(attempts[-1])


def _is_here(host: object) -> bool:
    name = _text(host).rstrip(".").lower()
    if name in _HERE or name.endswith(".localhost"):
        return True
    try:
        found = ip_address(name)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _digits(host: object) -> bool:
    """Whether a look-up asks nobody, because the name is an address in some form already."""
    text = _text(host).partition("%")[0]
    with suppress(OSError, ValueError):
        socket.inet_pton(socket.AF_INET6, text)
        return True
    with suppress(OSError, ValueError):
        socket.inet_aton(text)  # `0x7f.1` and `2130706433` are addresses too
        return True
    return False


def _text(host: object) -> str:
    if isinstance(host, bytes | bytearray):
        return host.decode("latin-1")
    return "" if host is None else str(host)


sys.addaudithook(_hook)


@pytest.fixture(autouse=True)
def nothing_leaves_loopback():
    """Fail a test that tried, even where the program took the refusal in its stride."""
    attempts.clear()
    yield
    tried, attempts[:] = tuple(attempts), ()
    assert not tried, f"the test left loopback: {', '.join(tried)}"
