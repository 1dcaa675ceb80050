"""Killed in the middle of an outage: nothing is lost, and nothing is told twice."""

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until
from tests.whole.sessions import played

pytestmark = pytest.mark.desktop


@pytest.fixture
def killed_in_an_outage(person, vendors):
    """Alpha has failed, that was told, the program died and was started again."""
    alpha, beta = vendors
    alpha.fails(minutes=10)
    person.chooses(alpha, beta)
    process = person.starts()
    (outage,) = person.notes.wait(1)
    until(lambda: person.knows()["rows"][0]["told"])
    person.kills(process)
    assert person.on_screen() == 1, "the daemon has outlived the program"
    person.starts()
    person.shows(Lamp.TROUBLE)
    return outage


def test_the_outage_is_not_told_again_and_its_end_is_told_once(
    person, vendors, killed_in_an_outage
):
    alpha, _ = vendors
    person.checks()
    person.checks()
    assert len(person.notes()) == 1, "the outage was told before"
    alpha.recovers()
    person.checks()
    _, over = person.notes.wait(2)
    assert over["summary"] == "Alpha works again after 10 minutes"
    assert over["replaces"] == killed_in_an_outage["id"], "the old notice is not left hanging"
    assert person.on_screen() == 1
    person.checks()
    person.shows(Lamp.CLEAR)
    assert len(person.notes()) == 2


def test_the_end_that_came_while_it_was_dead_is_told_after_the_start(person, vendors):
    alpha, beta = vendors
    alpha.fails()
    person.chooses(alpha, beta)
    process = person.starts()
    person.notes.wait(1)
    until(lambda: person.knows()["rows"][0]["told"])
    person.kills(process)
    alpha.recovers()
    person.starts()
    _, over = person.notes.wait(2)
    assert over["summary"].startswith("Alpha works again")
    assert person.on_screen() == 1


def test_a_button_of_a_notice_from_before_still_acts():
    seen = played("button_of_before", "--notify", "xfce")
    assert seen["opened"] == [seen["home"]]
    assert seen["notes"] == 1
