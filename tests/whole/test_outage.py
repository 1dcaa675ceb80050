"""An outage as a person lives through it: icon, tooltip, menu, notice, button, and its end."""

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import silhouette, until

pytestmark = pytest.mark.desktop


def test_an_outage_is_seen_told_answered_and_over(person, vendors, press):
    alpha, beta = vendors
    person.chooses(alpha, beta, door=True)
    person.starts()
    person.shows(Lamp.CLEAR)
    person.reaches_the_door()
    clear, calm = person.pictures()[22], person.icon()
    assert person.tooltip() == "No problem reported for your 2 tools."
    assert person.notes() == [], "all well at the first start is shown, not told"

    alpha.fails(minutes=10)
    person.checks()
    person.shows(Lamp.TROUBLE)
    trouble, red = person.pictures()[22], person.icon()
    assert silhouette(clear) != silhouette(trouble), "told apart without any colour"
    assert calm["colour"] != red["colour"]
    sentence = "Alpha is down: theirs. Your network is fine."
    assert person.tooltip() == sentence
    until(person.first_line, lambda line: line == sentence)

    (outage,) = person.notes.wait(1)
    assert outage["summary"] == "Alpha is down"
    assert "It is them; your network is fine." in outage["body"]
    assert "Beta is ready." in outage["body"]
    assert person.on_screen() == 1
    press("Open Beta")
    until(lambda: person.opened, lambda opened: opened[-1:] == [beta.home])

    alpha.recovers()
    person.checks()
    person.shows(Lamp.CLEAR)
    _, over = person.notes.wait(2)
    assert over["summary"] == "Alpha works again after 10 minutes"
