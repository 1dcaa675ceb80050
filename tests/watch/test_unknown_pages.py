"""Pages of no stated kind that nobody knows: asked ever more seldom, in this run and the next."""

from itertools import pairwise

from notifier.model.observation import FailureKind, Report
from notifier.storage.asked_pages import AskedPages
from tests.watch.fault_server import reply
from tests.watch.looking import SUMMARY, HandClock, fetching, in_loop, incident_io, page, statuspage
from tests.watch.test_kept import Shelf
from tests.watch.test_repair import seen_wrong

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


def told_nothing(server):
    """A page of no stated kind, at a server which answers with nothing anybody knows."""
    return page(server.url("/status"), None)


async def asked_at(fetch, source, clock, *, every, until):
    """Seconds from here at which a look every so often asked anything."""
    begin, asked = clock.moment().steady, []
    while (now := clock.moment().steady - begin) < until:
        if (await fetch.look(source)).requests:
            asked.append(now)
        clock.pass_by(every)
    return asked


@in_loop
async def test_the_wait_doubles_from_five_minutes_up_to_a_day(server):
    source, clock = told_nothing(server), HandClock()
    async with fetching(clock=clock) as fetch:
        first = await asked_at(fetch, source, clock, every=5 * MINUTE, until=6 * HOUR)
        then = await asked_at(fetch, source, clock, every=HOUR, until=20 * DAY)
    assert [at / MINUTE for at in first] == [0, 5, 15, 35, 75, 155, 315]
    waits = [(b - a) / HOUR for a, b in pairwise(then)]
    assert waits[-10:] == [24] * 10


@in_loop
async def test_the_wait_goes_on_in_the_next_run(server, tmp_path):
    source, clock = told_nothing(server), HandClock()
    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        await asked_at(fetch, source, clock, every=5 * MINUTE, until=40 * MINUTE)
        before = (await fetch.look(source)).outcome
    clock = HandClock(after=45 * MINUTE)
    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        assert (await fetch.look(source)).outcome == before
        asked = await asked_at(fetch, source, clock, every=5 * MINUTE, until=6 * HOUR)
    assert [45 + at / MINUTE for at in asked] == [75, 155, 315]


@in_loop
async def test_a_clock_set_back_does_not_prolong_the_wait(server, tmp_path):
    source, clock = told_nothing(server), HandClock(after=9 * DAY)
    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        await asked_at(fetch, source, clock, every=HOUR, until=8 * HOUR)
    server.say(f"/status{SUMMARY}", reply(statuspage()))
    async with fetching(clock=HandClock(), asked=AskedPages(tmp_path)) as fetch:
        assert isinstance((await fetch.look(source)).outcome, Report)


@in_loop
async def test_another_network_may_know_it_but_is_asked_once_within_the_hour(server, tmp_path):
    source, clock = told_nothing(server), HandClock()

    async def asked_on_another(fetch):
        await fetch.forget()
        return bool((await fetch.look(source)).requests)

    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        await asked_at(fetch, source, clock, every=5 * MINUTE, until=6 * HOUR)
        assert await asked_on_another(fetch)
        assert not await asked_on_another(fetch)
    clock = HandClock(after=6.5 * HOUR)
    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        await fetch.look(source)
        assert not await asked_on_another(fetch)
        clock.pass_by(31 * MINUTE)
        assert await asked_on_another(fetch)
        clock.pass_by(2 * HOUR)
        assert not (await fetch.look(source)).requests, "it is still the same network"


@in_loop
async def test_a_host_that_could_not_say_is_asked_again_within_the_hour(server):
    source, clock = told_nothing(server), HandClock()
    server.say_to_all(reply(b"", 503))
    async with fetching(clock=clock) as fetch:
        await asked_at(fetch, source, clock, every=5 * MINUTE, until=20 * HOUR)
        assert (await fetch.look(source)).outcome.kind is FailureKind.HTTP
        server.say(f"/status{SUMMARY}", reply(statuspage()))
        clock.pass_by(HOUR)
        assert isinstance((await fetch.look(source)).outcome, Report)


@in_loop
async def test_what_was_recognised_once_is_not_asked_again_by_the_next_run(server, tmp_path):
    source = page(server.url(), None)
    server.say(f"/proxy/{server.place}", reply(incident_io()))
    async with fetching(asked=AskedPages(tmp_path)) as fetch:
        before = (await fetch.look(source)).outcome
    server.requests.clear()
    async with fetching(clock=HandClock(after=9 * DAY), asked=AskedPages(tmp_path)) as fetch:
        assert (await fetch.look(source)).outcome == before
    assert isinstance(before, Report)
    assert server.paths() == [f"/proxy/{server.place}"]


@in_loop
async def test_a_command_asks_what_was_recognised_only_for_what_has_changed(server, tmp_path):
    source, shelf = page(server.url(), None), Shelf()
    whole = reply(incident_io(), etag='"one"')
    server.say(f"/proxy/{server.place}", whole, whole, reply(b"", 304))
    async with fetching(kept=shelf, asked=AskedPages(tmp_path)) as fetch:
        await fetch.look(source)
    async with fetching(kept=shelf, asked=AskedPages(tmp_path)) as fetch:
        assert isinstance((await fetch.look(source)).outcome, Report)
    assert server.requests[-1].headers["if-none-match"] == '"one"'


@in_loop
async def test_and_may_become_another_within_the_hour_all_the_same(server, tmp_path):
    source, clock = page(server.url(), None), HandClock(after=HOUR)
    server.say(SUMMARY, reply(statuspage()))
    async with fetching(asked=AskedPages(tmp_path)) as fetch:
        await fetch.look(source)
    server.say(SUMMARY, reply(b"", 404))
    server.say(f"/proxy/{server.place}", reply(incident_io()))
    async with fetching(clock=clock, asked=AskedPages(tmp_path)) as fetch:
        await seen_wrong(fetch, source, clock)
        assert (await fetch.look(source)).outcome.engine == "incident_io"
    async with fetching(clock=HandClock(after=2 * HOUR), asked=AskedPages(tmp_path)) as fetch:
        report = (await fetch.look(source)).outcome
    assert (report.engine, report.moved) == ("incident_io", server.url("").rstrip("/"))
