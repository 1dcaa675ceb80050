"""Pages that become another kind or go elsewhere: found again by themselves, or asked about."""

import pytest

from notifier.model.health import Health
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import is_named_after
from notifier.watch.asking import REPAIR_AGAIN
from notifier.watch.pages import REPAIR_AFTER
from tests.feeds.bodies import body, summary
from tests.watch.fault_server import RESET, reply
from tests.watch.looking import (
    SUMMARY,
    HandClock,
    fetching,
    in_loop,
    incident_io,
    page,
    statuspage,
)
from tests.watch.test_kept import Shelf

WEB_PAGE = reply(b"<!doctype html><title>Welcome</title>")
WRONG = [
    pytest.param(WEB_PAGE, id="a web page"),
    pytest.param(reply(b"{}"), id="another shape"),
    pytest.param(reply(b"", 404), id="404"),
    pytest.param(reply(b"", 401), id="401"),
]


async def seen_wrong(fetch, source, clock, looks=5):
    """Look until a page has answered wrongly for as long as it takes."""
    for _ in range(looks):
        await fetch.look(source)
        clock.pass_by(REPAIR_AFTER / looks)


@pytest.mark.parametrize("answer", WRONG)
@in_loop
async def test_a_page_that_answers_wrongly_is_taken_for_what_it_is_now(server, answer):
    source, clock = page(server.url()), HandClock()
    server.say(SUMMARY, answer)
    server.say(f"/proxy/{server.place}", reply(incident_io("full_outage")))
    async with fetching(clock=clock) as fetch:
        await seen_wrong(fetch, source, clock)
        report = (await fetch.look(source)).outcome
    assert (report.engine, report.moved) == ("incident_io", server.url("").rstrip("/"))
    assert report.parts[0].health is Health.MAJOR_OUTAGE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"", 503), id="503"),
        pytest.param(reply(b"", 429), id="429"),
        pytest.param((RESET,), id="a broken connection"),
    ],
)
@in_loop
async def test_a_host_in_trouble_is_not_asked_what_it_is(server, answer):
    source, clock = page(server.url()), HandClock()
    server.say(SUMMARY, answer)
    async with fetching(clock=clock) as fetch:
        for _ in range(5):
            await seen_wrong(fetch, source, clock)
    assert set(server.paths()) == {SUMMARY}


@in_loop
async def test_one_wrong_answer_is_not_enough(server):
    source, clock = page(server.url()), HandClock()
    server.say(SUMMARY, WEB_PAGE, reply(statuspage()), WEB_PAGE)
    async with fetching(clock=clock) as fetch:
        for _ in range(3):
            await fetch.look(source)
            clock.pass_by(REPAIR_AFTER - 1)
    assert set(server.paths()) == {SUMMARY}


@in_loop
async def test_what_a_page_is_now_is_asked_once_a_day(server):
    source, clock = page(server.url()), HandClock()
    server.say_to_all(WEB_PAGE)
    async with fetching(clock=clock) as fetch:
        for _ in range(24):
            await seen_wrong(fetch, source, clock)
        looks = server.paths().count(SUMMARY)
        assert len(server.paths()) - looks <= 8
        server.requests.clear()
        clock.pass_by(REPAIR_AGAIN)
        outcome = (await fetch.look(source)).outcome
    assert outcome.kind is FailureKind.WEB_PAGE
    assert 1 < len(server.paths()) <= 9


@in_loop
async def test_of_several_pages_one_has_to_be_chosen(server):
    source, clock = page(server.url()), HandClock()
    links = b'<!doctype html><a href="/eu/status">Europe</a> <a href="/us/status">America</a>'
    server.say_to_all(reply(links))
    for where in ("eu", "us"):
        server.say(f"/{where}/status/api/v2/summary.json", reply(body(summary())))
    async with fetching(clock=clock) as fetch:
        await seen_wrong(fetch, source, clock)
        for _ in range(3):
            asked = (await fetch.look(source)).outcome
    assert asked == Failure(
        FailureKind.MOVED,
        f"{server.place} leads to {server.place}/eu/status and to {server.place}/us/status: "
        "choose one of them.",
    )


@in_loop
async def test_a_page_that_went_to_a_stranger_is_asked_about(server, stranger):
    source, clock = page(server.url()), HandClock()
    server.say_to_all(reply(b"", 301, location=stranger.url("/")))
    stranger.say(SUMMARY, reply(statuspage()))
    async with fetching(clock=clock) as fetch:
        await seen_wrong(fetch, source, clock)
        outcome = (await fetch.look(source)).outcome
    moved = f"{server.place} has moved to {stranger.place}."
    assert outcome == Failure(FailureKind.MOVED, moved)


@in_loop
async def test_what_a_page_has_become_is_known_to_the_next_run(server):
    source, clock, shelf = page(server.url()), HandClock(), Shelf()
    server.say(SUMMARY, WEB_PAGE)
    server.say(f"/proxy/{server.place}", reply(incident_io()))
    async with fetching(clock=clock, kept=shelf) as fetch:
        await seen_wrong(fetch, source, clock)
        await fetch.look(source)
    server.requests.clear()
    async with fetching(kept=shelf) as fetch:
        report = (await fetch.look(source)).outcome
    assert isinstance(report, Report)
    assert report.moved == server.url("").rstrip("/")
    assert server.paths() == [f"/proxy/{server.place}"]


@in_loop
async def test_a_page_back_where_it_was_is_found_there_again(server):
    source, clock = page(server.url()), HandClock()
    own = f"/proxy/{server.place}"
    server.say(SUMMARY, WEB_PAGE)
    server.say(own, reply(incident_io()))
    async with fetching(clock=clock) as fetch:
        await seen_wrong(fetch, source, clock)
        await fetch.look(source)
        clock.pass_by(REPAIR_AGAIN)
        server.say(SUMMARY, reply(statuspage()))
        server.say(own, reply(b"", 404))
        await seen_wrong(fetch, source, clock)
        report = (await fetch.look(source)).outcome
    assert (report.engine, report.moved) == ("statuspage", "")


@in_loop
async def test_what_a_page_may_have_become_is_not_told_before_it_was_read_there(server):
    source, clock = page(server.url()), HandClock()
    server.say(SUMMARY, WEB_PAGE)
    server.say(f"/proxy/{server.place}", reply(incident_io()), reply(b"", 503))
    async with fetching(clock=clock) as fetch:
        await seen_wrong(fetch, source, clock)
        assert (await fetch.look(source)).outcome.status == 503
        server.say(SUMMARY, reply(statuspage()))
        report = (await fetch.look(source)).outcome
    assert (report.engine, report.moved) == ("statuspage", "")


@pytest.mark.parametrize(
    ("host", "other", "named"),
    [
        ("status.jetbrains.cloud", "status.jetbrains.ai", True),
        ("example.statuspage.io", "status.example.com", True),
        ("examplestatus.com", "www.example.com", True),
        ("www.cloudflarestatus.com", "replicatestatus.com", False),
        ("notexample.com", "status.example.com", False),
        ("127.0.0.2", "127.0.0.1:80", False),
        ("intranet.evil.example", "intranet", False),
    ],
)
def test_a_host_with_the_name_of_an_owner_in_it_is_named_after_them(host, other, named):
    assert is_named_after(host, other) is named
