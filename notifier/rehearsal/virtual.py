"""Virtual time: an event loop that never waits, and clocks that follow it."""

import asyncio
import selectors
from collections.abc import Callable
from datetime import datetime, timedelta

from notifier.model.moment import Moment


class _Impatient(selectors.DefaultSelector):
    """A selector that, instead of waiting, moves the loop's time on by as much."""

    loop: "VirtualLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; time jumps to the next timer where nothing is."""
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("nothing will ever happen again: the rehearsal waits for nobody")
        if not ready and timeout is not None and timeout > 0:
            self.loop.jump(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in which an hour passes as soon as nobody has anything to do."""

    def __init__(self) -> None:
        """Begin at time 0."""
        self._virtual = 0.0
        selector = _Impatient()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        """Seconds since the loop began."""
        return self._virtual

    def jump(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self._virtual += seconds


class StagedClock:
    """The program's two clocks in a rehearsal: `speed` times faster than the loop's time.

    `leap` moves the wall clock alone, as a wrong clock set right does; `sleep_through` moves both
    without anything having run meanwhile, as a suspended computer does.
    """

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        """Both clocks stand still until `begin`."""
        self._start = start
        self._wall = start
        """The beginning, by our own clock as it is set now."""
        self.speed = speed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._origin = 0.0
        self._slept = 0.0

    def begin(self) -> None:
        """Start the clocks now."""
        self._loop = asyncio.get_running_loop()
        self._origin = self._loop.time()

    @property
    def t(self) -> float:
        """Seconds of the scenario so far."""
        if self._loop is None:
            return 0.0
        return (self._loop.time() - self._origin) * self.speed + self._slept

    @property
    def true_utc(self) -> datetime:
        """The time by everybody else's clock, which no leap of ours moves."""
        return self._start + timedelta(seconds=self.t)

    def moment(self) -> Moment:
        """Now, on both clocks."""
        t = self.t
        return Moment(self._wall + timedelta(seconds=t), t)

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of the program's time."""
        await asyncio.sleep(seconds / self.speed)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        """Call `ring` after `seconds` of the program's time."""
        return asyncio.get_running_loop().call_later(seconds / self.speed, ring)

    def leap(self, seconds: float) -> None:
        """Set the wall clock `seconds` forward, or back."""
        self._wall += timedelta(seconds=seconds)

    def sleep_through(self, seconds: float) -> None:
        """Let `seconds` pass in which the computer slept."""
        self._slept += seconds
