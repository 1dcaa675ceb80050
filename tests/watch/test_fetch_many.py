"""Many failures, one after another and all at once: nothing is left open and nothing piles up."""

import asyncio
import socket
import threading

import pytest

from notifier.model.observation import Failure, FailureKind, Reading, Report
from notifier.watch.thread import MOST_LOOKUPS
from tests.watch.fault_server import CLOSE, HANG, RESET, Endless, FaultServer, reply
from tests.watch.looking import (
    SHORT,
    SUMMARY,
    door,
    fetching,
    in_loop,
    open_files,
    page,
    statuspage,
    until,
)
from tests.watch.test_fetch_faults import GZIP, HALF, HEAD, MIB, bomb, length

FAILING = (
    (RESET,),
    (CLOSE,),
    (HEAD[:9], CLOSE),
    (length("9999", HALF), CLOSE),
    (length("9999", HALF), RESET),
    (b"HTTP/1.1 999 Odd\r\n\r\n", CLOSE),
    (reply(b"<html>", 503),),
    (reply(b"", 429, retry_after="0"),),
    (reply(b"<html>"),),
    (reply(b"{}"),),
    (reply(b"x", content_encoding="br"),),
    (reply(b"not packed", **GZIP),),
    (reply(b"", 301, location="/elsewhere"),),
    (reply(b"", 302, location="http://[::1"),),
)


LONG = [pytest.mark.slow, pytest.mark.timeout(600)]

KEPT = 4
"""Files of the connections that may be kept to the one host that answers."""


def lookups() -> int:
    """How many threads look up names."""
    return sum(thread.name.startswith("look-up") for thread in threading.enumerate())


def sources(server, gone: str):
    """One source for each way of failing."""
    for number, script in enumerate(FAILING):
        server.say(f"/{number}{SUMMARY}", script)
        yield page(server.url(f"/{number}"))
    server.say("/moved", (HEAD, Endless(b"a: b\r\n")))
    yield from (door(server.url("/moved")), door(gone), page("http://nobody.invalid/"))


@pytest.mark.parametrize(
    "looks",
    [pytest.param(500, id="500"), pytest.param(10_000, id="10,000", marks=LONG)],
)
@in_loop
async def test_after_many_failures_no_more_is_open_than_before(server, names, looks):
    names["nobody.invalid"] = ()
    with FaultServer() as closed:
        gone = closed.url("/")
    failing = list(sources(server, gone))
    async with fetching() as fetch:
        before = open_files()
        for number in range(looks):
            looked = await fetch.look(failing[number % len(failing)], fresh=number % 7 == 0)
            assert not isinstance(looked.outcome, Report)
        # A kept connection is one file here and one at the server, which is in this process too.
        await until(lambda: open_files() <= before + KEPT)
        await fetch.forget()
        await until(lambda: open_files() <= before)
    assert lookups() <= MOST_LOOKUPS
    await until(lambda: len(asyncio.all_tasks()) == 1)


FORTY = 40


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        pytest.param((HANG,), FailureKind.TIMEOUT, id="silence"),
        pytest.param((RESET,), FailureKind.RESET, id="cut"),
        pytest.param((reply(b"<html>Sign in"),), FailureKind.WEB_PAGE, id="a login page"),
        pytest.param((length("9999", HALF), HANG), FailureKind.TIMEOUT, id="half, then silence"),
        pytest.param((reply(bomb(8 * MIB), **GZIP),), FailureKind.TOO_LARGE, id="bombs"),
    ],
)
@in_loop
async def test_forty_that_fail_in_one_second_all_end_and_leave_nothing(server, names, script, kind):
    hosts = [f"status.{number}.test" for number in range(FORTY)]
    names.update(dict.fromkeys(hosts, (server.host,)))
    server.say(SUMMARY, script)
    patient = 3 * SHORT if kind is FailureKind.TIMEOUT else 30.0
    async with fetching(deadline=patient) as fetch:
        before = open_files()
        async with asyncio.timeout(60):
            looked = await asyncio.gather(
                *(fetch.look(page(f"http://{host}:{server.port}/")) for host in hosts)
            )
        assert {one.outcome.kind for one in looked} == {kind}
        assert len(server.requests) <= 2 * FORTY
        await until(lambda: len(asyncio.all_tasks()) == 1)
        server.say(SUMMARY, reply(statuspage()))
        again = await fetch.look(page(f"http://{hosts[0]}:{server.port}/"))
        assert isinstance(again.outcome, Report)
        await fetch.forget()
        await until(lambda: open_files() <= before)


@pytest.mark.parametrize("own", [None, frozenset()], ids=["anywhere", "public only"])
@in_loop
async def test_forty_names_that_are_never_found_take_eight_threads_at_most(monkeypatch, own):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(30) and [])
    try:
        async with fetching(deadline=SHORT, own=own) as fetch, asyncio.timeout(60):
            doors = [door(f"http://{number}.test/") for number in range(FORTY)]
            looked = await asyncio.gather(*map(fetch.look, doors))
            assert lookups() <= MOST_LOOKUPS
    finally:
        over.set()
    assert {one.outcome.kind for one in looked} == {FailureKind.DNS}


@in_loop
async def test_a_door_that_answers_is_heard_among_forty_that_hang(server):
    server.say("/well", reply(b"{}", 401))
    server.say("/", (HANG,))
    async with fetching(deadline=2 * SHORT) as fetch:
        hanging = [asyncio.ensure_future(fetch.look(door(server.url("/")))) for _ in range(FORTY)]
        well = await fetch.look(door(server.url("/well")), fresh=True)
        assert isinstance(well.outcome, Reading)
        assert not isinstance(well.outcome, Failure)
        assert not well.outcome.bad
        await asyncio.gather(*hanging)
