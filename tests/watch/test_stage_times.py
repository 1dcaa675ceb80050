"""Every look says how long each of its stages took, and at which one it broke."""

import pytest

from notifier import probes
from notifier.model.observation import (
    Failure,
    FailureKind,
    Reading,
    Report,
    Says,
    Stage,
    StageTime,
)
from notifier.watch.looker import Looked
from tests.watch.authorities import Authority
from tests.watch.engine_room import Network, a_room, play
from tests.watch.fault_server import HANG, FaultServer, Tunnel, reply
from tests.watch.looking import (
    SHORT,
    SUMMARY,
    HandClock,
    door,
    fetching,
    in_loop,
    neutral,
    page,
    statuspage,
)

DNS, CONNECT, TLS, FRONT = Stage.DNS, Stage.CONNECT, Stage.TLS, Stage.FRONT


async def looked_at(source, **about_fetch):
    async with fetching(**about_fetch) as fetch:
        return await fetch.look(source)


def passed(looked) -> list[Stage]:
    assert all(one.seconds >= 0 for one in looked.stages)
    return [one.stage for one in looked.stages]


@in_loop
async def test_a_new_connection_passes_every_stage_and_a_kept_one_only_the_last(tmp_path, names):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("status.example.test")) as server:
        server.say(SUMMARY, reply(statuspage()))
        names["status.example.test"] = (server.host,)
        source = page(f"https://status.example.test:{server.port}/")
        async with fetching(ca=authority.ca) as fetch:
            first, kept, fresh = [
                await fetch.look(source, fresh=fresh) for fresh in (False, False, True)
            ]
    assert isinstance(first.outcome, Report)
    assert passed(first) == [DNS, CONNECT, TLS, FRONT]
    assert passed(kept) == [FRONT]
    assert passed(fresh) == [DNS, CONNECT, TLS, FRONT]
    assert [one.stopped for one in (first, kept, fresh)] == [None, None, None]


@in_loop
async def test_the_stages_of_a_look_are_not_longer_than_all_of_it(server):
    server.say("/", reply(b"", 401))
    looked = await looked_at(door(server.url()))
    assert sum(one.seconds for one in looked.stages) <= looked.latency + 0.001


@in_loop
async def test_a_look_that_goes_on_elsewhere_tells_of_its_last_exchange(server):
    server.say(SUMMARY, reply(b"", 302, location="/there"))
    server.say("/there", reply(statuspage()))
    assert passed(await looked_at(page(server.url()))) == [FRONT]


@in_loop
async def test_a_connection_made_anew_within_a_look_counts_from_its_own_beginning(server):
    server.say("/", reply(b"", 401))
    async with fetching() as fetch:
        await fetch.look(door(server.url()))
        server.cut()
        again = await fetch.look(door(server.url()))
    assert passed(again) == [CONNECT, FRONT]


@in_loop
async def test_a_product_that_answers_has_done_so_with_the_whole_answer(server, monkeypatch):
    product = Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 200", "the product answers")
    monkeypatch.setattr(probes, "read", lambda *_: product)
    server.say("/", reply(b"{}"))
    looked = await looked_at(door(server.url()))
    assert passed(looked) == [CONNECT, FRONT, Stage.PRODUCT]


@in_loop
async def test_the_time_of_an_answer_is_noted_by_our_own_clock(server):
    server.say("/", reply(b"", 401, date="Mon, 23 Nov 2026 14:00:00 GMT"))
    looked = await looked_at(door(server.url()), clock=HandClock())
    assert looked.outcome.ahead == 7200


class Tired(Network):
    """Nobody answers, after the connection has come about."""

    async def look(self, source, *, fresh=False):
        silence = Failure(FailureKind.TIMEOUT, "no answer")
        return Looked(silence, stages=(StageTime(CONNECT, 0.02),), stopped=FRONT)


def test_the_engine_has_them_stand_in_the_evidence():
    async def story() -> None:
        room = a_room(1, network=Tired)
        await room.begin()
        await room.wait(5)
        (row,) = room.shown.pictures[-1].rows
        seen = row.verdict.evidence[0]
        assert (seen.stages, seen.stopped) == ((StageTime(CONNECT, 0.02),), FRONT)
        await room.end()

    play(story)


# -- your side: each trouble by its own evidence ----------------------------------------------


@in_loop
async def test_a_name_that_is_not_found(names):
    names["api.example.test"] = ()
    looked = await looked_at(door("https://api.example.test/"))
    assert (passed(looked), looked.stopped) == ([], DNS)


@in_loop
async def test_a_resolver_that_lies_is_not_followed(names, server):
    names["api.example.test"] = ("10.9.8.7",)
    looked = await looked_at(door("https://api.example.test/"), own=frozenset())
    assert looked.outcome == Failure(
        FailureKind.REDIRECTED,
        "The name api.example.test leads to an address inside this network; we do not go there.",
    )
    assert (passed(looked), looked.stopped) == ([DNS], CONNECT)


@in_loop
async def test_nobody_listens(names):
    with FaultServer() as gone:
        names["api.example.test"] = (gone.host,)
    looked = await looked_at(door(f"http://api.example.test:{gone.port}/"))
    assert looked.outcome.kind is FailureKind.REFUSED
    assert (passed(looked), looked.stopped) == ([DNS], CONNECT)


@in_loop
async def test_a_connection_that_is_opened_on_the_way(tmp_path):
    with FaultServer(tls=Authority(tmp_path).context("127.0.0.1")) as between:
        looked = await looked_at(door(between.url()))
    assert looked.outcome == Failure(
        FailureKind.CERTIFICATE_ISSUER,
        f"The certificate of {between.place} "
        "was issued by an authority this computer does not know.",
    )
    assert (passed(looked), looked.stopped) == ([CONNECT], TLS)


@pytest.mark.parametrize("https", [True, False], ids=["tunnel", "plain"])
@in_loop
async def test_a_proxy_that_asks_for_a_password(server, https):
    who = b"HTTP/1.1 407 Who?\r\nContent-Length: 0\r\n\r\n"
    server.say("api.example.test:443", who)
    server.say("http://api.example.test/", who)
    url = f"http{'s' if https else ''}://api.example.test/"
    looked = await looked_at(door(url), proxy=f"http://{server.place}")
    assert looked.outcome.kind is FailureKind.PROXY
    assert "password" in looked.outcome.detail
    assert (passed(looked), looked.stopped) == (
        ([], CONNECT) if https else ([CONNECT, FRONT], FRONT)
    )


@in_loop
async def test_a_tunnel_is_part_of_the_connection_and_the_rest_is_the_hosts_own(server, tmp_path):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("api.example.test")) as behind:
        behind.say("/", reply(b"", 401))
        server.say("api.example.test:443", (b"HTTP/1.1 200 Go\r\n\r\n", Tunnel(behind.port)))
        about = {"proxy": f"http://{server.place}", "ca": authority.ca}
        looked = await looked_at(door("https://api.example.test/"), **about)
    assert passed(looked) == [CONNECT, TLS, FRONT]
    assert looked.stopped is None


@in_loop
async def test_a_login_page_of_the_network(server):
    server.say("/204", reply(b"<!doctype html><title>Hotel</title>"))
    looked = await looked_at(neutral(server.url("/204")))
    assert looked.outcome == Failure(
        FailureKind.WEB_PAGE,
        "A web page came from a host that has none: the network may want a login.",
    )
    assert (passed(looked), looked.stopped) == ([CONNECT, FRONT], FRONT)


@pytest.mark.parametrize(
    ("script", "stages", "says"),
    [
        pytest.param((HANG,), [CONNECT], "did not answer within 0.3 s.", id="never speaks"),
        pytest.param(
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", HANG),
            [CONNECT, FRONT],
            "did not end within 0.3 s.",
            id="falls silent after its first words",
        ),
    ],
)
@in_loop
async def test_a_peer_that_goes_on_holding_the_line(server, script, stages, says):
    server.say("/", script)
    server.say(SUMMARY, script)
    at_door = await looked_at(door(server.url()), deadline=SHORT)
    at_page = await looked_at(page(server.url()), deadline=SHORT)
    assert isinstance(at_door.outcome, Reading)
    assert at_door.outcome.says is Says.FAILING
    assert at_page.outcome.kind is FailureKind.TIMEOUT
    for looked in (at_door, at_page):
        assert looked.outcome.detail.endswith(says)
        assert (passed(looked), looked.stopped) == (stages, FRONT)


@in_loop
async def test_a_peer_that_never_makes_the_connection_secure():
    with FaultServer(greeting=(HANG,)) as mute:
        looked = await looked_at(door(f"https://{mute.place}/"), deadline=SHORT)
    assert (passed(looked), looked.stopped) == ([CONNECT], TLS)


@in_loop
async def test_what_was_not_asked_again_broke_nowhere(server):
    source = page(server.url(), engine=None)
    async with fetching() as fetch:
        first, again = [await fetch.look(source) for _ in range(2)]
    assert (first.stopped, again.stopped) == (FRONT, None)
    assert again.requests == 0


@in_loop
async def test_a_page_that_is_not_there_was_reached_all_the_same(server):
    looked = await looked_at(page(server.url()))
    assert looked.outcome.kind is FailureKind.HTTP
    assert (passed(looked), looked.stopped) == ([CONNECT, FRONT], FRONT)
