"""Keeps questions meant for the public network out of this one. The person's own hosts are free.

A page may send us on, and a name may lead anywhere: to the router, to a service that listens on
this computer alone, to a cloud's own metadata. What is asked there would come from inside.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from notifier.model.observation import Failure, FailureKind, Stage
from notifier.watch.failures import NoAnswer

# Proxies that take in every connection of a computer answer for each name with an address made up
# from this range, which belongs to nobody's network (RFC 2544); they are how many get out at all.
_MADE_UP = ip_network("198.18.0.0/15")

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 put the addresses of IPv4 (RFC 6052)."""


def is_public(address: str) -> bool:
    """Whether an address, in digits, is one of the public network, in whatever disguise."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    real = _carried(found) if isinstance(found, IPv6Address) else found
    return real in _MADE_UP or (real.is_global and not real.is_multicast)


def _carried(address: IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


async def admit(host: str, port: int) -> None:
    """Let a connection to `host` be made only if all its addresses are public.

    Raises:
        NoAnswer: one is not. No packet has gone to it.
        OSError: the name could not be looked up.
    """
    loop = asyncio.get_running_loop()
    for *_, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        _check(host, address)


def allow(stream: Any) -> None:
    """Let a new connection stand only if it leads outside: the name may have changed meanwhile."""
    address = stream.get_extra_info("server_addr")
    _check(None, address or ("",))


def _check(host: str | None, address: tuple[Any, ...]) -> None:
    if is_public(str(address[0])):
        return
    says = f"The name {host} leads" if host else "A public name leads"
    detail = f"{says} to an address inside this network; we do not go there."
    raise NoAnswer(Failure(FailureKind.REDIRECTED, detail), Stage.CONNECT)
