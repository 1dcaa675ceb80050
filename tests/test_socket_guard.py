"""The guard itself: what leaves loopback fails its test, what stays goes through."""

import asyncio
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import socket_guard
from tests.socket_guard import LeftLoopback

OUTSIDE = "192.0.2.1"
"""An address for documentation (RFC 5737): nobody is there, should the guard fail."""


@pytest.fixture
def tried():
    """What tried to leave; the test has meant it to."""
    yield socket_guard.attempts
    socket_guard.attempts.clear()


def test_a_connection_to_elsewhere_is_refused(tried):
    with socket.socket() as connection, pytest.raises(LeftLoopback, match=OUTSIDE):
        connection.connect((OUTSIDE, 80))
    with socket.socket(socket.AF_INET6) as connection, pytest.raises(LeftLoopback):
        connection.connect(("2001:db8::1", 80))
    with socket.socket() as connection, pytest.raises(LeftLoopback):
        connection.connect_ex((OUTSIDE, 80))
    assert len(tried) == 3


def test_a_datagram_to_elsewhere_is_refused(tried):
    with socket.socket(type=socket.SOCK_DGRAM) as datagrams, pytest.raises(LeftLoopback):
        datagrams.sendto(b"x", (OUTSIDE, 53))
    assert tried == [f"socket.sendto {OUTSIDE}"]


@pytest.mark.parametrize("name", ["example.com", "nobody.invalid", b"example.com"])
def test_a_name_is_not_looked_up(tried, name):
    with pytest.raises(LeftLoopback, match=r"example|nobody"):
        socket.getaddrinfo(name, 443)
    assert len(tried) == 1


def test_an_event_loop_and_its_threads_are_watched_too(tried):
    async def leave() -> None:
        with pytest.raises(LeftLoopback):
            await asyncio.open_connection(OUTSIDE, 80)
        with pytest.raises(LeftLoopback):
            await asyncio.open_connection("example.com", 80)

    asyncio.run(leave())
    assert tried == [f"socket.connect {OUTSIDE}", "socket.getaddrinfo example.com"]


def test_what_stays_here_goes_through(tmp_path):
    with socket.create_server(("127.0.0.3", 0)) as listener:
        socket.create_connection(listener.getsockname()).close()
        socket.getaddrinfo("localhost", listener.getsockname()[1])
        socket.getaddrinfo("::1", 80)
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as connection:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        connection.connect(str(tmp_path / "socket"))
    assert socket_guard.attempts == []


def test_a_program_that_takes_the_refusal_in_its_stride_fails_its_test_all_the_same(tmp_path):
    test = tmp_path / "test_leaving.py"
    test.write_text(
        "import contextlib, socket, threading\n"
        "def leave():\n"
        "    with socket.socket() as connection, contextlib.suppress(Exception):\n"
        f"        connection.connect(({OUTSIDE!r}, 80))\n"
        "def test_leaving():\n"
        "    thread = threading.Thread(target=leave)\n"
        "    thread.start(); thread.join()\n"
    )
    words = ["-m", "pytest", "-q", "-p", "tests.socket_guard", "--noconftest", "--rootdir"]
    done = subprocess.run(
        [sys.executable, *words, str(tmp_path), str(test)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 1
    assert f"the test left loopback: socket.connect {OUTSIDE}" in done.stdout


def test_every_thread_is_watched(tried):
    seen = []

    def leave() -> None:
        with socket.socket() as connection:
            try:
                connection.connect((OUTSIDE, 80))
            except LeftLoopback as error:
                seen.append(str(error))

    thread = threading.Thread(target=leave)
    thread.start()
    thread.join()
    assert seen == tried == [f"socket.connect {OUTSIDE}"]
