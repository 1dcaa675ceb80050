"""The first start: nothing is chosen, the chooser is there, and hands stay on the keyboard."""

import tomllib

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until

pytestmark = pytest.mark.desktop

CHOOSER = "Choose your tools – AI Notifier"


def test_tools_are_chosen_by_keyboard_alone(person):
    person.starts()
    until(lambda: person.windows(CHOOSER))
    person.shows(Lamp.EMPTY)
    assert person.tooltip() == "Nothing chosen yet."
    assert not person.settings.exists(), "nothing is written before a person has chosen"

    person.types(*"perplexity", "Down", "space")
    person.types("Shift+Tab", "ctrl+a", *"cursor", "Down", "space", "Return")
    until(lambda: person.windows(CHOOSER), lambda found: not found)

    chosen = tomllib.loads(person.settings.read_text())["service"]
    assert {service["id"] for service in chosen} == {"perplexity", "cursor"}
    # Whoever cannot look says so: neither red nor green.
    person.shows(Lamp.BLIND)
    assert person.notes() == []


def test_a_person_who_chooses_nothing_is_left_in_peace(person):
    process = person.starts()
    until(lambda: person.windows(CHOOSER))
    person.types("Escape")
    until(lambda: person.windows(CHOOSER), lambda found: not found)
    person.shows(Lamp.EMPTY)
    assert process.poll() is None, "closing a window does not end the program"
    assert not person.settings.exists()
