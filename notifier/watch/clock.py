"""The two clocks and waiting, as one value to hand in; nowhere else in the room asks for now."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from notifier.model.moment import Moment


class Alarm(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Let it not come; one that has come already is none the less."""
        ...


class Clock(Protocol):
    """What tells the time and waits. Whoever needs either is handed one."""

    def moment(self) -> Moment:
        """Now, on both clocks."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of this clock's own time."""
        ...

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Alarm:
        """Call `ring` in the loop after so many seconds of this clock's own time."""
        ...


def _steady() -> Callable[[], float]:
    """The clock that never jumps and, where the system has one, counts sleep (Linux: BOOTTIME)."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    if boottime is None:
        return time.monotonic
    return lambda: time.clock_gettime(boottime)


class SystemClock:
    """The time of this computer."""

    def __init__(self) -> None:
        self._steady = _steady()

    def moment(self) -> Moment:
        """Now, on both clocks."""
        return Moment(datetime.now(UTC), self._steady())

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds`; a sleep of the computer does not shorten the wait."""
        import asyncio  # the tray asks for the time before there is anything to wait for

        await asyncio.sleep(seconds)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Alarm:
        """Call `ring` in the loop after `seconds`."""
        import asyncio

        return asyncio.get_running_loop().call_later(seconds, ring)


class FastClock:
    """Another clock, from now on running `speed` times as fast; it may begin at another date."""

    def __init__(self, inner: Clock, speed: float, start: datetime | None = None) -> None:
        self._inner = inner
        self._speed = speed
        self._began = inner.moment()
        self._start = Moment(start or self._began.utc, self._began.steady)

    def moment(self) -> Moment:
        """Now, on both clocks: both have run `speed` times as fast since this clock began."""
        return self._start.later(self._inner.moment().since(self._began) * self._speed)

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of the fast time."""
        await self._inner.sleep(seconds / self._speed)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Alarm:
        """Call `ring` in the loop after `seconds` of the fast time."""
        return self._inner.alarm(seconds / self._speed, ring)
