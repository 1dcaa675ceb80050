"""Servers that misbehave on purpose."""

import contextlib
import gc
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
def names(monkeypatch):
    """What names lead to, instead of anybody's DNS; to no address: nobody has the name."""
    known: dict[str, tuple[str, ...]] = {}
    real = socket.getaddrinfo

    def look_up(host, port, *how, **more):
        name = host.decode("ascii") if isinstance(host, bytes) else host
        if name not in known:
            return real(host, port, *how, **more)
        if not known[name]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [found for address in known[name] for found in real(address, port, *how, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.fixture
def no_collector():
    """Without the collector of cycles, what is not closed stays open and is seen."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@contextlib.contextmanager
def black_hole(host: str, port: int):
    """A listener whose queue of connections is full: a new one is neither taken nor refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((host, port), family=family, backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket(family))
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.fixture
def full_backlog():
    """An address where a connection is neither taken nor refused."""
    with black_hole("127.0.0.1", 0) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(params=["127.0.0.2", "::1"], ids=["IPv4", "IPv6"])
def server_half_reachable(request, server, names):
    """A server with two addresses, the first of which leads nowhere."""
    names["status.example.test"] = (request.param, server.host)
    with black_hole(request.param, server.port):
        yield server
