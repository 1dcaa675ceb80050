"""Opens *Test my fallbacks*, has the engine's thread test, and paints what comes of it.

The clipboard is written to, on request, and never read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from notifier.desktop.drill import FallbackTest
from notifier.model.drill import Drill
from notifier.model.moment import Moment
from notifier.tray import work as working
from notifier.watch.thread import LoopThread
from notifier.wording import drill as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.tray.work import Work

log = logging.getLogger(__name__)

LEAST_WAIT = 30.0
"""Seconds between two tests: no host is asked more often (interfaces.md, Politeness)."""

REPAINT = 5_000
"""Milliseconds between two repaints of the ages."""


class FallbackTester(QObject):
    """One test at a time; what came of the last is kept, for who opens it again at once."""

    _came = Signal(object)
    """A `Drill`, as far as it has come; emitted in the engine's thread."""

    def __init__(
        self,
        *,
        say: Say,
        zone: tzinfo,
        now: Callable[[], Moment],
        thread: LoopThread,
        work: Callable[[], Work | None],
    ) -> None:
        """`work` is what goes on in `thread` now; None where it has ended."""
        super().__init__()
        self._say, self._zone, self._now = say, zone, now
        self._thread, self._work = thread, work
        self._window: FallbackTest | None = None
        self._drill: Drill | None = None
        self._began: Moment | None = None
        self._ages = QTimer(self, interval=REPAINT)
        self._ages.timeout.connect(self._paint)
        self._came.connect(self._show)

    def open(self, last: datetime | None) -> None:
        """Show the window and test; `last` is when that was done before."""
        if self._window is None:
            self._window = FallbackTest(self._say)
            self._window.again.connect(self._test)
            self._window.copy.connect(self._copy)
            self._window.finished.connect(self._closed)
            self._window.show_last(words.last_tested(last, self._now().utc, self._say))
        self._test()
        self._ages.start()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    @Slot()
    def _test(self) -> None:
        if self._may_test():
            self._began, self._drill = self._now(), None
            self._thread.run(self._ask())
        self._paint()

    def _may_test(self) -> bool:
        if self._drill is not None and not self._drill.over:
            return False
        return self._began is None or self._now().since(self._began) >= LEAST_WAIT

    async def _ask(self) -> None:
        try:
            await working.test_fallbacks(self._work(), self._came.emit)
        except Exception:
            log.exception("the fallbacks could not be tested")

    @Slot(object)
    def _show(self, drill: Drill) -> None:
        self._drill = drill
        self._paint()

    @Slot()
    def _paint(self) -> None:
        if self._window is None:
            return
        self._window.allow_again(allowed=self._may_test())
        if self._drill is not None:
            glance = Glance(self._now(), self._zone, self._say)
            self._window.show_drill(self._drill, glance)

    @Slot()
    def _copy(self) -> None:
        if self._drill is not None and self._window is not None:
            text = words.report(self._drill, self._zone, self._say)
            QGuiApplication.clipboard().setText(text)
            self._window.copied()

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._ages.stop()
        if self._window is not None:
            self._window.deleteLater()
        self._window = None
