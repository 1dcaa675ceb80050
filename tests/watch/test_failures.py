"""What the system and httpx raise, in our kinds and in sentences for people."""

import asyncio
import errno
import socket
import ssl
import threading

import pytest

from notifier.model.observation import Failure, FailureKind, Reading, Stage
from notifier.watch import routes
from notifier.watch.failures import EXPECTED, explain, timed_out
from notifier.watch.lean_httpx import httpx
from notifier.watch.progress import Progress
from tests.watch.looking import SHORT, door, fetching, in_loop, outcome_of, page

PAGE = page("https://status.example.test/?token=secret")


def raising(error: BaseException):
    def route(url: str) -> str:
        raise error

    return route


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        pytest.param(
            OSError(errno.ENETUNREACH, "x"),
            FailureKind.OFFLINE,
            "This computer has no way to status.example.test.",
            id="no network",
        ),
        pytest.param(
            OSError(errno.EHOSTUNREACH, "x"),
            FailureKind.OFFLINE,
            "This computer has no way to status.example.test.",
            id="no route",
        ),
        pytest.param(
            socket.gaierror(socket.EAI_NONAME, "x"),
            FailureKind.DNS,
            "There is no host named status.example.test.",
            id="no such name",
        ),
        pytest.param(
            socket.gaierror(socket.EAI_AGAIN, "x"),
            FailureKind.DNS,
            "The name status.example.test could not be looked up.",
            id="no name server",
        ),
        pytest.param(
            ConnectionRefusedError(errno.ECONNREFUSED, "x"),
            FailureKind.REFUSED,
            "status.example.test refused the connection.",
            id="refused",
        ),
        pytest.param(
            PermissionError(errno.EPERM, "x"),
            FailureKind.REFUSED,
            "This computer itself does not allow a connection to status.example.test.",
            id="a firewall of our own",
        ),
        pytest.param(
            ConnectionResetError(errno.ECONNRESET, "x"),
            FailureKind.RESET,
            "status.example.test cut the connection.",
            id="reset",
        ),
        pytest.param(
            TimeoutError(errno.ETIMEDOUT, "x"),
            FailureKind.TIMEOUT,
            "status.example.test did not answer.",
            id="the system's own patience",
        ),
        pytest.param(
            ssl.SSLCertVerificationError(1, "x"),
            FailureKind.TLS,
            "The certificate of status.example.test is not accepted.",
            id="a certificate",
        ),
        pytest.param(
            OSError(errno.EMFILE, "x"),
            FailureKind.INTERNAL,
            "This computer has no room for another connection.",
            id="too many open files",
        ),
        pytest.param(
            httpx.ProxyError("407 Proxy Authentication Required"),
            FailureKind.PROXY,
            "The proxy on the way asks for a name and password.",
            id="a proxy",
        ),
        pytest.param(
            httpx.InvalidURL("x"),
            FailureKind.UNREADABLE,
            "The address at status.example.test cannot be asked.",
            id="no address",
        ),
    ],
)
@in_loop
async def test_what_went_wrong_is_said(error, kind, says):
    assert await outcome_of(PAGE, route=raising(error)) == Failure(kind, says)


def refused(code: int) -> Exception:
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_code = code
    return error


DATE, ISSUER, NAME = (
    FailureKind.CERTIFICATE_DATE,
    FailureKind.CERTIFICATE_ISSUER,
    FailureKind.CERTIFICATE_NAME,
)


@pytest.mark.parametrize(
    ("codes", "kind", "says"),
    [
        ((9, -67819), DATE, "is not valid yet, by this computer's clock"),
        ((10, -67818), DATE, "has expired, by this computer's clock"),
        ((0x800B0101,), DATE, "is not valid now, by this computer's clock"),
        ((18,), ISSUER, "was signed by nobody but itself"),
        ((19, 20, 21, 0x800B0109, -67843), ISSUER, "was issued by an authority this computer"),
        ((62, 64, 0x800B010F, -67602), NAME, "is made out to another name"),
        ((23,), FailureKind.TLS, "has been withdrawn by its authority"),
        ((26,), FailureKind.TLS, "is not accepted"),
    ],
)
def test_a_certificate_is_refused_for_its_own_reason(codes, kind, says):
    """The numbers of OpenSSL, of Windows and of macOS."""
    for code in codes:
        found = explain(refused(code), Progress("a.test"))
        assert (found.failure.kind, found.stage) == (kind, Stage.TLS), code
        assert found.failure.detail.startswith(f"The certificate of a.test {says}")


# -- no network at all -----------------------------------------------------------------------

NO_NETWORK = Failure(FailureKind.OFFLINE, "This computer has no network connection.")


@in_loop
async def test_where_there_is_no_route_a_name_that_is_not_found_is_our_own_trouble(names):
    names["status.example.test"] = ()
    async with fetching(has_route=lambda: False) as fetch:
        looked = await fetch.look(PAGE)
    assert (looked.outcome, looked.stopped) == (NO_NETWORK, Stage.CONNECT)


@in_loop
async def test_a_proxy_that_cannot_be_found_without_a_network_is_not_to_blame(names):
    names["proxy.test"] = ()
    about = {"proxy": "http://proxy.test:3128", "has_route": lambda: False}
    assert await outcome_of(PAGE, **about) == NO_NETWORK


@in_loop
async def test_the_route_is_asked_for_only_where_nothing_got_out(names, server):
    asked = []

    def has_route():
        asked.append(1)
        return True

    names["status.example.test"] = ()
    await outcome_of(page(server.url()), has_route=has_route)
    assert not asked
    outcome = await outcome_of(PAGE, has_route=has_route)
    assert (outcome.kind, len(asked)) == (FailureKind.DNS, 1)


def test_a_route_is_looked_up_without_sending_anything(monkeypatch):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
        there.bind(("127.0.0.1", 0))
        there.setblocking(False)
        monkeypatch.setattr(routes, "_FAR", ((socket.AF_INET, there.getsockname()),))
        assert routes.any_route()
        with pytest.raises(BlockingIOError):
            there.recv(1)


@pytest.mark.parametrize(("ways", "any_"), [((), False), ((4,), True), ((6,), True)])
def test_either_kind_of_address_is_a_way_out(monkeypatch, ways, any_):
    class Socket:
        def __init__(self, family, kind):
            assert kind is socket.SOCK_DGRAM
            self.open = {socket.AF_INET: 4, socket.AF_INET6: 6}[family] in ways

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def connect(self, _address):
            if not self.open:
                raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", Socket)
    assert routes.any_route() is any_


@pytest.mark.parametrize("expected", EXPECTED)
def test_everything_expected_is_explained(expected):
    error = expected.__new__(expected)
    assert explain(error, Progress("a.test")).failure.kind in FailureKind


def test_where_one_of_several_addresses_is_refused_there_is_a_network():
    tried = [OSError(errno.ENETUNREACH, "x"), ConnectionRefusedError(errno.ECONNREFUSED, "x")]
    error = OSError("All connection attempts failed")
    error.__cause__ = ExceptionGroup("tried", tried)
    found = explain(error, Progress("a.test", stage=Stage.CONNECT))
    assert found.failure.kind is FailureKind.REFUSED


def test_that_openssl_was_waiting_for_more_is_no_trouble_of_its_own():
    error = httpx.ConnectError("")
    error.__context__ = ConnectionResetError(errno.ECONNRESET, "x")
    error.__context__.__context__ = ssl.SSLWantReadError(2, "x")
    found = explain(error, Progress("a.test", stage=Stage.TLS))
    assert (found.failure.kind, found.stage) == (FailureKind.RESET, Stage.TLS)


@in_loop
async def test_a_defect_of_ours_is_logged_and_is_nobodys_outage(caplog):
    outcome = await outcome_of(door("https://a.test/?k=secret"), route=raising(KeyError("oops")))
    assert outcome == Failure(FailureKind.INTERNAL, "The program itself failed here.")
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


@in_loop
async def test_being_stopped_is_not_a_failure():
    async with fetching(route=raising(asyncio.CancelledError())) as fetch:
        with pytest.raises(asyncio.CancelledError):
            await fetch.look(PAGE)


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.DNS, FailureKind.DNS),
        (Stage.CONNECT, FailureKind.TIMEOUT),
        (Stage.TLS, FailureKind.TIMEOUT),
        (Stage.FRONT, FailureKind.TIMEOUT),
    ],
)
def test_what_took_too_long_is_named_by_how_far_it_got(stage, kind):
    found = timed_out(Progress("a.test", stage=stage), 20.0)
    assert (found.failure.kind, found.stage) == (kind, stage)
    assert found.failure.detail.endswith("within 20 s.")


# -- names -----------------------------------------------------------------------------------


@pytest.fixture
def hung_lookups(monkeypatch):
    """A name server that does not answer until the end of the test; counts who asks it."""
    asked: list[str] = []
    answer = threading.Event()

    def getaddrinfo(host, *_args, **_kwargs):
        asked.append(host)
        answer.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "nobody answers")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield asked
    answer.set()


@in_loop
async def test_a_name_server_that_hangs_is_not_the_front_doors_silence(hung_lookups):
    outcome = await outcome_of(door("https://api.example.test/"), deadline=SHORT)
    assert outcome == Failure(
        FailureKind.DNS, "The name api.example.test could not be looked up within 0.3 s."
    )


@in_loop
async def test_hung_look_ups_do_not_pile_up(hung_lookups):
    threads = threading.active_count()
    async with fetching(deadline=0.05) as fetch:
        for round_ in range(5):
            looks = (fetch.look(page(f"https://{n}.test/")) for n in range(20))
            for looked in await asyncio.gather(*looks):
                assert looked.outcome.kind is FailureKind.DNS, round_
    assert len(hung_lookups) == 8
    assert threading.active_count() <= threads + 8


@in_loop
async def test_where_a_name_is_known_the_rest_is_the_hosts(monkeypatch, full_backlog):
    known = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: known)
    port = full_backlog.rstrip("/").rpartition(":")[2]
    outcome = await outcome_of(door(f"http://api.example.test:{port}/"), deadline=SHORT)
    assert isinstance(outcome, Reading)
    assert outcome.stage is Stage.CONNECT
