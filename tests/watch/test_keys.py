"""A key on the wire: in the right place, at its own origin, and nowhere else."""

import pytest

from notifier.model.key import Secret
from notifier.model.observation import Failure, FailureKind, Reading, Report
from notifier.model.service import Deep, FeedSource, KeySource, SourceId
from notifier.watch.fetch import Fetch
from notifier.watch.keys import Signature, is_safe, origin_of
from notifier.watch.visit import Visit
from notifier.watch.wire import Ask, Wire
from tests.watch.fault_server import RESET, FaultServer, reply
from tests.watch.looking import SUMMARY, HandClock, in_loop, statuspage

CANARY = "sk-canary/+%&=1234"
QUOTED = "sk-canary%2F%2B%25%26%3D1234"
LISTING = "/v1/models"


class Ring:
    """Gives its one key to everybody: whom it is for is not asked here."""

    def __init__(self):
        self.asked = []
        self.woken = 0

    async def secret(self, entry, origin):
        self.asked.append((entry, origin))
        return Secret(CANARY)

    def cut(self, secret, text):
        for writing in (CANARY, QUOTED):
            text = text.replace(writing.encode(), b"")
        return text

    def try_again(self):
        self.woken += 1


class Refusing(Ring):
    async def secret(self, entry, origin):
        return Failure(FailureKind.KEY_STORE, "Waiting for your key store.")


class Keeper:
    """Notes what would be kept beyond this run."""

    def __init__(self):
        self.kept, self.read_of = [], []

    def read(self, source):
        self.read_of.append(source)

    def keep(self, reading):
        self.kept.append(reading)


def account(url, auth="bearer", dialect="openai", deep=None):
    return KeySource(SourceId(f"key:{url}"), url, dialect, auth, "mine", deep=deep)


def signed_page(url, engine="statuspage", auth="none"):
    return FeedSource(SourceId("page:mine"), url, engine, "Somebody", auth, "mine")


async def look(source, *, keys=None, do="look", **about):
    wire = Wire(**{"proxy": "none", **about.pop("wire", {})})
    fetch = Fetch(wire=wire, clock=HandClock(), keys=keys or Ring(), **about)
    try:
        return await getattr(fetch, do)(source)
    finally:
        await fetch.close()


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        ("bearer", "authorization", f"Bearer {CANARY}"),
        ("x-api-key", "x-api-key", CANARY),
        ("x-goog-api-key", "x-goog-api-key", CANARY),
        ("api-key", "api-key", CANARY),
    ],
)
@in_loop
async def test_the_key_stands_in_the_header_its_service_wants(server, auth, header, value):
    server.say(LISTING, reply(b'{"data": []}'))
    ring = Ring()
    looked = await look(account(server.url(LISTING), auth), keys=ring)
    (request,) = server.requests
    assert request.headers[header] == value
    assert "canary" not in repr({k: v for k, v in request.headers.items() if k != header})
    assert isinstance(looked.outcome, Reading)
    assert ring.asked == [("mine", f"http://{server.place}")]


@in_loop
async def test_anthropic_is_told_which_version_is_spoken(server):
    server.say(LISTING, reply(b'{"data": []}'))
    await look(account(server.url(LISTING), "x-api-key", "anthropic"))
    assert server.requests[0].headers["anthropic-version"] == "2023-06-01"


@in_loop
async def test_a_look_whose_key_cannot_be_had_asks_nobody_and_says_why(server):
    looked = await look(account(server.url(LISTING)), keys=Refusing())
    assert looked.outcome == Failure(FailureKind.KEY_STORE, "Waiting for your key store.")
    assert looked.requests == 0
    assert server.requests == []
    fetch = Fetch(wire=Wire(proxy="none"), clock=HandClock())
    assert isinstance((await fetch.look(account(server.url(LISTING)))).outcome, Failure)
    assert server.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", ["account", "page", "query"])
@in_loop
async def test_no_redirect_is_followed_with_a_key(server, stranger, status, kind):
    there = stranger.url("/stolen")
    for path in (LISTING, SUMMARY, f"{SUMMARY}?token={QUOTED}", f"/feed?token={QUOTED}"):
        server.say(path, reply(b"", status, location=there))
    sources = {
        "account": account(server.url(LISTING)),
        "page": signed_page(server.url(), auth="bearer"),
        "query": signed_page(server.url("/feed?token={key}"), "syndication"),
    }
    looked = await look(sources[kind])
    assert looked.outcome.kind is FailureKind.REDIRECTED
    assert "canary" not in looked.outcome.detail
    assert server.requests
    assert stranger.requests == []


@in_loop
async def test_nor_to_another_path_of_the_same_origin(server):
    server.say(LISTING, reply(b"", 302, location="/elsewhere"))
    looked = await look(account(server.url(LISTING)))
    assert looked.outcome.kind is FailureKind.REDIRECTED
    assert server.paths() == [LISTING]


@in_loop
async def test_nothing_leaves_in_the_clear(server, names):
    """A plain-http address of somebody else is not asked at all, whatever its name leads to."""
    names["api.example.test"] = (server.host,)
    source = account(f"http://api.example.test:{server.port}{LISTING}")
    looked = await look(source)
    assert looked.outcome.kind is FailureKind.KEY_STORE
    assert "http://" in looked.outcome.detail
    assert server.connections == 0


@in_loop
async def test_nor_through_a_proxy_that_could_read_it(server):
    with FaultServer(host="127.0.0.3") as proxy:
        ask = Ask(server.url(LISTING), signed=Signature(Secret(CANARY), "bearer", "", {}))
        wire = Wire(proxy="none")
        wire._proxies.of = lambda *_: proxy.url()
        signed = Signature(Secret(CANARY), "bearer", origin_of(ask.url))
        with pytest.raises(Exception, match="http://"):
            await Visit(wire, ask.url, signed=signed).once(Ask(ask.url))
        await wire.close()
        assert proxy.connections == 0


@in_loop
async def test_a_question_beside_its_origin_is_not_signed(server, stranger):
    """Recognising a page asks around; the wire itself refuses what was signed for elsewhere."""
    wire, key = Wire(proxy="none"), Secret(CANARY)
    visit = Visit(wire, server.url(), signed=Signature(key, "bearer", f"http://{server.place}"))
    await visit.once(Ask(server.url("/here")))
    await visit.once(Ask(stranger.url("/there?token={key}")))
    elsewhere = Signature(key, "bearer", f"http://{server.place}")
    with pytest.raises(Exception, match="another address"):
        await Visit(wire, stranger.url()).once(Ask(stranger.url("/forced"), signed=elsewhere))
    await wire.close()
    assert "canary" in repr(server.requests)
    assert "canary" not in repr(stranger.requests)
    assert "/forced" not in stranger.paths()


@in_loop
async def test_a_key_in_an_address_is_put_in_on_the_wire_alone(server):
    server.say(f"/{QUOTED}/feed?token={QUOTED}", reply(b"{}"))
    keeper = Keeper()
    looked = await look(
        signed_page(server.url("/{key}/feed?token={key}"), "syndication"), kept=keeper
    )
    assert server.paths() == [f"/{QUOTED}/feed?token={QUOTED}"]
    assert "canary" not in repr(looked)
    assert keeper.kept == []


@in_loop
async def test_what_a_page_repeats_of_its_key_is_read_without_it_and_kept_by_nobody(server):
    server.say(SUMMARY, reply(statuspage(name=f"Page {CANARY} of {QUOTED}")))
    keeper = Keeper()
    looked = await look(signed_page(server.url(), auth="x-api-key"), kept=keeper)
    assert isinstance(looked.outcome, Report)
    assert looked.outcome.name.split() == ["Page", "of"]
    assert "canary" not in repr(looked)
    assert (keeper.kept, keeper.read_of) == ([], [])
    assert server.requests[0].headers["x-api-key"] == CANARY


@pytest.mark.parametrize("answer", [reply(statuspage()), reply(b"", 404)])
@in_loop
async def test_what_a_page_shown_to_a_key_is_found_to_be_is_kept_by_nobody(server, answer):
    server.say(SUMMARY, answer)
    keeper = Keeper()
    await look(signed_page(server.url(), engine=None, auth="x-api-key"), asked_pages=keeper)
    assert len(server.requests) > 1
    assert (keeper.kept, keeper.read_of) == ([], [])


@in_loop
async def test_a_real_call_is_made_once_even_where_the_line_breaks(server):
    deep = Deep(server.url("/v1/chat"), "small", "a tenth of a cent")
    server.say("/v1/chat", (RESET,), reply(b"{}"))
    looked = await look(account(server.url(LISTING), deep=deep), do="deep")
    assert [(one.method, one.target) for one in server.requests] == [("POST", "/v1/chat")]
    assert server.requests[0].headers["authorization"] == f"Bearer {CANARY}"
    assert server.requests[0].headers["content-type"] == "application/json"
    assert b'"small"' in server.requests[0].body
    assert looked.requests == 1
    server.say("/v1/chat", reply(b"{}"))
    await look(account(server.url(LISTING), deep=deep))
    assert server.requests[-1].method == "GET", "a look is no call, even where both are known"


@in_loop
async def test_without_a_real_call_none_is_made(server):
    looked = await look(account(server.url(LISTING)), do="deep")
    assert looked.outcome.kind is FailureKind.KEY_STORE
    assert server.requests == []


@in_loop
async def test_waking_asks_the_key_store_anew():
    ring = Ring()
    fetch = Fetch(wire=Wire(proxy="none"), clock=HandClock(), keys=ring)
    await fetch.forget()
    assert ring.woken == 1


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://API.Example.test:443/v1?x={key}", "https://api.example.test"),
        ("https://api.example.test:8443/", "https://api.example.test:8443"),
        ("http://127.0.0.1:11434/{key}", "http://127.0.0.1:11434"),
        ("https://user:{key}@api.example.test/", "https://api.example.test"),
        ("https://[::1]/", "https://[::1]"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url, origin):
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://api.example.test", True),
        ("http://127.0.0.1:1", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:1", True),
        ("http://localhost:1", True),
        ("http://api.example.test", False),
        ("http://me.localhost", False),
        ("http://127.0.0.1.example.test", False),
        ("http://10.0.0.1", False),
        ("http://0x7f000001.example.test", False),
    ],
)
def test_in_the_clear_only_this_computer_is_asked(url, safe):
    assert is_safe(url) is safe
