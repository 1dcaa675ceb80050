"""What a page was found to have become, and that it was asked, is known to the runs that follow."""

from dataclasses import replace

import pytest

from notifier.model.observation import FailureKind
from notifier.storage.asked_pages import AskedPages
from tests.feeds.bodies import body, summary
from tests.watch.fault_server import HANG, reply
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
from tests.watch.test_repair import WEB_PAGE, seen_wrong

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
    kept.keep(replace(found, taken_for=(engine, there.url(""))))
    server.requests.clear()
    report = await run(tmp_path, page(server.url()), after=HOUR, looks=6)
    assert report.engine == "incident_io"
    assert server.paths()[0] == SUMMARY
    assert at == "server" or there.requests == []
