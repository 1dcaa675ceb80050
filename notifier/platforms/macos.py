"""macOS: built, not tried. The menu bar is Qt's own; sleep is noticed by the engine's clocks."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from notifier.platforms import Scheme, scheme_of_qt
from notifier.wording import tray as words


class MacOS:
    """macOS with its menu bar."""

    @property
    def tray_expected(self) -> bool:
        """The menu bar is always there; icons may hide behind the notch."""
        return True

    @property
    def no_tray(self) -> str:
        """Never said as far as is known."""
        return words.NO_TRAY

    def watch_wake(self, woke: Callable[[], None], parent: QObject) -> bool:  # noqa: ARG002
        """Nothing is listened to yet."""
        return False

    def scheme(self) -> Scheme:
        """As Qt has it."""
        return scheme_of_qt()
