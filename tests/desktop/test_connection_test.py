"""The window of *Test my connection*: lines as they come, one sentence, and the keyboard alone."""

from dataclasses import replace
from datetime import UTC

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from notifier.desktop.buttons import Button
from notifier.desktop.connection_test import ConnectionTest
from notifier.model.observation import Failure, FailureKind, Stage
from notifier.model.walk import Trial, Walk
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.scenes import NOW, OUTAGE, QUIET, passed

# Said by the offscreen platform of every dialogue with a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

GLANCE = Glance(NOW, UTC, English())
HOSTS = ("one.test", "two.test")
BEGUN = Trial(NOW, True, HOSTS)
DONE = replace(
    BEGUN,
    walks=tuple(Walk(host, None, passed(12, 20, 31, 95), detail="HTTP 204") for host in HOSTS),
)


@pytest.fixture
def window(qtbot):
    made = ConnectionTest(English())
    qtbot.addWidget(made)
    made.show_test(BEGUN, QUIET, GLANCE, NOW)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def texts(window) -> list[str]:
    shown = (one.text() for one in window.findChildren(QLabel) if one.isVisible())
    return [text.replace("\u00a0", " ") for text in shown if text]


def button(window, text: str) -> Button:
    return next(one for one in window.findChildren(Button) if one.text() == text)


def test_everything_is_there_from_the_start_and_fills_in(window):
    assert "one.test: looking…" in texts(window)
    assert "ChatGPT: looking…" in texts(window)
    assert texts(window)[-1] == "Testing…"
    window.show_test(DONE, QUIET, GLANCE, None)
    assert "one.test: answers (HTTP 204)" in texts(window)
    assert "name 12 ms · connection 20 ms · secure connection 31 ms · answer 95 ms" in texts(window)
    assert texts(window)[-1] == "Your connection works; nothing breaks on the way."
    assert not [text for text in texts(window) if "looking…" in text]


def test_it_ends_with_where_it_breaks(window):
    window.show_test(DONE, OUTAGE, GLANCE, None)
    assert texts(window)[-1].startswith(
        "Your connection works; it breaks at ChatGPT and Perplexity."
    )
    failure = Failure(FailureKind.PROXY, "The proxy p asks for a name and password.")
    walks = tuple(Walk(host, "p", (), failure=failure, stopped=Stage.CONNECT) for host in HOSTS)
    window.show_test(replace(BEGUN, walks=walks), OUTAGE, GLANCE, None)
    assert texts(window)[-1].startswith("The proxy p asks for a name and password: look at")


def test_each_line_is_heard_as_a_sentence(window):
    window.show_test(DONE, QUIET, GLANCE, None)
    heard = [one.accessibleName() for one in window.findChildren(QLabel)]
    assert "one.test: answers (HTTP 204)." in heard
    assert "ChatGPT: answers (HTTP 401 in 95 ms), 24 s ago." in heard
    assert window.findChild(QScrollArea).accessibleName() == "What was asked"


def test_the_keyboard_reaches_everything_and_escape_leaves(qtbot, window):
    assert QApplication.focusWidget() is button(window, "Close")
    with qtbot.waitSignal(window.again):
        button(window, "Test again").setFocus()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_rehearsal_is_marked_as_one(qtbot, window):
    assert "Rehearsal" not in window.windowTitle()
    played = ConnectionTest(English(), rehearsal=True)
    qtbot.addWidget(played)
    assert played.windowTitle() == "Rehearsal – Test my connection – AI Notifier"


def test_what_is_not_to_be_asked_again_yet_cannot_be(window):
    window.allow_again(allowed=False)
    assert not button(window, "Test again").isEnabled()


def test_a_long_list_scrolls_and_the_sentence_stays_in_sight(window):
    window.resize(320, 240)
    QApplication.processEvents()
    verdict = next(one for one in window.findChildren(QLabel) if one.text() == "Testing…")
    assert verdict.mapTo(window, verdict.rect().bottomLeft()).y() < window.height()
    assert window.findChild(QScrollArea).verticalScrollBar().maximum() > 0
