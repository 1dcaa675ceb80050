"""Sends a test notification down the ladder, one at a time, for a window or for a command.

For the window it also has the engine's thread send it through pushes and hooks; a command's owner
sees to that itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from notifier.wording import trial_notice as words

if TYPE_CHECKING:
    from datetime import datetime

    from notifier.channels import Ladder
    from notifier.desktop.trial_notice import TrialNotice
    from notifier.model.relay import Relayed
    from notifier.model.tried import Tried
    from notifier.wording.say import Say

TryRelays = Callable[[Callable[["tuple[Relayed, ...]"], None]], None]
"""Sends one through pushes and hooks; what it is handed hears, in any thread, what became of it."""


class NoticeTester(QObject):
    """Nothing of it reaches the engine: it is no outage, tells nothing and is not kept."""

    _came = Signal(object)
    """What became of it at each push and hook; emitted in the engine's thread."""

    def __init__(
        self,
        ladder: Ladder,
        say: Say,
        now: Callable[[], datetime],
        try_relays: TryRelays,
        *,
        rehearsal: bool = False,
    ) -> None:
        """In a `rehearsal` the notice says so."""
        super().__init__()
        self._ladder, self._say, self._now, self._rehearsal = ladder, say, now, rehearsal
        self._try_relays, self._relaying = try_relays, False
        self._came.connect(self._show_relayed)
        self._waiting: list[Callable[[Tried], None]] = []
        self._window: TrialNotice | None = None

    def send(self, answered: Callable[[Tried], None]) -> None:
        """Send one; who asks while one is under way hears what becomes of that."""
        self._waiting.append(answered)
        if len(self._waiting) == 1:
            notice = words.notice(self._now(), self._say, rehearsal=self._rehearsal)
            self._ladder.try_out(notice, self._answered)

    @Slot()
    def open(self) -> None:
        """Send one, and say in a window what becomes of it."""
        if self._window is None:
            from notifier.desktop.trial_notice import TrialNotice

            self._window = TrialNotice(self._say, rehearsal=self._rehearsal)
            self._window.again.connect(self.open)
            self._window.finished.connect(self._closed)
        self._window.sending()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self.send(self._show)
        if not self._relaying:
            self._relaying = True
            self._try_relays(self._came.emit)

    def _answered(self, tried: Tried) -> None:
        waiting, self._waiting = self._waiting, []
        for answered in waiting:
            answered(tried)

    def _show(self, tried: Tried) -> None:
        if self._window is not None:
            self._window.show_answer(tried)

    @Slot(object)
    def _show_relayed(self, relayed: tuple[Relayed, ...]) -> None:
        self._relaying = False
        if self._window is not None:
            self._window.show_relayed(relayed)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        if self._window is not None:
            self._window.deleteLater()
        self._window = None
