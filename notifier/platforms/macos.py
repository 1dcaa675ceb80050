"""macOS: built, not tried. The menu bar is Qt's own; sleep is noticed by the engine's clocks."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from notifier.wording import tray as words


class MacOS:
    """macOS with its menu bar."""

    @property
    def no_tray(self) -> str:
        """Never said as far as is known."""
        return words.NO_TRAY

    def watch_wake(self, woke: Callable[[], None], parent: QObject) -> bool:  # noqa: ARG002
        """Nothing is listened to yet."""
        return False
