"""Many hints that come together are one."""

import asyncio
from collections.abc import Awaitable, Callable

SETTLED = 2.0
"""Seconds without another hint, after which what happened is over."""

MOST = 5
"""So often one waits for that; then it is passed on though it goes on."""


class Burst:
    """Hints that the network is another one, until they have settled."""

    def __init__(self) -> None:
        """None yet."""
        self._hinted = asyncio.Event()

    def hint(self) -> None:
        """One more."""
        self._hinted.set()

    async def follow(self, then: Callable[[], Awaitable[None]]) -> None:
        """Call `then` after each burst, until cancelled."""
        while await self._hinted.wait():
            for _ in range(MOST):
                self._hinted.clear()
                await asyncio.sleep(SETTLED)
                if not self._hinted.is_set():
                    break
            await then()
