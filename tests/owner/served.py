"""An owner's real socket in a loop of its own thread, and an owner that notes what it is asked."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import contextmanager

from notifier.owner.protocol import Object
from notifier.owner.socket import Refused, Server

DOCUMENT = {
    "schema": 1,
    "source": "owner",
    "services": [{"id": "chatgpt", "name": "Chät\ud83dGPT"}],
}


class NotingOwner:
    """Answers with what it was given; `asked` tells what it heard."""

    def __init__(self):
        self.asked = []
        self.tray = False
        self.objects: asyncio.Queue[Object | None] = asyncio.Queue()
        self.followers = 0
        self.looks_home = threading.Event()
        self.left = threading.Event()

    async def show(self):
        if not self.tray:
            raise Refused("There is no window: notifier watch owns this profile.")
        self.asked.append("show")

    async def document(self):
        return DOCUMENT

    async def check(self, services):
        self.asked.append(("check", services))
        await asyncio.to_thread(self.looks_home.wait)
        return DOCUMENT

    async def instead(self, service):
        self.asked.append(("instead", service))
        return DOCUMENT

    async def log(self, service, limit):
        if service == "defect":
            raise ZeroDivisionError("a defect of ours")
        return [{"service": service, "limit": limit}]

    async def past(self, services, since):
        return {"services": list(services), "since": since.isoformat()}

    async def wish(self, wish, service, until):
        self.asked.append((wish, service, until))

    async def test_notification(self):
        return {"rung": "freedesktop", "behind": {"name": "Some Daemon"}}

    async def follow(self) -> AsyncGenerator[Object, None]:
        self.followers += 1
        try:
            while (one := await self.objects.get()) is not None:
                yield one
        finally:
            self.followers -= 1

    async def yields(self):
        return not self.tray

    async def leave(self):
        self.left.set()


class Served:
    """A server that is up, and how a test reaches into its loop."""

    def __init__(self, server, owner, loop):
        self.server = server
        self.owner = owner
        self._loop = loop

    def run(self, coroutine):
        """Run something in the server's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    def say(self, one):
        """Let the owner have something to say to those who follow."""
        self._loop.call_soon_threadsafe(self.owner.objects.put_nowait, one)

    def until(self, true):
        """Wait until `true()` holds in the loop; the test's own time limit ends a vain wait."""

        async def holds():
            return true()

        while not self.run(holds()):
            pass


@contextmanager
def served(place, **more):
    """A server at `place` with a `NotingOwner`, closed at the end."""
    ready, ended = threading.Event(), threading.Event()
    there = []

    async def serve():
        owner = NotingOwner()
        server = Server(place, owner, **more)
        await server.open()
        there.append(Served(server, owner, asyncio.get_running_loop()))
        ready.set()
        await asyncio.to_thread(ended.wait)
        await server.close()

    def begin():
        try:
            asyncio.run(serve())
        except BaseException as error:
            there.append(error)
            ready.set()
            raise

    thread = threading.Thread(target=begin)
    thread.start()
    ready.wait()
    try:
        if isinstance(there[0], BaseException):
            raise there[0]
        yield there[0]
        there[0].owner.looks_home.set()
    finally:
        ended.set()
        thread.join()
