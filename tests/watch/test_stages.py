"""One exchange step by step: each stage timed, who vouches for the host, where it ended."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from notifier.model.observation import FailureKind, Stage
from notifier.watch.stages import walk
from notifier.watch.wire import Wire
from tests.watch.authorities import Authority
from tests.watch.fault_server import CLOSE, HANG, FaultServer, Tunnel, reply
from tests.watch.looking import in_loop


async def walked(url, within=30.0, **about_wire):
    wire = Wire(**{"proxy": "none", **about_wire})
    try:
        return await walk(wire, url, within)
    finally:
        await wire.close()


def stages(seen):
    return [step.stage for step in seen.steps]


@in_loop
async def test_every_stage_of_a_plain_answer_is_timed(server):
    server.say("/204", reply(b"", 204))
    seen = await walked(server.url("/204"))
    assert seen.failure is None
    assert stages(seen) == [Stage.CONNECT, Stage.FRONT]
    assert all(step.seconds >= 0 for step in seen.steps)
    assert seen.detail.startswith("HTTP 204 in ")


@in_loop
async def test_looking_up_a_name_is_a_stage_of_its_own(server):
    server.say("/204", reply(b"", 204))
    seen = await walked(server.url("/204").replace("127.0.0.1", "localhost"))
    assert stages(seen) == [Stage.DNS, Stage.CONNECT, Stage.FRONT]


@in_loop
async def test_who_vouches_for_the_host_is_named(tmp_path):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("127.0.0.1")) as server:
        server.say("/204", reply(b"", 204))
        seen = await walked(server.url("/204"), ca=authority.ca)
    assert stages(seen) == [Stage.CONNECT, Stage.TLS, Stage.FRONT]
    assert seen.issuer is not None
    assert "trustme" in seen.issuer


@in_loop
async def test_an_authority_nobody_knows_ends_it_at_tls(tmp_path):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("127.0.0.1")) as server:
        seen = await walked(server.url("/204"))
    assert (seen.failure.kind, seen.stopped) == (FailureKind.CERTIFICATE_ISSUER, Stage.TLS)
    assert stages(seen) == [Stage.CONNECT]


@in_loop
async def test_a_login_page_of_the_network_is_no_answer(server):
    server.say("/204", reply(b"<!doctype html><title>Hotel</title>"))
    seen = await walked(server.url("/204"))
    assert (seen.failure.kind, seen.stopped) == (FailureKind.WEB_PAGE, Stage.FRONT)


@in_loop
async def test_a_host_that_says_nothing_is_not_waited_for_for_ever(server):
    server.say("/204", (HANG,))
    seen = await walked(server.url("/204"), within=0.3)
    assert (seen.failure.kind, seen.stopped) == (FailureKind.TIMEOUT, Stage.FRONT)


@in_loop
async def test_the_clock_of_the_host_is_compared(server):
    there = datetime.now(UTC) + timedelta(hours=1)
    server.say("/204", reply(b"", 204, date=format_datetime(there, usegmt=True)))
    seen = await walked(server.url("/204"))
    assert timedelta(minutes=55) < seen.ahead < timedelta(minutes=65)


@pytest.mark.parametrize("date", ["", "soon", "Mon, 99 Foo 2026 99:99:99 GMT"])
@in_loop
async def test_a_date_nobody_can_read_is_none(server, date):
    server.say("/204", reply(b"", 204, date=date))
    assert (await walked(server.url("/204"))).ahead is None


@in_loop
async def test_a_proxy_is_named_without_its_password(server, tmp_path):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("reference.test")) as behind:
        behind.say("/204", reply(b"", 204))
        server.say("reference.test:443", (b"HTTP/1.1 200 OK\r\n\r\n", Tunnel(behind.port)))
        proxy = f"http://me:canary-pass@127.0.0.1:{server.port}"
        seen = await walked("https://reference.test/204", proxy=proxy, ca=authority.ca)
    assert seen.failure is None
    assert seen.proxy == f"127.0.0.1:{server.port}"
    assert "canary" not in repr(seen)
    assert Stage.TLS in stages(seen)


@in_loop
async def test_a_name_nobody_has_is_no_stage_passed(names):
    names["reference.test"] = ()
    seen = await walked("http://reference.test/204")
    assert (seen.failure.kind, seen.stopped) == (FailureKind.DNS, Stage.DNS)
    assert seen.steps == ()


@in_loop
async def test_a_proxy_that_refuses_is_the_proxys_trouble(server):
    server.say("reference.test:443", (b"HTTP/1.1 407 No\r\n\r\n", CLOSE))
    proxy = f"http://127.0.0.1:{server.port}"
    seen = await walked("https://reference.test/204", proxy=proxy)
    assert seen.failure.kind is FailureKind.PROXY
