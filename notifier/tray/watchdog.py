"""Notices that the engine has fallen silent; only looks on, from Qt's thread."""

import logging
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from notifier.model.moment import Moment

log = logging.getLogger(__name__)

EVERY = 45_000
"""Milliseconds between two looks; the engine goes on once a minute at least."""

PATIENCE = 3
"""So many looks at one unmoved engine are silence: two and a half to three minutes.

Looks are counted and not seconds: a computer that sleeps makes none.
"""


class Watchdog(QObject):
    """Asks `turned` when the engine last went on; None is no answer, and no matter."""

    changed = Signal()
    """It has fallen silent, or is heard again."""

    def __init__(self, turned: Callable[[], Moment | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turned = turned
        self._last: Moment | None = None
        self._unmoved = 0
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def silent_since(self) -> datetime | None:
        """When the engine was last heard of; None while it is heard."""
        silent = self._unmoved >= PATIENCE and self._last is not None
        return self._last.utc if silent and self._last is not None else None

    def start(self) -> None:
        """Look on from now on."""
        self._last = self._turned()
        self._timer.start()

    def stop(self) -> None:
        """Look no more: the engine is told to end."""
        self._timer.stop()
        self._unmoved = 0

    @Slot()
    def look(self) -> None:
        """See whether it has gone on since the last look."""
        if not self.listen():
            self._unmoved += 1
            if self._unmoved == PATIENCE:
                log.warning("nothing has been heard of the engine since %s", self.silent_since)
                self.changed.emit()

    def listen(self) -> bool:
        """Whether it has gone on, or need not."""
        now = self._turned()
        moved = now is None or now != self._last
        if moved:
            was_silent, self._last, self._unmoved = self._unmoved >= PATIENCE, now, 0
            if was_silent:
                self.changed.emit()
        return moved

    @Slot()
    def give_up(self) -> None:
        """The engine has ended: it is silent from now on, until another one is heard."""
        self._last, before = self._turned(), self._unmoved
        self._unmoved = PATIENCE
        if before < PATIENCE:
            self.changed.emit()
