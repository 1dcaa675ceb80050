"""One client's connection to the owner, an object at a time; knows not what they mean."""

import asyncio
import json

from notifier.owner import transport
from notifier.owner.protocol import MOST_REQUEST, Object

IDLE = 60.0
"""Seconds a connection may say nothing."""


def error(kind: str, detail: str) -> Object:
    """What answers a request that cannot be met; the words of `kind` stand in `protocol`."""
    return {"error": kind, "detail": detail}


class Line:
    """One connection, a line at a time; what is not taken in time raises `TimeoutError`."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: float
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._patience = patience
        # No buffer beyond the kernel's: `drain` then means that the client keeps up.
        writer.transport.set_write_buffer_limits(high=0)

    @property
    def peer(self) -> transport.Connection:
        """The connection itself, to be asked who is at its other end."""
        connection: transport.Connection = self._writer.get_extra_info("socket")
        return connection

    async def hear(self) -> bytes | None:
        """The next line; None when there is no more."""
        try:
            async with asyncio.timeout(IDLE):
                return await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return None
        except asyncio.LimitOverrunError:
            await self.say(error("too_long", f"A request has at most {MOST_REQUEST} bytes."))
            await self._let_finish()
            return None

    async def say(self, answer: Object) -> None:
        """Send one object. Escaped to ASCII: any text passes, and a line is a line."""
        self._writer.write(json.dumps(answer).encode() + b"\n")
        async with asyncio.timeout(self._patience):
            await self._writer.drain()

    async def gone(self) -> None:
        """Wait until the client ends the connection; what it says meanwhile is passed over."""
        while await self._reader.read(MOST_REQUEST):
            pass

    async def _let_finish(self) -> None:
        """Hear out who says too much, or it might never read why it was cut short."""
        self._writer.write_eof()
        async with asyncio.timeout(self._patience):
            await self.gone()

    def drop(self) -> None:
        """End the connection at once."""
        self._writer.transport.abort()
