"""What one sweep over every source costs: the program's own watch, or the plain way to ask.

usage: python -m tests.bench.sweep plain SWEEPS CA URL...
       python -m tests.bench.sweep together|in-turn SWEEPS PROFILE

Prints, as one JSON list, the seconds of processor time (in and out of the kernel) of each sweep
after the first, which connects and reads everything and is counted for neither side. Both keep
what they have until the next sweep, each in its own way.

*plain* is what anybody would write: one `httpx.AsyncClient` as it comes, and `gather` over its
GETs. The others are everything the program does but Qt: schedule, connections, conditional
requests, reading, judgement, picture, the JSON for whoever follows, the diary on disk. With
*together* all sources are due at once, as `gather` asks them and as a start and a wake do; with
*in-turn* each when its own wait is over, as in between, one by one, which costs more. Only the
time in which nobody does anything is left out.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from notifier.model.moment import Moment

TOGETHER = 12.0
"""Seconds within which all sources are due that were looked at together (a fifth of a minute)."""


class Costs:
    """Processor time from one mark to the next."""

    def __init__(self, sweeps: int) -> None:
        self.seconds: list[float] = []
        self._wanted = sweeps
        self._mark: float | None = None

    def mark(self) -> bool:
        """A sweep has ended; whether that was the last."""
        now = time.process_time()
        if self._mark is not None:
            self.seconds.append(now - self._mark)
        self._mark = now
        return len(self.seconds) == self._wanted


async def plain(costs: Costs, authority: str, urls: list[str]) -> None:
    """One client, all at once."""
    import ssl

    import httpx

    context = ssl.create_default_context(cafile=authority)
    async with httpx.AsyncClient(verify=context) as client:
        while True:
            for answer in await asyncio.gather(*(client.get(url) for url in urls)):
                answer.raise_for_status()
            if costs.mark():
                return


class NapsLeftOut:
    """The computer's clock, but while no look is under way every nap ends at once.

    It ends `late` seconds late, so that whatever is due within these is due together.
    """

    def __init__(self, late: float) -> None:
        self._looks = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._late = late
        self._skipped = 0.0

    def moment(self) -> Moment:
        """Now, on both clocks."""
        now = datetime.now(UTC) + timedelta(seconds=self._skipped)
        return Moment(now, time.monotonic() + self._skipped)

    def look_begins(self) -> None:
        """A look is under way."""
        self._looks += 1
        self._idle.clear()

    def look_ends(self) -> None:
        """One is home."""
        self._looks -= 1
        if not self._looks:
            self._idle.set()

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass: as long as a look is under way by waiting, then at once."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return
        rest = max(0.0, seconds - (time.monotonic() - began))
        self._skipped += rest + (self._late if rest > self._late else 0.0)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> asyncio.Task[None]:
        """Call `ring` after such a nap; the looks that are to begin now have begun by then."""

        async def nap() -> None:
            await self.sleep(seconds)
            ring()

        return asyncio.get_running_loop().create_task(nap())


class Counted:
    """A looker that tells when every source was looked at once more."""

    def __init__(self, looker, clock: NapsLeftOut, sources: int, ended) -> None:
        self._looker = looker
        self._clock = clock
        self._sources = sources
        self._ended = ended
        self._home = 0

    async def look(self, source, *, fresh: bool = False):
        """Ask, and count."""
        self._clock.look_begins()
        try:
            return await self._looker.look(source, fresh=fresh)
        finally:
            self._clock.look_ends()
            self._home += 1
            if self._home % self._sources == 0:
                asyncio.get_running_loop().call_soon(self._ended)

    async def forget(self) -> None:
        """Drop every open connection."""
        await self._looker.forget()

    async def close(self) -> None:
        """End all of it."""
        await self._looker.close()


async def ours(costs: Costs, profile: Path, late: float) -> None:
    """The engine, with everything around it but a screen."""
    from notifier.app.broadcast import Broadcast
    from notifier.app.network import Network
    from notifier.app.once import NoFace
    from notifier.app.profile import open_profile, read_settings
    from notifier.storage.history import History
    from notifier.watch.engine import Engine
    from notifier.wording.say import English

    place = open_profile(profile)
    meant = read_settings(place)
    clock = NapsLeftOut(late)

    def ended() -> None:
        if costs.mark():
            engine.stop()

    count = len(meant.settings.services)
    engine = Engine(
        looker=Counted(Network(meant.choices, clock), clock, count, ended),
        clock=clock,
        diary=lambda: History(place.places.history, lambda: clock.moment().utc),
        settings=meant.settings,
        face=Broadcast(NoFace(), lambda: clock.moment().utc),
        say=English(),
    )
    await engine.run()


def main() -> None:
    """Sweep, and print what it cost."""
    how, sweeps, where, *urls = sys.argv[1:]
    costs = Costs(int(sweeps))
    late = TOGETHER if how == "together" else 0.0
    asyncio.run(plain(costs, where, urls) if how == "plain" else ours(costs, Path(where), late))
    print(json.dumps(costs.seconds))


if __name__ == "__main__":
    main()
