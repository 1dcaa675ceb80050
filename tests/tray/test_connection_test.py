"""*Test my connection* from the click to the last line: the engine's thread asks, Qt paints."""

from datetime import UTC

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from notifier.desktop.buttons import Button
from notifier.desktop.connection_test import ConnectionTest
from notifier.model.event import Wish
from notifier.tray.connection_test import LEAST_WAIT, ConnectionTester
from notifier.watch.thread import LoopThread
from notifier.watch.wire import Wire
from notifier.wording.say import English
from tests.desktop.scenes import NOW, QUIET, Desk
from tests.watch.fault_server import FaultServer, reply

pytestmark = pytest.mark.qt_log_ignore("does not support")

WORKS = "Your connection works; your tools are being asked…"


@pytest.fixture
def server():
    with FaultServer() as server:
        server.say("/204", reply(b"", 204))
        yield server


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
def tester(qtbot, desk, thread, server):
    tester = ConnectionTester(
        say=English(),
        zone=UTC,
        now=lambda: desk.now,
        send=desk.send,
        thread=thread,
        wire=lambda: Wire(proxy="none"),
        neutral=lambda: (server.url("/204"),),
    )
    yield tester
    if tester._window is not None:
        tester._window.close()


def windows() -> list[ConnectionTest]:
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, ConnectionTest) and one.isVisible()]


def texts() -> list[str]:
    (window,) = windows()
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible() and one.text()]


def test_a_click_asks_the_neutral_host_once_and_the_engine_for_the_tools(
    qtbot, tester, desk, server
):
    tester.open(QUIET)
    qtbot.waitUntil(lambda: WORKS in texts())
    assert server.paths() == ["/204"]
    assert desk.sent == [(Wish.CHECK_NOW, None, None)]
    assert [text for text in texts() if text.startswith(f"{server.place}: answers (HTTP 204")]


def test_the_tools_fill_in_with_the_next_picture_and_at_last_without(qtbot, tester, desk):
    tester.open(None)
    qtbot.waitUntil(lambda: "Your connection works; nothing breaks on the way." in texts())
    tester.show_picture(QUIET)
    assert "ChatGPT: looking…" in texts()
    desk.now = NOW.later(61)
    tester._ages.timeout.emit()
    assert "ChatGPT: answers (HTTP 401 in 95 ms)" in texts()


def test_who_opens_it_again_at_once_sees_what_came_and_nobody_is_asked_twice(
    qtbot, tester, desk, server
):
    tester.open(QUIET)
    qtbot.waitUntil(lambda: WORKS in texts())
    windows()[0].close()
    assert windows() == []
    assert not tester._ages.isActive(), "nothing is painted that nobody sees"
    desk.now = NOW.later(LEAST_WAIT - 1)
    tester.open(QUIET)
    assert WORKS in texts()
    assert server.paths() == ["/204"]
    again = next(one for one in windows()[0].findChildren(Button) if one.text() == "Test again")
    assert not again.isEnabled()

    desk.now = NOW.later(LEAST_WAIT)
    tester._ages.timeout.emit()
    assert again.isEnabled()
    again.click()
    assert "Testing…" in texts()
    qtbot.waitUntil(lambda: WORKS in texts())
    assert server.paths() == ["/204", "/204"]


def test_what_an_earlier_test_still_brings_home_is_not_shown(qtbot, tester, desk):
    tester.open(QUIET)
    qtbot.waitUntil(lambda: WORKS in texts())
    late = tester._trial
    desk.now = NOW.later(LEAST_WAIT)
    tester._test()
    tester._came.emit(late)
    assert "Testing…" in texts()
    qtbot.waitUntil(lambda: WORKS in texts())


def test_a_second_click_brings_the_same_window_to_the_front(qtbot, tester):
    tester.open(QUIET)
    tester.open(QUIET)
    assert len(windows()) == 1


def test_closed_while_it_still_asks_it_ends_in_silence(qtbot, tester, thread):
    tester.open(QUIET)
    windows()[0].close()
    thread.run(_nothing()).result(5)
    QApplication.processEvents()
    assert windows() == []


async def _nothing() -> None:
    """Something to wait for in the thread's loop."""
