"""The rehearsed world served on loopback, over real sockets, in real time."""

import asyncio
import contextlib
import socket
from collections.abc import Callable

from notifier.model.settings import Settings
from notifier.rehearsal.reply import Reply, Trouble
from notifier.rehearsal.troubles import HANG, before
from notifier.rehearsal.world import BOMB_SIZE, World

_DRIP = b" "

_SIGNED = ("authorization", "x-api-key", "x-goog-api-key", "api-key")
"""Headers that carry a key."""

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
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening; answers under way are cut."""
        if self._server is not None:
            self._server.close()
        talks = tuple(self._open)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    def route(self, url: str) -> str:
        """Where on loopback `url` is played; raises what a socket would where nothing answers.

        Some troubles cannot be had on loopback (there is always a route), so they are raised
        here, where the operating system would raise them.
        """
        said = self._world.will_say(url, self._settings())
        if isinstance(said, Trouble) and (error := before(said.kind)) is not None:
            self._world.says(url, self._settings(), _now())  # it has been said
            raise error
        _, _, rest = url.partition("://")
        return f"http://127.0.0.1:{self.port}/{rest.partition('/')[2]}"

    def stand_in(self, url: str) -> str:
        """The loopback page that says what a click would have opened."""
        return f"http://127.0.0.1:{self.port}/opened?{url}"

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.get_running_loop().create_task(self._talk(reader, writer))
        self._open.add(talk)
        talk.add_done_callback(self._open.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened: dict[str, int] = {}
        try:
            with contextlib.suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
            ):
                while await self._exchange(reader, writer, opened):
                    pass
        finally:
            writer.close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, opened: dict[str, int]
    ) -> bool:
        """One request and its answer; False where the connection ends with it.

        `opened` is which generation of a host's connections this one is of.
        """
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        if path.startswith("/opened?"):
            shown = path.partition("?")[2].replace("<", "&lt;").encode("latin-1")
            return await _send(writer, Reply(200, _PAGE_OF_A_FALLBACK % shown))
        host = _host(head)
        present = self._world.connections(host)
        if opened.setdefault(host, present) != present:
            return False
        keyed = any(f"\r\n{name}:" in head.lower() for name in _SIGNED)
        url = f"https://{host}{path}"
        said = self._world.says(url, self._settings(), _now(), keyed=keyed)
        if isinstance(said, Reply):
            await asyncio.sleep(said.latency)
            return await _send(writer, said)
        await _misbehave(writer, said.kind)
        return False


def _now() -> float:
    return asyncio.get_running_loop().time()


def _host(head: str) -> str:
    """The host a request is meant for."""
    lines = (line.partition(":") for line in head.split("\r\n"))
    return next((text.strip() for name, _, text in lines if name.lower() == "host"), "")


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
            for _ in range(int(HANG)):
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
            await asyncio.sleep(HANG)
