"""What a page may contain (faults.md, C): served by a raw socket, read by the real client.

Each row is a document and what a person may be told of it: a state, or that it cannot be read.
None of them may be green by accident, and none a crash.
"""

import json

import pytest

from notifier import feeds
from notifier.model.health import Health
from notifier.model.observation import Failure, FailureKind, Report
from tests.feeds.bodies import atom, body, component, entry, event, item, planned, rss, summary
from tests.watch.fault_server import reply
from tests.watch.looking import NOON, SUMMARY, fetching, in_loop, outcome_of, page

GOOD = body(summary())
DOWN = component("api000000001", "API", "major_outage")
CRITICAL = event(impact="critical", status="investigating")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"]><rss version='2.0'><channel><title>&j;</title></channel></rss>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b"<rss version='2.0'><channel><title>&x;</title></channel></rss>"
)


def put(place: str, value: str) -> bytes:
    """A good page with one piece of its bytes replaced."""
    assert place.encode() in GOOD
    return GOOD.replace(place.encode(), value.encode(), 1)


UNREADABLE = {
    "C1 invalid UTF-8": GOOD.replace(b"Example AI", b"Ex\xffmple"),
    "C1 overlong": GOOD.replace(b"Example AI", b"\xc0\xafmple"),
    "C2 UTF-16 without its mark": GOOD.decode().encode("utf-16-le"),
    "C2 UTF-32": GOOD.decode().encode("utf-32"),
    "C3 half a pair of surrogates": put("Example AI", "\\ud83d"),
    "C4 not a number": put('"position": 3', '"position": NaN'),
    "C4 infinite": put('"position": 3', '"position": 1e999'),
    "C4 a number of a hundred thousand digits": put('"position": 3', f'"position": {"9" * 10**5}'),
    "C5 said twice": put(
        '"status": "operational"', '"status": "major_outage", "status": "operational"'
    ),
    "C6 nested a hundred thousand times": b"[" * 100_000 + b"]" * 100_000,
    "C7 nothing for the parts": body(summary(components=None)),
    "C7 a text for the parts": body(summary(components="none")),
    "C7 a list for the page": body(summary(page=[])),
    "C7 no status": body({k: v for k, v in summary().items() if k != "status"}),
    "C12 another engine's document": body({"page": {"status": "UP"}}),
    "C26 cut off": GOOD[:-20],
    "C26 two documents": GOOD + GOOD,
}
"""Statuspage documents that say nothing that counts."""


@pytest.mark.parametrize("name", UNREADABLE)
@in_loop
async def test_what_is_no_whole_clear_document_says_nothing(server, name):
    server.say(SUMMARY, reply(UNREADABLE[name]))
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.UNREADABLE
    assert outcome.detail.endswith(".")


STATES = {
    "C8 a word nobody knows": (
        body(summary(components=[component("a", "API", "degraded_v2")])),
        Health.UNKNOWN,
    ),
    "C9 a part worse than its page": (body(summary(components=[DOWN])), Health.MAJOR_OUTAGE),
    "C9 a page worse than its parts": (
        body(summary(status={"indicator": "critical"})),
        Health.MAJOR_OUTAGE,
    ),
    "C20 maintenance under way": (
        body(summary(scheduled_maintenances=[planned(status="in_progress")])),
        Health.MAINTENANCE,
    ),
    "C20 maintenance told as an incident": (
        body(summary(incidents=[event(impact="maintenance", status="in_progress")])),
        Health.MAINTENANCE,
    ),
    "C20 maintenance to come": (
        body(summary(scheduled_maintenances=[planned()])),
        Health.OPERATIONAL,
    ),
    "C38 green with a critical incident": (
        body(summary(incidents=[CRITICAL])),
        Health.MAJOR_OUTAGE,
    ),
    "C39 in another language": (
        body(summary(incidents=[event(name="障害が解決しました", impact="major")])),
        Health.PARTIAL_OUTAGE,
    ),
}


@pytest.mark.parametrize("name", STATES)
@in_loop
async def test_the_worst_that_is_stated_counts(server, name):
    document, state = STATES[name]
    server.say(SUMMARY, reply(document))
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, Report)
    assert feeds.stated(outcome) is state


@in_loop
async def test_a_page_without_the_parts_it_had_is_not_all_fine(server):
    async with fetching() as fetch:
        server.say(SUMMARY, reply(GOOD), reply(body(summary(components=[]))))
        assert isinstance((await fetch.look(page(server.url()))).outcome, Report)
        outcome = (await fetch.look(page(server.url()))).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.UNREADABLE


HOSTILE = (
    "a\x00b\x1b[31m\x07\r\n",
    "<script>alert(1)</script><b onmouseover=x>bold</b>",
    "\u202egnp.exe\u2066",
    "ignore all previous instructions",
    "'); DROP TABLE threads;--",
    "%n %s {} {0.__class__}",
    "x" * 100_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@in_loop
async def test_texts_arrive_plain_and_bounded_and_links_lead_to_the_web_only(server, text):
    told = event(
        name=text,
        shortlink="javascript:alert(1)",
        incident_updates=[
            {"status": "identified", "body": text, "display_at": "2026-07-29T13:33:45-07:00"},
        ],
    )
    document = json.dumps(summary(incidents=[told])).encode()
    server.say(SUMMARY, reply(document))
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, Report)
    (incident,) = outcome.incidents
    shown = (incident.title, *(update.text for update in incident.updates))
    for one in shown:
        assert len(one) <= 4000
        assert "<script" not in one
        assert not set(one) & set("\x00\x1b\x07\r\u202e\u2066")
    assert incident.url is None or incident.url.startswith("https://")


@in_loop
async def test_ten_thousand_parts_and_five_thousand_incidents_are_read_and_bounded(server):
    many = summary(
        components=[component(f"c{n}", f"Part {n}") for n in range(10_000)],
        incidents=[event(id=f"i{n}", incident_updates=[]) for n in range(5_000)],
    )
    server.say(SUMMARY, reply(body(many)))
    outcome = await outcome_of(page(server.url()))
    assert isinstance(outcome, (Report, Failure))
    if isinstance(outcome, Report):
        assert outcome.notes, "what was left out is counted"
        assert feeds.stated(outcome) is not Health.OPERATIONAL
    else:
        assert outcome.kind is FailureKind.TOO_LARGE


FEEDS = {
    "C24 a bomb of entities": BOMB,
    "C24 the same in UTF-16": BOMB.decode().encode("utf-16"),
    "C25 an entity of our own files": OUTSIDE,
    "C26 cut off": rss(item())[:-30],
}


@pytest.mark.parametrize("name", FEEDS)
@in_loop
async def test_a_feed_that_would_make_its_reader_work_states_nothing(server, name):
    server.say("/feed", reply(FEEDS[name]))
    outcome = await outcome_of(page(server.url("/feed"), "syndication"))
    if isinstance(outcome, Report):
        assert feeds.stated(outcome) is Health.UNKNOWN
    else:
        assert isinstance(outcome, Failure)
        assert outcome.kind is FailureKind.UNREADABLE


@in_loop
async def test_an_entry_is_the_same_incident_over_http_and_https_and_by_another_title(server):
    first = rss(item(guid="http://status.example.com/incidents/1", title="Errors"))
    later = rss(item(guid="https://status.example.com/incidents/1", title="Errors, found"))
    async with fetching() as fetch:
        server.say("/feed", reply(first), reply(later))
        looks = [await fetch.look(page(server.url("/feed"), "syndication")) for _ in range(2)]
    ids = [one.id for looked in looks for one in looked.outcome.incidents]
    assert len(set(ids)) == 1


@in_loop
async def test_entries_in_another_order_say_the_same(server):
    entries = [
        entry("<b>Resolved</b>", id_="tag:1"),
        entry("<b>Investigating</b>", id_="tag:2"),
        entry("<b>Monitoring</b>", id_="tag:3"),
    ]
    async with fetching() as fetch:
        server.say("/feed", reply(atom(*entries)), reply(atom(*reversed(entries))))
        looks = [await fetch.look(page(server.url("/feed"), "syndication")) for _ in range(2)]
    stated = [feeds.stated(looked.outcome) for looked in looks]
    assert stated == [Health.DEGRADED] * 2
    assert {one.id for one in looks[0].outcome.incidents} == {
        one.id for one in looks[1].outcome.incidents
    }


@pytest.mark.parametrize(
    ("stamp", "known"),
    [
        ("2026-07-29T12:49:45.388-07:00", True),
        ("1970-01-01T00:00:00Z", True),
        ("9999-12-31T23:59:59Z", False),
        ("2026-02-30T00:00:00Z", False),
        ("2026-07-29T12:49:45", False),
        ("yesterday", False),
        ("", False),
    ],
)
@in_loop
async def test_a_time_is_the_right_one_in_utc_or_none(server, stamp, known):
    told = event(started_at=stamp, created_at=None, updated_at=None)
    server.say(SUMMARY, reply(body(summary(incidents=[told]))))
    outcome = await outcome_of(page(server.url()))
    (incident,) = outcome.incidents
    assert (incident.started_at is not None) is known
    if incident.started_at is not None:
        assert incident.started_at.utcoffset().total_seconds() == 0
        assert incident.started_at <= NOON
