"""What is only wrong beside what was seen before, or by our own clock."""

import json
from datetime import timedelta

from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Report
from tests.feeds.bodies import item, rss
from tests.watch.fault_server import reply
from tests.watch.looking import (
    NOON,
    SUMMARY,
    HandClock,
    fetching,
    in_loop,
    incident_io,
    page,
    statuspage,
)


def made(at: str, state: str = "operational") -> bytes:
    """A page that says when it was last changed."""
    document = json.loads(statuspage(state))
    document["page"]["updated_at"] = at
    return json.dumps(document).encode()


def health(looked) -> Health:
    assert isinstance(looked.outcome, Report)
    return looked.outcome.parts[0].health


NEW = made("2026-11-23T11:30:00Z", "major_outage")
LAGGING = made("2026-11-23T11:00:00Z")


def fed(*said: tuple[str, str]) -> bytes:
    """The feed of a page whose monitors said this, at these times of 23 November."""
    return rss(
        *(
            item(title, title, title, f"Mon, 23 Nov 2026 {at} GMT", "https://status.example.com/")
            for title, at in said
        ),
        built=None,
    )


async def told(server, *looks: tuple[float, bytes]) -> list[list[str]]:
    """What stands as open after each look at a page that has only a feed, so many seconds on."""
    seen = []
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        for wait, feed in looks:
            clock.pass_by(wait)
            server.say("/feed", reply(feed, etag=f'"{len(feed)}"'))
            looked = await fetch.look(page(server.url(), "betterstack"))
            assert isinstance(looked.outcome, Report)
            seen.append([one.title for one in looked.outcome.incidents if one.open])
    return seen


DOWN = ("Chat went down", "12:00:10")
BACK = ("Chat recovered", "12:00:50")


@in_loop
async def test_what_a_monitor_takes_back_within_a_minute_is_never_told(server):
    assert await told(server, (30, fed(DOWN)), (60, fed(DOWN, BACK))) == [[], []]


@in_loop
async def test_what_has_lasted_a_minute_is_told_though_the_page_says_the_same(server):
    seen = await told(server, (30, fed(DOWN)), (30, fed(DOWN)), (30, fed(DOWN)), (60, fed(DOWN)))
    assert seen == [[], [], ["Chat went down"], ["Chat went down"]]
    asked = [request.headers for request in server.requests if request.target == "/feed"]
    asked_if_changed = ["if-none-match" in headers for headers in asked]
    assert asked_if_changed == [False, False, False, True], "to be told nothing new would not do"


@in_loop
async def test_what_began_before_we_came_is_told_at_once(server):
    assert await told(server, (90, fed(DOWN))) == [["Chat went down"]]


@in_loop
async def test_a_clock_that_is_far_ahead_keeps_nothing_back(server):
    ahead = ("Chat went down", "12:08:00")
    assert await told(server, (0, fed(ahead))) == [["Chat went down"]]


@in_loop
async def test_a_server_that_lags_behind_its_others_makes_no_state_flap(server):
    seen = []
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        for answer in (LAGGING, NEW, LAGGING, NEW, LAGGING, LAGGING, NEW):
            server.say(SUMMARY, reply(answer))
            seen.append(health(await fetch.look(page(server.url()))))
            clock.pass_by(60)
    assert seen == [Health.OPERATIONAL] + [Health.MAJOR_OUTAGE] * 6


class ClockSetBack(HandClock):
    """A clock whose wall time a person, or the network, sets right."""

    wrong_by = timedelta(0)

    def moment(self) -> Moment:
        now = super().moment()
        return Moment(now.utc + self.wrong_by, now.steady)


@in_loop
async def test_a_clock_of_ours_that_is_set_back_makes_no_newer_page_look_old(server):
    clock = ClockSetBack()
    async with fetching(clock=clock) as fetch:
        server.say(SUMMARY, reply(made("2026-11-23T11:00:00Z")))
        await fetch.look(page(server.url()))
        clock.wrong_by = timedelta(hours=-3)
        clock.pass_by(60)
        server.say(SUMMARY, reply(NEW))
        assert health(await fetch.look(page(server.url()))) is Health.MAJOR_OUTAGE


@in_loop
async def test_a_page_that_has_really_gone_back_is_believed_after_ten_minutes(server):
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        server.say(SUMMARY, reply(NEW))
        await fetch.look(page(server.url()))
        server.say(SUMMARY, reply(LAGGING))
        clock.pass_by(599)
        assert health(await fetch.look(page(server.url()))) is Health.MAJOR_OUTAGE
        clock.pass_by(1)
        assert health(await fetch.look(page(server.url()))) is Health.OPERATIONAL


@in_loop
async def test_a_page_that_changes_without_a_new_date_is_believed_at_once(server):
    async with fetching() as fetch:
        for state in ("major_outage", "operational"):
            server.say(SUMMARY, reply(made("2026-11-23T11:00:00Z", state)))
            assert health(await fetch.look(page(server.url()))).value == state


def without_parts() -> bytes:
    return json.dumps(json.loads(statuspage()) | {"components": []}).encode()


@in_loop
async def test_a_page_whose_parts_are_all_gone_is_not_read_as_well(server):
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        server.say(SUMMARY, reply(statuspage("major_outage")))
        await fetch.look(page(server.url()))
        server.say(SUMMARY, reply(without_parts()))
        gone = (await fetch.look(page(server.url()))).outcome
        assert isinstance(gone, Failure)
        assert gone.kind is FailureKind.UNREADABLE
        assert gone.detail == "The page lists no parts any more, where there were 1."
        clock.pass_by(86_400)
        assert isinstance((await fetch.look(page(server.url()))).outcome, Report)


@in_loop
async def test_a_page_that_never_had_parts_needs_none(server):
    server.say(SUMMARY, reply(without_parts()))
    async with fetching() as fetch:
        assert isinstance((await fetch.look(page(server.url()))).outcome, Report)


def posts(made_at) -> bytes:
    row = {
        "ServiceDisplayName": "Microsoft Copilot",
        "ServiceWorkloadName": "CopilotConsumer",
        "Title": "It fails",
        "AuthoredDateTime": made_at.isoformat(),
        "LastUpdatedTime": made_at.isoformat(),
        "Status": "Incident",
    }
    return json.dumps([row]).encode()


async def looked_at(server, ahead: timedelta) -> Report:
    server.say("/api/posts/m365Consumer", reply(posts(NOON + ahead)))
    async with fetching() as fetch:
        looked = await fetch.look(page(server.url(), "microsoft"))
    assert isinstance(looked.outcome, Report)
    return looked.outcome


@in_loop
async def test_a_clock_a_little_ahead_of_ours_is_believed(server):
    report = await looked_at(server, timedelta(minutes=9))
    assert report.as_of == report.incidents[0].started_at == NOON + timedelta(minutes=9)
    assert report.notes == ()


@in_loop
async def test_a_time_that_is_still_to_come_is_none_and_a_page_made_then_is_made_now(server):
    report = await looked_at(server, timedelta(hours=2))
    assert (report.as_of, report.fresh_until) == (NOON, NOON + timedelta(minutes=30))
    (told,) = report.incidents
    assert (told.started_at, told.updated_at) == (None, None)
    assert report.notes == ("times in the future are left out",)


@in_loop
async def test_a_page_made_days_from_now_is_no_evidence_of_today(server):
    report = await looked_at(server, timedelta(days=400))
    assert report.fresh_until < NOON


# -- pages that change to another engine -----------------------------------------------------


@in_loop
async def test_a_page_that_changed_its_vendor_is_read_by_the_new_one_after_a_while(server):
    source = page(server.url())
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        server.say(SUMMARY, reply(statuspage()))
        await fetch.look(source)
        server.say(SUMMARY, reply(b"<!doctype html><title>Moved</title>"))
        server.say(f"/proxy/{server.place}", reply(incident_io("full_outage")))
        for _ in range(5):
            assert isinstance((await fetch.look(source)).outcome, Failure)
            clock.pass_by(60)
        looked = await fetch.look(source)
        assert (looked.outcome.engine, health(looked)) == ("incident_io", Health.MAJOR_OUTAGE)
        assert looked.outcome.moved == server.url("").rstrip("/")
        clock.pass_by(60)
        assert (await fetch.look(source)).outcome is looked.outcome


@in_loop
async def test_a_page_that_fits_no_engine_is_asked_about_once_a_day(server):
    source = page(server.url())
    clock = HandClock()
    server.say(SUMMARY, reply(b"<!doctype html><title>Gone</title>"))
    async with fetching(clock=clock) as fetch:
        for _ in range(26):
            assert isinstance((await fetch.look(source)).outcome, Failure)
            clock.pass_by(3600)
    asked = [request for request in server.requests if request.target.startswith("/proxy/")]
    assert len(asked) == 2


@in_loop
async def test_a_page_that_cannot_be_reached_has_not_changed_its_vendor(server):
    source = page(server.url())
    clock = HandClock()
    server.say(SUMMARY, reply(b"", 503))
    async with fetching(clock=clock) as fetch:
        for _ in range(30):
            await fetch.look(source)
            clock.pass_by(60)
    assert {request.target for request in server.requests} == {SUMMARY}
