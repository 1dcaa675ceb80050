"""*Test notification*: one at a time, answered in its window and to every command that asked."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from notifier.channels import Done, Ladder, Undeliverable
from notifier.channels.window import Window
from notifier.desktop.buttons import Button
from notifier.desktop.trial_notice import TrialNotice
from notifier.model.announcement import Notice, NoticeId
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.rung import Behind, Rung
from notifier.model.tried import Tried
from notifier.tray.trial_notice import NoticeTester
from notifier.wording.say import English

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)")


class Slow:
    """A channel that answers when it is told to."""

    rung = Rung.FREEDESKTOP

    def __init__(self) -> None:
        self.taken: list[tuple[Notice, Done]] = []

    def deliver(self, notice: Notice, done: Done) -> None:
        self.taken.append((notice, done))

    def withdraw(self, notice) -> None:
        """Nothing here is ever withdrawn."""

    def describe(self, then) -> None:
        then(Behind("Some Daemon", hushed=False))


class NoWall:
    """A window that is not open."""

    def hang(self, _: Notice) -> bool:
        return False

    def take_down(self, _) -> None:
        """There is nothing."""


@pytest.fixture
def slow(qapp):
    return Slow()


@pytest.fixture
def ladder(slow):
    return Ladder([lambda: slow, lambda: Window(NoWall())])


class Beside:
    """Pushes and hooks that answer when they are told to, or at once that there are none."""

    def __init__(self, *, some: bool = False) -> None:
        self.some, self.asked = some, []

    def __call__(self, answered) -> None:
        if self.some:
            self.asked.append(answered)
        else:
            answered(())


PHONE = Relayed(NoticeId("test"), RelayKind.PUSH, "phone", RelayState.HANDED_OVER, NOW)
LAMP = Relayed(NoticeId("test"), RelayKind.HOOK, "lamp", RelayState.FAILED, NOW, why="No lamp.")


@pytest.fixture
def tester(ladder):
    return NoticeTester(ladder, English(), lambda: NOW, Beside())


def shown() -> list[str]:
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, TrialNotice)]
    (window,) = (one for one in windows if one.isVisible())
    labels = window.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text()]


def press(text: str) -> None:
    buttons = (one for one in QApplication.allWidgets() if isinstance(one, Button))
    next(one for one in buttons if one.isVisible() and one.text() == text).click()


def test_it_is_no_outage_and_nobody_is_told_of_anything(tester, ladder, slow):
    said: list[object] = []
    ladder.heard.connect(lambda *words: said.append(words))
    ladder.unheard.connect(lambda *words: said.append(words))
    tester.send(said.append)
    ((notice, done),) = slow.taken
    assert (notice.title, notice.services) == ("Test notification", ())
    done("1")
    assert said == [Tried(Rung.FREEDESKTOP, Behind("Some Daemon", hushed=False))]


def test_who_asks_while_one_is_under_way_hears_of_that_one(tester, slow):
    said: list[Tried] = []
    tester.send(said.append)
    tester.send(said.append)
    assert len(slow.taken) == 1
    slow.taken[0][1]("1")
    assert len(said) == 2
    tester.send(said.append)
    assert len(slow.taken) == 2


def test_the_window_says_which_way_it_went_and_sends_another(tester, slow):
    tester.open()
    assert "Sending it…" in shown()
    slow.taken[0][1]("1")
    assert "Shown by Some Daemon." in shown()
    press("Send again")
    assert "Sending it…" in shown()
    slow.taken[1][1](Undeliverable("no answer within 3 seconds"))
    assert shown()[-2:] == [
        "Notification daemon: no answer within 3 seconds",
        "Window: the window is not open",
    ]
    press("Close")


def test_the_window_shows_pushes_and_hooks_as_soon_as_they_have_answered(ladder, slow):
    beside = Beside(some=True)
    tester = NoticeTester(ladder, English(), lambda: NOW, beside)
    tester.open()
    slow.taken[0][1]("1")
    assert shown()[-2:] == ["Shown by Some Daemon.", "Trying pushes and hooks…"]
    press("Send again")
    assert len(slow.taken) == 1, "not before everything has been answered"
    beside.asked[0]((PHONE, LAMP))
    assert shown()[-3:] == [
        "Shown by Some Daemon.",
        "Push phone: handed over.",
        "Hook lamp: No lamp.",
    ]
    press("Send again")
    assert shown()[-1] == "Sending it…"
    beside.asked[1]((PHONE,))
    assert shown()[-1] == "Sending it…", "the ladder is what comes first"
    slow.taken[1][1]("2")
    assert shown()[-2:] == ["Shown by Some Daemon.", "Push phone: handed over."]
    press("Close")


def test_a_window_opened_again_waits_for_the_pushes_under_way(ladder, slow):
    beside = Beside(some=True)
    tester = NoticeTester(ladder, English(), lambda: NOW, beside)
    tester.open()
    press("Close")
    tester.open()
    assert len(beside.asked) == 1
    slow.taken[0][1]("1")
    beside.asked[0]((PHONE,))
    assert shown()[-1] == "Push phone: handed over."
    press("Close")


def test_what_comes_after_the_window_was_closed_does_no_harm(tester, slow):
    tester.open()
    press("Close")
    slow.taken[0][1]("1")
    tester.open()
    assert "Sending it…" in shown()
    press("Close")


def test_a_rehearsal_says_that_it_is_one(ladder, slow):
    tester = NoticeTester(ladder, English(), lambda: NOW, Beside(), rehearsal=True)
    tester.open()
    assert slow.taken[0][0].title == "Rehearsal – Test notification"
    assert shown()[0] == "Rehearsal – Test notification"
    press("Close")
    slow.taken[0][1](Undeliverable("no daemon"))
