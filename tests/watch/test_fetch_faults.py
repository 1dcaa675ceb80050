"""Broken answers and connections that break: none of it is a report, all of it is said."""

import asyncio
import gzip
import tracemalloc
import zlib

import pytest

from notifier.model.observation import Failure, FailureKind, Reading, Report, Says, Stage
from tests.watch.fault_server import CLOSE, HANG, RESET, Drip, Endless, FaultServer, reply
from tests.watch.looking import (
    SHORT,
    SUMMARY,
    door,
    fetching,
    in_loop,
    open_files,
    outcome_of,
    page,
    statuspage,
    until,
)

HEAD = b"HTTP/1.1 200 OK\r\n"
GZIP = {"content_encoding": "gzip"}
MIB = 1024 * 1024


def bomb(size: int) -> bytes:
    """`size` bytes of nothing, packed a thousandfold."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(pack.compress(bytes(MIB)) for _ in range(size // MIB))
    return packed + pack.flush()


def length(number: str, body: bytes) -> bytes:
    return HEAD + f"Content-Length: {number}\r\n\r\n".encode() + body


def chunked(*pieces: bytes) -> bytes:
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(pieces)


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


# -- what can be read ------------------------------------------------------------------------

WHOLE = statuspage()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((reply(WHOLE),), id="with its length"),
        pytest.param((chunked(chunk(WHOLE[:50]), chunk(WHOLE[50:]), b"0\r\n\r\n"),), id="chunked"),
        pytest.param((HEAD + b"\r\n" + WHOLE, CLOSE), id="until the connection is closed"),
        pytest.param((reply(gzip.compress(WHOLE), **GZIP),), id="packed"),
        pytest.param((reply(gzip.compress(WHOLE), content_encoding="X-GZIP"),), id="x-gzip"),
        pytest.param((reply(gzip.compress(WHOLE) + b"rest", **GZIP),), id="packed, and a rest"),
        pytest.param((reply(WHOLE, content_encoding="identity"),), id="identity"),
        pytest.param((reply(WHOLE, content_type="text/html"),), id="called a web page"),
        pytest.param((reply(WHOLE, alt_svc='h3=":443"'),), id="offering another protocol"),
        pytest.param((b"HTTP/1.1 103 Early\r\n\r\n" * 20 + reply(WHOLE),), id="after many hints"),
        pytest.param((Drip(reply(WHOLE)[:40], 0.001), reply(WHOLE)[40:]), id="slowly at first"),
    ],
)
@in_loop
async def test_a_whole_document_is_read_however_it_comes(server, answer):
    server.say(SUMMARY, answer)
    assert isinstance(await outcome_of(page(server.url())), Report)


@in_loop
async def test_four_mebibytes_are_read_and_one_byte_more_is_not(server):
    most = 4 * MIB
    rest = most - len(statuspage())
    async with fetching() as fetch:
        server.say(SUMMARY, reply(statuspage(more=rest)))
        enough = await fetch.look(page(server.url()))
        server.say(SUMMARY, reply(statuspage(more=rest + 1)))
        too_much = await fetch.look(page(server.url()))
    assert isinstance(enough.outcome, Report)
    assert too_much.outcome == Failure(
        FailureKind.TOO_LARGE, f"The answer of {server.place} is larger than 4 MiB."
    )


# -- what cannot -----------------------------------------------------------------------------

UNREADABLE, TRUNCATED = FailureKind.UNREADABLE, FailureKind.TRUNCATED
HALF = b'{"page": {"id": "tymt9n04zgry"}, "components": ['


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param((length("100000", WHOLE), CLOSE), TRUNCATED, id="shorter than it says"),
        pytest.param((chunked(chunk(WHOLE)), CLOSE), TRUNCATED, id="without a last chunk"),
        pytest.param((chunked(b"ffff\r\n" + WHOLE), CLOSE), TRUNCATED, id="cut within a chunk"),
        pytest.param((length("100000", WHOLE), RESET), TRUNCATED, id="reset within"),
        pytest.param((reply(gzip.compress(WHOLE)[:-20], **GZIP),), TRUNCATED, id="packed, cut"),
        pytest.param((HEAD + b"\r\n" + HALF, CLOSE), UNREADABLE, id="half, and no length"),
        pytest.param((length("10", WHOLE), CLOSE), UNREADABLE, id="longer than it says"),
        pytest.param((length("-1", WHOLE), CLOSE), UNREADABLE, id="negative length"),
        pytest.param((length("9223372036854775808", WHOLE), CLOSE), TRUNCATED, id="2^63 bytes"),
        pytest.param((length("1, 2", WHOLE), CLOSE), UNREADABLE, id="two lengths"),
        pytest.param((chunked(b"xyz\r\n" + WHOLE), CLOSE), UNREADABLE, id="chunk of no size"),
        pytest.param(
            (chunked(b"5;" + b"a" * MIB), CLOSE), UNREADABLE, id="endless chunk extension"
        ),
        pytest.param((HEAD + b"no colon\r\n\r\n", CLOSE), UNREADABLE, id="header without colon"),
        pytest.param((HEAD, Endless(b"a: b\r\n")), UNREADABLE, id="endless headers"),
        pytest.param((b"SSH-2.0-OpenSSH\r\n\r\n", CLOSE), UNREADABLE, id="another protocol"),
        pytest.param((reply(WHOLE, 999),), UNREADABLE, id="status 999"),
        pytest.param((b"HTTP/1.1 000 Odd\r\n\r\n", CLOSE), UNREADABLE, id="status 000"),
        pytest.param((reply(b"", 204),), UNREADABLE, id="204"),
        pytest.param((reply(WHOLE, 206),), UNREADABLE, id="206"),
        pytest.param((reply(b"", 300),), UNREADABLE, id="300"),
        pytest.param((reply(b"", 301),), UNREADABLE, id="redirected to nowhere"),
        pytest.param((reply(WHOLE, content_encoding="br"),), UNREADABLE, id="br"),
        pytest.param((reply(WHOLE, content_encoding="zstd"),), UNREADABLE, id="zstd"),
        pytest.param((reply(WHOLE, content_encoding="gzip, gzip"),), UNREADABLE, id="packed twice"),
        pytest.param((reply(WHOLE, content_encoding="magic"),), UNREADABLE, id="unknown packing"),
        pytest.param((reply(WHOLE, content_encoding="gzip"),), UNREADABLE, id="not packed at all"),
        pytest.param((reply(b""),), UNREADABLE, id="nothing"),
        pytest.param(
            (reply(b"<html><title>Sign in</title>"),), FailureKind.WEB_PAGE, id="web page"
        ),
        pytest.param((reply(b"", 511),), FailureKind.WEB_PAGE, id="511"),
        pytest.param((reply(b"", 401),), FailureKind.UNAUTHORISED, id="401"),
        pytest.param((reply(b"", 407),), FailureKind.PROXY, id="407"),
        pytest.param((reply(b"<html>error</html>", 502),), FailureKind.HTTP, id="502"),
        pytest.param((reply(b"", 530),), FailureKind.HTTP, id="530"),
        pytest.param((HEAD + b"\r\n", Endless(b"x" * 65536)), FailureKind.TOO_LARGE, id="endless"),
        pytest.param((reply(bomb(32 * MIB), **GZIP),), FailureKind.TOO_LARGE, id="a bomb"),
        pytest.param((CLOSE,), FailureKind.RESET, id="closed without a word"),
        pytest.param((RESET,), FailureKind.RESET, id="reset without a word"),
    ],
)
@in_loop
async def test_a_broken_answer_is_no_report(server, answer, kind):
    server.say(SUMMARY, answer)
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, Failure)
    assert outcome.kind is kind
    assert outcome.detail.endswith(".")


@in_loop
async def test_no_prefix_of_a_document_is_ever_a_report(server):
    source = page(server.url())
    async with fetching() as fetch:
        for end in range(0, len(WHOLE), 37):
            server.say(SUMMARY, (length(str(len(WHOLE)), WHOLE[:end]), CLOSE))
            looked = await fetch.look(source)
            assert looked.outcome.kind is FailureKind.TRUNCATED


@in_loop
async def test_a_bomb_takes_no_more_memory_than_any_large_page(server):
    server.say(SUMMARY, reply(bomb(256 * MIB), **GZIP))
    async with fetching() as fetch:
        await fetch.look(page(server.url("/other")))
        tracemalloc.start()
        try:
            looked = await fetch.look(page(server.url()))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert looked.outcome.kind is FailureKind.TOO_LARGE
    assert peak < 16 * MIB


@in_loop
async def test_where_nobody_listens_the_connection_is_refused():
    with FaultServer() as gone:
        url = gone.url()
    assert (await outcome_of(page(url))).kind is FailureKind.REFUSED


@in_loop
async def test_a_name_nobody_has_is_not_found(names):
    names["nobody.invalid"] = ()
    outcome = await outcome_of(page("https://nobody.invalid/"))
    assert outcome.kind is FailureKind.DNS
    assert "nobody.invalid" in outcome.detail


@in_loop
async def test_an_address_that_leads_nowhere_does_not_hide_the_one_that_works(
    server_half_reachable,
):
    server_half_reachable.say(SUMMARY, reply(WHOLE))
    url = f"http://status.example.test:{server_half_reachable.port}/"
    assert isinstance(await outcome_of(page(url), deadline=3.0), Report)


# -- connections that were kept --------------------------------------------------------------


@in_loop
async def test_connections_are_kept_and_fresh_ones_are_new(server):
    server.say(SUMMARY, reply(WHOLE))
    async with fetching() as fetch:
        for fresh in (False, False, True, False):
            await fetch.look(page(server.url()), fresh=fresh)
    assert [request.connection for request in server.requests] == [1, 1, 2, 1]


@in_loop
async def test_a_doubt_is_settled_by_two_answers_on_two_connections(server):
    server.say("/", reply(b"", 502), reply(b"ok"))
    async with fetching() as fetch:
        settling = await fetch.look(door(server.url("/")), fresh=True)
    assert settling.outcome.says is Says.REACHABLE
    assert [request.connection for request in server.requests] == [1, 2]


@in_loop
async def test_trouble_over_there_is_asked_once_where_nothing_is_to_be_settled(server):
    server.say("/", reply(b"", 502), reply(b"ok"))
    async with fetching() as fetch:
        looked = await fetch.look(door(server.url("/")))
    assert looked.outcome.says is Says.FAILING
    assert len(server.requests) == 1


@in_loop
async def test_who_asks_for_a_while_without_questions_is_not_asked_twice(server):
    server.say("/", reply(b"", 503, retry_after="30"), reply(b"ok"))
    async with fetching() as fetch:
        await fetch.look(door(server.url("/")), fresh=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answers", "stumbled"),
    [
        pytest.param((reply(b"ok"),), False, id="it held"),
        pytest.param(((RESET,), reply(b"ok")), True, id="the second one held"),
        pytest.param(((RESET,), (RESET,)), True, id="neither held"),
    ],
)
@in_loop
async def test_a_look_says_whether_a_connection_broke(server, answers, stumbled):
    server.say("/", *answers)
    async with fetching() as fetch:
        looked = await fetch.look(door(server.url("/")))
    assert looked.stumbled is stumbled


@in_loop
async def test_a_kept_connection_that_was_closed_is_not_noticed(server):
    server.say(SUMMARY, reply(WHOLE))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url()))
        server.cut()
        second = await fetch.look(page(server.url()))
    assert second.outcome is first.outcome
    assert server.connections == 2


@pytest.mark.parametrize("end", [pytest.param(CLOSE, id="closed"), pytest.param(RESET, id="reset")])
@in_loop
async def test_a_kept_connection_that_dies_at_the_next_request_is_not_noticed(server, end):
    server.say(SUMMARY, reply(WHOLE), (end,), reply(WHOLE))
    async with fetching() as fetch:
        first = await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert second.outcome is first.outcome
    assert second.requests == 2


@in_loop
async def test_a_kept_connection_that_has_fallen_silent_is_given_up_for_a_new_one(server):
    server.say(SUMMARY, reply(WHOLE), (HANG,), reply(WHOLE))
    async with fetching(patience=SHORT) as fetch:
        first = await fetch.look(page(server.url()))
        second = await fetch.look(page(server.url()))
    assert second.outcome is first.outcome
    assert [request.connection for request in server.requests] == [1, 1, 2]


@in_loop
async def test_a_new_connection_may_take_longer_to_answer_than_a_kept_one(server):
    server.say(SUMMARY, (Drip(b"HTTP/1.1 ", 0.1), reply(WHOLE)[9:]))
    assert isinstance(await outcome_of(page(server.url()), patience=0.2), Report)
    assert server.connections == 1


@in_loop
async def test_an_answer_that_breaks_off_is_asked_for_once_more(server):
    server.say(SUMMARY, (length("99999", HALF), CLOSE), reply(WHOLE))
    async with fetching() as fetch:
        looked = await fetch.look(page(server.url()))
    assert isinstance(looked.outcome, Report)
    assert looked.requests == 2


@in_loop
async def test_a_look_tries_twice_and_no_more(server):
    server.say(SUMMARY, (RESET,))
    async with fetching() as fetch:
        looked = await fetch.look(page(server.url()))
    assert looked.outcome.kind is FailureKind.RESET
    assert looked.requests == len(server.requests) == 2
    assert looked.latency is None


@in_loop
async def test_the_second_try_is_the_only_one_of_a_look_with_all_its_steps(server):
    server.say(SUMMARY, (RESET,), reply(b"", 302, location="/elsewhere"))
    server.say("/elsewhere", (RESET,), reply(WHOLE))
    assert (await outcome_of(page(server.url()))).kind is FailureKind.RESET
    assert server.paths() == [SUMMARY, SUMMARY, "/elsewhere"]


@in_loop
async def test_after_the_network_has_changed_every_connection_is_new(server):
    server.say(SUMMARY, reply(WHOLE))
    async with fetching() as fetch:
        await fetch.look(page(server.url()))
        await fetch.forget()
        await fetch.look(page(server.url()))
    assert [request.connection for request in server.requests] == [1, 2]


@in_loop
async def test_a_look_under_way_when_the_network_changes_begins_anew(server, no_collector):
    server.say(SUMMARY, (HANG,), reply(WHOLE))
    async with fetching() as fetch:
        before = open_files()
        look = asyncio.create_task(fetch.look(page(server.url())))
        await until(lambda: server.requests)
        await fetch.forget()
        looked = await look
        assert isinstance(looked.outcome, Report)
        assert [request.connection for request in server.requests] == [1, 2]
        await until(lambda: open_files() <= before)


@in_loop
async def test_a_connection_made_while_the_network_changes_is_not_kept(server, no_collector):
    server.say(SUMMARY, (Drip(reply(WHOLE)[:5], 0.05), reply(WHOLE)[5:]))
    async with fetching() as fetch:
        before = open_files()
        look = asyncio.create_task(fetch.look(page(server.url())))
        await asyncio.sleep(0)
        await fetch.forget()
        assert isinstance((await look).outcome, Report)
        await until(lambda: open_files() <= before)


@in_loop
async def test_no_failure_leaves_a_connection_open(server, no_collector):
    answers = [
        (RESET,),
        (CLOSE,),
        (length("9999", HALF), CLOSE),
        (length("9999", HALF), HANG),
        reply(b"<html>", 503),
        reply(bomb(8 * MIB), **GZIP),
        (HEAD, Endless(b"a: b\r\n")),
        reply(WHOLE, content_encoding="br"),
        (HANG,),
        reply(b"", 301, location="/elsewhere"),
    ]
    for number, answer in enumerate(answers):
        server.say(f"/{number}{SUMMARY}", answer)

    async def look_at_all(fetch, times: int) -> None:
        for _ in range(times):
            for number in range(len(answers)):
                await fetch.look(page(server.url(f"/{number}")), fresh=number % 2 == 0)

    async with fetching(deadline=0.05) as fetch:
        await look_at_all(fetch, 1)
        await fetch.forget()
        before = open_files()
        await look_at_all(fetch, 30)
        await fetch.forget()
        await until(lambda: open_files() <= before)


# -- front doors -----------------------------------------------------------------------------


@in_loop
async def test_a_front_door_is_read_by_its_answer_whatever_it_is(server):
    server.say("/v1/models", reply(b"{}", 401))
    outcome = await outcome_of(door(server.url("/v1/models")))
    assert isinstance(outcome, Reading)
    assert (outcome.says is Says.FAILING, outcome.status) == (False, 401)


@in_loop
async def test_a_redirect_of_a_front_door_is_its_answer_and_not_followed(server):
    server.say("/", reply(b"", 302, location="/elsewhere"))
    outcome = await outcome_of(door(server.url("/")))
    assert outcome.status == 302
    assert server.paths() == ["/"]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((HEAD + b"\r\n", Endless(b"x" * 65536)), id="endless"),
        pytest.param((reply(b"\xff\xff", content_encoding="br"),), id="packed in a foreign way"),
        pytest.param((reply(bomb(8 * MIB), **GZIP),), id="a bomb"),
    ],
)
@in_loop
async def test_the_body_of_a_front_door_does_not_matter(server, answer):
    server.say("/", answer)
    outcome = await outcome_of(door(server.url("/")))
    assert isinstance(outcome, Reading)
    assert outcome.status == 200


@pytest.mark.parametrize(
    ("script", "deadline"),
    [
        pytest.param((RESET,), 10.0, id="cut"),
        pytest.param((HANG,), SHORT, id="silent"),
    ],
)
@in_loop
async def test_a_front_door_that_says_nothing_is_failing(server, script, deadline):
    server.say("/", script)
    outcome = await outcome_of(door(server.url("/")), deadline=deadline)
    assert isinstance(outcome, Reading)
    assert (outcome.says, outcome.stage) == (Says.FAILING, Stage.FRONT)


@in_loop
async def test_a_front_door_nobody_can_reach_says_nothing_about_it():
    with FaultServer() as gone:
        url = gone.url()
    assert (await outcome_of(door(url))).kind is FailureKind.REFUSED
