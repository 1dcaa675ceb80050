"""Lengths, chunks and packings that lie, and content that is judged by what it is."""

import gzip
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from notifier.model.observation import Failure, FailureKind, Report
from tests.watch.fault_server import CLOSE, RESET, Endless, reply
from tests.watch.looking import SUMMARY, fetching, in_loop, outcome_of, page, statuspage
from tests.watch.test_fetch_faults import GZIP, HALF, HEAD, MIB, bomb, chunk, chunked, length

WHOLE = statuspage()
UNREADABLE, TRUNCATED = FailureKind.UNREADABLE, FailureKind.TRUNCATED

LAST = b"0\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(chunked(chunk(WHOLE), LAST, b"X-Sum: 1\r\n\r\n"), id="with a trailer"),
        pytest.param(
            chunked(b"%x;a=b\r\n%b\r\n" % (len(WHOLE), WHOLE), LAST, b"\r\n"), id="an extension"
        ),
        pytest.param(
            HEAD + b"Content-Length: %d\r\n" % len(WHOLE) * 2 + b"\r\n" + WHOLE,
            id="the same length twice",
        ),
        pytest.param(reply(WHOLE, content_type="application/octet-stream"), id="bytes"),
        pytest.param(reply(WHOLE, content_type="nonsense; charset=utf-16"), id="called nonsense"),
        pytest.param(reply(b"\xef\xbb\xbf" + WHOLE), id="with a mark of its encoding"),
    ],
)
@in_loop
async def test_what_is_whole_is_read_whatever_it_is_called(server, answer):
    server.say(SUMMARY, answer)
    assert isinstance(await outcome_of(page(server.url())), Report)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(reply(gzip.compress(gzip.compress(WHOLE)), **GZIP), UNREADABLE, id="nested"),
        pytest.param(
            reply(gzip.compress(bomb(32 * MIB)), **GZIP), UNREADABLE, id="a bomb within, kept shut"
        ),
        pytest.param(
            reply(zlib.compress(WHOLE), content_encoding="deflate"), UNREADABLE, id="zlib"
        ),
        pytest.param(reply(WHOLE, content_encoding="identity, gzip"), UNREADABLE, id="two names"),
        pytest.param(
            HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", UNREADABLE, id="lengths"
        ),
        pytest.param(
            (chunked(b"-5\r\nabcde\r\n", LAST, b"\r\n"), CLOSE), UNREADABLE, id="a negative chunk"
        ),
        pytest.param(
            (chunked(b"f" * 40 + b"\r\n" + WHOLE), CLOSE),
            UNREADABLE,
            id="a chunk beyond all numbers",
        ),
        pytest.param(
            (chunked(b"5\r\nabcdefgh\r\n", LAST, b"\r\n"), CLOSE), UNREADABLE, id="a long chunk"
        ),
        pytest.param(
            (chunked(chunk(WHOLE), LAST), Endless(b"a: b\r\n")), UNREADABLE, id="a bomb of trailers"
        ),
        pytest.param((chunked(chunk(WHOLE), LAST), CLOSE), TRUNCATED, id="no end of the trailers"),
        pytest.param((HEAD + b"\r\n" + WHOLE[:-1], CLOSE), UNREADABLE, id="one byte short"),
        pytest.param(b"HTTP/1.1 205 Reset\r\n\r\n", UNREADABLE, id="205"),
        pytest.param(b"HTTP/1.1 101 Switch\r\n\r\n" + WHOLE, UNREADABLE, id="101"),
        pytest.param(
            reply(WHOLE, 206, content_range="bytes 0-9/10"),
            UNREADABLE,
            id="a part nobody asked for",
        ),
        pytest.param(
            reply(b"<!doctype html><title>Oops", content_type="application/json"),
            FailureKind.WEB_PAGE,
            id="a web page called data",
        ),
    ],
)
@in_loop
async def test_what_is_not_whole_is_no_report(server, answer, kind):
    server.say(SUMMARY, (answer, CLOSE) if isinstance(answer, bytes) else answer)
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, Failure)
    assert outcome.kind is kind


@in_loop
async def test_a_body_in_a_hundred_thousand_pieces_is_given_up(server):
    server.say(SUMMARY, (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", Endless(chunk(b"x") * 999)))
    outcome = await outcome_of(page(server.url()))
    assert outcome.detail == f"The answer of {server.place} comes in too many small pieces."


@pytest.mark.parametrize("status", [500, 502, 503, 504, *range(520, 531), 599])
@in_loop
async def test_no_word_of_an_error_page_is_shown(server, status):
    page_of_the_cdn = b"<html><h1>Major outage: everything is down</h1></html>"
    server.say(SUMMARY, reply(page_of_the_cdn, status, retry_after="60"))
    outcome = await outcome_of(page(server.url()))
    assert outcome == Failure(
        FailureKind.HTTP,
        f"{server.place} cannot answer at the moment (HTTP {status}).",
        60.0,
        status,
    )


@pytest.mark.parametrize("end", [pytest.param(CLOSE, id="closed"), pytest.param(RESET, id="reset")])
@pytest.mark.parametrize(
    "half",
    [
        pytest.param(length("99999", HALF), id="short of its length"),
        pytest.param(chunked(chunk(HALF)), id="between chunks"),
        pytest.param(HEAD[:12], id="within its head"),
    ],
)
@in_loop
async def test_what_breaks_off_is_asked_for_once_more_on_a_new_connection(server, half, end):
    server.say(SUMMARY, (half, end), reply(WHOLE))
    async with fetching() as fetch:
        looked = await fetch.look(page(server.url()))
    assert isinstance(looked.outcome, Report)
    assert [request.connection for request in server.requests] == [1, 2]


# -- memory ----------------------------------------------------------------------------------

MOST_GROWTH = 32 * MIB

CHILD = """
import asyncio, sys
from pathlib import Path
from tests.watch.looking import fetching, page
from notifier.watch.thread import new_loop

def kib(name):
    line = next(line for line in Path("/proc/self/status").open() if line.startswith(name))
    return int(line.split()[1])

async def looks(here):
    async with fetching(deadline=60.0) as fetch:
        kinds = [(await fetch.look(page(here + "/good"))).outcome]
        before = kib("VmRSS")
        for path in sys.argv[2:]:
            kinds.append((await fetch.look(page(here + path))).outcome)
        print([type(one).__name__ for one in kinds], (kib("VmHWM") - before) * 1024)

with asyncio.Runner(loop_factory=new_loop) as runner:
    runner.run(looks(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the system's account of a process")
def test_nothing_that_is_sent_takes_more_than_32_mib(server):
    worst = {
        "/bomb": (reply(bomb(256 * MIB), **GZIP),),
        "/endless": (HEAD + b"\r\n", Endless(b"x" * 65536)),
        "/headers": (HEAD, Endless(b"a: b\r\n")),
        "/chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", Endless(chunk(b"x") * 999)),
        "/large": (reply(statuspage(more=4 * MIB - 2000)),),
    }
    server.say("/good" + SUMMARY, reply(WHOLE))
    for path, script in worst.items():
        server.say(path + SUMMARY, script)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, server.url(""), *worst],
        check=True,
        capture_output=True,
        text=True,
        timeout=100,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )
    outcomes, _, growth = done.stdout.strip().rpartition(" ")
    assert outcomes == str(["Report", "Failure", "Failure", "Failure", "Failure", "Report"])
    assert int(growth) < MOST_GROWTH
