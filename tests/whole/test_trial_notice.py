"""*Test notification* on a real desktop: by command and by menu, and what it leaves behind."""

import sqlite3
from contextlib import closing

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import said, until
from tests.whole.sessions import played

pytestmark = pytest.mark.desktop

ABSENT = "The name org.freedesktop.{} was not provided by any .service files"


@pytest.fixture
def calm(person, vendors):
    person.chooses(*vendors)
    person.starts()
    person.shows(Lamp.CLEAR)
    return person


@pytest.fixture
def do_not_disturb():
    said("dunstctl", "set-paused", "true")
    yield
    said("dunstctl", "set-paused", "false")


def kept(person) -> int:
    """Notices in the history."""
    with closing(sqlite3.connect(person.folder / "data" / "history.db")) as history:
        (count,) = history.execute("SELECT COUNT(*) FROM notices").fetchone()
    return count


def test_the_command_says_who_showed_it_and_nothing_is_kept(calm):
    assert calm.notifier("test-notification") == (0, "Shown by dunst.\n")
    (note,) = calm.notes.wait(1)
    assert note["summary"] == "Test notification"
    assert note["hints"]["urgency"] == 1, "it goes by itself"
    assert calm.on_screen() == 1
    calm.notifier("test-notification")
    calm.notes.wait(2)
    assert calm.on_screen() == 1, "a second one takes the place of the first"
    picture = calm.knows()
    assert (picture["owed"], picture["lamp"]) == (0, "clear")
    assert [row["told"] for row in picture["rows"]] == [None, None]
    assert kept(calm) == 0


def test_while_do_not_disturb_is_on_it_says_so(calm, do_not_disturb):
    code, text = calm.notifier("test-notification")
    assert (code, text) == (0, "Taken by dunst, which keeps it back: do not disturb is on.\n")
    assert calm.on_screen() == 0


def test_pushes_and_hooks_are_tried_beside_the_desktop(person, vendors, tmp_path):
    lamp = tmp_path / "lamp.sh"
    lamp.write_text(f"#!/bin/sh\ncat >> {tmp_path}/got\necho no lamp >&2\nexit 3\n")
    lamp.chmod(0o755)
    person.chooses(*vendors)
    with person.settings.open("a") as settings:
        settings.write(f'\n[[push]]\nname = "phone"\n[[hook]]\nrun = ["{lamp}"]\n')
    person.starts()
    person.shows(Lamp.CLEAR)
    code, text = person.notifier("test-notification")
    shown, phone, hook = text.splitlines()
    assert (code, shown, hook) == (1, "Shown by dunst.", "Hook lamp.sh: It ended with 3: no lamp")
    assert phone.startswith("Push phone: There is no key under push:phone;")
    person.notes.wait(1)
    person.clicks("Test notification…")
    until(lambda: (tmp_path / "got").read_text().count("Test notification") == 2)
    assert kept(person) == 0


def test_from_the_menu_a_window_says_it(calm):
    calm.clicks("Test notification…")
    until(lambda: calm.windows("Test notification – AI Notifier"))
    calm.notes.wait(1)
    calm.types("Escape")
    until(lambda: calm.windows("Test notification – AI Notifier"), lambda windows: not windows)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--notify", "xfce"), ["Shown by Xfce Notify Daemon."]),
        (
            ("--notify", "none", "--tray", "tint2"),
            [
                "No notification daemon: shown as the icon's balloon.",
                f"Notification daemon: {ABSENT.format('Notifications')}",
                f"Desktop portal: {ABSENT.format('portal.Desktop')}",
            ],
        ),
        (
            ("--notify", "none"),
            [
                "Nobody took it. What cannot be shown is kept in menu and log.",
                f"Notification daemon: {ABSENT.format('Notifications')}",
                f"Desktop portal: {ABSENT.format('portal.Desktop')}",
                "Balloon of the icon: no tray that draws balloons",
                "Window: the window is not open",
            ],
        ),
    ],
    ids=["another daemon", "no daemon, but balloons", "nobody at all"],
)
def test_on_every_desktop_it_names_the_way(options, says):
    seen = played("trial_notice", *options)
    assert seen["says"] == says
    assert seen["owed"] == 0, "nothing is owed of a test"
    if "xfce" in options:
        assert "do not disturb is on" in seen["says with do not disturb"][0]
