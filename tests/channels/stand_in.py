"""A notification daemon for tests, on a real bus: takes notices, remembers them, misbehaves."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

SERVICE = "org.freedesktop.Notifications"
_PATH = DBusAddress("/org/freedesktop/Notifications", interface=SERVICE)
_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")

ALL = ("actions", "body", "body-markup")


@dataclass(frozen=True)
class Taken:
    """A notice as the daemon was handed it."""

    app: str
    replaces: int
    icon: str
    title: str
    body: str
    actions: dict[str, str]
    hints: dict[str, Any]
    expires: int


@dataclass
class StandIn:
    """Owns the name from `with` to its end. `numbers` gives each notice its number."""

    address: str
    service: str = SERVICE
    capabilities: tuple[str, ...] = ALL
    named: tuple[str, str, str, str] = ("stand-in", "tests", "1", "1.2")
    babbles: bool = False
    """It answers everything with nonsense."""
    numbers: Callable[[Taken], int] | None = None
    taken: list[Taken] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    awake: threading.Event = field(default_factory=threading.Event)
    """Cleared, it answers nothing; set again, it answers everything it was asked."""

    def __enter__(self) -> Self:
        self.awake.set()
        self._over = threading.Event()
        self._bus: DBusConnection = open_dbus_connection(self.address)
        self._bus.send_and_get_reply(
            new_method_call(_BUS, "RequestName", "su", (self.service, 4)), timeout=5
        )
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Leave the bus, as a daemon that crashes."""
        self._over.set()
        self.awake.set()
        self._thread.join(5)
        self._bus.close()

    def hang_up(self) -> None:
        """Die on the spot, whatever is in hand."""
        self._over.set()
        self._bus.sock.shutdown(socket.SHUT_RDWR)

    def press(self, number: int, key: str) -> None:
        """A person presses a button."""
        self._bus.send(new_signal(_PATH, "ActionInvoked", "us", (number, key)))

    def dismiss(self, number: int) -> None:
        """A person closes a notice."""
        self._bus.send(new_signal(_PATH, "NotificationClosed", "uu", (number, 2)))

    def _serve(self) -> None:
        """Until the end, which may also be that of the bus."""
        while not self._over.is_set():
            try:
                message = self._bus.receive(timeout=0.02)
                self.awake.wait()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
            except TimeoutError:
                continue
            except OSError:
                return

    def _answer(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        match member:
            case _ if self.babbles:
                self._bus.send(new_method_return(message, "s", ("lorem ipsum",)))
            case "GetServerInformation":
                self._bus.send(new_method_return(message, "ssss", self.named))
            case "GetCapabilities":
                self._bus.send(new_method_return(message, "as", (list(self.capabilities),)))
            case "Notify":
                self._bus.send(new_method_return(message, "u", (self._take(message),)))
            case "CloseNotification":
                self.closed.append(message.body[0])
                self._bus.send(new_method_return(message))

    def _take(self, message: Message) -> int:
        app, replaces, icon, title, body, actions, hints, expires = message.body
        taken = Taken(
            app,
            replaces,
            icon,
            title,
            body,
            dict(zip(actions[::2], actions[1::2], strict=True)),
            {key: value for key, (_, value) in hints.items()},
            expires,
        )
        self.taken.append(taken)
        if self.numbers is not None:
            return self.numbers(taken)
        return replaces or 10 + len(self.taken)
