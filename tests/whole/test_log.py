"""The log: what it did, for whoever has to find out why, and for nobody else."""

import stat

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until

pytestmark = pytest.mark.desktop


def test_the_log_tells_the_story_and_opens_from_the_menu(person, vendors):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    person.starts()
    person.shows(Lamp.CLEAR)
    alpha.fails()
    person.checks()
    person.notes.wait(1)
    told = person.log.read_text()
    assert "watches ['alpha', 'beta']" in told
    assert "trouble: Alpha is down: theirs." in told
    assert "(outage): Alpha is down" in told
    assert "httpx" not in told, "not every request is news"
    assert stat.S_IMODE(person.log.stat().st_mode) == 0o600

    person.clicks("Log")
    until(lambda: person.opened[-1:], lambda opened: opened == [person.log.as_uri()])
    person.clicks("Settings file")
    until(lambda: person.opened[-1:], lambda opened: opened == [person.settings.as_uri()])
