"""Proxies: the one of the settings, the environment or none, and never for this computer itself."""

import pytest

from notifier.model.observation import Failure, FailureKind, Report
from notifier.watch.proxies import Proxies, ProxyUnusable, name_of, on_this_computer
from tests.watch.authorities import Authority
from tests.watch.fault_server import CLOSE, HANG, FaultServer, Tunnel, reply
from tests.watch.looking import SHORT, SUMMARY, fetching, in_loop, outcome_of, page, statuspage

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUEST_METHOD")


@pytest.fixture
def environment(monkeypatch):
    """The environment without a word about proxies."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


# -- which proxy -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_the_environment_names_a_proxy_in_either_case(environment, name):
    environment.setenv(name, "http://proxy.test:3128")
    assert Proxies().of("https", "status.example.com") == "http://proxy.test:3128"


def test_each_scheme_has_its_own(environment):
    environment.setenv("http_proxy", "http://one.test:1")
    environment.setenv("https_proxy", "http://two.test:2")
    assert Proxies().of("http", "a.test") == "http://one.test:1"
    assert Proxies().of("https", "a.test") == "http://two.test:2"


@pytest.mark.parametrize("excepted", ["example.com", ".example.com", "*", "a.test, example.com"])
def test_exceptions_are_honoured(environment, excepted):
    environment.setenv("https_proxy", "http://proxy.test:3128")
    environment.setenv("no_proxy", excepted)
    assert Proxies().of("https", "status.example.com") is None


def test_the_settings_come_before_the_environment(environment):
    environment.setenv("https_proxy", "http://proxy.test:3128")
    assert Proxies("none").of("https", "status.example.com") is None
    own = Proxies("http://own.test:8080")
    assert own.of("https", "status.example.com") == "http://own.test:8080"


def test_the_environment_is_read_anew_each_time(environment):
    proxies = Proxies()
    assert proxies.of("https", "status.example.com") is None
    environment.setenv("https_proxy", "proxy.test:3128")
    assert proxies.of("https", "status.example.com") == "http://proxy.test:3128"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "my.localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]"]
)
def test_this_computer_is_never_asked_through_a_proxy(host):
    assert on_this_computer(host)
    assert Proxies("http://own.test:8080").of("http", host) is None


@pytest.mark.parametrize("host", ["localhost.example.com", "128.0.0.1", "example.com"])
def test_other_computers_are(host):
    assert Proxies("http://own.test:8080").of("http", host) == "http://own.test:8080"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "socks5://u:secret@proxy.test:1080",
            "proxy.test:1080 is of a kind we cannot use: SOCKS5.",
        ),
        ("http://", "cannot be read"),
        ("http://proxy.test:99999", "cannot be read"),
        ("http://[::1", "cannot be read"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named_without_its_password(written, says):
    with pytest.raises(ProxyUnusable) as unusable:
        Proxies(written).of("https", "status.example.com")
    assert unusable.value.failure.kind is FailureKind.PROXY
    assert says in unusable.value.failure.detail
    assert "secret" not in unusable.value.failure.detail


def test_the_name_of_a_proxy_has_no_password():
    assert name_of("http://user:p@ss@proxy.test:3128/") == "proxy.test:3128"


# -- through it ------------------------------------------------------------------------------


@pytest.fixture
def proxy():
    with FaultServer() as proxy:
        yield proxy


def through(proxy) -> dict[str, str]:
    return {"proxy": f"http://user:secret@{proxy.place}"}


@in_loop
async def test_a_plain_page_is_asked_for_through_the_proxy(proxy):
    address = f"http://status.example.test{SUMMARY}"
    proxy.say(address, reply(statuspage()))
    outcome = await outcome_of(page("http://status.example.test/"), **through(proxy))
    assert isinstance(outcome, Report)
    request = proxy.requests[0]
    assert request.headers["proxy-authorization"] == "Basic dXNlcjpzZWNyZXQ="
    assert request.headers["host"] == "status.example.test"


@in_loop
async def test_a_secure_page_is_asked_for_through_a_tunnel_that_is_kept(proxy, tmp_path):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("status.example.test")) as server:
        server.say(SUMMARY, reply(statuspage()))
        proxy.say(
            "status.example.test:443",
            (b"HTTP/1.1 200 Go\r\n\r\n", Tunnel(server.port)),
        )
        async with fetching(ca=authority.ca, **through(proxy)) as fetch:
            first = await fetch.look(page("https://status.example.test/"))
            second = await fetch.look(page("https://status.example.test/"))
        assert isinstance(first.outcome, Report)
        assert second.outcome is first.outcome
    assert [request.method for request in proxy.requests] == ["CONNECT"]
    assert "proxy-authorization" not in server.requests[0].headers


@in_loop
async def test_this_computers_own_pages_pass_the_proxy_by(proxy, server):
    server.say(SUMMARY, reply(statuspage()))
    assert isinstance(await outcome_of(page(server.url()), **through(proxy)), Report)
    assert proxy.connections == 0


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param(
            (b"HTTP/1.1 407 Who?\r\nContent-Length: 0\r\n\r\n",),
            "The proxy {} asks for a name and password.",
            id="password wanted",
        ),
        pytest.param(
            (b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n",),
            "The proxy {} did not connect us to status.example.test (HTTP 502).",
            id="cannot reach it",
        ),
        pytest.param((CLOSE,), "The proxy {} cannot be reached.", id="hangs up"),
        pytest.param((HANG,), "The proxy {} did not answer within 0.3 s.", id="hangs"),
    ],
)
@in_loop
async def test_trouble_with_the_proxy_is_the_proxys(proxy, script, says):
    proxy.say("status.example.test:443", script)
    outcome = await outcome_of(
        page("https://status.example.test/"), deadline=SHORT, **through(proxy)
    )
    assert outcome == Failure(FailureKind.PROXY, says.format(proxy.place))


@in_loop
async def test_a_proxy_that_is_not_there_is_named():
    with FaultServer() as gone:
        pass
    outcome = await outcome_of(page("https://status.example.test/"), **through(gone))
    assert outcome == Failure(FailureKind.PROXY, f"The proxy {gone.place} cannot be reached.")


@in_loop
async def test_behind_the_proxy_trouble_is_the_hosts_again(proxy, tmp_path):
    with FaultServer(tls=Authority(tmp_path).context("status.example.test")) as server:
        proxy.say("status.example.test:443", (b"HTTP/1.1 200 Go\r\n\r\n", Tunnel(server.port)))
        outcome = await outcome_of(page("https://status.example.test/"), **through(proxy))
    assert outcome.kind is FailureKind.CERTIFICATE_ISSUER


@in_loop
async def test_a_proxy_of_an_unusable_kind_is_said_to_be_one():
    outcome = await outcome_of(page("https://status.example.test/"), proxy="socks5://a.test:1")
    assert outcome.kind is FailureKind.PROXY
