"""Silence of the engine is noticed, counted in looks: a sleep of the computer is none."""

from datetime import UTC, datetime

import pytest

from notifier.model.moment import Moment
from notifier.tray.watchdog import PATIENCE, Watchdog

NOON = Moment(datetime(2026, 11, 23, 12, tzinfo=UTC), 1000.0)


class Engine:
    """Goes on when told to."""

    def __init__(self) -> None:
        self.turned: Moment | None = NOON

    def goes_on(self, seconds: float = 60) -> None:
        assert self.turned is not None
        self.turned = self.turned.later(seconds)


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def watchdog(engine, qapp):
    watchdog = Watchdog(lambda: engine.turned)
    watchdog.start()
    yield watchdog
    watchdog.stop()


def test_an_engine_that_goes_on_now_and_then_is_heard(engine, watchdog, qtbot):
    with qtbot.assertNotEmitted(watchdog.changed):
        for _ in range(10):
            watchdog.look()  # it naps for a minute, and the looks are closer
            engine.goes_on()
            watchdog.look()
    assert watchdog.silent_since is None


def test_three_looks_at_an_unmoved_engine_are_silence_since_it_was_last_heard(watchdog, qtbot):
    with qtbot.waitSignal(watchdog.changed):
        for _ in range(PATIENCE):
            watchdog.look()
    assert watchdog.silent_since == NOON.utc
    with qtbot.assertNotEmitted(watchdog.changed):
        watchdog.look()


def test_after_a_night_asleep_nothing_false_is_said(engine, watchdog, qtbot):
    # Qt's timer fires once after a sleep, however long it was.
    with qtbot.assertNotEmitted(watchdog.changed):
        watchdog.look()
        watchdog.look()
        engine.goes_on(9 * 3600)
        watchdog.look()
    assert watchdog.silent_since is None


def test_one_that_goes_on_is_heard_again(engine, watchdog, qtbot):
    for _ in range(PATIENCE):
        watchdog.look()
    engine.goes_on(600)
    with qtbot.waitSignal(watchdog.changed):
        watchdog.look()
    assert watchdog.silent_since is None


def test_one_that_has_ended_is_silent_at_once_until_another_is_heard(engine, watchdog, qtbot):
    with qtbot.waitSignal(watchdog.changed):
        watchdog.give_up()
    assert watchdog.silent_since == NOON.utc
    engine.goes_on(2)
    with qtbot.waitSignal(watchdog.changed):
        assert watchdog.listen()
    assert watchdog.silent_since is None


def test_a_play_without_an_engine_is_no_silence(engine, watchdog):
    engine.turned = None
    for _ in range(PATIENCE + 1):
        watchdog.look()
    assert watchdog.silent_since is None
