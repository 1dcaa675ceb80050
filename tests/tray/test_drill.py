"""*Test my fallbacks* from the click to the report: the engine's thread tests, Qt paints."""

from datetime import UTC

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from notifier.desktop.buttons import Button
from notifier.desktop.drill import FallbackTest
from notifier.model.drill import Drill
from notifier.tray import work as working
from notifier.tray.drill import LEAST_WAIT, FallbackTester
from notifier.watch.thread import LoopThread
from notifier.wording.say import English
from tests.desktop.scenes import DRILL, NOW, Desk

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def thread():
    thread = LoopThread()
    thread.start()
    yield thread
    assert thread.stop()


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def asked(monkeypatch):
    """How often the engine's thread was asked to test; each time two steps come of it."""
    times: list[object] = []

    async def test(work, show):
        times.append(work)
        show(Drill(NOW, DRILL.tested[:1]))
        show(DRILL)

    monkeypatch.setattr(working, "test_fallbacks", test)
    return times


@pytest.fixture
def tester(qtbot, desk, thread, asked):
    tester = FallbackTester(
        say=English(), zone=UTC, now=lambda: desk.now, thread=thread, work=lambda: None
    )
    yield tester
    if tester._window is not None:
        tester._window.close()


def window() -> FallbackTest:
    found = QApplication.topLevelWidgets()
    (one,) = [one for one in found if isinstance(one, FallbackTest) and one.isVisible()]
    return one


def texts() -> list[str]:
    return [one.text() for one in window().findChildren(QLabel) if one.isVisible() and one.text()]


def button(text: str) -> Button:
    return next(one for one in window().findChildren(Button) if one.text() == text)


def test_a_click_tests_and_what_comes_is_shown(qtbot, tester, asked):
    tester.open(None)
    assert "Your fallbacks were never tested." in texts()
    qtbot.waitUntil(lambda: "2 alternatives are ready." in texts())
    assert len(asked) == 1


def test_who_opens_it_again_at_once_sees_what_came_and_nobody_is_asked_twice(
    qtbot, tester, desk, asked
):
    tester.open(None)
    qtbot.waitUntil(lambda: "2 alternatives are ready." in texts())
    assert not button("Test again").isEnabled()
    window().close()
    tester.open(None)
    assert "2 alternatives are ready." in texts()
    assert len(asked) == 1
    desk.now = NOW.later(LEAST_WAIT)
    tester._paint()
    button("Test again").click()
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_the_report_goes_onto_the_clipboard_on_request_and_not_before(qtbot, tester):
    QGuiApplication.clipboard().setText("mine")
    tester.open(None)
    qtbot.waitUntil(lambda: "2 alternatives are ready." in texts())
    assert QGuiApplication.clipboard().text() == "mine"
    button("Copy report").click()
    assert QGuiApplication.clipboard().text().startswith("Fallbacks tested on 2")
    assert button("Copied")
