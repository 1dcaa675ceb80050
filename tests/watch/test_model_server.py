"""A model server on this computer is asked over real sockets; another user's gets no byte."""

import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.service import ProbeSource, SourceId
from notifier.watch import listeners
from tests.watch.fault_server import CLOSE, HANG, RESET, FaultServer, reply
from tests.watch.looking import SHORT, door, fetching, in_loop, outcome_of

MIB = 1024**2


def local(url: str, dialect: str = "ollama") -> ProbeSource:
    return ProbeSource(SourceId(f"probe:{url}"), url, dialect, local=True)


def document(tree: object) -> bytes:
    return reply(json.dumps(tree).encode(), content_type="application/json")


def models(*names: str) -> bytes:
    return document({"models": [{"name": name, "model": name} for name in names]})


def listing(*ids: str) -> bytes:
    cards = [{"id": id_, "object": "model", "owned_by": "llamacpp"} for id_ in ids]
    return document({"object": "list", "data": cards})


def ollama(server: FaultServer, *, loaded=("llama3.2:latest",), installed=3) -> None:
    """Have `server` answer as Ollama does."""
    server.say("/api/version", document({"version": "0.12.6"}))
    server.say("/api/ps", models(*loaded))
    server.say("/api/tags", models("llama3.2:latest", *(f"other{n}" for n in range(1, installed))))


@in_loop
async def test_ollama_says_what_it_has_loaded_and_what_it_could_load(server):
    ollama(server)
    outcome = await outcome_of(local(server.url()))
    assert isinstance(outcome, Reading)
    assert (outcome.says, outcome.stage, outcome.ready) == (Says.ALIVE, Stage.PRODUCT, True)
    assert (outcome.models, outcome.detail) == (("llama3.2",), "llama3.2 loaded, 3 installed")
    assert server.paths() == ["/api/version", "/api/tags", "/api/ps"]
    assert server.connections == 1


@in_loop
async def test_a_look_counts_all_its_requests_and_their_time(server):
    ollama(server)
    async with fetching() as fetch:
        looked = await fetch.look(local(server.url()))
    assert looked.requests == 3
    assert looked.latency is not None


@in_loop
async def test_llama_cpp_loads_and_is_ready(server):
    loading = {"message": "Loading model", "type": "unavailable_error", "code": 503}
    busy = reply(json.dumps({"error": loading}).encode(), 503)
    server.say("/health", busy, busy, document({"status": "ok"}))
    server.say("/v1/models", listing("gemma.gguf"))
    async with fetching() as fetch:
        looks = [(await fetch.look(local(server.url(), "llamacpp"))).outcome for _ in range(3)]
    assert [one.says for one in looks] == [Says.ALIVE] * 3
    assert [one.ready for one in looks] == [False, False, True]
    assert [one.detail for one in looks] == ["loading a model"] * 2 + ["gemma.gguf loaded"]


@in_loop
async def test_a_server_without_any_model_is_there(server):
    server.say("/v1/models", listing())
    outcome = await outcome_of(local(server.url(), "lmstudio"))
    assert (outcome.says, outcome.models, outcome.detail) == (Says.ALIVE, (), "no model loaded")


@in_loop
async def test_a_server_that_is_not_started_is_no_trouble_of_anybody_s():
    with FaultServer() as gone:
        url = gone.url()
    outcome = await outcome_of(local(url))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.REFUSED


@pytest.mark.parametrize(
    ("script", "deadline"),
    [
        pytest.param((HANG,), SHORT, id="takes the connection and says nothing"),
        pytest.param((b"HTTP/1.1 200 OK\r\nContent-Le", HANG), SHORT, id="half a head"),
        pytest.param((RESET,), 10.0, id="cuts every connection"),
    ],
)
@in_loop
async def test_a_server_that_hangs_is_failing_and_nothing_on_the_way_is_blamed(
    server, script, deadline
):
    server.say("/api/version", script)
    outcome = await outcome_of(local(server.url()), deadline=deadline)
    assert isinstance(outcome, Reading)
    assert (outcome.says, outcome.stage) == (Says.FAILING, Stage.FRONT)
    assert outcome.proves.startswith("the server")
    assert "way" not in outcome.proves


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        pytest.param(
            (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", CLOSE), "truncated", id="cut"
        ),
        pytest.param((reply(b"x" * (5 * MIB)),), "too_large", id="huge"),
        pytest.param((reply(b"<html><title>My site</title>"),), "unreadable", id="a web site"),
        pytest.param((reply(b'{"version": 3}'),), "unreadable", id="another program"),
        pytest.param((reply(b"", 302, location="/api/tags"),), "unreadable", id="a redirect"),
        pytest.param((b"SSH-2.0-OpenSSH_9.6\r\n\r\n", CLOSE), "unreadable", id="no HTTP"),
    ],
)
@in_loop
async def test_what_is_no_model_server_is_none(server, script, kind):
    server.say("/api/version", script)
    outcome = await outcome_of(local(server.url()))
    assert isinstance(outcome, Failure)
    assert outcome.kind.value == kind
    assert set(server.paths()) == {"/api/version"}


class Kept:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.readings: list[object] = []

    def read(self, source):
        return None

    def keep(self, reading):
        self.readings.append(reading)


@in_loop
async def test_what_somebody_has_installed_is_written_nowhere(server):
    ollama(server)
    kept = Kept()
    await outcome_of(local(server.url()), kept=kept)
    assert kept.readings == []


# -- where it is asked -----------------------------------------------------------------------


@in_loop
async def test_it_is_never_asked_through_a_proxy(server, stranger):
    ollama(server)
    outcome = await outcome_of(local(server.url()), proxy=stranger.url())
    assert outcome.says is Says.ALIVE
    assert stranger.connections == 0


@in_loop
async def test_it_is_asked_although_the_catalogue_s_hosts_must_lead_outside(server):
    ollama(server)
    assert (await outcome_of(local(server.url()), own=frozenset())).says is Says.ALIVE
    refused = await outcome_of(door(server.url()), own=frozenset())
    assert refused.kind is FailureKind.REDIRECTED


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.7:11434/",
        "http://ollama.example.test:11434/",
        "http://0.0.0.0:11434/",
        "http://[2001:db8::1]:11434/",
        "http://127.0.0.1.example.test/",
        "http://[::1",
        "nonsense",
    ],
)
@in_loop
async def test_another_computer_is_no_local_server(url):
    outcome = await outcome_of(local(url))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.NOT_OURS


@in_loop
async def test_a_name_for_this_computer_that_leads_elsewhere_is_not_followed(names):
    names["ollama.localhost"] = ("127.0.0.1", "192.0.2.7")
    outcome = await outcome_of(local("http://ollama.localhost:11434/"))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.NOT_OURS


# -- whose it is -----------------------------------------------------------------------------

WHERE = [
    pytest.param("127.0.0.1", "127.0.0.1", id="127.0.0.1"),
    pytest.param("0.0.0.0", "127.0.0.1", id="every address of IPv4"),
    pytest.param("0.0.0.0", "localhost", id="by its name"),
    pytest.param("::1", "[::1]", id="::1"),
    pytest.param("::", "[::1]", id="every address, asked by IPv6"),
    pytest.param("::", "127.0.0.1", id="every address, asked by IPv4"),
]

NOBODY = 65534

OF_ANOTHER_USER = f"""
import os, socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
os.setuid({NOBODY})
listener = socket.create_server((sys.argv[1], 0), family=family, dualstack_ipv6=sys.argv[1] == "::")
print(listener.getsockname()[1], flush=True)
connection, _ = listener.accept()
connection.settimeout(10)
print("got", connection.recv(65536), flush=True)
"""


@contextmanager
def another_user(address: str):
    """A program of another user that takes one connection and says what came over it."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    command = [sys.executable, "-c", OF_ANOTHER_USER, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            port = child.stdout.readline().strip()
            if not port:
                pytest.skip(f"this computer has no {address}")
            yield int(port), child.stdout
        finally:
            child.kill()


@pytest.mark.parametrize(("address", "host"), WHERE)
@in_loop
async def test_a_server_of_this_user_is_asked_wherever_it_listens(address, host):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, 0), family=family, dualstack_ipv6=address == "::")
    except OSError:
        pytest.skip(f"this computer has no {address}")
    with listener, FaultServer(listener=listener) as server:
        ollama(server)
        outcome = await outcome_of(local(f"http://{host}:{server.port}/"))
    assert isinstance(outcome, Reading), outcome
    assert outcome.says is Says.ALIVE


@pytest.mark.parametrize(("address", "host"), WHERE)
@in_loop
async def test_another_user_s_server_gets_no_byte(address, host):
    with another_user(address) as (port, said):
        outcome = await outcome_of(local(f"http://{host}:{port}/"))
        assert said.readline() == "got b''\n"
    assert outcome == Failure(
        FailureKind.NOT_OURS, f"Port {port} belongs to another user of this computer."
    )


@in_loop
async def test_a_connection_nobody_has_looked_into_is_not_used_for_it(server, monkeypatch):
    ollama(server)
    async with fetching() as fetch:
        await fetch.look(door(server.url("/other")))
        monkeypatch.setattr(listeners, "_owners", lambda _there, _here: frozenset({4242}))
        looked = await fetch.look(local(server.url()))
    assert looked.outcome.kind is FailureKind.NOT_OURS
    assert server.paths() == ["/other"]


@in_loop
async def test_where_nobody_can_tell_whose_it_is_nothing_is_sent(server, monkeypatch):
    ollama(server)
    monkeypatch.setattr(listeners, "_OWNERS", {})
    outcome = await outcome_of(local(server.url()))
    assert outcome.kind is FailureKind.NOT_OURS
    assert "does not tell" in outcome.detail
    assert server.received == 0


HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
ROW = " 0: {local} {remote} {state} 00000000:00000000 00:00000000 00000000 {uid} 0 1 1 0 100 0 0 10"
HERE, PORT, OTHER_PORT = "0100007F", "2CAA", "2CAB"
SIX, SIX_MAPPED = "0" * 24 + "01000000", "0" * 16 + "FFFF0000" + HERE
ANY, ANY_SIX = "0" * 8, "0" * 32


def row(local_: str, uid: int, *, state: str = "0A", remote: str = "00000000:0000") -> str:
    return ROW.format(local=local_, remote=remote, state=state, uid=uid)


@pytest.mark.skipif(sys.byteorder != "little", reason="the rows are written for other machines")
@pytest.mark.parametrize(
    ("rows", "rows6", "owners"),
    [
        pytest.param([row(f"{HERE}:{PORT}", 1000)], [], {1000}, id="at the address"),
        pytest.param([row(f"{ANY}:{PORT}", 1000)], [], {1000}, id="at all of them"),
        pytest.param([], [row(f"{ANY_SIX}:{PORT}", 1000)], {1000}, id="at all of IPv6's too"),
        pytest.param([], [row(f"{SIX_MAPPED}:{PORT}", 7)], {7}, id="at IPv4's in disguise"),
        pytest.param([], [row(f"{SIX}:{PORT}", 1000)], set(), id="at ::1 alone"),
        pytest.param([row(f"{HERE}:{OTHER_PORT}", 1000)], [], set(), id="at another port"),
        pytest.param([row(f"0200007F:{PORT}", 1000)], [], set(), id="at 127.0.0.2"),
        pytest.param(
            [row(f"{HERE}:{PORT}", 1000)], [row(f"{ANY_SIX}:{PORT}", 7)], {7, 1000}, id="two"
        ),
        pytest.param(
            [row(f"{HERE}:{PORT}", 7, state="01", remote=f"{HERE}:C000")],
            [],
            {7},
            id="the other end itself, where its listener has gone",
        ),
        pytest.param(
            [row(f"{HERE}:{PORT}", 7, state="01", remote=f"{HERE}:C001")],
            [],
            set(),
            id="the end of another connection",
        ),
    ],
)
def test_whose_socket_may_have_taken_a_connection(tmp_path, monkeypatch, rows, rows6, owners):
    tables = tmp_path / "tcp", tmp_path / "tcp6"
    for table, lines in zip(tables, (rows, rows6), strict=True):
        table.write_text("\n".join([HEAD, *lines, ""]))
    monkeypatch.setattr(listeners, "TABLES", tables)
    assert told("linux") == owners


@pytest.mark.parametrize("table", ["", HEAD, f"{HEAD}\nnonsense\n", f"{HEAD}\n 0: 1 2 3 4 5 6 7 8"])
def test_a_table_that_cannot_be_read_tells_nothing(tmp_path, monkeypatch, table):
    (tmp_path / "tcp").write_text(table)
    monkeypatch.setattr(listeners, "TABLES", (tmp_path / "tcp", tmp_path / "none"))
    assert told("linux") == set()


def told(system: str, port: int = 0x2CAA) -> frozenset[int]:
    """Who may have taken a connection from port 49152 of 127.0.0.1 to `port`."""
    ends = [listeners._end(("127.0.0.1", number)) for number in (port, 0xC000)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listeners, "_OWNERS", {sys.platform: listeners._OWNERS[system]})
        return listeners._owners(*ends)


@pytest.mark.skipif(shutil.which("lsof") is None, reason="lsof is not on this machine")
def test_lsof_names_the_user_of_a_listener():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert told("darwin", port) == {os.geteuid()}
    assert told("darwin", port) == set()
