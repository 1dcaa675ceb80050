"""The last resort: a line in our own window, which counts only while the window can be seen."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from notifier.channels import Done, Undeliverable
from notifier.model.announcement import Notice, NoticeId
from notifier.model.rung import Behind, Rung


class Wall(Protocol):
    """A window notices can hang in."""

    def hang(self, notice: Notice) -> bool:
        """Show it as a line where the window can be seen; False, and nothing, where it cannot."""

    def take_down(self, notice: NoticeId) -> None:
        """Remove its line; unknown ones are no matter."""


class Window(QObject):
    """The channel over a window. Connect whatever says that the window was opened to `opened`."""

    appeared = Signal()
    """The window can be seen: what is owed can be delivered."""

    rung = Rung.WINDOW

    def __init__(self, wall: Wall, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wall = wall

    def deliver(self, notice: Notice, done: Done) -> None:
        """Hang it up where it is seen; elsewhere it stays owed."""
        if self._wall.hang(notice):
            done("")
        else:
            done(Undeliverable("the window is not open"))

    def withdraw(self, notice: NoticeId) -> None:
        """Take its line down."""
        self._wall.take_down(notice)

    def describe(self, then: Callable[[Behind], None]) -> None:
        """It is our own."""
        then(Behind())

    @Slot()
    def opened(self) -> None:
        """Somebody looks: say so to whoever owes."""
        self.appeared.emit()
