"""The session bus on Qt's own loop, by jeepney: asks answered by callback, nothing ever waits."""

import logging
import os
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Parser, new_method_call
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_bus
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

_log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds a service on the bus may take to answer (faults.md L26)."""

_DAEMON = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


class NoBus(Exception):
    """There is no session bus to talk to, in a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An ask that brought no answer: the D-Bus error's name (empty: silence) and its words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to an ask, and the unique name of who gave it."""

    body: tuple[Any, ...]
    sender: str


Answer = Reply | Refusal


@dataclass(slots=True)
class _Ask:
    """An ask under way. `overdue` once its patience is over; a late answer is still heard."""

    expects: str
    then: Callable[[Answer], None]
    late: Callable[[Reply], None] | None
    timer: QTimer
    overdue: bool = False


class SessionBus(QObject):
    """One connection. Raises `NoBus` where there is none; `lost` is emitted once when it ends.

    It was made because QtDBus cannot send an unsigned integer, and so no notification
    (desktop.md 1).
    """

    signalled = Signal(object)
    """A jeepney `Message` of a signal asked for by `listen`."""

    lost = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        sock = _connect()
        super().__init__(parent)
        self._sock = sock
        self._greeting: Authenticator | None = Authenticator(inc_null_byte=False)
        self._waiting: list[bytes] = []
        """What is to be sent once the bus has let us in."""
        self._parser = Parser()
        self._serials = count(1)
        self._asks: dict[int, _Ask] = {}
        self._open = True
        self._watch = QSocketNotifier(self._sock.fileno(), QSocketNotifier.Type.Read, self)
        self._watch.activated.connect(self._read)
        self._send(self._greeting.data_to_send() or b"")
        self.ask_bus("Hello", then=lambda _: None)

    @property
    def connected(self) -> bool:
        """Whether it has not been lost or closed."""
        return self._open

    def ask(
        self,
        message: Message,
        expects: str,
        then: Callable[[Answer], None],
        late: Callable[[Reply], None] | None = None,
    ) -> None:
        """Send a method call; `then` hears the answer, or a `Refusal` after `PATIENCE` at most.

        An answer of another signature than `expects` is a refusal too. What comes after the
        patience is over goes to `late`. `then` is never called from within `ask`.
        """
        serial = next(self._serials)
        timer = QTimer(self, singleShot=True, interval=round(PATIENCE * 1000))
        timer.timeout.connect(lambda: self._overdue(serial))
        self._asks[serial] = _Ask(expects, then, late, timer)
        timer.start()
        self._write(message, serial)

    def ask_bus(
        self, member: str, *arguments: str, then: Callable[[Answer], None], expects: str = "s"
    ) -> None:
        """Ask the bus itself, mostly for a string; all its methods used here take strings only."""
        signature = "s" * len(arguments) or None
        self.ask(new_method_call(_DAEMON, member, signature, arguments), expects, then)

    def tell(self, message: Message) -> None:
        """Send a method call whose answer does not matter."""
        self._write(message, next(self._serials))

    def listen(self, rule: str) -> None:
        """Have signals that match `rule` sent to us."""
        self.tell(new_method_call(_DAEMON, "AddMatch", "s", (rule,)))

    def close(self) -> None:
        """End the connection without a word."""
        if not self._open:
            return
        self._open = False
        self._watch.setEnabled(False)
        self._sock.close()
        for ask in self._asks.values():
            ask.timer.stop()
        self._asks.clear()

    def _write(self, message: Message, serial: int) -> None:
        """Send one message, now or once we are let in."""
        if not self._open:
            return
        data = message.serialise(serial=serial)
        if self._greeting is None:
            self._send(data)
        else:
            self._waiting.append(data)

    def _send(self, data: bytes) -> None:
        """Hand it to the socket, whole or not at all.

        Ours are a few kilobytes and the kernel holds a hundred times that: a socket that takes
        less belongs to a bus that has stopped reading.
        """
        try:
            sent = self._sock.send(data)
        except OSError as error:
            self._lose(str(error))
            return
        if sent < len(data):
            self._lose("the bus does not read")

    @Slot()
    def _read(self) -> None:
        """Take what has arrived, and every whole message in it."""
        try:
            data = self._sock.recv(65536)
        except BlockingIOError:
            return
        except OSError as error:
            self._lose(str(error))
            return
        if not data:
            self._lose("the bus has ended")
            return
        if self._greeting is not None:
            self._be_let_in(self._greeting, data)
            return
        self._parser.add_data(data)
        while self._open and (message := self._next()) is not None:
            self._sort(message)

    def _be_let_in(self, greeting: Authenticator, data: bytes) -> None:
        """One line from the bus decides it; what waited for that follows."""
        try:
            greeting.feed(data)
        except AuthenticationError as error:
            self._lose(str(error))
            return
        if greeting.authenticated:
            waiting, self._waiting, self._greeting = self._waiting, [], None
            self._send(BEGIN + b"".join(waiting))

    def _next(self) -> Message | None:
        """The next whole message; one that cannot be parsed ends the connection."""
        try:
            return self._parser.get_next_message()
        except (ValueError, KeyError, struct.error) as error:
            self._lose(f"the bus sent something unreadable: {error}")
            return None

    def _sort(self, message: Message) -> None:
        """To whoever asked, or to all who listen."""
        kind = message.header.message_type
        if kind is MessageType.signal:
            self.signalled.emit(message)
            return
        ask = self._asks.pop(message.header.fields.get(HeaderFields.reply_serial, 0), None)
        if ask is None:
            return
        ask.timer.stop()
        ask.timer.deleteLater()
        answer = _answer(message, ask.expects)
        if not ask.overdue:
            ask.then(answer)
        elif ask.late is not None and isinstance(answer, Reply):
            ask.late(answer)

    def _overdue(self, serial: int) -> None:
        ask = self._asks.get(serial)
        if ask is not None:
            ask.overdue = True
            ask.then(Refusal("", f"no answer within {PATIENCE:g} seconds"))

    def _lose(self, why: str) -> None:
        """The connection is gone: everybody who waits is told, then all are."""
        asks = [ask for ask in self._asks.values() if not ask.overdue]
        self.close()
        _log.warning("The session bus is gone: %s.", why)
        # From the loop, so that nobody is called back from within his own ask.
        QTimer.singleShot(0, self, lambda: self._mourn(asks))

    def _mourn(self, asks: list[_Ask]) -> None:
        for ask in asks:
            ask.then(Refusal("", "the session bus is gone"))
        self.lost.emit()


def _answer(message: Message, expects: str) -> Answer:
    """What a reply says, or the error in it."""
    body, fields = tuple(message.body or ()), message.header.fields
    if message.header.message_type is MessageType.error:
        name = fields.get(HeaderFields.error_name, "")
        return Refusal(name, str(body[0]) if body else name)
    signature = fields.get(HeaderFields.signature, "")
    if signature != expects:
        return Refusal("", f"an answer of the wrong kind: {signature!r} for {expects!r}")
    return Reply(body, fields.get(HeaderFields.sender, ""))


def _connect() -> socket.socket:
    """A socket at the bus, which never waits; the bus has still to let us in."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.setblocking(False)
    try:
        sock.connect(_address())
        _vouch(sock)
    except (OSError, ValueError, RuntimeError, StopIteration) as error:
        sock.close()
        why = str(error) or type(error).__name__
        raise NoBus(f"the session bus cannot be reached: {why}") from error
    except NoBus:
        sock.close()
        raise
    return sock


def _vouch(sock: socket.socket) -> None:
    """The one byte with which the system says who we are; the BSDs want it asked for."""
    if hasattr(socket, "SCM_CREDS"):
        sock.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_CREDS, bytes(512))])
    else:
        sock.send(b"\0")


def _address() -> Any:
    """Where the bus listens: what the session says, else where systemd puts it."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return get_bus("SESSION")
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    if not usual.exists():
        raise NoBus("there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set")
    return str(usual)
