"""What differs from system to system, behind one Protocol."""

import sys
from collections.abc import Callable
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication


class Scheme(Enum):
    """Whether applications are to be light or dark; it says nothing about the panel."""

    LIGHT = "light"
    DARK = "dark"
    UNKNOWN = "unknown"


class Platform(Protocol):
    """One system."""

    @property
    def tray_expected(self) -> bool:
        """Whether this desktop shows tray icons as it comes."""

    @property
    def no_tray(self) -> str:
        """The message for a desktop on which no tray host came, from `wording.tray`."""

    def watch_wake(self, woke: Callable[[], None], parent: QObject) -> bool:
        """Have `woke` called in Qt's thread after each sleep; False where nobody tells us.

        It is a hint only: the engine's own clocks notice a sleep as well.
        """

    def scheme(self) -> Scheme:
        """What the person chose for applications."""


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


_SCHEMES = {Qt.ColorScheme.Light: Scheme.LIGHT, Qt.ColorScheme.Dark: Scheme.DARK}


def scheme_of_qt() -> Scheme:
    """What Qt knows of it: under GNOME and XFCE by GTK, elsewhere on Linux often nothing."""
    return _SCHEMES.get(QGuiApplication.styleHints().colorScheme(), Scheme.UNKNOWN)
