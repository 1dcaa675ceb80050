"""Readings kept beyond one run: taken up by the next, and never in the way."""

from notifier.model.last_reading import Document, LastReading
from notifier.model.observation import FailureKind, Report
from tests.watch.fault_server import reply
from tests.watch.looking import (
    NOON,
    SUMMARY,
    compatible,
    door,
    fetching,
    in_loop,
    neutral,
    page,
    statuspage,
)


class Shelf:
    """Keeps readings in memory, as the cache on disk would."""

    def __init__(self) -> None:
        self.readings: dict[str, LastReading] = {}

    def read(self, source):
        return self.readings.get(source)

    def keep(self, reading):
        self.readings[reading.source] = reading


async def look(shelf, source):
    """One look of one run."""
    async with fetching(kept=shelf) as fetch:
        return (await fetch.look(source)).outcome


@in_loop
async def test_a_good_look_is_kept_whole(server):
    shelf, source = Shelf(), page(server.url())
    server.say(SUMMARY, reply(statuspage(), etag='"one"'))
    await look(shelf, source)
    document = Document(server.url(SUMMARY), statuspage(), etag='"one"')
    assert shelf.readings == {
        source.id: LastReading(source.id, NOON, "summary", {"summary": document})
    }


@in_loop
async def test_the_next_run_asks_only_for_what_has_changed(server):
    shelf, source = Shelf(), page(server.url())
    server.say(SUMMARY, reply(statuspage(), etag='"one"'), reply(b"", 304))
    first = await look(shelf, source)
    second = await look(shelf, source)
    assert second == first
    assert server.requests[1].headers["if-none-match"] == '"one"'


@in_loop
async def test_a_page_that_said_unchanged_is_asked_for_whole_by_the_run_after(server):
    shelf, source = Shelf(), page(server.url())
    server.say(SUMMARY, reply(statuspage(), etag='"one"'), reply(b"", 304), reply(statuspage()))
    for _ in range(3):
        assert isinstance(await look(shelf, source), Report)
    asked = ["if-none-match" in request.headers for request in server.requests]
    assert asked == [False, True, False]


@in_loop
async def test_both_documents_of_a_plan_are_kept(server):
    shelf, source = Shelf(), page(server.url(), "incident_io")
    for of in ("components", "incidents"):
        server.say(f"/api/v2/{of}.json", reply(compatible(of), etag='"x"'), reply(b"", 304))
    first = await look(shelf, source)
    second = await look(shelf, source)
    assert isinstance(first, Report)
    assert second == first


@in_loop
async def test_what_cannot_be_read_any_more_is_asked_for_anew(server):
    shelf, source = Shelf(), page(server.url())
    broken = {"summary": Document(server.url(SUMMARY), b"{", etag='"old"')}
    shelf.keep(LastReading(source.id, NOON, "summary", broken))
    server.say(SUMMARY, reply(statuspage()))
    assert isinstance(await look(shelf, source), Report)
    assert "if-none-match" not in server.requests[0].headers


@in_loop
async def test_a_failed_look_leaves_what_was_kept(server):
    shelf, source = Shelf(), page(server.url())
    server.say(SUMMARY, reply(statuspage()), reply(b"", 503))
    await look(shelf, source)
    before = dict(shelf.readings)
    assert (await look(shelf, source)).kind is FailureKind.HTTP
    assert shelf.readings == before


@in_loop
async def test_a_front_doors_answer_is_kept_and_a_neutral_hosts_is_not(server):
    shelf = Shelf()
    server.say("/", reply(b"Hello", 401))
    await look(shelf, door(server.url("/")))
    await look(shelf, neutral(server.url("/")))
    (reading,) = shelf.readings.values()
    answer = reading.documents["answer"]
    assert (answer.status, answer.body) == (401, b"Hello")
    assert answer.headers["content-length"] == "5"
    assert answer.seconds is not None
