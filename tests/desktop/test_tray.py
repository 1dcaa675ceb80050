"""The icon says how everything is, wherever it is shown, and is never lost."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from notifier.desktop import tray as tray_module
from notifier.desktop.lamps import Lamps
from notifier.desktop.tray import CALM, Tray
from notifier.model.picture import Lamp, ToldLine
from notifier.wording.say import English
from tests.desktop.desktop_session import SmallTray, labels, seen
from tests.desktop.tray_pictures import NOON, Desk, down, picture, well

ROOT = Path(__file__).parents[2]

# Qt's offscreen platform has no tray, and Qt's own tray says so in this way.
pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindow")


class Host(QObject):
    """A tray host that comes and goes when told."""

    changed = Signal()

    def __init__(self, *, present: bool = True, hangs: bool = False) -> None:
        super().__init__()
        self.present = present
        self.hangs = hangs

    def listens(self) -> bool:
        return not self.hangs

    def turn(self, *, present: bool) -> None:
        self.present = present
        self.changed.emit()


class Messages(QSystemTrayIcon):
    """Counts what would be sent to the host."""

    sent: list[tuple[str, Any]]

    def setIcon(self, icon: Any) -> None:
        self.sent.append(("icon", icon.cacheKey()))
        super().setIcon(icon)

    def setToolTip(self, tip: str) -> None:
        self.sent.append(("tip", tip))
        super().setToolTip(tip)


@pytest.fixture
def sent(monkeypatch):
    Messages.sent = []
    monkeypatch.setattr(tray_module, "QSystemTrayIcon", Messages)
    return Messages.sent


@pytest.fixture
def a_tray(qtbot):
    trays: list[Tray] = []

    def make(host: Host, desk: Desk | None = None, *, available: bool = True) -> Tray:
        tray = Tray((desk or Desk()).doors, English(), host, "no tray", available=lambda: available)
        trays.append(tray)
        return tray

    yield make
    for tray in trays:
        tray.hide()
        tray.deleteLater()


OUTAGE = picture(down("ChatGPT"), well("Claude"))


def test_the_icon_shows_lamp_and_sentence_of_the_picture(a_tray):
    tray = a_tray(Host())
    tray.show(OUTAGE)
    assert tray.icon.toolTip() == "ChatGPT is down: theirs. Your network is fine."
    drawn = tray.icon.icon().pixmap(22, 22).toImage()
    assert drawn == Lamps().icon(Lamp.TROUBLE).pixmap(22, 22).toImage()


def test_before_the_first_picture_the_icon_is_neutral_and_not_a_dead_end(a_tray):
    tray, neutral = a_tray(Host()), Lamps().icon(Lamp.EMPTY)
    assert tray.icon.icon().pixmap(22, 22).toImage() == neutral.pixmap(22, 22).toImage()
    assert tray.icon.toolTip() == "AI Notifier"
    texts = [action.text() for action in tray.icon.contextMenu().actions()]
    assert texts == ["Open", "", "Quit"]


def test_only_what_changed_is_sent_to_the_host(a_tray, sent):
    tray = a_tray(Host())
    tray.show(OUTAGE)
    sent.clear()
    tray.show(replace(OUTAGE, at=OUTAGE.at.later(60)))
    assert sent == []
    tray.show(replace(OUTAGE, headline="ChatGPT and Claude are down."))
    assert sent == [("tip", "ChatGPT and Claude are down.")]


def test_an_owed_notice_shows_in_the_icon(a_tray):
    tray = a_tray(Host())
    tray.show(OUTAGE)
    before = tray.icon.icon().cacheKey()
    tray.show(replace(OUTAGE, owed=1))
    assert tray.icon.icon().cacheKey() != before


def texts(tray: Tray) -> list[str]:
    return [action.text() for action in tray.icon.contextMenu().actions()]


def test_what_is_kept_back_stands_in_the_menu_until_somebody_has_looked(a_tray, qtbot):
    row = replace(down("ChatGPT"), told=ToldLine("outage", NOON.utc, kept_back=True))
    kept, desk = "Kept back by do not disturb: 1 notice", Desk()
    tray = a_tray(Host(), desk)
    tray.show(picture(row))
    qtbot.waitUntil(lambda: kept in texts(tray))
    desk.now = NOON.later(60)
    tray.icon.contextMenu().aboutToShow.emit()
    qtbot.wait(2 * CALM)
    assert kept in texts(tray), "nothing moves under the hand"
    tray.icon.contextMenu().aboutToHide.emit()
    assert kept not in texts(tray)


def test_who_has_opened_the_window_has_seen_what_was_kept_back(a_tray, qtbot):
    row = replace(down("ChatGPT"), told=ToldLine("outage", NOON.utc, kept_back=True))
    tray = a_tray(Host(), Desk(now=NOON.later(60)))
    tray.show(picture(row))
    qtbot.waitUntil(lambda: any("do not disturb" in text for text in texts(tray)))
    tray.looked()
    qtbot.waitUntil(lambda: not any("do not disturb" in text for text in texts(tray)))


def test_a_tooltip_is_one_plain_line(a_tray):
    tray = a_tray(Host())
    tray.show(replace(OUTAGE, headline="<b>R&D</b>\nis\u202e down\x07"))
    assert tray.icon.toolTip() == "‹b>R&D‹/b> is down"


def test_a_left_click_opens_the_window_and_a_right_click_does_not(a_tray):
    desk = Desk()
    tray = a_tray(Host(), desk)
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert desk.asked == []
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert desk.asked == [("window", None)]


def test_a_host_that_comes_late_is_given_a_new_icon_with_everything_on_it(a_tray):
    host = Host(present=False)
    tray = a_tray(host)
    tray.show(OUTAGE)
    before = tray.icon
    host.turn(present=True)
    assert tray.icon is not before
    assert tray.icon.toolTip().startswith("ChatGPT is down")
    assert len(tray.icon.contextMenu().actions()) > 5


def test_a_host_that_restarts_is_left_to_qt_which_registers_again(a_tray):
    host = Host()
    tray = a_tray(host)
    before = tray.icon
    host.turn(present=False)
    host.turn(present=True)
    assert tray.icon is before


def test_when_only_an_older_kind_of_host_remains_the_icon_moves_there(a_tray, qtbot, monkeypatch):
    monkeypatch.setattr(tray_module, "PATIENCE", 1)
    host = Host()
    tray = a_tray(host)
    before = tray.icon
    host.turn(present=False)
    qtbot.waitUntil(lambda: tray.icon is not before)


def test_without_any_host_it_says_so_once(a_tray, qtbot, monkeypatch):
    monkeypatch.setattr(tray_module, "PATIENCE", 1)
    tray = a_tray(Host(present=False), available=False)
    heard: list[str] = []
    tray.homeless.connect(heard.append)
    qtbot.waitUntil(lambda: heard == ["no tray"])


def test_a_host_that_comes_and_goes_is_waited_for_from_the_last_time(a_tray, monkeypatch):
    monkeypatch.setattr(tray_module, "PATIENCE", 60_000)
    host = Host(present=False)
    tray = a_tray(host, available=False)
    started: list[bool] = []
    monkeypatch.setattr(tray._waiting, "start", lambda: started.append(True))
    host.turn(present=True)
    host.turn(present=False)
    assert started == [True, True]


def test_with_a_host_nothing_is_said(a_tray, qtbot, monkeypatch):
    monkeypatch.setattr(tray_module, "PATIENCE", 1)
    tray = a_tray(Host())
    with qtbot.assertNotEmitted(tray.homeless, wait=50):
        pass


def test_no_balloon_is_claimed_where_nobody_would_see_it(a_tray):
    # Under StatusNotifierItem Qt hands balloons to the daemon that has just failed us.
    assert not a_tray(Host(present=True)).balloon("title", "text", 5)
    assert not a_tray(Host(present=False), available=False).balloon("title", "text", 5)


def test_qt_is_not_asked_about_hosts_while_the_bus_hangs(qtbot, monkeypatch):
    # It would wait for half a minute, and all windows with it.
    monkeypatch.setattr(tray_module, "PATIENCE", 1)
    host = Host(present=False, hangs=True)
    asked: list[bool] = []
    tray = Tray(
        Desk().doors, English(), host, "no tray", available=lambda: asked.append(True) or True
    )
    with qtbot.waitSignal(tray.homeless):
        pass
    assert not tray.balloon("title", "text", 5)
    assert asked == []
    tray.hide()


def test_something_of_ours_that_failed_is_in_the_menu_until_it_is_looked_into(a_tray, qtbot):
    tray = a_tray(Host())
    tray.show(OUTAGE)
    words = "Something went wrong inside: open the log"

    def said() -> bool:
        return words in [action.text() for action in tray.icon.contextMenu().actions()]

    tray.show_slip(slipped=True)
    qtbot.waitUntil(said)
    tray.show_slip(slipped=False)
    qtbot.waitUntil(lambda: not said())


# --- on a real desktop


@pytest.fixture
def small_tray():
    with SmallTray() as tray:
        yield tray


@pytest.mark.desktop
def test_a_real_host_sees_icon_tooltip_and_menu(small_tray):
    small_tray.ask("outage")
    outage = seen()
    assert outage is not None
    assert outage["tooltip"] == "ChatGPT is down: theirs. Your network is fine."
    assert outage["sizes"] == [f"{s}x{s}" for s in (16, 22, 24, 32, 44, 48, 64)]
    assert labels(outage["menu"])[:5] == [
        "ChatGPT is down: theirs. Your network is fine.",
        "Is it me? Check now",
        "Test my connection…",
        "ChatGPT: down · just now",
        "R+D my_model: no problem reported · just now",
    ]
    inside = next(e for e in outage["menu"] if e.get("label", "").startswith("ChatGPT: down"))
    assert "Use Claude instead" in labels(inside["children"])

    small_tray.ask("well")
    fine = seen()
    assert fine is not None
    assert fine["tooltip"] == "All well."
    red, green = int(fine["colour"][1:3], 16), int(fine["colour"][3:5], 16)
    assert green > red
    assert abs(fine["coverage"] - outage["coverage"]) > 0.1, "the shape did not change"
    assert "ChatGPT: no problem reported · just now" in labels(fine["menu"])


@pytest.mark.desktop
def test_clicks_of_a_real_host_arrive(small_tray):
    small_tray.ask("outage")
    assert seen() is not None
    subprocess.run(["tray", "--match", "AI Notifier", "--activate"], check=True)
    subprocess.run(["tray", "--match", "AI Notifier", "--click", "Use Claude instead"], check=True)
    asked = small_tray.ask("asked")
    assert asked == "asked [('window', None), ('instead', 'https://claude.ai/new')]"


def session(story: str, host: str) -> dict[str, Any]:
    """Play a story of `desktop_session` in a desktop session of its own."""
    played = subprocess.run(
        [
            ROOT / "tests/rig/desktop",
            *("--tray", host, "--notify", "none", "--keyring", "none", "--"),
            *(sys.executable, "-m", "tests.desktop.desktop_session", story),
        ],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert played.returncode == 0, played.stderr
    return json.loads(played.stdout.splitlines()[-1])


@pytest.mark.desktop
def test_a_panel_that_comes_late_and_restarts_shows_the_icon_each_time():
    assert session("late", "none") == {"found": [True] * 6}


@pytest.mark.desktop
def test_a_desktop_without_a_tray_is_told_so():
    assert session("none", "none") == {"said": "homeless no tray here", "balloon": "balloon False"}


@pytest.mark.desktop
def test_a_host_of_the_older_kind_shows_balloons():
    assert session("xembed", "tint2") == {"balloon": "balloon True", "next": "shown well"}
