"""The prompt survives: from a notice's button to a page that is opened with the text in it."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from notifier.model.picture import Lamp
from tests.app.canaries import Found
from tests.whole.desk import until
from tests.whole.test_key_in_window import Hands
from tests.whole.test_proof import pasted

pytestmark = pytest.mark.desktop

CANARY = "canary-of-the-pad-5213"

HARD = (
    "Explain this, please:\n\n\tif a & b: print(\"it's\", 'so')  # 100 % %20?\n"
    f"🧑‍🚀 in 東京 · 10\u00a0000 € · שלום, مرحبا\u202e turned\u202c · {CANARY}\n"
)


@pytest.fixture
def at_the_pad(person, vendors):
    """Alpha is down, the notice hangs there, and the pad is open."""
    alpha, beta = vendors
    person.chooses(alpha, beta, door=True)
    errors = (person.folder / "stderr").open("wb")
    with errors:
        person.starts(module="tests.whole.taking", stdout=errors, stderr=errors)
    person.shows(Lamp.CLEAR)
    person.reaches_the_door()
    alpha.fails()
    person.checks()
    (outage,) = person.notes.wait(1)
    assert "Open Beta" in str(outage["actions"])
    person.clicks("Scratch pad…")
    hands = Hands(person)
    hands.sees("Instead of Alpha, as they are now")
    return hands


def last(person, before: int) -> str:
    """The address the browser was given since."""
    return until(lambda: person.opened, lambda opened: len(opened) > before)[-1]


def test_the_very_text_is_in_the_page_that_a_notice_opens(person, vendors, at_the_pad, press):
    _, beta = vendors
    at_the_pad.writes(HARD)
    at_the_pad.sees("Opens Beta with your text in it, which may begin at once.")
    at_the_pad.presses("Close")
    before = len(person.opened)
    press("Open Beta")
    address = last(person, before)
    assert address.startswith(f"{beta.home}?q=")
    assert parse_qs(urlsplit(address).query) == {"q": [HARD]}
    assert len(person.opened) == before + 1
    gone_nowhere_else(person)


def test_from_the_pad_it_goes_the_same_way(person, at_the_pad):
    at_the_pad.writes(HARD)
    before = len(person.opened)
    at_the_pad.presses("Open Beta")
    assert parse_qs(urlsplit(last(person, before)).query) == {"q": [HARD]}


@pytest.mark.parametrize("private", [True, False], ids=["private", "100 kB"])
def test_what_may_not_go_along_stays_on_the_pad_which_says_so(
    person, vendors, at_the_pad, press, private
):
    _, beta = vendors
    text = HARD if private else HARD + "x" * 100_000
    at_the_pad.writes(text)
    if private:
        at_the_pad.presses("Private: put it into no address")
    at_the_pad.presses("Close")
    before = len(person.opened)
    press("Open Beta")
    assert last(person, before) == beta.home
    at_the_pad.sees("It is marked private" if private else "It is too long for an address (100")
    assert person.windows("Scratch pad – AI Notifier")
    gone_nowhere_else(person)
    at_the_pad.presses("Copy the text")
    assert until(pasted) == text


def test_kept_it_lies_in_one_file_and_the_next_run_has_it(person, vendors, at_the_pad, press):
    at_the_pad.writes(HARD)
    at_the_pad.presses("Keep this draft")
    at_the_pad.sees("On this computer's disk, for you alone")
    file = person.folder / "data" / "draft.txt"
    assert HARD in file.read_text("utf-8")
    gone_nowhere_else(person, but=file)
    person.ends()
    person.starts(module="tests.whole.taking")
    person.shows(Lamp.TROUBLE)
    until(person.first_line, lambda line: line.startswith("Alpha is down"))
    person.clicks("Scratch pad…")
    Hands(person).sees("Instead of Alpha, as they are now")
    Hands(person).presses("Keep this draft")
    until(file.exists, lambda there: not there)
    gone_nowhere_else(person)


def gone_nowhere_else(person, but: Path | None = None) -> None:
    """No file of the profile, word on a terminal, notice, picture or argument has the canary."""
    kept = None if but is None else but.read_bytes()
    if but is not None:
        but.unlink()
    found = Found()
    for order in ("do", "done"):  # the hands' own slips of paper
        (person.folder / order).unlink(missing_ok=True)
    found.folder(person.folder)
    found.note("picture", json.dumps(person.knows()))
    found.note("notices", json.dumps(person.notes()))
    found.note("clipboard", pasted())
    for process in person.processes:
        if process.poll() is None:
            for what in ("cmdline", "environ"):
                found.note(what, Path("/proc", str(process.pid), what).read_bytes())
    assert found.of([CANARY]) == []
    assert (person.folder / "data" / "history.db").exists(), "it has been looked for somewhere"
    if but is not None and kept is not None:
        but.write_bytes(kept)


DOWN_AT_ONCE = """
title = "One is down"
about = "invented"
start = "2026-11-23T12:00:00Z"
length = "2h"
[[service]]
id = "chatgpt"
[[service]]
id = "claude"
[[at]]
t = "5s"
page.chatgpt = { state = "major_outage" }
"""


def test_in_a_rehearsal_a_page_on_loopback_says_what_would_have_been_opened(person):
    played = person.folder / "played.toml"
    played.write_text(DOWN_AT_ONCE)
    person.run("rehearse", str(played), "--tray", "--speed", "20", module="tests.whole.hands")
    hands, before = Hands(person), len(person.opened)
    until(person.icon)
    until(hands.everything, lambda told: "Rehearsal: ChatGPT is down" in " ".join(told), within=30)
    hands.presses("Take a prompt along…")
    hands.sees("Rehearsal – Scratch pad")
    hands.writes(CANARY)
    hands.presses("Open Claude")
    address = last(person, before)
    assert address.startswith("http://127.0.0.1:")
    assert "/opened?https://claude.ai/" in address
