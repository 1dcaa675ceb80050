"""Whether the session bus lets anybody in is found out before Qt waits for it."""

import os
import socket
import threading
from contextlib import suppress

import pytest

from notifier.tray import bus


@pytest.fixture
def listening(tmp_path):
    """A socket that lets people connect, and says nothing: a bus that hangs."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "bus"))
        server.listen()
        yield server


def named(monkeypatch, address: str) -> str:
    monkeypatch.setenv(bus.VARIABLE, address)
    return address


def test_a_bus_that_hangs_is_hidden_from_qt(listening, tmp_path, monkeypatch):
    monkeypatch.setattr(bus, "PATIENCE", 0.01)
    address = named(monkeypatch, f"unix:path={tmp_path}/bus,guid=0123")
    assert bus.shun_if_hung() == address
    assert os.environ[bus.VARIABLE] == bus.NOWHERE


def test_one_that_is_not_there_is_waited_for_as_well(tmp_path, monkeypatch):
    address = named(monkeypatch, f"unix:path={tmp_path}/nothing")
    assert bus.shun_if_hung() == address


@pytest.mark.parametrize("address", ["tcp:host=localhost,port=1", "launchd:env=X", "nonsense"])
def test_a_bus_of_another_kind_is_believed(monkeypatch, address):
    named(monkeypatch, address)
    assert bus.shun_if_hung() == ""
    assert os.environ[bus.VARIABLE] == address


def test_without_any_address_there_is_nothing_to_wait_for(monkeypatch, tmp_path):
    monkeypatch.delenv(bus.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert bus.own_address() == ""
    assert bus.shun_if_hung() == ""


def test_where_systemd_puts_it_it_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv(bus.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "bus").touch()
    assert bus.own_address() == f"unix:path={tmp_path}/bus"


@pytest.mark.parametrize("kind", ["path", "abstract"])
def test_one_that_answers_is_left_to_qt(monkeypatch, tmp_path, kind, answering):
    place = f"{tmp_path}/a b" if kind == "path" else f"notifier-test-{os.getpid()}"
    answering("\0" + place if kind == "abstract" else place)
    address = named(monkeypatch, f"unix:{kind}={place.replace(' ', '%20')}")
    assert bus.shun_if_hung() == ""
    assert os.environ[bus.VARIABLE] == address


@pytest.fixture
def answering():
    """A bus that answers everybody with the ways in there are."""
    servers: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def answer(server: socket.socket) -> None:
        with suppress(TimeoutError):  # nobody came: the test says so
            connection, _ = server.accept()
            with connection:
                connection.recv(64)
                connection.sendall(b"REJECTED EXTERNAL\r\n")

    def listen(place: str) -> None:
        server = socket.socket(socket.AF_UNIX)
        server.settimeout(3)
        server.bind(place)
        server.listen()
        servers.append(server)
        threads.append(threading.Thread(target=answer, args=(server,)))
        threads[-1].start()

    yield listen
    for thread in threads:
        thread.join(5)
    for server in servers:
        server.close()


def test_a_lost_bus_is_found_as_soon_as_it_answers(tmp_path, qtbot, answering, monkeypatch):
    monkeypatch.setattr(bus, "EVERY", 10)
    lost = bus.LostBus(f"unix:path={tmp_path}/bus")
    with qtbot.assertNotEmitted(lost.found, wait=50):
        lost.look_for()
    with qtbot.waitSignal(lost.found):
        answering(f"{tmp_path}/bus")
