"""What is meant for the public network never goes to this one, unless the person has named it."""

import socket
from dataclasses import replace
from ipaddress import ip_network

import pytest

from notifier.app.network import own_hosts
from notifier.app.session import _network as network_of
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.settings import Choices, Watched, WatchedProbe
from notifier.watch import outside
from notifier.watch.fetch import Fetch
from notifier.watch.outside import is_public
from notifier.watch.wire import Wire
from tests.watch.fault_server import reply
from tests.watch.looking import AMPLE, SUMMARY, HandClock, door, in_loop, neutral, page, statuspage

NAME = "status.example.test"


async def look(source, *own: str):
    """What a look brings where the person has named these hosts."""
    fetch = Fetch(wire=Wire(proxy="none"), clock=HandClock(), deadline=AMPLE, own=frozenset(own))
    try:
        return (await fetch.look(source)).outcome
    finally:
        await fetch.close()


def connected(server) -> int:
    """How many connections a server has taken; one of ours comes after all that went before."""
    with socket.create_connection((server.host, server.port)) as ours:
        ours.sendall(b"GET / HTTP/1.1\r\n\r\n")
        ours.recv(1)
    return server.connections - 1


@pytest.fixture
def outside_is_here(monkeypatch):
    """127.0.0.1 is the public network for a while; 127.0.0.2 is still a computer of this one."""
    monkeypatch.setattr(outside, "_MADE_UP", ip_network("127.0.0.1/32"))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("198.18.3.4", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("0.0.0.0", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_outside(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize("source", [page, door, neutral])
@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(("127.0.0.1",), id="this computer"),
        pytest.param(("10.0.0.1",), id="this network"),
        pytest.param(("192.168.0.1",), id="the router"),
        pytest.param(("169.254.169.254",), id="a cloud's own"),
        pytest.param(("0.0.0.0",), id="nowhere"),
        pytest.param(("::1",), id="IPv6"),
        pytest.param(("::ffff:127.0.0.1",), id="mapped"),
        pytest.param(("93.184.216.34", "10.0.0.1"), id="one of two"),
    ],
)
@in_loop
async def test_a_public_name_that_leads_into_this_network_is_not_asked(
    server, names, source, inside
):
    names[NAME] = inside
    assert await look(source(f"http://{NAME}:{server.port}/")) == Failure(
        FailureKind.REDIRECTED,
        f"The name {NAME} leads to an address inside this network; we do not go there.",
    )
    assert connected(server) == 0


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "0x7f.1", "2130706433", "0177.1", "localhost.", "localhost", "[::ffff:7f00:1]"],
)
@in_loop
async def test_no_disguise_helps(server, names, host):
    names["localhost."] = ("127.0.0.1",)
    outcome = await look(door(f"http://{host}:{server.port}/"))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.REDIRECTED
    assert connected(server) == 0


@in_loop
async def test_a_host_the_person_named_may_lie_in_their_own_network(server, names):
    names[NAME] = (server.host,)
    server.say(SUMMARY, reply(statuspage()))
    own = f"{NAME}:{server.port}"
    assert isinstance(await look(page(f"http://{own}/"), own), Report)
    assert isinstance(await look(page(server.url()), server.place), Report)


@in_loop
async def test_a_name_nobody_has_is_said_to_be_that(names):
    names[NAME] = ()
    assert (await look(door(f"http://{NAME}/"))).kind is FailureKind.DNS


@in_loop
async def test_a_public_page_is_read_on_its_kept_connection(server, names, outside_is_here):
    names[NAME] = (server.host,)
    server.say(SUMMARY, reply(statuspage()))
    fetch = Fetch(wire=Wire(proxy="none"), clock=HandClock(), own=frozenset())
    source = page(f"http://{NAME}:{server.port}/")
    try:
        for _ in range(3):
            assert isinstance((await fetch.look(source)).outcome, Report)
    finally:
        await fetch.close()
    assert [request.connection for request in server.requests] == [1, 1, 1]


@pytest.mark.parametrize("own", [True, False], ids=["named by the person", "of the catalogue"])
@in_loop
async def test_a_public_page_cannot_send_us_in_here(server, stranger, names, outside_is_here, own):
    names[NAME], names["inner.example.test"] = (server.host,), (stranger.host,)
    inner = f"http://inner.example.test:{stranger.port}{SUMMARY}"
    server.say(SUMMARY, reply(b"", 302, location=inner))
    stranger.say(SUMMARY, reply(statuspage()))
    source = page(f"http://{NAME}:{server.port}/")
    outcome = await look(source, *([f"{NAME}:{server.port}"] if own else []))
    assert outcome.kind is FailureKind.REDIRECTED
    assert connected(stranger) == 0


@in_loop
async def test_a_name_that_changes_between_looking_and_going_is_sent_nothing(
    server, stranger, names, outside_is_here, monkeypatch
):
    answers = iter([(server.host,), (stranger.host,)])
    known = socket.getaddrinfo

    def rebinding(host, port, *how, **more):
        names[NAME] = next(answers)
        return known(host, port, *how, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    outcome = await look(door(f"http://{NAME}:{stranger.port}/"))
    assert outcome.kind is FailureKind.REDIRECTED
    assert stranger.received == 0


def test_the_person_s_own_hosts_are_those_they_wrote_down():
    choices = Choices(
        watched=(
            Watched("chatgpt"),
            Watched("mine", status="http://127.0.0.1:8080/", home="https://home.test/"),
            Watched("llm", probe=WatchedProbe("https://LLM.campus.test/v1/models")),
        ),
        references=("http://ref.test/204",),
    )
    assert own_hosts(choices) == {"127.0.0.1:8080", "llm.campus.test", "ref.test"}


def test_naming_a_host_while_the_program_runs_is_a_change_of_the_network():
    mine = Choices(watched=(Watched("mine", status="http://127.0.0.1:8080/"),))
    assert network_of(mine) != network_of(Choices())
    assert network_of(replace(mine, interval=90.0)) == network_of(mine)
