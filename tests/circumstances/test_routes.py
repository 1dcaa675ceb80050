"""The kernel's word on routes: what is another network, and what is none."""

import asyncio
import socket
import struct

import pytest

from notifier.circumstances import routes
from tests.circumstances.conftest import play, sensing

LO, WIFI, CABLE, TUNNEL, DOCKER = 1, 2, 3, 4, 5
NEW, GONE = 24, 25
UP = 0x1 | 0x40


def message(kind: int, body: bytes) -> bytes:
    return struct.pack("=IHHII", 16 + len(body), kind, 0, 0, 0) + body


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(value), kind) + value + b"\0" * (-len(value) % 4)


def route(
    kind: int, link: int, length: int = 0, via: str = "10.0.0.1", table: int = 254, sort: int = 1
) -> bytes:
    short = table if table < 256 else 252  # as the kernel writes one that has no room
    head = struct.pack("=8BI", socket.AF_INET, length, 0, 0, short, 3, 0, sort, 0)
    table_too = attribute(15, struct.pack("=I", table))
    gateway = attribute(5, socket.inet_aton(via))
    return message(kind, head + table_too + gateway + attribute(4, struct.pack("=i", link)))


def link(number: int, flags: int, kind: int = 16) -> bytes:
    name = attribute(3, b"eth0\0")
    return message(kind, struct.pack("=BxHiII", 0, 1, number, flags, 0) + name)


def address_gone(number: int) -> bytes:
    return message(21, struct.pack("=4BI", socket.AF_INET, 24, 0, 0, number))


AT_HOME = [route(NEW, WIFI)]


@pytest.mark.parametrize(
    ("before", "then", "another"),
    [
        pytest.param([], [route(NEW, WIFI)], True, id="a first way out"),
        pytest.param(AT_HOME, [route(GONE, WIFI)], True, id="it is gone"),
        pytest.param([], [route(GONE, WIFI)], True, id="one of before our start is gone"),
        pytest.param(AT_HOME, [route(NEW, WIFI, via="10.0.0.9")], True, id="another gateway"),
        pytest.param(AT_HOME, [route(NEW, CABLE)], True, id="a cable is put in"),
        pytest.param(AT_HOME, [route(NEW, TUNNEL, table=51820)], True, id="WireGuard"),
        pytest.param(AT_HOME, [route(NEW, TUNNEL, length=1)], True, id="OpenVPN"),
        pytest.param(AT_HOME, [link(WIFI, 0x1)], True, id="out of reach"),
        pytest.param(AT_HOME, [link(WIFI, UP, kind=17)], True, id="the adapter is pulled"),
        pytest.param(
            [*AT_HOME, link(WIFI, 0x1)], [route(NEW, WIFI)], True, id="the same one, back again"
        ),
        pytest.param(
            [*AT_HOME, address_gone(WIFI)], [route(NEW, WIFI)], True, id="by another address"
        ),
        pytest.param(AT_HOME, [route(NEW, WIFI)], False, id="announced anew"),
        pytest.param(AT_HOME, [route(NEW, WIFI, length=24)], False, id="the neighbourhood"),
        pytest.param(AT_HOME, [link(WIFI, UP)], False, id="its link says it is up"),
        pytest.param(AT_HOME, [link(LO, 0x8), address_gone(LO)], False, id="the loopback"),
        pytest.param(AT_HOME, [route(NEW, LO), route(GONE, LO)], False, id="routes into it"),
        pytest.param(AT_HOME, [route(NEW, CABLE, sort=7)], False, id="unreachable"),
        pytest.param(AT_HOME, [route(NEW, WIFI, table=255)], False, id="the kernel's own table"),
        pytest.param(
            AT_HOME,
            [
                link(DOCKER, UP),
                route(NEW, DOCKER, length=16),
                link(DOCKER, 0x1),
                address_gone(DOCKER),
                route(GONE, DOCKER, length=16),
                link(DOCKER, 0, kind=17),
            ],
            False,
            id="containers come and go",
        ),
        pytest.param([], [b"", b"\0" * 40, route(NEW, WIFI)[:20], b"\xff" * 64], False, id="noise"),
        pytest.param(
            [route(GONE, WIFI) + route(NEW, CABLE)],
            [route(NEW, CABLE)],
            False,
            id="the second of two is known",
        ),
        pytest.param([], [message(NEW, b"\0")], False, id="cut off"),
        pytest.param(AT_HOME, [link(DOCKER, UP) + route(GONE, WIFI)], True, id="two in one"),
    ],
)
def test_what_is_another_network(before, then, another):
    ways = routes.Ways()
    for heard in before:
        ways.changed_by(heard)
    assert any(ways.changed_by(heard) for heard in then) is another


@pytest.fixture
def kernel(monkeypatch):
    """A socket on which the test speaks as the kernel, and the one that is listened on."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus")
    far, near = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    near.setblocking(False)
    with far, near:
        yield far, near


def test_a_burst_of_routes_is_one_change(kernel):
    far, near = kernel

    async def story() -> None:
        async with sensing(netlink=near) as ear:
            for number in range(50):
                far.send(route(NEW, CABLE, via=f"10.0.0.{number}"))
                await asyncio.sleep(0.001)
            await ear.until(lambda ear: ear.changes)
            await asyncio.sleep(0.25)
            assert ear.changes == 1
            far.send(route(GONE, CABLE))
            await ear.until(lambda ear: ear.changes == 2)

    play(story)


def test_routes_that_never_settle_are_a_change_all_the_same(kernel):
    far, near = kernel

    async def story() -> None:
        async with sensing(netlink=near) as ear:
            for _ in range(500):
                far.send(route(GONE, CABLE))
                await asyncio.sleep(0.02)
                if ear.changes:
                    return
            pytest.fail("ten seconds of changes, and none is told")

    play(story)


def test_a_kernel_that_falls_silent_takes_nothing_along(kernel):
    far, near = kernel
    far.send(route(NEW, WIFI))
    far.send(b"")

    async def story() -> None:
        async with sensing(netlink=near) as ear:
            await ear.until(lambda ear: ear.changes)
            await ear.until(lambda _: near.fileno() == -1)

    play(story)


def test_what_the_kernel_had_to_drop_may_have_been_a_change():
    class Overrun(socket.socket):
        def recv(self, size: int, flags: int = 0) -> bytes:
            super().recv(size, flags)
            raise OSError(105, "No buffer space available")

    far, plain = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    near = Overrun(fileno=plain.detach())
    near.setblocking(False)
    far.send(b"something")

    async def story() -> None:
        async with sensing(netlink=near) as ear:
            await ear.until(lambda ear: ear.changes == 1)

    play(story)
    far.close()


def test_this_kernel_lets_itself_be_listened_to():
    heard = routes.opened()
    assert heard is not None
    with heard, pytest.raises(BlockingIOError):
        heard.recv(1)
