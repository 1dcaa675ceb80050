"""The session bus, asked and waited for, but never for long: a hung one is a finding."""

import os
import socket
import struct
import time
from itertools import count
from pathlib import Path
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, Message, MessageFlag, MessageType, Parser
from jeepney import new_method_call as call
from jeepney.bus import get_bus
from jeepney.io.blocking import prep_socket

IN_ALL = 2.0
"""Seconds all questions may take together."""

_EACH = 0.7
"""Seconds one question may take: a program that hangs must leave time for the others."""

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_PROPERTIES = "org.freedesktop.DBus.Properties"


class NoBus(Exception):
    """There is none here at all."""


class BusSilent(Exception):
    """There is one, and it cannot be used; the message says why."""


class NoAnswer(Exception):
    """Somebody on the bus refuses, or says nothing in time."""


class Bus:
    """One connection for a few questions. Nothing on the bus is started by them.

    Raises:
        NoBus: no address is known.
        BusSilent: it does not let us in, or says nothing.
    """

    def __init__(self) -> None:
        self._until = time.monotonic() + IN_ALL
        self._parser = Parser()
        self._serials = count(1)
        try:
            self._socket: socket.socket = prep_socket(_address(), timeout=IN_ALL / 2)
        except (OSError, ValueError, RuntimeError, StopIteration) as error:
            raise BusSilent(str(error) or type(error).__name__) from error
        try:
            self._of_bus("Hello")
        except NoAnswer as error:
            self._socket.close()
            raise BusSilent(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def owner(self, name: str) -> str | None:
        """Who owns a name, by its unique name; None where nobody does."""
        try:
            return str(self._of_bus("GetNameOwner", name)[0])
        except NoAnswer:
            return None

    def startable(self) -> frozenset[str]:
        """The names the bus would start somebody for."""
        return frozenset(self._of_bus("ListActivatableNames")[0])

    def process(self, name: str) -> int | None:
        """The process behind a name."""
        try:
            return int(self._of_bus("GetConnectionUnixProcessID", name)[0])
        except NoAnswer:
            return None

    def value(self, path: str, name: str, interface: str, key: str) -> Any:
        """A property of an object. Raises NoAnswer."""
        asked = DBusAddress(path, name, _PROPERTIES)
        return self.ask(call(asked, "Get", "ss", (interface, key)))[0][1]

    def ask(self, message: Message) -> tuple[Any, ...]:
        """The answer to a method call. Raises NoAnswer."""
        message.header.flags = MessageFlag.no_auto_start
        serial = next(self._serials)
        until = min(self._until, time.monotonic() + _EACH)
        try:
            self._socket.settimeout(_left(until))
            self._socket.sendall(message.serialise(serial=serial))
            return self._answer(serial, until)
        except TimeoutError as error:
            raise NoAnswer("no answer in time") from error
        except (OSError, ValueError, KeyError, struct.error) as error:
            raise NoAnswer(str(error) or type(error).__name__) from error

    def _of_bus(self, member: str, *arguments: str) -> tuple[Any, ...]:
        return self.ask(call(_BUS, member, "s" * len(arguments) or None, arguments))

    def _answer(self, serial: int, until: float) -> tuple[Any, ...]:
        while True:
            message = self._parser.get_next_message()
            if message is None:
                self._socket.settimeout(_left(until))
                data = self._socket.recv(65536)
                if not data:
                    raise NoAnswer("the bus has hung up")
                self._parser.add_data(data)
            elif message.header.fields.get(HeaderFields.reply_serial) == serial:
                body = tuple(message.body or ())
                if message.header.message_type is MessageType.error:
                    raise NoAnswer(str(message.header.fields.get(HeaderFields.error_name, "")))
                return body


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _address() -> Any:
    """Where the bus listens: what the session says, else where systemd puts it."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return get_bus("SESSION")
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    if not usual.exists():
        raise NoBus
    return str(usual)
