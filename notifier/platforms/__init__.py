"""What differs from system to system, behind one Protocol."""

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject


class Platform(Protocol):
    """One system."""

    @property
    def no_tray(self) -> str:
        """The message for a desktop on which no tray host came, from `wording.tray`."""

    def watch_wake(self, woke: Callable[[], None], parent: QObject) -> bool:
        """Have `woke` called in Qt's thread after each sleep; False where nobody tells us.

        It is a hint only: the engine's own clocks notice a sleep as well.
        """


def current() -> Platform:
    """The system this runs on."""
    if sys.platform == "win32":
        from notifier.platforms.windows import Windows

        return Windows()
    if sys.platform == "darwin":
        from notifier.platforms.macos import MacOS

        return MacOS()
    from notifier.platforms.linux import Linux

    return Linux()
