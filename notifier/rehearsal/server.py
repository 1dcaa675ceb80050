"""The rehearsed world served on loopback, over real sockets, in real time."""

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import Callable

from notifier.model.service import host_of
from notifier.model.settings import Settings
from notifier.rehearsal.world import BOMB_SIZE, Reply, Said, Trouble, World

_HANG = 120.0
"""Seconds a hanging answer hangs, longer than any deadline of ours."""

_DRIP = b" "

_PAGE_OF_A_FALLBACK = (
    b"<!doctype html><meta charset=utf-8><title>Rehearsal</title><body style='font:16px sans-serif;"
    b"margin:3em'><h1>Rehearsal</h1><p>In earnest this would have opened:</p><p><b>%s</b></p>"
)


class WorldServer:
    """Answers for every host of a world at one port of 127.0.0.1."""

    def __init__(self, world: World, settings: Callable[[], Settings]) -> None:
        """Serve `world`; `settings` tells which sources there are now."""
        self._world = world
        self._settings = settings
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening; answers under way are cut."""
        if self._server is not None:
            self._server.close()

    def route(self, url: str) -> str:
        """Where on loopback `url` is played; raises what a socket would where nothing answers.

        Some troubles cannot be had on loopback (there is always a route), so they are raised
        here, where the operating system would raise them.
        """
        said = self._said(url)
        if isinstance(said, Trouble):
            _raise(said.kind)
        scheme, _, rest = url.partition("://")
        del scheme
        return f"http://127.0.0.1:{self.port}/{rest.partition('/')[2]}"

    def stand_in(self, url: str) -> str:
        """The loopback page that says what a click would have opened."""
        return f"http://127.0.0.1:{self.port}/opened?{url}"

    def _said(self, url: str) -> Said:
        host = host_of(url)
        path = "/" + url.partition("://")[2].partition("/")[2]
        source = self._world.source_at(host, path, self._settings())
        return Reply(404) if source is None else self._world.says(source, url)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await self._exchange(reader, writer):
                pass
        writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False where the connection ends with it."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        if path.startswith("/opened?"):
            opened = path.partition("?")[2].replace("<", "&lt;").encode("latin-1")
            return await _send(writer, Reply(200, _PAGE_OF_A_FALLBACK % opened))
        host = next(
            (line[5:].strip() for line in head.split("\r\n") if line.lower().startswith("host:")),
            "",
        )
        said = self._said(f"https://{host}{path}")
        if isinstance(said, Reply):
            await asyncio.sleep(said.latency)
            return await _send(writer, said)
        await _misbehave(writer, said.kind)
        return False


async def _send(writer: asyncio.StreamWriter, reply: Reply) -> bool:
    headers = {"content-type": "text/html", **reply.headers, "content-length": str(len(reply.body))}
    lines = "".join(f"{name}: {text}\r\n" for name, text in headers.items())
    writer.write(f"HTTP/1.1 {reply.status} X\r\n{lines}\r\n".encode("latin-1") + reply.body)
    await writer.drain()
    return True


async def _misbehave(writer: asyncio.StreamWriter, kind: str) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    match kind:
        case "reset":
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        case "drip":
            writer.write(head % 1000)
            for _ in range(int(_HANG)):
                writer.write(_DRIP)
                await writer.drain()
                await asyncio.sleep(1)
        case "truncated":
            writer.write(head % 1000 + b'{"page":')
            await writer.drain()
        case "bomb":
            writer.write(head % BOMB_SIZE)
            for _ in range(BOMB_SIZE // 65536):
                writer.write(b" " * 65536)
                await writer.drain()
        case _:
            await asyncio.sleep(_HANG)


def _raise(kind: str) -> None:
    match kind:
        case "offline":
            raise OSError(errno.ENETUNREACH, "Network is unreachable")
        case "dns":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        case "refused":
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        case "tls" | "clock":
            raise ssl.SSLCertVerificationError(1, "certificate verify failed")
        case "proxy":
            from notifier.watch.lean_httpx import httpx

            raise httpx.ProxyError("407 Proxy Authentication Required")
        case _:
            return
