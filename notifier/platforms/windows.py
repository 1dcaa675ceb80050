"""Windows: built, not tried. The tray is Qt's own; sleep is noticed by the engine's clocks."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from notifier.wording import tray as words


class Windows:
    """Windows 10 and newer."""

    @property
    def no_tray(self) -> str:
        """Only ever said without Explorer."""
        return words.NO_TRAY

    def watch_wake(self, woke: Callable[[], None], parent: QObject) -> bool:  # noqa: ARG002
        """Nothing is listened to yet."""
        return False
