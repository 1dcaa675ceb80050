"""Pages that become another kind or go elsewhere: found again by themselves, or asked about."""

from dataclasses import replace

import msgspec
import pytest

from notifier.model.health import Health
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import is_named_after
from notifier.storage.asked_pages import AskedPages
from notifier.watch.asking import REPAIR_AGAIN
from notifier.watch.pages import REPAIR_AFTER
from tests.feeds.bodies import body, summary
from tests.watch.fault_server import HANG, RESET, reply
from tests.watch.looking import (
    SHORT,
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


# -- from one run to the next ----------------------------------------------------------------

HOUR = 3600.0


async def run(folder, source, *, after=0.0, looks=1, **about):
    """The last outcome of a run that begins so many seconds after noon and looks so often."""
    clock = HandClock(after=after)
    async with fetching(clock=clock, asked=AskedPages(folder), **about) as fetch:
        await seen_wrong(fetch, source, clock, looks - 1)
        return (await fetch.look(source)).outcome


def become_another(server):
    """The page is one of incident.io now."""
    server.say(SUMMARY, WEB_PAGE)
    server.say(f"/proxy/{server.place}", reply(incident_io()))


@in_loop
async def test_the_next_run_takes_a_page_for_what_it_has_become_at_once(server, tmp_path):
    become_another(server)
    before = await run(tmp_path, page(server.url()), looks=6)
    server.requests.clear()
    report = await run(tmp_path, page(server.url()), after=HOUR)
    assert (report.engine, report.moved) == ("incident_io", server.url("").rstrip("/"))
    assert report == before
    assert server.paths() == [f"/proxy/{server.place}"]


@in_loop
async def test_what_a_page_has_become_is_asked_once_a_day_over_many_runs(server, tmp_path):
    server.say_to_all(WEB_PAGE)
    await run(tmp_path, page(server.url()), looks=6)
    server.requests.clear()
    for hours in range(1, 24):
        await run(tmp_path, page(server.url()), after=hours * HOUR, looks=6)
    assert set(server.paths()) == {SUMMARY}
    await run(tmp_path, page(server.url()), after=25 * HOUR, looks=6)
    assert set(server.paths()) > {SUMMARY}


@in_loop
async def test_a_clock_set_back_does_not_keep_a_page_from_being_asked(server, tmp_path):
    server.say_to_all(WEB_PAGE)
    await run(tmp_path, page(server.url()), after=1000 * HOUR, looks=6)
    become_another(server)
    report = await run(tmp_path, page(server.url()), looks=6)
    assert report.engine == "incident_io"


@in_loop
async def test_a_look_that_ran_out_of_time_has_asked_all_the_same(server, tmp_path):
    server.say(SUMMARY, WEB_PAGE)
    server.say("/", (HANG,))
    server.say_to_all(WEB_PAGE)
    cut_off = await run(tmp_path, page(server.url()), looks=6, deadline=SHORT)
    assert cut_off.kind is FailureKind.TIMEOUT
    server.requests.clear()
    await run(tmp_path, page(server.url()), after=HOUR, looks=6)
    assert set(server.paths()) == {SUMMARY}


@in_loop
async def test_what_it_had_become_and_is_no_more_is_found_again_in_a_later_run(server, tmp_path):
    become_another(server)
    await run(tmp_path, page(server.url()), looks=6)
    server.say(SUMMARY, reply(statuspage()))
    server.say(f"/proxy/{server.place}", reply(b"", 404))
    report = await run(tmp_path, page(server.url()), after=25 * HOUR, looks=6)
    assert (report.engine, report.moved) == ("statuspage", "")
    report = await run(tmp_path, page(server.url()), after=26 * HOUR)
    assert (report.engine, report.moved) == ("statuspage", "")


@in_loop
async def test_what_has_to_be_chosen_is_still_so_in_the_next_run_on_this_network(server, tmp_path):
    links = b'<!doctype html><a href="/eu/status">Europe</a> <a href="/us/status">America</a>'
    server.say_to_all(reply(links))
    for where in ("eu", "us"):
        server.say(f"/{where}/status/api/v2/summary.json", reply(body(summary())))
    before = await run(tmp_path, page(server.url()), looks=6)
    assert before.kind is FailureKind.MOVED
    clock = HandClock(after=HOUR)
    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        await seen_wrong(fetch, page(server.url()), clock)
        assert (await fetch.look(page(server.url()))).outcome == before
        await fetch.forget()
        assert (await fetch.look(page(server.url()))).outcome.kind is FailureKind.WEB_PAGE


@in_loop
async def test_what_the_settings_say_anew_counts_for_more_than_what_was_found(server, tmp_path):
    become_another(server)
    await run(tmp_path, page(server.url()), looks=6)
    server.requests.clear()
    server.say(f"/new{SUMMARY}", reply(statuspage()))
    report = await run(tmp_path, replace(page(server.url()), feed=server.url("/new")), after=HOUR)
    assert (report.engine, report.moved) == ("statuspage", "")
    assert server.paths() == [f"/new{SUMMARY}"]


@pytest.mark.parametrize(
    ("engine", "at"), [("a kind of tomorrow", "server"), ("statuspage", "stranger")]
)
@in_loop
async def test_what_nobody_can_read_or_trust_is_not_taken_up(request, tmp_path, engine, at):
    server, there = request.getfixturevalue("server"), request.getfixturevalue(at)
    become_another(server)
    await run(tmp_path, page(server.url()), looks=6)
    kept = AskedPages(tmp_path)
    found = kept.read(page(server.url()).id)
    kept.keep(msgspec.structs.replace(found, taken_for=(engine, there.url(""))))
    server.requests.clear()
    report = await run(tmp_path, page(server.url()), after=HOUR, looks=6)
    assert report.engine == "incident_io"
    assert server.paths()[0] == SUMMARY
    assert at == "server" or there.requests == []


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
