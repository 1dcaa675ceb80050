"""`why` tells of the person's own: their key, a server of theirs, what they said; and of doubts."""

from dataclasses import replace
from datetime import UTC

from notifier.model.picture import Row
from notifier.model.verdict import Evidence, EvidenceKind, Override, Word
from notifier.terminal.why import lines
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.scenes import ACCOUNTS, DOWN, NOW, SERVERS, ago, at, board

GLANCE = Glance(NOW, UTC, English())


def told(row: Row, heading: str) -> list[str]:
    start = f"{heading}: "
    return [
        line.removeprefix(start)
        for line in lines(board(row), row, (), GLANCE)
        if line.startswith(start)
    ]


def test_what_became_of_the_key_and_where_it_is_sent():
    assert told(ACCOUNTS["rejected"], "Your account") == [
        (
            "OpenAI refuses your key: HTTP 401 in 95 ms · 42 s ago · sent to api.openai.com and "
            "nowhere else"
        )
    ]
    assert told(DOWN, "Your account") == [], "where no key is known nothing is said"


def test_without_a_key_it_says_how_to_set_one():
    assert told(ACCOUNTS["none"], "Your account") == [
        (
            "No key is kept: with one this can tell an outage from an account that is refused: "
            "notifier key set openai-api"
        )
    ]


def test_a_server_on_this_computer_and_its_models():
    assert told(SERVERS["running"], "On this computer") == [
        "It runs: llama3.2 loaded, 3 installed: 127.0.0.1:11434 · 8 s ago"
    ]


def test_what_the_person_said_newest_first():
    given = (Word(Override.BROKEN, at(40), at(25)), Word(Override.WORKS, at(5)))
    assert told(replace(DOWN, words=given), "What you said") == [
        "since 17:55: Works for me",
        "17:20 to 17:35: Broken for me",
    ]


def test_what_it_runs_on_is_named_with_its_state_once():
    line = Evidence(EvidenceKind.UPSTREAM, "cloudflare", ago(300), "major_outage", "Cloudflare")
    row = replace(DOWN, verdict=replace(DOWN.verdict, evidence=(line,)))
    assert told(row, "Evidence") == [
        "What it runs on: Cloudflare, major outage: cloudflare · 5 min ago"
    ]


def test_what_speaks_against_the_verdict_says_so():
    page, door, neutral = DOWN.verdict.evidence
    against = replace(door, says="alive", detail="HTTP 401 in 95 ms", contradicts=True)
    row = replace(DOWN, verdict=replace(DOWN.verdict, evidence=(page, against, neutral)))
    shown = told(row, "Evidence")
    assert [line.endswith("speaks against it") for line in shown] == [False, True, False]
