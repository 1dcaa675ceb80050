"""Faults of our own: never a green that nobody renews, and never an end without a word."""

import json

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until

pytestmark = pytest.mark.desktop

SLIP = "Something went wrong inside: open the log"


@pytest.fixture
def faulty(person, vendors):
    """All is well, and the faults of `faulty.py` can be switched on: a file in the profile each."""
    person.chooses(*vendors)
    person.starts(module="tests.whole.faulty")
    person.shows(Lamp.CLEAR)
    return person


def menu(person) -> list[str]:
    icon = person.icon()
    return [entry.get("label", "") for entry in icon["menu"]] if icon else []


def test_an_engine_that_stands_still_shows_not_checking_and_is_shown_again_when_it_goes_on(faulty):
    (faulty.folder / "hang").touch()
    faulty.shows(Lamp.BLIND, within=30)
    assert faulty.tooltip().startswith("Not checking since ")
    assert faulty.first_line().startswith("Not checking since ")
    services = [line for line in menu(faulty) if line.startswith(("Alpha", "Beta"))]
    assert [line.partition(" · ")[0] for line in services] == [
        "Alpha: not checked",
        "Beta: not checked",
    ]
    assert faulty.notes() == []
    (faulty.folder / "hang").unlink()
    faulty.shows(Lamp.CLEAR, within=30)
    assert "No problem reported" in faulty.tooltip()


def test_commands_look_for_themselves_while_the_engine_stands_still(faulty):
    (faulty.folder / "hang").touch()
    faulty.shows(Lamp.BLIND, within=30)
    code, text = faulty.notifier("check", "--json")
    document = json.loads(text[text.index("{") :])
    assert code == 0, text
    assert document["source"] in ("looked", "cache")
    assert [one["state"] for one in document["services"]] == ["operational", "operational"]


def test_a_watch_that_a_defect_has_ended_is_begun_again(faulty, vendors):
    (faulty.folder / "die").touch()
    until(lambda: "ended by a defect of ours" in faulty.log.read_text(), within=30)
    until(lambda: SLIP in menu(faulty))
    vendors[0].fails()
    faulty.checks()
    faulty.shows(Lamp.TROUBLE)
    (outage,) = faulty.notes.wait(1)
    assert outage["summary"] == "Alpha is down"


def test_events_that_cannot_be_taken_in_end_nothing_and_are_not_hidden(faulty):
    (faulty.folder / "slip").touch()
    until(lambda: "could not be taken in" in faulty.log.read_text(), within=30)
    faulty.shows(Lamp.BLIND, within=30)
    assert faulty.tooltip().startswith("Not checking since ")
    until(lambda: SLIP in menu(faulty))
    (faulty.folder / "slip").unlink()
    faulty.shows(Lamp.CLEAR, within=30)
    faulty.clicks(SLIP)
    until(lambda: faulty.log.as_uri() in faulty.opened)
    until(lambda: SLIP not in menu(faulty))
