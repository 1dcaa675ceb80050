"""The owner's local socket: hears commands of the same person, one JSON object per line.

What is said there stands in `protocol`. Lives in the engine's event loop and knows no engine:
whoever owns the profile hands in an `Owner`.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from notifier.model.event import Wish
from notifier.model.service import ServiceKey
from notifier.owner import transport
from notifier.owner.line import Line, error
from notifier.owner.protocol import (
    MOST_REQUEST,
    Check,
    Deep,
    Document,
    Follow,
    Instead,
    Log,
    LookBack,
    NotJson,
    NotUnderstood,
    Object,
    Outage,
    Show,
    TestFallbacks,
    TestNotification,
    Wished,
    Yield,
    read,
)

log = logging.getLogger(__name__)

MOST_CLIENTS = 64
PATIENCE = 5.0
"""Seconds a client may take to receive one object; after that it is dropped."""

ANSWER_WITHIN = 90.0
"""Seconds the owner may take; a check takes 60 at most."""


_TURNS_AT_THE_DOOR = 5
"""Turns of the loop until who knocked before we closed is let in and turned away. A server
closed meanwhile would forget that connection, and never end it (asyncio of 3.11 to 3.13)."""

_Question = (
    Show
    | Document
    | Check
    | Instead
    | Deep
    | Log
    | LookBack
    | Outage
    | Wished
    | TestNotification
    | TestFallbacks
)
"""What one answer settles."""


class Refused(Exception):
    """The owner will not do what was asked; the message tells a person why."""


class Owner(Protocol):
    """What the process that owns a profile can be asked. All of it runs in the engine's loop.

    Any of the coroutines may raise `Refused`.
    """

    async def show(self) -> None:
        """Bring the window to the front."""
        ...

    async def document(self) -> Object:
        """What is known now: the picture, whole."""
        ...

    async def check(self, services: tuple[ServiceKey, ...]) -> Object:
        """Look at `services` (none named: all), wait for the looks, then the document."""
        ...

    async def instead(self, service: ServiceKey) -> Object:
        """The document, with what could be used instead of `service`, looked at now."""
        ...

    async def deep(self, service: ServiceKey) -> Object:
        """Make one real call for `service`, which costs something; then the document."""
        ...

    async def log(self, service: ServiceKey | None, limit: int) -> Sequence[Object]:
        """The newest notices and silences, newest first."""
        ...

    async def past(self, services: tuple[ServiceKey, ...], since: datetime) -> Object:
        """What was seen and told of `services` (none named: all) since then."""
        ...

    async def outage(self, service: ServiceKey) -> Object | None:
        """The last outage of `service` as it was written down; None where there was none."""
        ...

    async def wish(self, wish: Wish, service: ServiceKey | None, until: datetime | None) -> None:
        """Take in a person's answer or order."""
        ...

    async def test_notification(self) -> Object:
        """Send one harmless notice; which way of telling took it, and what pushes and hooks did."""
        ...

    async def test_fallbacks(self) -> Object:
        """Try what could be used instead of each tool, at no cost; what came of it."""
        ...

    def follow(self) -> AsyncGenerator[Object, None]:
        """The objects of `watch --json` from now on; closed when the client has gone."""
        ...

    async def yields(self) -> bool:
        """Whether it hands the profile over to a tray."""
        ...

    async def leave(self) -> None:
        """Begin to hand over; called once the client knows. Returns before it is done."""
        ...


class Server:
    """Listens at `place` from `open` to `close`. Open it only while holding the lock."""

    def __init__(
        self,
        place: Path,
        owner: Owner,
        *,
        peer: Callable[[transport.Connection], int] = transport.peer_uid,
        patience: float = PATIENCE,
    ) -> None:
        """Prepare; `peer` names the user at the other end of a connection."""
        self._place = place
        self._owner = owner
        self._peer = peer
        self._patience = patience
        self._server: asyncio.Server | None = None
        self._inode = 0
        self._clients: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen.

        Raises:
            OwnerError: there can be no socket; the owner works on without one.
        """
        listening = transport.listen(self._place)
        self._inode = self._place.lstat().st_ino
        self._server = await asyncio.start_unix_server(
            self._arrived, sock=listening, limit=MOST_REQUEST
        )

    async def close(self) -> None:
        """End every conversation, and leave no socket behind. May be called twice."""
        if self._server is None:
            return
        server, self._server = self._server, None
        with suppress(OSError):  # a newer owner's socket may lie there by now, or nothing
            if self._place.lstat().st_ino == self._inode:
                self._place.unlink()
        clients = self._clients - {asyncio.current_task()}
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
        for _ in range(_TURNS_AT_THE_DOOR):
            await asyncio.sleep(0)
        server.close()

    def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Line(reader, writer, self._patience)
        if self._server is None:  # it was at the door when we closed
            client.drop()
            return
        task = asyncio.get_running_loop().create_task(self._welcome(client))
        self._clients.add(task)
        task.add_done_callback(lambda _: self._ended(task, client))

    def _ended(self, task: asyncio.Task[None], client: Line) -> None:
        """Let a client go; also one whose conversation was ended before it began."""
        self._clients.discard(task)
        client.drop()
        if not task.cancelled() and (defect := task.exception()) is not None:
            log.error("a conversation on the owner's socket failed", exc_info=defect)

    async def _welcome(self, client: Line) -> None:
        try:
            if self._is_ours(client.peer):
                await self._converse(client)
        except (ConnectionError, TimeoutError):
            log.debug("a client of the owner's socket has gone, or is too slow")

    def _is_ours(self, connection: transport.Connection) -> bool:
        try:
            uid = self._peer(connection)
        except OSError:
            return False
        if uid != transport.own_uid():
            log.warning("user %d tried the owner's socket and was turned away", uid)
            return False
        return True

    async def _converse(self, client: Line) -> None:
        if len(self._clients) > MOST_CLIENTS:
            await client.say(error("busy", "Too many commands ask at the same time."))
            return
        while (line := await client.hear()) is not None:
            try:
                request = read(line)
            except NotJson as wrong:
                await client.say(error("not_json", f"That is not JSON: {wrong}."))
            except NotUnderstood as wrong:
                await client.say(error("not_understood", f"That is not understood: {wrong}."))
            else:
                if isinstance(request, Follow):
                    await self._stream(client)
                    return  # a stream is the last thing said on a connection
                await self._serve(request, client)

    async def _serve(self, request: _Question | Yield, client: Line) -> None:
        match request:
            case Yield():
                await self._hand_over(client)
            case _:
                await client.say(await _in_time(self._answer(request)))

    async def _answer(self, request: _Question) -> Object:  # noqa: C901 - one case per question
        match request:
            case Show():
                await self._owner.show()
                return {"done": True}
            case Document():
                return {"document": await self._owner.document()}
            case Check(services=services):
                return {"document": await self._owner.check(services)}
            case Instead(service=service):
                return {"document": await self._owner.instead(service)}
            case Deep(service=service):
                return {"document": await self._owner.deep(service)}
            case Log(service=service, limit=limit):
                return {"lines": await self._owner.log(service, limit)}
            case LookBack(services=services, since=since):
                return {"history": await self._owner.past(services, since)}
            case Outage(service=service):
                return {"outage": await self._owner.outage(service)}
            case Wished(wish=wish, service=service, until=until):
                await self._owner.wish(wish, service, until)
                return {"done": True}
            case TestNotification():
                return {"tried": await self._owner.test_notification()}
            case TestFallbacks():
                return {"drill": await self._owner.test_fallbacks()}

    async def _hand_over(self, client: Line) -> None:
        answer = await _in_time(self._yielded())
        await client.say(answer)
        if "done" in answer:
            await self._owner.leave()

    async def _yielded(self) -> Object:
        if await self._owner.yields():
            return {"done": True}
        return error("refused", "A tray owns this profile and keeps it.")

    async def _stream(self, client: Line) -> None:
        """Pass everything on until the owner has no more, or the client has gone."""
        telling = asyncio.ensure_future(self._tell_all(client))
        gone = asyncio.ensure_future(client.gone())
        both = {telling, gone}
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
        for task in done:
            task.result()

    async def _tell_all(self, client: Line) -> None:
        async with aclosing(self._owner.follow()) as objects:
            async for one in objects:
                await client.say(one)


async def _in_time(answer: Awaitable[Object]) -> Object:
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await answer
    except Refused as refused:
        return error("refused", str(refused))
    except TimeoutError:
        return error("too_slow", f"No answer within {ANSWER_WITHIN:.0f} s.")
    except Exception:
        # A defect of ours must not end the socket; the command then looks for itself.
        log.exception("the owner failed to answer")
        return error("failed", "The running program failed to answer; its log says why.")
