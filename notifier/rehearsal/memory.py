"""The rehearsed world answering in memory: no socket, and no waiting in virtual time.

Only the wire is another. What is asked, what is followed, tried again and made of an answer is
the program's own, so a rehearsal in memory proves what one over sockets proves.
"""

import asyncio
from collections.abc import Callable

from notifier.model.observation import Failure, FailureKind
from notifier.model.service import host_of
from notifier.model.settings import Settings
from notifier.rehearsal.accounts import RehearsedKeys
from notifier.rehearsal.reply import Reply, Trouble
from notifier.rehearsal.troubles import HANG, after, before
from notifier.rehearsal.world import World
from notifier.watch import wire
from notifier.watch.clock import Clock
from notifier.watch.failures import EXPECTED, NoAnswer, explain
from notifier.watch.fetch import DEADLINE, Fetch
from notifier.watch.lean_httpx import httpx
from notifier.watch.progress import Progress

LATENCY = 0.12
"""Seconds an answer is said to have taken, where the scenario does not say."""

_HERE = "127.0.0.1"


class MemoryLooker(Fetch):
    """Looks at a world without leaving the process."""

    def __init__(
        self,
        world: World,
        settings: Callable[[], Settings],
        clock: Clock,
        deadline: float = DEADLINE,
    ) -> None:
        """Look at `world`; `settings` tells which sources there are now."""
        keys = RehearsedKeys(world.key, lambda: world.key_store)
        wire = MemoryWire(world, settings)
        super().__init__(wire=wire, clock=clock, deadline=deadline, keys=keys)


class MemoryWire(wire.Wire):
    """Asks a world; keeps count of the connections it would have kept."""

    def __init__(self, world: World, settings: Callable[[], Settings]) -> None:
        """No connection yet."""
        super().__init__(proxy="none")
        self._world = world
        self._settings = settings
        self._kept: dict[str, int] = {}

    def apart(self, patience: float | None = None) -> "MemoryWire":
        """The same, sharing no connection."""
        other = MemoryWire(self._world, self._settings)
        other._new_patience = patience
        return other

    async def exchange(self, ask: wire.Ask, progress: Progress) -> wire.Reply:
        """Ask once; raises NoAnswer where nothing comes that can be used."""
        now = asyncio.get_running_loop().time()
        said = self._world.says(ask.url, self._settings(), now, keyed=ask.signed is not None)
        try:
            if isinstance(said, Trouble) and (error := before(said.kind)) is not None:
                raise error
            self._connect(host_of(ask.url), progress)
            if isinstance(said, Trouble):
                await self._misbehave(said.kind, host_of(ask.url), progress)
        except EXPECTED as met:
            raise explain(met, progress) from met
        assert isinstance(said, Reply)  # noqa: S101 - a trouble has ended in its error
        await asyncio.sleep(said.latency)
        return _heard(said, ask)

    async def forget(self) -> None:
        """Drop every connection."""
        self._kept.clear()

    def _connect(self, host: str, progress: Progress) -> None:
        """Take the kept connection, or a new one; a kept one may have been given up over there."""
        kept, present = self._kept.get(host), self._world.connections(host)
        progress.reused = kept is not None
        self._kept[host] = present
        if kept not in (None, present):
            del self._kept[host]
            raise after("gone")

    async def _misbehave(self, kind: str, host: str, progress: Progress) -> None:
        """End as an exchange ends in which `kind` happens: always in an error."""
        del self._kept[host]
        progress.heard = kind in ("drip", "truncated")
        if kind == "bomb":
            says = f"The answer of {progress.host} is larger than {wire.MOST // 1024**2} MiB."
            raise NoAnswer(Failure(FailureKind.TOO_LARGE, says))
        if kind in ("timeout", "drip"):
            silent = progress.reused and not progress.heard
            await asyncio.sleep(wire.PATIENCE if silent else self._new_patience or HANG)
        raise after(kind)


def _heard(said: Reply, ask: wire.Ask) -> wire.Reply:
    """An answer as the wire hands it on: of anything but a document only the beginning."""
    whole = said.status == 200 and not ask.glance
    return wire.Reply(
        status=said.status,
        headers=httpx.Headers(dict(said.headers)),
        body=said.body if whole else said.body[: wire.GLANCE],
        seconds=said.latency or LATENCY,
        peer=_HERE if 300 <= said.status < 400 else None,
    )
