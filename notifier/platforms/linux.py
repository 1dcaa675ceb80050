"""Linux desktops: tried on XFCE parts under X11 (desktop.md); GNOME and Plasma are not."""

import os
from collections.abc import Callable, Mapping

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection

from notifier.wording import tray as words


class Linux:
    """A desktop that follows freedesktop.org, told apart by its environment."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        named = environment.get("XDG_CURRENT_DESKTOP", "")
        self._desktops = {name.lower() for name in named.split(":")}

    @property
    def no_tray(self) -> str:
        """For GNOME with the name of the extension."""
        return words.NO_TRAY_GNOME if "gnome" in self._desktops else words.NO_TRAY

    def watch_wake(self, woke: Callable[[], None], parent: QObject) -> bool:
        """Listen to logind."""
        return _Sleep(woke, parent).listen()


class _Sleep(QObject):
    """Hears logind say that the machine goes to sleep (True) or has woken (False)."""

    def __init__(self, woke: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._woke = woke

    def listen(self) -> bool:
        """False without a system bus. The sender is left open: elogind has the same signal."""
        bus = QDBusConnection.systemBus()
        return bus.isConnected() and bus.connect(
            "",
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            self,
            SLOT("prepared(bool)"),  # type: ignore[call-overload]  # the stub says bytes, Qt wants this
        )

    @Slot(bool)
    def prepared(self, asleep: bool) -> None:  # noqa: FBT001  (logind's own signature)
        """The signal itself."""
        if not asleep:
            self._woke()
