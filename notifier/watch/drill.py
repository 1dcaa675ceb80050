"""Testing the alternatives: has the engine look at each, and models on this computer answer.

What costs anything is not called.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable

from notifier.drill import plan
from notifier.model.drill import Drill, Plan, Spoken
from notifier.model.observation import Failure, Observation, Reading
from notifier.model.service import ProbeSource, Service, SourceId
from notifier.view.drill import YOUNG, Known, drill
from notifier.watch.clock import Clock
from notifier.watch.engine import Engine
from notifier.wording.say import Say

LOOKS_WITHIN = 35.0
"""Seconds the looks may take: a host that was asked a moment ago is waited for."""

ALL_WITHIN = 80.0
"""Seconds all of it may take; a model is given a minute, and its server was looked at before."""

_GLANCE = 0.2
"""Seconds between two glances at what has come."""

Show = Callable[[Drill], None]


class Drills:
    """One test at a time: who asks while one is under way, or was a moment ago, is told that."""

    def __init__(self, engine: Engine, clock: Clock, say: Say) -> None:
        self._engine = engine
        self._clock = clock
        self._say = say
        self._running: asyncio.Task[Drill] | None = None
        self._last: Drill | None = None
        self._watching: list[Show] = []

    async def test(self, show: Show = lambda _: None, meant: Plan | None = None) -> Drill:
        """Test everything of `meant`, else of what the settings mean; `show` hears of each step."""
        last = self._last
        if last is not None and self._clock.moment().since(last.began) < YOUNG:
            show(last)
            if last.over:
                return last
        self._watching.append(show)
        try:
            if self._running is None:
                whole = plan(self._engine.settings) if meant is None else meant
                self._running = asyncio.get_running_loop().create_task(self._test(whole))
            return await asyncio.shield(self._running)
        finally:
            self._watching.remove(show)

    async def close(self) -> None:
        """End what is under way."""
        if (running := self._running) is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _test(self, whole: Plan) -> Drill:
        try:
            async for found in _Course(self._engine, self._clock, whole, self._say).run():
                if found != self._last:
                    self._last = found
                    for show in tuple(self._watching):
                        show(found)
            if self._last is None:
                raise AssertionError("a drill says at least that there was nothing to test")
            self._engine.fallbacks_tested(self._last)
            return self._last
        finally:
            self._running = None


class _Course:
    """One test under way."""

    def __init__(self, engine: Engine, clock: Clock, whole: Plan, say: Say) -> None:
        self._engine, self._clock, self._whole, self._say = engine, clock, whole, say
        self._began = clock.moment()
        self._heard: dict[SourceId, Spoken | Failure] = {}
        self._calls: dict[SourceId, asyncio.Task[None]] = {}

    async def run(self) -> AsyncIterator[Drill]:
        """How far it has come, again and again, and at last what came of it."""
        services = [one.service for one in self._whole.alternatives]
        self._look(services)
        try:
            while not (found := self._now(over=False)).over and not self._late:
                yield found
                self._call(services)
                await self._clock.sleep(_GLANCE)
        finally:
            for call in self._calls.values():
                call.cancel()
            await asyncio.gather(*self._calls.values(), return_exceptions=True)
        yield self._now(over=True)

    @property
    def _late(self) -> bool:
        calling = len(self._heard) < len(self._calls)
        within = ALL_WITHIN if calling else LOOKS_WITHIN
        return self._clock.moment().since(self._began) > within

    def _now(self, *, over: bool) -> Drill:
        board = self._engine.board
        return drill(self._whole, Known(self._began, board, self._heard, over, self._say))

    def _look(self, services: Iterable[Service]) -> None:
        """Have everything looked at that was not a moment ago."""
        sources = [source.id for one in services for source in one.sources]
        self._engine.look_again(id_ for id_ in dict.fromkeys(sources) if self._seen(id_) is None)

    def _seen(self, source: SourceId) -> Observation | None:
        sight = self._engine.board.sights.get(source)
        old = sight is None or self._began.since(sight.last.at) > YOUNG
        return None if old or sight is None else sight.last

    def _call(self, services: Iterable[Service]) -> None:
        """Have the model of each server that has been seen to run answer once."""
        for one in services:
            source = one.probe
            if source is None or not source.local or source.id in self._calls:
                continue
            seen = self._seen(source.id)
            outcome = None if seen is None else seen.outcome
            if isinstance(outcome, Reading) and outcome.ready and outcome.talker:
                ask = self._ask(source, outcome.talker)
                self._calls[source.id] = asyncio.get_running_loop().create_task(ask)

    async def _ask(self, source: ProbeSource, model: str) -> None:
        self._heard[source.id] = await self._engine.one_token(source, model)
