"""The session bus as a whole: whether it lets anybody in, and when it is there again.

Qt connects to it once in the life of a process. It waits for half a minute, with all windows, for
a bus that hangs, and never connects again to one that ended (measured with 6.11.3). So we ask
first, hide from Qt a bus that does not answer, and start anew when there is one.
"""

import os
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QObject, QTimer, Signal, Slot

VARIABLE = "DBUS_SESSION_BUS_ADDRESS"

NOWHERE = "unix:path=/nonexistent"
"""What Qt is told in place of a bus that hangs."""

PATIENCE = 0.5
"""Seconds the bus may take to let us in at the start."""

_MOMENT = 0.05
"""Seconds it may take later on, when a person may be waiting for the window."""

EVERY = 1000
"""Milliseconds between two looks for a bus that was lost."""

LATER = 5000
"""The same, once it has been gone for `A_WHILE`: it may never come back."""

A_WHILE = 60
"""Looks."""


def own_address() -> str:
    """Where the session says its bus listens, else where systemd puts it; empty: nowhere."""
    if address := os.environ.get(VARIABLE):
        return address
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    return f"unix:path={usual}" if usual.exists() else ""


def lets_in(address: str, patience: float) -> bool:
    """Whether the bus at `address` answers within `patience` seconds.

    One that listens in another way than a socket of this computer is believed unasked.
    """
    place = _socket_of(address)
    if place is None:
        return True
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller, suppress(OSError):
        caller.settimeout(patience)
        caller.connect(place)
        # Any answer will do: "AUTH" asks which ways in there are (D-Bus specification).
        caller.sendall(b"\0AUTH\r\n")
        return bool(caller.recv(64))
    return False


def _socket_of(address: str) -> str | None:
    """The socket in an address such as `unix:path=/run/user/1000/bus,guid=…`."""
    kind, _, rest = address.partition(";")[0].partition(":")
    facts = dict(fact.partition("=")[::2] for fact in rest.split(","))
    if kind != "unix" or not hasattr(socket, "AF_UNIX"):
        return None
    if "abstract" in facts:
        return "\0" + unquote(facts["abstract"])
    return unquote(facts["path"]) if "path" in facts else None


def shun_if_hung() -> str:
    """Hide from Qt a bus that does not answer; its address, empty where there is no need."""
    address = own_address()
    if not address or lets_in(address, PATIENCE):
        return ""
    os.environ[VARIABLE] = NOWHERE
    return address


class LostBus(QObject):
    """Looks for a bus that hung at the start, or has ended since."""

    found = Signal()
    """It lets people in again."""

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        """Look for the bus at `address`, from `look_for` on."""
        super().__init__(parent)
        self.address = address
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._looks = 0

    def look_for(self) -> None:
        """It is lost."""
        self._looks = 0
        self._timer.start(EVERY)

    @Slot()
    def _look(self) -> None:
        self._looks += 1
        if self._looks == A_WHILE:
            self._timer.setInterval(LATER)
        if lets_in(self.address, _MOMENT):
            self._timer.stop()
            self.found.emit()
