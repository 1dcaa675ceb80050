"""Secure connections: who is believed, and what is said of one who is not."""

import ssl

import pytest

from notifier.model.observation import Failure, FailureKind, Report, Stage
from notifier.watch.trust import Trust, nobody
from notifier.watch.wire import Wire
from tests.watch.authorities import DAY, NOW, Authority
from tests.watch.fault_server import CLOSE, HANG, FaultServer, reply
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


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@in_loop
async def test_an_authority_of_the_persons_own_is_believed(authority):
    with FaultServer(tls=authority.context("127.0.0.1")) as server:
        server.say(SUMMARY, reply(statuspage()))
        async with fetching(ca=authority.ca) as fetch:
            first = await fetch.look(page(server.url()))
            await fetch.look(page(server.url()))
    assert isinstance(first.outcome, Report)
    assert server.connections == 1


@pytest.mark.parametrize(
    ("names", "dates", "kind", "says"),
    [
        pytest.param(
            ("127.0.0.1",),
            {"begins": NOW - 2 * DAY, "ends": NOW - DAY},
            FailureKind.CERTIFICATE_DATE,
            "has expired, by this computer's clock.",
            id="expired",
        ),
        pytest.param(
            ("127.0.0.1",),
            {"begins": NOW + DAY, "ends": NOW + 2 * DAY},
            FailureKind.CERTIFICATE_DATE,
            "is not valid yet, by this computer's clock.",
            id="not yet valid",
        ),
        pytest.param(
            ("127.0.0.2",),
            {},
            FailureKind.CERTIFICATE_NAME,
            "is made out to another name.",
            id="another address",
        ),
        pytest.param(
            ("example.test",),
            {},
            FailureKind.CERTIFICATE_NAME,
            "is made out to another name.",
            id="another name",
        ),
    ],
)
@in_loop
async def test_a_wrong_certificate_is_refused_with_the_reason(authority, names, dates, kind, says):
    with FaultServer(tls=authority.context(*names, **dates)) as server:
        async with fetching(ca=authority.ca) as fetch:
            looked = await fetch.look(page(server.url()))
    assert looked.outcome == Failure(kind, f"The certificate of {server.place} {says}")
    assert looked.stopped is Stage.TLS
    assert server.requests == []


@in_loop
async def test_an_unknown_authority_is_not_believed(authority):
    """Who opens secure connections on the way signs the right name with an authority of theirs."""
    with FaultServer(tls=authority.context("127.0.0.1")) as server:
        async with fetching() as fetch:
            looked = await fetch.look(page(server.url()))
    assert looked.stopped is Stage.TLS
    assert looked.outcome == Failure(
        FailureKind.CERTIFICATE_ISSUER,
        f"The certificate of {server.place} "
        "was issued by an authority this computer does not know.",
    )
    assert server.requests == []


@in_loop
async def test_a_name_is_checked_against_the_name_that_was_asked(authority):
    with FaultServer(tls=authority.context("status.example.test")) as server:
        server.say(SUMMARY, reply(statuspage()))
        route = {"route": lambda url: url.replace("status.example.test", server.place)}
        right = await outcome_of(page("https://status.example.test/"), ca=authority.ca, **route)
    assert isinstance(right, Report)


@in_loop
async def test_old_tls_is_refused(authority):
    context = authority.context("127.0.0.1")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with FaultServer(tls=context) as server:
        outcome = await outcome_of(page(server.url()), ca=authority.ca)
    assert outcome.kind is FailureKind.TLS


@in_loop
async def test_a_server_that_does_not_speak_tls_says_so(server):
    server.say("/", reply(b""))
    with FaultServer(greeting=(b"HTTP/1.1 400 Bad Request\r\n\r\n", CLOSE)) as plain:
        outcome = await outcome_of(page(f"https://{plain.place}/"))
    assert outcome == Failure(
        FailureKind.TLS, f"No secure connection to {plain.place}: wrong version number."
    )


@in_loop
async def test_a_server_that_stops_after_the_greeting_runs_into_the_deadline():
    with FaultServer(greeting=(HANG,)) as mute:
        outcome = await outcome_of(page(f"https://{mute.place}/"), deadline=SHORT)
    assert outcome == Failure(
        FailureKind.TIMEOUT,
        f"{mute.place} did not complete the secure connection within 0.3 s.",
    )


@in_loop
async def test_a_connection_given_up_while_it_was_secured_is_closed(no_collector):
    with FaultServer(greeting=(HANG,)) as mute:
        async with fetching(deadline=0.05) as fetch:
            await fetch.look(page(f"https://{mute.place}/"))
            before = open_files()
            for _ in range(10):
                await fetch.look(page(f"https://{mute.place}/"))
            await until(lambda: open_files() <= before)


@in_loop
async def test_a_server_that_hangs_up_within_the_greeting_has_cut_the_connection():
    with FaultServer(greeting=(CLOSE,)) as rude:
        outcome = await outcome_of(door(f"https://{rude.place}/"))
    assert outcome.stage is Stage.TLS


def test_extra_authorities_that_cannot_be_read_are_complained_of(tmp_path):
    missing, broken = tmp_path / "missing.pem", tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for file in (missing, broken):
        trust = Trust(str(file))
        assert trust.context.verify_mode is ssl.CERT_REQUIRED
        assert trust.complaint.startswith(f"The extra authorities in {file} cannot be used")


def test_without_extra_authorities_there_is_nothing_to_complain_of(authority):
    good = Trust(authority.ca)
    assert good.context.cert_store_stats()["x509_ca"] > 0
    assert good.complaint is None
    assert Trust().complaint is None


@in_loop
async def test_authorities_are_read_only_for_connections_that_need_them(tmp_path):
    wire = Wire(proxy="none", ca=str(tmp_path / "none.pem"))
    with FaultServer() as server:
        server.say(SUMMARY, reply(statuspage()))
        async with fetching(wire=wire, deadline=2.0) as fetch:
            assert isinstance((await fetch.look(page(server.url()))).outcome, Report)
            assert wire.complaint is None
            await fetch.look(page(server.url().replace("http://", "https://")))
    assert wire.complaint is not None


def test_where_no_authorities_were_read_nobody_is_believed():
    assert nobody().cert_store_stats()["x509"] == 0
    assert nobody().verify_mode is ssl.CERT_REQUIRED
    assert nobody().check_hostname
