"""Redirects by our own rule: the same owner is followed, nobody else hears a byte of ours."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from notifier.model.observation import Failure, FailureKind, Report
from notifier.watch.failures import NoAnswer
from notifier.watch.redirects import next_hop
from tests.watch.fault_server import reply
from tests.watch.looking import SUMMARY, fetching, in_loop, outcome_of, page, statuspage

WHATWG = Path(__file__).parents[2].parent / "shared" / "corpus" / "robust" / "url-whatwg"


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


@pytest.mark.skipif(not WHATWG.is_dir(), reason="no corpus beside this checkout")
def test_a_redirect_leads_where_a_browser_would_go_or_nowhere():
    followed = 0
    for case in json.loads((WHATWG / "urltestdata.json").read_text("utf-8")):
        if isinstance(case, str) or "@" in (case.get("base") or ""):
            continue
        here = case.get("base") or HERE
        if not here.startswith("http"):
            continue
        try:
            leads = next_hop(here, case["input"], 302)
        except NoAnswer:
            continue
        followed += 1
        if case.get("base"):
            assert urlsplit(leads).netloc == case.get("host"), case["input"]
        elif case.get("failure"):  # without a base it may fail for being relative only
            assert not case["input"].lower().startswith("http"), case["input"]
    assert followed > 25, "the rule must still let plain redirects through"


@pytest.mark.parametrize(
    "location",
    [
        pytest.param(b"/\xff\xfe", id="bytes that are no text"),
        pytest.param(b"https://\xff.example/", id="a host that is no text"),
        pytest.param(b"https://./", id="no name"),
        pytest.param(b"http://", id="no host"),
        pytest.param(b"http:///path", id="no host, and a path"),
        pytest.param(b"http://[::1", id="half an address"),
        pytest.param(b"http://a:b:c/", id="two ports"),
        pytest.param(b"\x00", id="a null"),
        pytest.param(b"/" + b"x" * 60_000, id="longer than any address"),
    ],
)
@in_loop
async def test_a_location_that_cannot_be_read_is_a_failure_of_a_kind(server, location, caplog):
    server.say(
        SUMMARY, b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n" % location
    )
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, Failure)
    assert outcome.kind not in (FailureKind.INTERNAL, FailureKind.TIMEOUT)
    assert caplog.records == []
