"""One owner per profile: a second start, and a tray beside `notifier watch`."""

import json
import signal
import subprocess

import pytest

from notifier.model.picture import Lamp
from notifier.owner.lock import holder
from notifier.storage.places import places
from tests.whole.desk import until

pytestmark = pytest.mark.desktop

WINDOW = "AI Notifier"


def test_a_second_start_shows_the_window_of_the_first_and_ends(person, vendors):
    person.chooses(*vendors)
    person.starts()
    assert person.windows(WINDOW) == [], "it stays out of the way"
    assert person.run("tray").wait(10) == 0
    until(lambda: person.windows(WINDOW))
    person.shows(Lamp.CLEAR)


def test_who_starts_it_twice_in_one_second_sees_its_window_too(person, vendors):
    person.chooses(*vendors)
    first = person.run("tray")
    run = places(person.folder).run
    until(lambda: holder(run))
    first.send_signal(signal.SIGSTOP)  # it is the first, and cannot be asked anything yet
    second = person.run("tray")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(2)
    first.send_signal(signal.SIGCONT)
    assert second.wait(15) == 0
    until(lambda: person.windows(WINDOW))
    person.shows(Lamp.CLEAR)


def test_a_tray_takes_over_from_a_watch_which_follows_it(person, vendors, tmp_path):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    heard, said = tmp_path / "heard", tmp_path / "said"
    with heard.open("w") as out, said.open("w") as err:
        watch = person.run("watch", "--json", stdout=out, stderr=err)
        until(lambda: "picture" in heard.read_text())
        person.starts()
        person.shows(Lamp.CLEAR)
        until(lambda: "Following the AI Notifier that is running." in said.read_text())
        alpha.fails()
        person.checks()
        person.notes.wait(1)

        def notices() -> list[dict]:
            lines = heard.read_text().splitlines()
            return [one for one in map(json.loads, lines) if one["kind"] == "notice"]

        (followed,) = until(notices)
        assert followed["title"] == "Alpha is down"
        assert watch.poll() is None


def test_without_a_screen_it_says_what_to_do_instead(person):
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    process = person.run("tray", env=nowhere, stderr=subprocess.PIPE)
    _, words = process.communicate(timeout=10)
    assert process.returncode == 1
    assert "notifier watch" in words
