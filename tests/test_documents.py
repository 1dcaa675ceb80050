"""The JSON of interfaces.md: its keys, in their order, and what stands under them."""

import json
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest

from notifier import documents, view
from notifier.documents import Origin
from notifier.model.announcement import Reason, Silence, Withheld
from notifier.model.board import Mute
from notifier.model.health import Health
from notifier.model.observation import Maintenance, MaintenancePhase, Stage, StageTime, Update
from notifier.model.settings import Settings
from notifier.model.verdict import Evidence, EvidenceKind
from tests.view.scene import (
    BEGAN,
    CHATGPT,
    GREEN,
    INCIDENT,
    NOW,
    SAY,
    SEEN,
    THREAD,
    Scene,
    announce,
    outage,
    report,
    seen,
    subject,
)

# As `notifier check --json` stands in interfaces.md.
CHECK = ["schema", "at", "source", "lamp", "connection", "overall", "services"]
SERVICE = [
    *("id", "name", "home", "status_page"),
    *("state", "whose", "cause", "confidence", "upstream", "override"),
    *("since", "checked_at", "next_look_at", "last_known"),
    *("summary", "next_step"),
    *("thread", "told", "snoozed_until"),
    *("parts", "incidents", "maintenance", "evidence", "fallbacks", "excluded", "account"),
    *("key", "server", "words"),
]
PART = ["id", "name", "group", "state", "chosen"]
INCIDENT_KEYS = [
    *("id", "thread", "title", "phase", "impact", "parts"),
    *("started_at", "updated_at", "resolved_at", "url", "updates"),
]
MAINTENANCE = ["id", "title", "phase", "from", "until"]
PAGE = ["kind", "id", "at", "age_s", "says", "detail", "latency_ms", "contradicts"]
PROBE = ["kind", "id", "at", "age_s", "stage", "fresh", "says", "detail", "proves", "contradicts"]
NOTICE = [
    *("t", "kind", "thread", "reason", "services", "whose", "cause", "confidence"),
    *("title", "body", "actions", "replaces", "duration_s", "fallbacks"),
]


def check(scene, origin=Origin.OWNER):
    return documents.check(scene.picture(), origin)


@pytest.fixture
def told():
    """The document of an outage the owner has told of; ChatGPT is its first service."""
    scene = outage()
    planned = Maintenance("m1", "Move", MaintenancePhase.SCHEDULED, starts_at=NOW.utc)
    page = replace(report(Health.MAJOR_OUTAGE, INCIDENT), maintenance=(planned,))
    scene.more["sights"] = {**scene.more["sights"], CHATGPT.page.id: seen(CHATGPT.page.id, page)}
    return check(scene)


class TestCheck:
    def test_has_the_keys_of_the_interfaces_in_their_order(self, told):
        service = told["services"][0]
        assert list(told) == CHECK
        assert list(told["connection"]) == ["state", "detail"]
        assert list(service) == SERVICE
        assert list(service["last_known"]) == ["state", "at"]
        assert list(service["told"]) == ["reason", "at"]
        assert list(service["parts"][0]) == PART
        assert list(service["incidents"][0]) == INCIDENT_KEYS
        assert list(service["incidents"][0]["updates"][0]) == ["at", "phase", "text"]
        assert list(service["maintenance"][0]) == MAINTENANCE
        assert [list(line) for line in service["evidence"]] == [PAGE, PROBE]
        assert list(service["fallbacks"][0]) == ["id", "name", "state", "why", "url"]
        assert list(service["excluded"][0]) == ["id", "name", "why"]

    def test_says_what_the_picture_says(self, told):
        service = told["services"][0]
        assert (told["schema"], told["lamp"], told["overall"]) == (1, "trouble", "major_outage")
        assert told["connection"] == {
            "state": "online",
            "detail": "3 of 3 unrelated hosts answered",
        }
        assert service["summary"] == "ChatGPT is down: OpenAI reports a major outage."
        assert service["next_step"] == "Nothing to do here: it is theirs."
        assert service["fallbacks"][0]["why"] == ["can: chat", "checked 20 s ago"]
        assert service["excluded"] == [
            {
                "id": "github-copilot",
                "name": "GitHub Copilot",
                "why": "runs partly on the same models",
            }
        ]
        assert service["evidence"][0]["latency_ms"] == 143
        assert service["evidence"][1]["age_s"] == 20

    def test_dates_a_green_page(self):
        service = check(Scene())["services"][1]
        assert service["summary"] == "Anthropic reports no problem (read 20 s ago)."

    def test_writes_times_in_utc(self, told):
        service = told["services"][0]
        assert told["at"] == "2026-11-23T17:52:00Z"
        assert service["since"] == "2026-11-23T17:41:00Z"
        assert service["next_look_at"] is None

    def test_is_json(self, told):
        assert json.loads(documents.dumps(told)) == told
        assert "\n" not in documents.dumps(told, one_line=True)

    def test_says_nothing_only_an_owner_knows(self):
        scene = outage()
        scene.more["mutes"] = {THREAD: Mute(until=NOW.utc + timedelta(hours=1))}
        owned, looked = (
            documents.check(scene.picture(), origin)["services"][0]
            for origin in (Origin.OWNER, Origin.LOOKED)
        )
        assert owned["thread"] == owned["incidents"][0]["thread"] == "t-20261123-1"
        assert owned["snoozed_until"] == "2026-11-23T18:52:00Z"
        for key in ("thread", "told", "snoozed_until"):
            assert looked[key] is None
        assert looked["incidents"][0]["thread"] is None
        assert looked["since"] == "2026-11-23T17:41:00Z", "the vendor's own stated start"
        well = documents.check(scene.picture(), Origin.LOOKED)["services"][1]
        assert well["since"] is None, "our own first sight is the owner's to know"

    def test_with_nothing_chosen_is_empty_and_unknown(self):
        document = check(Scene(services=()), Origin.LOOKED)
        assert (document["lamp"], document["overall"]) == ("empty", "unknown")
        assert document["services"] == []

    def test_says_what_the_person_said(self):
        verdict = replace(GREEN, evidence=(Evidence(EvidenceKind.PERSON, "you", SEEN, "x", ""),))
        line = check(Scene(verdicts={"chatgpt": verdict}))["services"][0]["evidence"][0]
        assert list(line) == ["kind", "id", "at", "age_s", "says", "detail", "contradicts"]

    def test_adds_the_stages_of_a_look_where_they_are_known(self):
        passed = (StageTime(Stage.DNS, 0.0124), StageTime(Stage.CONNECT, 0.02))
        door = Evidence(
            *(EvidenceKind.PROBE, "api.openai.test", SEEN, "unreadable", "x"),
            stages=passed,
            stopped=Stage.TLS,
        )
        page = Evidence(EvidenceKind.PAGE, "status.openai.test", SEEN, "operational", "")
        page = replace(page, stages=(StageTime(Stage.FRONT, 0.0951),))
        verdict = replace(GREEN, evidence=(door, page))
        lines = check(Scene(verdicts={"chatgpt": verdict}))["services"][0]["evidence"]
        assert [list(line) for line in lines] == [
            [*PROBE[:-1], "stages", "stopped", "contradicts"],
            [*PAGE[:-1], "stages", "contradicts"],
        ]
        assert lines[0]["stages"] == {"dns_ms": 12, "connect_ms": 20}
        assert lines[0]["stopped"] == "tls"
        assert lines[1]["stages"] == {"front_ms": 95}


WILD = "A\u202etitle\x1b[2J\x00 with\nlines <b>&amp;</b> {x} %s"


def texts(value):
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


def test_no_text_of_a_vendor_acts_upon_whoever_reads_it():
    scene = outage()
    wild = replace(INCIDENT, title=WILD, updates=(Update(BEGAN, None, WILD),))
    page = report(Health.MAJOR_OUTAGE, wild)
    scene.more["sights"] = {**scene.more["sights"], CHATGPT.page.id: seen(CHATGPT.page.id, page)}
    document = check(scene)
    title = document["services"][0]["incidents"][0]["title"]
    assert title == "Atitle [2J with lines <b>&amp;</b> {x} %s"
    for text in texts(document):
        for character in text:
            assert unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp"), text


class TestNotice:
    def shown(self, reason=Reason.OUTAGE, **more):
        announcement = announce(reason, subject(**more))
        return view.notice(announcement, SAY, Settings(), online=True)

    def test_has_the_keys_of_the_interfaces_in_their_order(self):
        assert list(documents.notice(self.shown(), 312.0)) == NOTICE

    def test_says_what_the_person_was_shown(self):
        document = documents.notice(self.shown(), 312.0)
        assert document["t"] == 312.0
        assert document["kind"] == "notice"
        assert document["thread"] == "t-20261123-1"
        assert document["services"] == ["chatgpt"]
        assert document["actions"] == ["fallback", "got_it", "snooze"]
        assert document["duration_s"] is None

    def test_of_a_recovery_says_how_long_it_took(self):
        shown = self.shown(Reason.RECOVERED, verdict=GREEN, duration=660.4)
        assert documents.notice(shown, 1.0)["duration_s"] == 660

    def test_of_a_real_program_is_dated(self):
        document = documents.notice(self.shown(), NOW.utc)
        assert list(document) == ["at", *NOTICE[1:]]
        assert document["at"] == "2026-11-23T17:52:00Z"


def test_a_silence_says_why():
    silence = Withheld(NOW.utc, THREAD, (CHATGPT.key,), Silence.QUIET_HOURS, Reason.OUTAGE)
    assert documents.withheld(silence, 12.5) == {
        "t": 12.5,
        "kind": "withheld",
        "thread": THREAD,
        "reason": "quiet_hours",
        "services": ["chatgpt"],
        "would_be": "outage",
    }


def test_a_withdrawal_names_its_thread():
    assert documents.closed(THREAD, (CHATGPT.key,), 3.0) == {
        "t": 3.0,
        "kind": "closed",
        "thread": THREAD,
        "services": ["chatgpt"],
    }


def test_a_picture_in_a_few_words():
    document = documents.picture(outage().picture(), 60.0)
    assert list(document) == ["t", "kind", "lamp", "connection", "services"]
    assert document["connection"] == "online"
    assert document["services"]["chatgpt"] == {
        "state": "major_outage",
        "whose": "them",
        "cause": "page_reports",
        "confidence": "confirmed",
    }


def test_a_picture_in_a_few_words_does_not_change_with_its_ages():
    scene = outage()
    assert documents.picture(scene.picture(NOW), 0.0) == documents.picture(
        scene.picture(NOW.later(30)), 0.0
    )
