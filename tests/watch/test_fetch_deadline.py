"""One deadline for a whole look: whatever the other side does, it passes."""

import pytest

from notifier.model.observation import Failure, FailureKind, Reading, Stage
from notifier.watch.fetch import DEADLINE
from tests.watch.fault_server import HANG, Drip, Endless, reply
from tests.watch.looking import (
    SHORT,
    SUMMARY,
    compatible,
    door,
    fetching,
    in_loop,
    neutral,
    outcome_of,
    page,
    statuspage,
)

HEAD = b"HTTP/1.1 200 OK\r\n"


def test_a_look_takes_twenty_seconds_at_most():
    assert DEADLINE == 20.0


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param((HANG,), "{} did not answer within 0.3 s.", id="silence"),
        pytest.param(
            (Drip(HEAD + b"X: " + b"y" * 5000),), "{} did not answer within 0.3 s.", id="slow head"
        ),
        pytest.param(
            (Endless(b"HTTP/1.1 103 Early\r\n\r\n"),),
            "{} did not answer within 0.3 s.",
            id="endless hints",
        ),
        pytest.param(
            (HEAD + b"Content-Length: 5000\r\n\r\n", Drip(b"y" * 5000)),
            "The answer of {} did not end within 0.3 s.",
            id="slow body",
        ),
        pytest.param(
            (HEAD + b"Content-Length: 5000\r\n\r\n", HANG),
            "The answer of {} did not end within 0.3 s.",
            id="a body that stops",
        ),
        pytest.param(
            (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", Drip(b"1\r\nx\r\n" * 5000)),
            "The answer of {} did not end within 0.3 s.",
            id="slow chunks",
        ),
    ],
)
@in_loop
async def test_an_answer_that_takes_too_long_is_given_up(server, script, says):
    server.say(SUMMARY, script)
    outcome = await outcome_of(page(server.url()), deadline=SHORT)
    assert outcome == Failure(FailureKind.TIMEOUT, says.format(server.place))


@in_loop
async def test_the_deadline_is_for_all_documents_together(server):
    server.say(f"/proxy/{server.place}", reply(b"", 404))
    slow = reply(compatible("components"))
    server.say("/api/v2/components.json", (Drip(slow[:10], 0.01), slow[10:]))
    server.say("/api/v2/incidents.json", (HANG,))
    outcome = await outcome_of(page(server.url(), "incident_io"), deadline=3 * SHORT)
    assert outcome.kind is FailureKind.TIMEOUT
    assert server.paths()[-1] == "/api/v2/incidents.json"


@in_loop
async def test_the_deadline_is_for_all_redirects_together(server):
    for hop in range(5):
        answer = reply(b"", 302, location=f"/{hop + 1}")
        server.say(SUMMARY if hop == 0 else f"/{hop}", (Drip(answer[:20], 0.005), answer[20:]))
    server.say("/5", (HANG,))
    outcome = await outcome_of(page(server.url()), deadline=SHORT)
    assert outcome.kind is FailureKind.TIMEOUT


@in_loop
async def test_the_deadline_is_for_the_retry_too(server):
    server.say(SUMMARY, reply(statuspage()), (HANG,))
    async with fetching(deadline=3 * SHORT, patience=SHORT) as fetch:
        await fetch.look(page(server.url()))
        looked = await fetch.look(page(server.url()))
    assert looked.outcome.kind is FailureKind.TIMEOUT
    assert looked.requests == 2


@in_loop
async def test_the_deadline_is_for_recognition_too(server):
    server.say(SUMMARY, reply(b"", 404))
    server.say(f"/proxy/{server.place}", (HANG,))
    outcome = await outcome_of(page(server.url(), None), deadline=SHORT)
    assert outcome.kind is FailureKind.TIMEOUT


@in_loop
async def test_nobody_accepting_a_connection_is_a_failure_to_connect(full_backlog):
    outcome = await outcome_of(door(full_backlog), deadline=SHORT)
    assert isinstance(outcome, Reading)
    assert outcome.stage is Stage.CONNECT


@in_loop
async def test_a_neutral_host_that_hangs_is_given_up(server):
    server.say("/", (HANG,))
    assert (await outcome_of(neutral(server.url("/")), deadline=SHORT)).kind is FailureKind.TIMEOUT


@in_loop
async def test_what_hangs_does_not_keep_others_waiting(server):
    server.say("/slow" + SUMMARY, (HANG,))
    server.say("/quick" + SUMMARY, reply(statuspage()))
    async with fetching(deadline=SHORT) as fetch:
        slow = await fetch.look(page(server.url("/slow")))
        quick = await fetch.look(page(server.url("/quick")))
    assert slow.outcome.kind is FailureKind.TIMEOUT
    assert quick.outcome.engine == "statuspage"
