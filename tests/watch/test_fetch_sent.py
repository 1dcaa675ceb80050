"""What goes out: the same few headers to everybody, no cookie, no key beyond its origin."""

import pytest

from notifier.model.observation import Report
from notifier.watch.redirects import carried
from notifier.watch.visit import Visit
from notifier.watch.wire import USER_AGENT, Ask, Wire
from tests.watch.authorities import Authority
from tests.watch.fault_server import FaultServer, reply
from tests.watch.looking import SUMMARY, door, fetching, in_loop, outcome_of, page, statuspage

OURS = {"host", "user-agent", "accept", "accept-encoding", "if-none-match", "if-modified-since"}

KEYS = {
    "Authorization": "Bearer canary",
    "X-Api-Key": "canary",
    "x-goog-api-key": "canary",
    "Api-Key": "canary",
    "Cookie": "canary=1",
    "Proxy-Authorization": "Basic canary",
    "Accept": "application/json",
}


@in_loop
async def test_nothing_goes_out_that_tells_who_asks(server):
    sets = {"set_cookie": "session=canary; Path=/", "etag": '"a"'}
    server.say(SUMMARY, reply(b"", 302, location="/2", **sets))
    server.say("/2", reply(statuspage(), **sets))
    server.say("/", reply(b"", 401, www_authenticate="Basic realm=x", **sets))
    async with fetching() as fetch:
        for _ in range(2):
            await fetch.look(page(server.url()))
            await fetch.look(door(server.url("/")))
    for request in server.requests:
        assert request.headers.keys() <= OURS
        assert request.headers["user-agent"] == USER_AGENT
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("there", "whole"),
    [
        ("https://a.test/other", True),
        ("https://a.test:443/other", True),
        ("https://b.a.test/", False),
        ("https://a.test:8443/", False),
        ("http://a.test/", False),
    ],
)
def test_a_key_goes_to_no_origin_but_its_own(there, whole):
    kept = carried(KEYS, "https://a.test/", there)
    assert kept == (KEYS if whole else {"Accept": "application/json"})


@in_loop
async def test_another_host_of_the_same_owner_sees_no_key(server, stranger, names):
    names["a.example.test"], names["b.example.test"] = (server.host,), (stranger.host,)
    there = f"http://b.example.test:{stranger.port}/"
    server.say("/", reply(b"", 302, location="/again"))
    server.say("/again", reply(b"", 302, location=there))
    stranger.say("/", reply(b"{}"))
    wire = Wire(proxy="none")
    try:
        here = f"http://a.example.test:{server.port}/"
        await Visit(wire, here).follow(Ask(here, KEYS))
    finally:
        await wire.close()
    assert ["canary" in repr(request.headers) for request in server.requests] == [True, True]
    assert stranger.requests
    assert "canary" not in repr(stranger.requests)


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2:{port}/",
        "//127.0.0.2:{port}/",
        "http://0x7f.2:{port}/",
        "http://[::ffff:127.0.0.2]:{port}/",
        "http://127.0.0.1@127.0.0.2:{port}/",
        "http://127.0.0.2:{port}\\@127.0.0.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.2:{port}/",
        "data:application/json,{{}}",
        "gopher://127.0.0.2:{port}/1",
        "ms-settings:about",
    ],
)
@pytest.mark.parametrize("status", [301, 302])
@in_loop
async def test_nobody_else_is_asked_wherever_we_are_sent(server, stranger, location, status):
    server.say(SUMMARY, reply(b"", status, location=location.format(port=stranger.port)))
    outcome = await outcome_of(page(server.url()))
    assert not isinstance(outcome, Report)
    assert outcome.detail.startswith(f"{server.place} ")
    assert stranger.connections == 0


@in_loop
async def test_what_began_secure_stays_secure(server, tmp_path):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("127.0.0.1")) as secure:
        secure.say(SUMMARY, reply(b"", 302, location=server.url(SUMMARY)))
        outcome = await outcome_of(page(secure.url()), ca=authority.ca)
    assert outcome.detail == (
        f"{secure.place} sends us to {server.place} over an insecure connection."
    )
    assert server.connections == 0
