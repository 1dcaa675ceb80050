"""Linux: asked are logind, NetworkManager, UPower and the kernel, whichever of them there are."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from notifier.circumstances import Known, Listener, routes, supplies
from notifier.circumstances.burst import Burst
from notifier.model.board import Machine

log = logging.getLogger(__name__)

READ_EVERY = 60.0
"""Seconds between two looks at the kernel's supplies, where UPower does not tell."""

ONCE = 2.0
"""Seconds all questions may take together, for whoever asks once."""


class Linux:
    """A computer with any of them."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        folder: Path = supplies.FOLDER,
        netlink: Callable[[], socket.socket | None] = routes.opened,
    ) -> None:
        """Nothing is asked yet."""
        self._environment = environment
        self._folder = folder
        self._netlink = netlink

    async def known(self) -> Known:
        """What they say now."""
        facts = _Facts(lambda _: None)
        facts.learn({"discharging": supplies.discharging(self._folder)})
        with suppress(TimeoutError, ImportError):
            from notifier.circumstances import conversation

            async with asyncio.timeout(ONCE):
                await conversation.once(self._environment, facts.learn)
        return facts.known

    async def follow(self, listener: Listener) -> None:
        """Tell of every change until cancelled."""
        facts, burst = _Facts(listener.moved), Burst()
        async with asyncio.TaskGroup() as group:
            for begin in (
                partial(self._converse, facts, listener, burst),
                partial(self._read_supplies, facts),
                partial(routes.follow, self._netlink, burst.hint),
                partial(burst.follow, listener.network_changed),
            ):
                group.create_task(_spared(begin))

    async def _converse(self, facts: "_Facts", listener: Listener, burst: Burst) -> None:
        with suppress(ImportError):  # without jeepney the kernel alone is asked
            from notifier.circumstances import conversation

            await conversation.follow(
                self._environment, facts.learn, hint=burst.hint, woke=listener.woke
            )

    async def _read_supplies(self, facts: "_Facts") -> None:
        while True:
            if facts.known.upower is None:
                facts.learn({"discharging": supplies.discharging(self._folder)})
            await asyncio.sleep(READ_EVERY)


class _Facts:
    """What is known so far; `moved` hears where it comes to something else for the rules."""

    def __init__(self, moved: Callable[[Machine], None]) -> None:
        self.known = Known()
        self._moved = moved

    def learn(self, said: dict[str, bool | None]) -> None:
        before, self.known = self.known.machine(), replace(self.known, **said)
        if self.known.machine() != before:
            self._moved(self.known.machine())


async def _spared(begin: Callable[[], Awaitable[None]]) -> None:
    """A defect of ours over one source must not take the others along."""
    try:
        await begin()
    except Exception:
        log.exception("a source of this computer's circumstances is lost")
