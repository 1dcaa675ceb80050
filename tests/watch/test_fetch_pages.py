"""Reading a status page: what a good answer brings, and what is asked for the next time."""

from dataclasses import replace

import pytest

from notifier.feeds.recognise import Found
from notifier.model.health import Health
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import Legend, SourceId
from notifier.watch.pages import REPAIR_AFTER
from notifier.watch.wire import USER_AGENT
from tests.feeds.samples import statuspal
from tests.watch.fault_server import HANG, reply
from tests.watch.looking import (
    SHORT,
    SUMMARY,
    HandClock,
    compatible,
    fetching,
    in_loop,
    incident_io,
    outcome_of,
    page,
    statuspage,
)


@in_loop
async def test_a_page_is_read(server):
    server.say(SUMMARY, reply(statuspage("major_outage")))
    async with fetching() as fetch:
        looked = await fetch.look(page(server.url()))
    assert isinstance(looked.outcome, Report)
    assert [part.health for part in looked.outcome.parts] == [Health.MAJOR_OUTAGE]
    assert looked.requests == 1
    assert looked.latency is not None


@in_loop
async def test_a_page_whose_documents_lie_elsewhere_is_asked_there(server):
    server.say(f"/elsewhere{SUMMARY}", reply(statuspage("degraded_performance")))
    known = replace(page(server.url("/page")), feed=server.url("/elsewhere"))
    outcome = await outcome_of(known)
    assert isinstance(outcome, Report)
    assert [part.health for part in outcome.parts] == [Health.DEGRADED]
    assert server.paths() == [f"/elsewhere{SUMMARY}"]


@in_loop
async def test_a_request_says_who_we_are_and_nothing_about_the_person(server):
    server.say(SUMMARY, reply(statuspage()))
    await outcome_of(page(server.url()))
    assert server.requests[0].headers == {
        "host": server.place,
        "user-agent": USER_AGENT,
        "accept": "application/json, */*;q=0.5",
        "accept-encoding": "gzip",
    }


@in_loop
async def test_cookies_are_not_kept(server):
    server.say(SUMMARY, reply(statuspage(), set_cookie="who=me"))
    async with fetching() as fetch:
        await fetch.look(page(server.url()))
        await fetch.look(page(server.url()))
    assert "cookie" not in server.requests[1].headers


@in_loop
async def test_a_vendor_who_has_nothing_but_a_web_page_is_read_from_it(server):
    server.say("/", reply(statuspal.page(overall="minor"), content_type="text/html"))
    report = await outcome_of(page(server.url(), "statuspal"))
    assert isinstance(report, Report)
    assert report.indicator is Health.DEGRADED


@in_loop
async def test_another_page_in_its_place_may_be_a_login_page(server):
    server.say(
        "/", reply(b"<!doctype html><html><p>Please sign in</p></html>", content_type="text/html")
    )
    failure = await outcome_of(page(server.url(), "statuspal"))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.WEB_PAGE


# -- asking only for what has changed --------------------------------------------------------


@in_loop
async def test_an_unchanged_page_is_the_very_same_report(server):
    server.say(SUMMARY, reply(statuspage(), etag='"one"'), reply(b"", 304))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert second.outcome is first.outcome
    assert server.requests[1].headers["if-none-match"] == '"one"'


@in_loop
async def test_a_date_asks_for_changes_where_there_is_no_tag(server):
    date = "Mon, 23 Nov 2026 11:00:00 GMT"
    server.say(SUMMARY, reply(statuspage(), last_modified=date), reply(b"", 304))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert second.outcome is first.outcome
    assert server.requests[1].headers["if-modified-since"] == date


@in_loop
async def test_a_page_that_cannot_say_unchanged_is_still_not_read_twice(server):
    server.say(SUMMARY, reply(statuspage()))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert second.outcome is first.outcome
    assert "if-none-match" not in server.requests[1].headers


@in_loop
async def test_a_changed_page_is_another_report(server):
    server.say(SUMMARY, reply(statuspage(), etag='"a"'), reply(statuspage("major_outage")))
    async with fetching() as fetch:
        await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert second.outcome.parts[0].health is Health.MAJOR_OUTAGE


@in_loop
async def test_a_page_that_always_says_unchanged_is_found_out_within_half_an_hour(server):
    server.say(SUMMARY, reply(statuspage(), etag='"a"'), reply(b"", 304))
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        await fetch.look(page(server.url()))
        clock.pass_by(1799)
        await fetch.look(page(server.url()))
        server.say(SUMMARY, reply(statuspage("major_outage"), etag='"a"'))
        clock.pass_by(1)
        third = await fetch.look(page(server.url()))
        await fetch.look(page(server.url()))
    asked = ["if-none-match" in request.headers for request in server.requests]
    assert asked == [False, True, False, True]
    assert third.outcome.parts[0].health is Health.MAJOR_OUTAGE


@in_loop
async def test_unchanged_without_having_been_asked_is_asked_again_once(server):
    server.say(SUMMARY, reply(b"", 304), reply(statuspage()))
    assert isinstance(await outcome_of(page(server.url())), Report)
    assert len(server.requests) == 2


@in_loop
async def test_unchanged_and_again_unchanged_is_no_document(server):
    server.say(SUMMARY, reply(b"", 304))
    outcome = await outcome_of(page(server.url()))
    assert outcome.kind is FailureKind.UNREADABLE
    assert len(server.requests) == 2


@in_loop
async def test_a_tag_that_is_no_header_is_not_sent_back(server):
    server.say(SUMMARY, reply(statuspage(), etag='"' + "x" * 5000 + '"'))
    async with fetching() as fetch:
        await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert isinstance(second.outcome, Report)
    assert "if-none-match" not in server.requests[1].headers


@in_loop
async def test_a_document_that_cannot_be_read_does_not_spoil_the_last_good_one(server):
    good = reply(statuspage(), etag='"good"')
    server.say(SUMMARY, good, reply(b'{"half":', etag='"bad"'), reply(b"", 304))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
        third = await fetch.look(page(server.url()))
    assert second.outcome.kind is FailureKind.UNREADABLE
    assert third.outcome is first.outcome
    assert server.requests[2].headers["if-none-match"] == '"good"'


# -- second plans ----------------------------------------------------------------------------


def native(server) -> str:
    return f"/proxy/{server.place}"


def say_compatible(server) -> None:
    for of in ("components", "incidents"):
        server.say(f"/api/v2/{of}.json", reply(compatible(of), etag=f'"{of}"'))


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"no", 404), id="404"),
        pytest.param(reply(b"no", 403), id="403"),
        pytest.param(reply(b"no", 410), id="410"),
        pytest.param(reply(b"<!doctype html><html></html>"), id="a web page"),
        pytest.param(reply(b'{"summary": {}}'), id="another document"),
    ],
)
@in_loop
async def test_where_the_best_document_is_none_the_second_best_is_read(server, answer):
    server.say(native(server), answer)
    say_compatible(server)
    outcome = await outcome_of(page(server.url(), "incident_io"))
    assert isinstance(outcome, Report)
    assert [part.name for part in outcome.parts] == ["API"]
    assert {request.connection for request in server.requests} == {1}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(reply(b"no", 503), FailureKind.HTTP, id="503"),
        pytest.param(reply(b"no", 429), FailureKind.RATE_LIMITED, id="429"),
    ],
)
@in_loop
async def test_a_page_in_trouble_is_not_asked_for_something_else(server, answer, kind):
    server.say(native(server), answer)
    say_compatible(server)
    outcome = await outcome_of(page(server.url(), "incident_io"))
    assert outcome.kind is kind
    assert server.paths() == [native(server)]


@in_loop
async def test_where_no_plan_brings_anything_the_first_reason_is_told(server):
    server.say(native(server), reply(b"no", 403))
    outcome = await outcome_of(page(server.url(), "incident_io"))
    assert outcome == Failure(
        FailureKind.UNAUTHORISED, f"{server.place} does not let us in (HTTP 403).", status=403
    )


@in_loop
async def test_the_plan_that_worked_is_kept_to_for_a_day(server):
    say_compatible(server)
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        await fetch.look(page(server.url(), "incident_io"))
        first = server.paths()
        server.requests.clear()
        clock.pass_by(86_000)
        await fetch.look(page(server.url(), "incident_io"))
        second = server.paths()
        server.requests.clear()
        clock.pass_by(500)
        await fetch.look(page(server.url(), "incident_io"))
    both = ["/api/v2/components.json", "/api/v2/incidents.json"]
    assert first == [native(server), *both]
    assert second == both
    assert server.paths() == [native(server), *both]


@in_loop
async def test_the_best_plan_is_gone_back_to_once_it_works(server):
    say_compatible(server)
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        await fetch.look(page(server.url(), "incident_io"))
        server.say(native(server), reply(incident_io("full_outage")))
        clock.pass_by(86_401)
        again = await fetch.look(page(server.url(), "incident_io"))
        server.requests.clear()
        await fetch.look(page(server.url(), "incident_io"))
    assert again.outcome.parts[0].health is Health.MAJOR_OUTAGE
    assert server.paths() == [native(server)]


@in_loop
async def test_where_one_of_two_documents_has_changed_the_other_is_remembered(server):
    say_compatible(server)
    changed = compatible("components").replace(b'"operational"', b'"major_outage"')
    async with fetching() as fetch:
        source = page(server.url(), "incident_io")
        await fetch.look(source)
        server.say("/api/v2/components.json", reply(changed))
        server.say("/api/v2/incidents.json", reply(b"", 304))
        second = await fetch.look(source)
    assert second.outcome.parts[0].health is Health.MAJOR_OUTAGE


# -- pages of no stated kind -----------------------------------------------------------------


@in_loop
async def test_a_page_of_no_stated_kind_is_recognised_once(server):
    server.say(SUMMARY, reply(statuspage()))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url(), None))
        asked = len(server.requests)
        await fetch.look(page(server.url(), None))
    assert isinstance(first.outcome, Report)
    assert first.outcome.engine == "statuspage"
    assert first.requests == asked
    assert len(server.requests) == asked + 1


@in_loop
async def test_a_page_of_no_known_kind_is_asked_at_most_eight_times_in_five_minutes(server):
    clock = HandClock()
    async with fetching(clock=clock) as fetch:
        first = await fetch.look(page(server.url("/status"), None))
        asked = len(server.requests)
        clock.pass_by(299)
        second = await fetch.look(page(server.url("/status"), None))
        assert len(server.requests) == asked
        clock.pass_by(2)
        await fetch.look(page(server.url("/status"), None))
    assert first.outcome == Failure(
        FailureKind.UNREADABLE, f"{server.place}/status is not a status page of a known kind."
    )
    assert second.outcome is first.outcome
    assert second.requests == 0
    assert asked <= 8
    assert len(server.requests) == 2 * asked


@in_loop
async def test_a_page_that_cannot_answer_just_now_is_not_called_unknown(server):
    server.say(SUMMARY, reply(b"", 503, retry_after="120"))
    outcome = await outcome_of(page(server.url(), None))
    assert (outcome.kind, outcome.status, outcome.retry_after) == (FailureKind.HTTP, 503, 120)


@in_loop
async def test_a_page_found_at_another_owners_is_left_to_the_person(server, stranger):
    stranger.say(SUMMARY, reply(statuspage()))
    server.say(SUMMARY, reply(b"", 301, location=stranger.url(SUMMARY)))
    outcome = await outcome_of(page(server.url(), None))
    assert outcome == Failure(FailureKind.MOVED, f"{server.place} has moved to {stranger.place}.")


@in_loop
async def test_whoever_asks_what_an_address_is_hears_where_it_has_moved_to(server, stranger):
    stranger.say(SUMMARY, reply(statuspage()))
    server.say(SUMMARY, reply(b"", 301, location=stranger.url(SUMMARY)))
    async with fetching() as fetch:
        assert await fetch.recognise(server.url("/?key=1")) == Found(
            "statuspage", stranger.url("").rstrip("/"), "Somebody"
        )


@in_loop
async def test_what_an_address_is_has_to_be_found_out_within_the_deadline(server, names):
    names["nobody.invalid"] = ()
    server.say(SUMMARY, (HANG,))
    async with fetching(deadline=SHORT) as fetch:
        assert (await fetch.recognise(server.url())).kind is FailureKind.TIMEOUT
        assert (await fetch.recognise("http://nobody.invalid")).kind is FailureKind.DNS
        assert (await fetch.recognise("nonsense here")).kind is FailureKind.UNREADABLE


@in_loop
async def test_an_address_that_is_none_is_said_to_be_none(server):
    for engine in ("statuspage", None):
        outcome = await outcome_of(page("https://", engine))
        assert outcome.kind is FailureKind.UNREADABLE


# -- documents of a person's own -----------------------------------------------------------------

JSON = "/health.json"


@in_loop
async def test_one_document_is_read_as_each_service_says(server):
    server.say(JSON, reply(b'{"login": "ok", "batch": "down"}'))
    words = (("ok", Health.OPERATIONAL), ("down", Health.MAJOR_OUTAGE))
    login, batch = (
        replace(page(server.url(JSON), "json"), id=SourceId(part), legend=Legend(part, words=words))
        for part in ("login", "batch")
    )
    async with fetching() as fetch:
        states = [(await fetch.look(one)).outcome.indicator for one in (login, batch, login)]
    assert states == [Health.OPERATIONAL, Health.MAJOR_OUTAGE, Health.OPERATIONAL]


@in_loop
async def test_one_that_says_nothing_any_more_is_not_taken_for_a_page_of_another_kind(server):
    server.say(JSON, reply(b"{}"))
    server.say(SUMMARY, reply(statuspage()))
    clock = HandClock()
    own = replace(page(server.url(JSON), "json"), legend=Legend("state"))
    async with fetching(clock=clock) as fetch:
        for _ in range(3):
            outcome = (await fetch.look(own)).outcome
            assert outcome.kind is FailureKind.UNREADABLE
            assert "finds no state in this document" in outcome.detail
            clock.pass_by(REPAIR_AFTER)
    assert {request.target for request in server.requests} == {JSON}
