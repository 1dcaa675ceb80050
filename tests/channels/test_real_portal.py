"""The real portal, xdg-desktop-portal with its GTK backend, in front of the real daemon, dunst.

Skipped where it is not installed (xdg-desktop-portal, xdg-desktop-portal-gtk); unpacked under
`AI_NOTIFIER_PORTAL_ROOT` is enough.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notifier.channels import Outcome
from notifier.channels.portal import SERVICE, Portal
from notifier.model.announcement import Action
from tests.channels.dunst import Dunst
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED
from tests.channels.on_bus import await_name

ROOT = Path(os.environ.get("AI_NOTIFIER_PORTAL_ROOT", "/"))
PARTS = {
    "xdg-permission-store": "org.freedesktop.impl.portal.PermissionStore",
    "xdg-desktop-portal-gtk": "org.freedesktop.impl.portal.desktop.gtk",
    "xdg-desktop-portal": SERVICE,
}

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.slow,  # with the long ones, which may do without what few machines have
    pytest.mark.skipif(
        not all((ROOT / "usr/libexec" / part).exists() for part in PARTS),
        reason="xdg-desktop-portal and xdg-desktop-portal-gtk are not installed",
    ),
]


@pytest.fixture
def dunst(bus) -> Iterator[Dunst]:
    daemon = Dunst()
    yield daemon
    daemon.kill()


@pytest.fixture
def portal(bus, dunst, tmp_path) -> Iterator[None]:
    environment = {
        **os.environ,
        "LD_LIBRARY_PATH": str(ROOT / "usr/lib/x86_64-linux-gnu"),
        "XDG_DESKTOP_PORTAL_DIR": str(ROOT / "usr/share/xdg-desktop-portal/portals"),
        "GSETTINGS_BACKEND": "memory",
        "XDG_DATA_DIRS": f"{ROOT}/usr/share:/usr/share",
        "XDG_DATA_HOME": str(tmp_path),
    }
    started = []
    for part, name in PARTS.items():
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        program = ROOT / "usr/libexec" / part
        started.append(subprocess.Popen([program], env=environment, **quiet))
        await_name(bus.address, name)
    yield
    for process in reversed(started):
        process.kill()
        process.wait()


class Person:
    def __init__(self, qtbot) -> None:
        self.qtbot = qtbot
        self.outcomes: list[Outcome] = []
        self.pressed: list[Action] = []
        self.channel = Portal(in_sandbox=lambda: True)
        self.channel.pressed.connect(lambda _, action: self.pressed.append(action))

    def hears(self, notice) -> Outcome:
        before = len(self.outcomes)
        self.channel.deliver(notice, self.outcomes.append)
        self.qtbot.waitUntil(lambda: len(self.outcomes) > before)
        return self.outcomes[-1]


@pytest.fixture
def person(qtbot, portal) -> Iterator[Person]:
    someone = Person(qtbot)
    yield someone
    someone.channel.close()


def test_news_replaces_and_what_is_over_leaves_the_screen(dunst, person, qtbot):
    assert person.hears(OUTAGE) == "portal:t-1"
    qtbot.waitUntil(lambda: dunst.on_screen() == 1)
    person.hears(RECOVERED)
    person.hears(ELSEWHERE)
    qtbot.waitUntil(lambda: dunst.on_screen() == 2)
    person.channel.withdraw(ELSEWHERE.id)
    qtbot.waitUntil(lambda: dunst.on_screen() == 1)
    assert RECOVERED.title in {one["summary"] for one in dunst.shown()}


def test_markup_stays_literal_though_the_portal_hands_it_on_as_it_is(dunst, person, qtbot):
    person.hears(replace(OUTAGE, title="<b>A</b>", body="5 &amp; 6 <img src=x> <u>u</u>"))
    qtbot.waitUntil(lambda: dunst.on_screen() == 1)
    (shown,) = dunst.shown()
    assert shown["summary"] == "‹b›A‹/b›"
    assert shown["body"] == "5 ＆amp; 6 ‹img src=x› ‹u›u‹/u›"


def test_a_pressed_button_comes_back_through_the_portal(dunst, person, qtbot):
    person.hears(OUTAGE)
    qtbot.waitUntil(lambda: dunst.on_screen() == 1)
    subprocess.run(["press", "Got it"], check=True)
    qtbot.waitUntil(lambda: person.pressed == [Action.GOT_IT])
