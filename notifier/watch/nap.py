"""The rest the engine takes between two things to do, and whether the computer slept meanwhile."""

import asyncio

from notifier.model.moment import Moment
from notifier.watch.clock import Clock

LONGEST_NAP = 60.0
"""Seconds after which the clocks are looked at, however little there is to do."""

GAP = 30.0
"""A nap longer than meant by so many seconds was a sleep of the computer."""


class Nap:
    """One nap after the other, each until something is due or somebody rings."""

    def __init__(self, clock: Clock) -> None:
        """Awake."""
        self._clock = clock
        self._waked: asyncio.Future[None] | None = None
        self._ends = float("inf")

    async def until(self, due: float, at: Moment) -> None:
        """Sleep from `at` until `due`, in seconds of the steady clock, unless somebody rings."""
        wait = max(0.0, min(due - at.steady, LONGEST_NAP))
        self._ends = at.steady + wait
        self._waked = asyncio.get_running_loop().create_future()
        alarm = self._clock.alarm(wait, self.ring)
        try:
            await self._waked
        finally:
            alarm.cancel()
            self._waked = None

    def ring(self) -> None:
        """End the nap, if there is one."""
        if self._waked is not None and not self._waked.done():
            self._waked.set_result(None)

    def ring_for(self, due: float) -> None:
        """End it only for what comes before it would end by itself: most looks bring nothing."""
        if due < self._ends:
            self.ring()

    @property
    def is_long_over(self) -> bool:
        """Whether the computer slept: a look may come home before the nap itself is waked."""
        return self._clock.moment().steady - self._ends > GAP
