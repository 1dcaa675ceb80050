"""The end comes when it is asked for, whatever is under way and whatever hangs."""

import signal
import sqlite3
import time

import pytest

from notifier.model.picture import Lamp
from notifier.storage.places import places
from tests.whole.desk import stopped, until
from tests.whole.feed_server import Instead

pytestmark = pytest.mark.desktop

SOON = 3.0
"""Seconds; two of them are for a slow machine."""


def ended(process, how=signal.SIGTERM) -> tuple[int, float]:
    began = time.monotonic()
    process.send_signal(how)
    code = process.wait(15)
    return code, time.monotonic() - began


def history_is_closed(person) -> bool:
    """Whether the run was ended in order: a killed one leaves it open."""
    place = places(person.folder).history
    assert not place.with_name(place.name + "-wal").exists()
    with sqlite3.connect(place) as history:
        ((whole,),) = history.execute("pragma integrity_check").fetchall()
    return whole == "ok"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_at_once(person, vendors, how):
    person.chooses(*vendors)
    # A shell that puts a command behind itself has it ignore Ctrl-C.
    process = person.starts(preexec_fn=lambda: signal.signal(how, signal.SIG_DFL))
    person.shows(Lamp.CLEAR)
    code, seconds = ended(process, how)
    assert code == 0
    assert seconds < SOON
    assert "the end" in person.log.read_text()
    assert history_is_closed(person)


def test_what_nohup_has_silenced_stays_silent(person, vendors):
    person.chooses(*vendors)
    process = person.starts(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    person.shows(Lamp.CLEAR)
    assert process.poll() is None


def test_sigterm_ends_it_while_a_look_hangs(person, vendors):
    alpha, beta = vendors
    alpha.instead = Instead.SILENCE
    person.chooses(alpha, beta)
    process = person.starts()
    until(lambda: alpha.asked)
    code, seconds = ended(process)
    assert code == 0
    assert seconds < SOON
    assert history_is_closed(person)


def test_sigterm_ends_it_while_names_are_looked_up_for_ever(person, vendors):
    alpha, beta = vendors
    (person.folder / "dns").touch()
    person.chooses(alpha, beta)
    named = person.settings.read_text().replace(alpha.url, "http://no-name.test/")
    person.settings.write_text(named)
    process = person.starts(module="tests.whole.faulty")
    until(person.knows)
    code, seconds = ended(process)
    assert code == 0
    assert seconds < SOON
    assert history_is_closed(person)


def test_sigterm_ends_it_while_the_engine_hangs(person, vendors):
    person.chooses(*vendors)
    process = person.starts(module="tests.whole.faulty")
    person.shows(Lamp.CLEAR)
    (person.folder / "hang").touch()
    time.sleep(0.5)  # its next turn begins meanwhile
    _, seconds = ended(process)
    assert seconds < SOON
    assert "left behind" in person.log.read_text()


@pytest.mark.parametrize("part", ["bus", "dunst", "panel"])
def test_sigterm_ends_it_while_a_part_of_the_desktop_hangs(person, vendors, part):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    process = person.starts()
    person.shows(Lamp.CLEAR)
    with stopped(part):
        alpha.fails()
        person.checks()  # and a notice is under way
        _, seconds = ended(process)
    assert seconds < SOON
    assert history_is_closed(person)
    assert "the end" in person.log.read_text()


def test_quit_in_the_menu_ends_it_and_takes_the_icon_away(person, vendors):
    person.chooses(*vendors)
    process = person.starts()
    person.shows(Lamp.CLEAR)
    person.clicks("Quit")
    assert process.wait(10) == 0
    until(person.icon, lambda icon: icon is None)
    assert history_is_closed(person)
