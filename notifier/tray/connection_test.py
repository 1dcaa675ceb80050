"""Opens *Test my connection*, has the engine's thread ask, and paints what comes home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from notifier.desktop.connection_test import ConnectionTest
from notifier.desktop.is_it_me import PATIENCE
from notifier.model.event import Wish
from notifier.model.moment import Moment
from notifier.model.picture import Picture
from notifier.model.walk import Trial
from notifier.watch import trial as trials
from notifier.watch.thread import LoopThread
from notifier.wording.glance import Glance
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.desktop.intents import Send
    from notifier.watch.wire import Wire

LEAST_WAIT = 30.0
"""Seconds between two tests: no host is asked more often (interfaces.md, Politeness)."""

REPAINT = 5_000
"""Milliseconds between two repaints of the ages."""


class ConnectionTester(QObject):
    """One test at a time; what came of the last is kept, for who opens it again at once."""

    _came = Signal(object)
    """A `Trial`, as far as it has come; emitted in the engine's thread."""

    def __init__(
        self,
        *,
        say: Say,
        zone: tzinfo,
        now: Callable[[], Moment],
        send: Send,
        thread: LoopThread,
        wire: Callable[[], Wire],
        neutral: Callable[[], tuple[str, ...]],
    ) -> None:
        """`wire` makes connections to ask over; it is called in the engine's thread.

        `neutral` tells the addresses of the neutral hosts.
        """
        super().__init__()
        self._say, self._zone, self._now, self._send = say, zone, now, send
        self._thread, self._wire, self._neutral = thread, wire, neutral
        self._window: ConnectionTest | None = None
        self._picture: Picture | None = None
        self._trial: Trial | None = None
        self._asked_at: Moment | None = None
        self._ages = QTimer(self, interval=REPAINT)
        self._ages.timeout.connect(self._paint)
        self._came.connect(self._show)

    def open(self, picture: Picture | None, *, rehearsal: bool = False) -> None:
        """Show the window and test; who has just tested sees what came of that."""
        self._picture = picture
        if self._window is None:
            self._window = ConnectionTest(self._say, rehearsal=rehearsal)
            self._window.again.connect(self._test)
            self._window.finished.connect(self._closed)
        self._test()
        self._ages.start()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def show_picture(self, picture: Picture) -> None:
        """How the services stand now."""
        self._picture = picture
        self._paint()

    @Slot()
    def _test(self) -> None:
        if self._may_test():
            urls, self._asked_at = self._neutral(), self._now()
            self._trial = trials.begun(urls, self._asked_at)
            self._send(Wish.CHECK_NOW)
            self._thread.run(self._ask(self._trial, urls))
        self._paint()

    def _may_test(self) -> bool:
        return self._trial is None or self._now().since(self._trial.began) >= LEAST_WAIT

    async def _ask(self, trial: Trial, urls: tuple[str, ...]) -> None:
        await trials.go_on(trial, self._wire(), urls, self._came.emit)

    @Slot(object)
    def _show(self, trial: Trial) -> None:
        if self._trial is not None and trial.began == self._trial.began:
            self._trial = trial
            self._paint()

    @Slot()
    def _paint(self) -> None:
        if self._window is None or self._trial is None:
            return
        glance = Glance(self._now(), self._zone, self._say)
        if self._asked_at is not None and glance.at.since(self._asked_at) > PATIENCE:
            self._asked_at = None
        self._window.allow_again(allowed=self._may_test())
        self._window.show_test(self._trial, self._picture, glance, self._asked_at)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._ages.stop()
        if self._window is not None:
            self._window.deleteLater()
        self._window = None
