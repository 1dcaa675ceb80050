"""Header values of every kind, most of them broken, in every header we read: no worse than none."""

import json
from pathlib import Path

import pytest

from notifier.model.observation import Failure, FailureKind, Report
from tests.watch.fault_server import reply
from tests.watch.looking import SUMMARY, HandClock, door, fetching, in_loop, page, statuspage

CORPUS = (
    Path(__file__).parents[2].parent / "shared" / "corpus" / "robust" / "http-structured-fields"
)

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside this checkout")

WHOLE = statuspage()
READ = ("ETag", "Last-Modified", "Cache-Control", "Retry-After", "Link", "RateLimit", "Date", "Age")


SOME_OR_ALL = pytest.mark.parametrize(
    "step", [pytest.param(7, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)


def values(step: int = 1):
    """The values of the tests of RFC 9651, each as the bytes of its lines; all or one in `step`."""
    files = sorted(CORPUS.glob("*.json"))
    cases = [case for file in files for case in json.loads(file.read_text("utf-8"))]
    for case in cases[::step]:
        yield [line.encode("utf-8") for line in case["raw"]]


def headers(names, lines) -> bytes:
    return b"".join(b"%b: %b\r\n" % (name.encode(), line) for name in names for line in lines)


def answer(status: int, head: bytes, body: bytes = b"") -> bytes:
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n%b\r\n%b" % (status, len(body), head, body)


async def end_of(server, script: bytes, look) -> Report | Failure:
    """What a look brings where the page answers with `script`."""
    server.say(SUMMARY, script)
    server.say("/", script)
    outcome = (await look()).outcome
    if isinstance(outcome, Failure):
        assert outcome.kind not in (FailureKind.INTERNAL, FailureKind.TIMEOUT)
        assert outcome.retry_after is None or 15 <= outcome.retry_after <= 3600
    return outcome


@in_loop
async def test_no_value_of_a_header_makes_a_page_unreadable_for_long(server, caplog):
    """What HTTP itself forbids in a line breaks that one answer; what it allows breaks nothing."""
    tried = broken = 0
    clock = HandClock()
    async with fetching(clock=clock, deadline=5.0) as fetch:
        for lines in values():
            tried += 1
            hostile = answer(200, headers(READ, lines), WHOLE)
            first = await end_of(server, hostile, lambda: fetch.look(page(server.url())))
            broken += isinstance(first, Failure)
            again = await end_of(server, reply(WHOLE), lambda: fetch.look(page(server.url())))
            assert isinstance(again, Report), lines
            clock.pass_by(1)
    assert tried > 1000
    assert broken < tried / 10
    assert caplog.records == []


@SOME_OR_ALL
@in_loop
async def test_no_value_of_a_header_gets_more_than_a_failure_of_a_kind(
    server, stranger, caplog, step
):
    async with fetching(deadline=5.0) as fetch:
        for lines in values(step):
            limited = answer(429, headers(("Retry-After", "Date", "Content-Encoding"), lines))
            for source in (page(server.url()), door(server.url("/"))):
                await end_of(server, limited, lambda source=source: fetch.look(source))
            sent = answer(302, headers(("Location", "Retry-After"), lines))
            moved = await end_of(server, sent, lambda: fetch.look(page(server.url())))
            assert isinstance(moved, Failure)
    assert caplog.records == []
    assert stranger.connections == 0


@SOME_OR_ALL
@in_loop
async def test_a_body_packed_in_a_way_nobody_knows_is_not_read(server, step):
    async with fetching(deadline=5.0) as fetch:
        for lines in values(step):
            packed = answer(200, headers(("Content-Encoding",), lines), WHOLE)
            outcome = await end_of(server, packed, lambda: fetch.look(page(server.url())))
            if any(line.strip(b"\t ") for line in lines):
                assert isinstance(outcome, Failure), lines
