"""The proof in words where days are rare: nothing kept, hostile texts, private addresses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from notifier.model.announcement import ThreadId
from notifier.model.dossier import Door, Dossier, Spell
from notifier.model.health import Health
from notifier.model.observation import FailureKind, Incident, Phase, Stage, Update
from notifier.model.service import FeedSource, ProbeSource, Service, ServiceId, ServiceKey, SourceId
from notifier.model.trace import Break, Vouched
from notifier.wording.proof import Copied, proof
from notifier.wording.say import English
from tests.wording.hostile import OWN, acting, naughty, needs_corpus

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
COPIED = Copied(NOON + timedelta(hours=5), timezone(timedelta(hours=1)), None)
DOOR = SourceId("probe:chatgpt.com")
THREAD = ThreadId("t-1")


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def spell(state: str, begins: float, ends: float | None, looks: int = 0, **more) -> Spell:
    last = None if not looks else at((ends if ends is not None else begins + looks / 2) - 0.5)
    return Spell(state, at(begins), None if ends is None else at(ends), looks, last, **more)


def service(page="https://status.openai.com/", probe="https://chatgpt.com/") -> Service:
    return Service(
        ServiceKey("chatgpt"),
        ServiceId("chatgpt"),
        "ChatGPT",
        "https://chatgpt.com/",
        vendor="OpenAI",
        page=FeedSource(SourceId("page:x"), page, "statuspage", "OpenAI") if page else None,
        probe=ProbeSource(DOOR, probe) if probe else None,
    )


BROKE = Break(Stage.TLS, FailureKind.TIMEOUT)
FAILED = spell("major_outage", 1, 40, 78, first=BROKE, latest=Break(None, None, 503))
AWAKE = spell("awake", -600, None)

DOSSIER = Dossier(
    thread=THREAD,
    opened=at(2),
    closed=at(40),
    worst=Health.MAJOR_OUTAGE,
    until=at(120),
    doors=(Door(DOOR, (FAILED, spell("operational", 40, None, 2))),),
    vouched=(Vouched(THREAD, at(2), 3, 3),),
    looking=(AWAKE,),
)


def told(found: Dossier = DOSSIER, of: Service | None = None, copied: Copied = COPIED) -> list[str]:
    return proof(found, of or service(), copied, English()).splitlines()


def test_without_the_name_of_a_zone_its_distance_from_utc_is_told():
    assert told()[0] == (
        "ChatGPT: not answering this computer as it should from 23 Nov 2026 13:01 to 13:40"
        " (UTC+01:00)."
    )
    assert told()[-1].endswith(" on 23 Nov 2026 18:00 (UTC+01:00).")


def test_how_it_broke_is_told_of_the_first_and_of_the_last():
    assert (
        "  At the first of them nothing came in time (at the secure connection); at the last it"
        " answered HTTP 503."
    ) in told()


def test_a_rehearsal_says_so_before_anything_else():
    rehearsed = told(copied=replace(COPIED, rehearsal=True))
    assert rehearsed[0] == "Rehearsal: nothing of this has happened."
    assert rehearsed[1:] == told()


def test_where_nobody_looks_any_more_it_is_not_said_to_go_on():
    left = replace(
        DOSSIER,
        closed=None,
        watched=False,
        until=at(30),
        doors=(Door(DOOR, (replace(FAILED, until=None, last=at(29.5)),)),),
    )
    lines = told(left)
    assert "from 23 Nov 2026 13:01 until 13:29 at least" in lines[0]
    assert "  Whether it answered again was not seen." in lines
    assert "- Not looked since 13:30: AI Notifier is not running." in lines


def test_what_is_not_kept_any_more_is_not_called_unobserved():
    old = replace(DOSSIER, doors=(Door(DOOR),), looking=(), vouched=())
    assert "- What was seen from here is not kept any more." in told(old)
    assert "Nothing of it was observed from this computer." not in told(old)


def test_of_a_record_of_an_older_version_nothing_is_counted():
    older = replace(DOSSIER, doors=(Door(DOOR, (spell("major_outage", 1, 40),)),))
    assert "- Front door (chatgpt.com): it failed from 13:01 to 13:01." in told(older)


def test_one_that_answers_now_and_then_is_told_with_both_counts():
    wavering = Door(
        DOOR,
        (
            spell("operational", -600, 1, 3),
            spell("major_outage", 1, 10, 18),
            spell("operational", 10, 20, 20),
            spell("degraded", 20, 30, 20),
            spell("unknown", 30, 31, 2),
            spell("operational", 31, None, 9),
        ),
    )
    lines = told(replace(DOSSIER, doors=(wavering,)))
    assert "- Front door (chatgpt.com): it failed at 38 of 61 looks, from 13:01 to 13:29." in lines
    assert (
        "  2 more looks found no way there, which may have been this computer's network."
    ) in lines
    assert "  It answered again at 13:31." in lines


@pytest.mark.parametrize(
    ("vouched", "line"),
    [
        ((), "was not checked with unrelated hosts."),
        ((Vouched(THREAD, at(2), 0, 0),), "was not checked with unrelated hosts."),
        ((Vouched(THREAD, at(2), 1, 1),), "was working: 1 of 1 unrelated host at 13:02."),
        (
            (Vouched(THREAD, at(2), 0, 0), Vouched(THREAD, at(3), 2, 3)),
            "was working: 2 of 3 unrelated hosts at 13:03.",
        ),
        (
            (Vouched(THREAD, at(2), 0, 2),),
            "is in doubt: at 13:02 2 unrelated hosts were asked and none answered.",
        ),
    ],
)
def test_our_own_connection_is_called_what_it_was_seen_to_be(vouched, line):
    assert f"- This computer's connection {line}" in told(replace(DOSSIER, vouched=vouched))


def test_many_gaps_are_counted_and_short_ones_are_none():
    gaps = [spell("asleep", 2 + 4 * n, 5.5 + 4 * n) for n in range(9)]
    short = spell("not_looking", 38, 39)
    lines = told(replace(DOSSIER, looking=(AWAKE, *gaps, short)))
    assert sum(line.endswith(": the computer slept.") for line in lines) == 6
    assert "- And 3 more times." in lines
    assert not any("not running" in line for line in lines)


def test_nothing_of_the_persons_own_machine_or_network_stands_in_it():
    private = service("http://nas.local:8080/status", "http://192.168.1.7:11434/v1")
    text = "\n".join(told(of=private))
    assert "- Front door: it failed at 78 of 78 looks" in text
    assert "- Status page: nothing; it was not read." in text
    for part in ("nas", "192.168", "8080", "11434", "http"):
        assert part not in text


def test_an_address_is_told_without_what_may_be_a_key():
    keyed = service("https://status.example.org/feed?key=s3cret#top", "https://u:p@chatgpt.com/")
    text = "\n".join(told(of=keyed))
    assert "Status page (https://status.example.org/feed)" in text
    assert "s3cret" not in text
    assert "u:p" not in text


@pytest.mark.parametrize("text", OWN)
def test_what_a_vendor_writes_can_fake_no_line_of_ours(text):
    incident = Incident("i", text, Phase.RESOLVED, updates=(Update(at(5), None, text),), url=text)
    stated = (spell("major_outage", 3, 39, 30),)
    lines = told(replace(DOSSIER, stated=stated, incidents=(incident,)))
    plain = told(replace(DOSSIER, stated=stated, incidents=(replace(incident, title="x"),)))
    assert len(lines) == len(plain)
    assert [lines.index(one) for one in ("Observed here", "Stated by OpenAI")] == [3, 9]
    assert all(len(line) < 600 for line in lines)
    assert not acting("".join(lines))


@needs_corpus
def test_no_naughty_string_acts_in_it():
    for text in naughty():
        incident = Incident("i", text, Phase.RESOLVED, updates=(Update(at(5), None, text),))
        lines = told(replace(DOSSIER, incidents=(incident,)), replace(service(), name=text))
        assert not acting("".join(lines)), text


def test_of_many_updates_the_newest_are_told_in_their_order():
    updates = tuple(Update(at(40 - n), Phase.MONITORING, f"Entry {n}.") for n in range(15))
    incident = Incident("i", "Errors", Phase.MONITORING, updates=updates)
    lines = told(replace(DOSSIER, incidents=(incident,)))
    begins = lines.index("  3 earlier entries")
    assert lines[begins + 1].endswith("Entry 11.")
    assert lines[begins + 12].endswith("Entry 0.")
