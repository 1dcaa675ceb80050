"""The end comes when it is asked for, whatever is under way."""

import signal
import time

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until
from tests.whole.feed_server import Instead

pytestmark = pytest.mark.desktop

SOON = 3.0
"""Seconds; two of them are for a slow machine."""


def ended(process) -> tuple[int, float]:
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    code = process.wait(15)
    return code, time.monotonic() - began


def test_sigterm_ends_it_at_once(person, vendors):
    person.chooses(*vendors)
    process = person.starts()
    person.shows(Lamp.CLEAR)
    code, seconds = ended(process)
    assert code == 0
    assert seconds < SOON
    assert "the end" in person.log.read_text()


def test_sigterm_ends_it_while_a_look_hangs(person, vendors):
    alpha, beta = vendors
    alpha.instead = Instead.SILENCE
    person.chooses(alpha, beta)
    process = person.starts()
    until(lambda: alpha.asked)
    code, seconds = ended(process)
    assert code == 0
    assert seconds < SOON


def test_quit_in_the_menu_ends_it_and_takes_the_icon_away(person, vendors):
    person.chooses(*vendors)
    process = person.starts()
    person.shows(Lamp.CLEAR)
    person.clicks("Quit")
    assert process.wait(10) == 0
    until(person.icon, lambda icon: icon is None)
