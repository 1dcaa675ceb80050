"""Servers that misbehave on purpose."""

import contextlib
import socket

import pytest

from tests.watch.fault_server import FaultServer


@pytest.fixture
def server():
    """A server on loopback that answers 404 until a test says otherwise."""
    with FaultServer() as server:
        yield server


@pytest.fixture
def stranger():
    """A second server, at an address of another owner."""
    with FaultServer(host="127.0.0.2") as stranger:
        yield stranger


@pytest.fixture
def full_backlog():
    """An address whose queue of connections is full: a new one is neither taken nor refused."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
