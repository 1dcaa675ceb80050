"""Whether something on the desktop shows tray icons, now and later (desktop.md 2)."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusServiceWatcher

WATCHER = "org.kde.StatusNotifierWatcher"

_PATIENCE = 1000
"""Milliseconds the bus may take for the one question asked at the start."""

_MOMENT = 100
"""Milliseconds it may take later, when a person may be waiting for the window."""


class TrayHost(QObject):
    """Watches for the keeper of StatusNotifierItems. Without a session bus there never is one."""

    changed = Signal()
    """It came, went or was replaced."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = QDBusConnection.sessionBus()
        self._present = self._ask()
        self._watch = QDBusServiceWatcher(
            WATCHER, self._bus, QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange, self
        )
        self._watch.serviceOwnerChanged.connect(self._owner_changed)

    @property
    def present(self) -> bool:
        """Whether there is one now."""
        return self._present

    def listens(self) -> bool:
        """Whether the session bus answers, or there is none; one that hangs does not.

        Whoever asks a bus that hangs waits for half a minute; so ask this first.
        """
        if not self._bus.isConnected():
            return True
        return self._owned(_MOMENT) is not None

    def _ask(self) -> bool:
        return self._bus.isConnected() and self._owned(_PATIENCE) is True

    def _owned(self, patience: int) -> bool | None:
        """Whether somebody owns the name; None where the bus does not say so in time."""
        question = QDBusMessage.createMethodCall(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner"
        )
        question.setArguments([WATCHER])
        answer = self._bus.call(question, QDBus.CallMode.Block, patience)
        if answer.type() is not QDBusMessage.MessageType.ReplyMessage:
            return None
        return answer.arguments() == [True]

    @Slot(str, str, str)
    def _owner_changed(self, _name: str, _before: str, now: str) -> None:
        self._present = bool(now)
        self.changed.emit()
