"""The system bus in the engine's loop: one question at a time, and the signals asked for."""

import asyncio
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageFlag, MessageType
from jeepney import new_method_call as call
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_bus
from jeepney.io.asyncio import DBusConnection

PATIENCE = 3.0
"""Seconds anybody on the bus may take to answer (faults.md L26)."""

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_PROPERTIES = "org.freedesktop.DBus.Properties"


class BusLost(Exception):
    """There is no bus, or none any more; the message says why."""


class Refused(Exception):
    """Who was asked is not there, or does not know."""


class Silent(Exception):
    """Who was asked says nothing in time."""


class SystemBus:
    """One connection. Nobody is started by what is asked. All but `close` raises BusLost."""

    def __init__(self, connection: DBusConnection) -> None:
        """Talk over `connection`, which has been let in."""
        self._connection = connection
        self._signals: deque[Message] = deque()

    async def listen(self, rule: str) -> None:
        """Have signals that match `rule` sent to us."""
        await self._of_bus("AddMatch", rule)

    async def properties(self, path: str, name: str, interface: str) -> dict[str, Any]:
        """What an object says of itself. Raises Refused, Silent."""
        asked = DBusAddress(path, name, _PROPERTIES)
        (said,) = await self.ask(call(asked, "GetAll", "s", (interface,)), "a{sv}")
        return {key: value for key, (_, value) in said.items()}

    async def ask(self, message: Message, expects: str) -> tuple[Any, ...]:
        """The answer to a method call, of the signature it `expects`. Raises Refused, Silent."""
        message.header.flags = MessageFlag.no_auto_start
        serial = next(self._connection.outgoing_serial)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send(message, serial)
                answer = await self._answer(serial)
        except TimeoutError as error:
            raise Silent from error
        fields = answer.header.fields
        if answer.header.message_type is MessageType.error:
            raise Refused(str(fields.get(HeaderFields.error_name, "")))
        if fields.get(HeaderFields.signature, "") != expects:
            raise Refused("an answer of another kind")
        return tuple(answer.body)

    async def signal(self) -> Message:
        """Wait for the next signal."""
        while not self._signals:
            self._sort(await self._receive())
        return self._signals.popleft()

    async def hello(self) -> None:
        """Be given a name: the first thing to be asked of a bus."""
        await self._of_bus("Hello", expects="s")

    async def _of_bus(self, member: str, *arguments: str, expects: str = "") -> None:
        """Ask the bus itself: where that says nothing, there is none."""
        try:
            signature = "s" * len(arguments) or None
            await self.ask(call(_BUS, member, signature, arguments), expects)
        except (Refused, Silent) as error:
            raise BusLost(f"{member}: {error}") from error

    async def _send(self, message: Message, serial: int) -> None:
        try:
            await self._connection.send(message, serial=serial)
        except OSError as error:
            raise BusLost(str(error)) from error

    async def _answer(self, serial: int) -> Message:
        """The answer to that; what comes for others, or too late, is sorted on the way."""
        while True:
            message = await self._receive()
            if message.header.fields.get(HeaderFields.reply_serial) == serial:
                return message
            self._sort(message)

    async def _receive(self) -> Message:
        try:
            return await self._connection.receive()
        except (OSError, EOFError, ValueError, KeyError, struct.error) as error:
            raise BusLost(str(error) or type(error).__name__) from error

    def _sort(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self._signals.append(message)


@asynccontextmanager
async def opened() -> AsyncIterator[SystemBus]:
    """A connection to the system bus, for as long as the block lasts. Raises BusLost."""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_unix_connection(get_bus("SYSTEM"))
    except (OSError, ValueError, RuntimeError) as error:
        raise BusLost(str(error) or type(error).__name__) from error
    try:
        await _be_let_in(reader, writer)
        bus = SystemBus(DBusConnection(reader, writer))
        await bus.hello()
        yield bus
    finally:
        # Not `close`, which waits until a bus that hangs has taken what was said.
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def _be_let_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    greeting = Authenticator()
    try:
        async with asyncio.timeout(PATIENCE):
            for words in greeting:
                writer.write(words)
                greeting.feed(await reader.readuntil(b"\r\n"))
            writer.write(BEGIN)
            await writer.drain()
    except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
        raise BusLost(str(error) or type(error).__name__) from error
