"""Redirects by our own rule: the same owner is followed, nobody else hears a byte of ours."""

import pytest

from notifier.model.observation import Failure, FailureKind, Report
from notifier.watch.failures import NoAnswer
from notifier.watch.progress import Progress
from notifier.watch.redirects import next_hop
from notifier.watch.wire import Ask, Wire, is_public
from tests.watch.fault_server import reply
from tests.watch.looking import SUMMARY, fetching, in_loop, outcome_of, page, statuspage


def sent_to(location: str, status: int = 302) -> bytes:
    return reply(b"", status, location=location)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@in_loop
async def test_a_redirect_on_the_same_host_is_followed(server, status):
    server.say(SUMMARY, sent_to("/v3/summary.json", status))
    server.say("/v3/summary.json", reply(statuspage()))
    async with fetching() as fetch:
        looked = await fetch.look(page(server.url()))
    assert isinstance(looked.outcome, Report)
    assert looked.requests == 2


@in_loop
async def test_five_hops_are_followed_and_six_are_not(server):
    server.say(SUMMARY, sent_to("/1"))
    for hop in range(1, 7):
        server.say(f"/{hop}", sent_to(f"/{hop + 1}"))
    server.say("/5", reply(statuspage()))
    assert isinstance(await outcome_of(page(server.url())), Report)
    server.say("/5", sent_to("/6"))
    outcome = await outcome_of(page(server.url()))
    assert outcome == Failure(
        FailureKind.REDIRECTED, f"{server.place} sends us on more than 5 times."
    )
    assert "/6" not in server.paths()


@in_loop
async def test_a_circle_ends(server):
    server.say(SUMMARY, sent_to(SUMMARY))
    assert (await outcome_of(page(server.url()))).kind is FailureKind.REDIRECTED
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        pytest.param(301, FailureKind.MOVED, "has moved to", id="for good"),
        pytest.param(308, FailureKind.MOVED, "has moved to", id="for good, again"),
        pytest.param(
            302, FailureKind.REDIRECTED, "sends us to", id="for now, as a login page does"
        ),
        pytest.param(307, FailureKind.REDIRECTED, "sends us to", id="for now, again"),
    ],
)
@in_loop
async def test_another_owner_hears_nothing(server, stranger, status, kind, says):
    server.say(SUMMARY, sent_to(stranger.url("/?token=secret"), status))
    outcome = await outcome_of(page(server.url()))
    assert outcome == Failure(kind, f"{server.place} {says} {stranger.place}.")
    assert stranger.connections == 0


@in_loop
async def test_another_host_of_the_same_owner_is_followed(server):
    def route(url: str) -> str:
        host, _, path = url.removeprefix("https://").partition("/")
        return server.url(f"/{host}/{path}")

    server.say(f"/status.example.test{SUMMARY}", sent_to(f"https://www.example.test{SUMMARY}"))
    server.say(f"/www.example.test{SUMMARY}", reply(statuspage()))
    outcome = await outcome_of(page("https://status.example.test/"), route=route)
    assert isinstance(outcome, Report)
    hosts = [request.headers["host"] for request in server.requests]
    assert hosts == ["status.example.test", "www.example.test"]


HERE = "https://status.example.com/api"


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("http://status.example.com/api", id="from https to http"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("ftp://status.example.com/", id="ftp"),
        pytest.param("data:application/json,{}", id="data"),
        pytest.param("gopher://status.example.com:70/1", id="gopher"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("https://127.0.0.1/", id="this computer"),
        pytest.param("https://[::1]/", id="this computer, IPv6"),
        pytest.param("https://[::ffff:127.0.0.1]/", id="this computer, mapped"),
        pytest.param("https://0x7f.1/", id="this computer, in hex"),
        pytest.param("https://2130706433/", id="this computer, as one number"),
        pytest.param("https://localhost./", id="this computer, by name"),
        pytest.param("https://169.254.169.254/latest/meta-data", id="a cloud's own"),
        pytest.param("https://10.0.0.1/", id="this network"),
        pytest.param("https://status.example.com.evil.net/", id="a longer name"),
        pytest.param("https://status.example.com@evil.net/", id="a name before @"),
        pytest.param("https:\\\\evil.net\\", id="backslashes"),
        pytest.param("//evil.net/", id="no scheme"),
        pytest.param("https://evil.net#@status.example.com/", id="a name after #"),
        pytest.param("https://./", id="no name"),
        pytest.param("https://[::1", id="a broken address"),
        pytest.param("https://status.example.com:99999/", id="an impossible port"),
        pytest.param("https://xn--a/", id="broken punycode"),
        pytest.param("https://status.example.com\x00.evil.net/", id="a null"),
    ],
)
def test_where_nobody_is_sent(location):
    with pytest.raises(NoAnswer) as refused:
        next_hop(HERE, location, 302)
    assert refused.value.failure.kind is FailureKind.REDIRECTED
    assert refused.value.failure.detail.startswith("status.example.com sends us to ")


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        pytest.param("/v3?x=1", "https://status.example.com/v3?x=1", id="a path"),
        pytest.param("v3", "https://status.example.com/v3", id="beside"),
        pytest.param("//www.example.com/", "https://www.example.com/", id="the same scheme"),
        pytest.param("https://EXAMPLE.com:443/", "https://example.com/", id="upper case"),
        pytest.param(
            "https://status.example.com:8443/", "https://status.example.com:8443/", id="port"
        ),
    ],
)
def test_where_anybody_is_sent(location, leads):
    assert next_hop(HERE, location, 301) == leads


def test_http_may_become_https():
    assert next_hop("http://status.example.com/", "https://status.example.com/", 301)


@in_loop
async def test_from_outside_nothing_leads_to_an_address_in_here(server):
    wire = Wire(proxy="none")
    try:
        with pytest.raises(NoAnswer) as refused:
            await wire.exchange(Ask(server.url(), public_only=True), Progress(server.place))
    finally:
        await wire.close()
    assert refused.value.failure.kind is FailureKind.REDIRECTED
    assert server.received == 0


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:8.8.8.8", True),
        ("::ffff:10.0.0.1", False),
        ("127.0.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("0.0.0.0", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_outside(address, public):
    assert is_public(address) is public
