"""The real engine in virtual time, before a network that can be pulled out and put in again."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from notifier.model.announcement import Notice
from notifier.model.effect import Withdraw
from notifier.model.health import Health
from notifier.model.observation import Answered, Failure, Outcome
from notifier.model.picture import Picture
from notifier.model.record import Entry, Remembered
from notifier.model.service import ReferenceSource, ServiceKey, Source, host_of
from notifier.model.settings import Settings
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.watch.engine import Engine
from notifier.watch.looker import Looked
from notifier.wording.say import English
from tests.stories.story import REFERENCES, report, tool

T = TypeVar("T")

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Network:
    """Answers as healthy hosts do, or with `instead`, after `takes` seconds."""

    clock: StagedClock
    instead: Failure | None = None
    takes: float = 0.2
    stubborn: bool = False
    """A look that does not end when it is told to."""
    asked: list[tuple[float, str]] = field(default_factory=list)
    answered: dict[str, float] = field(default_factory=dict)
    forgotten: int = 0
    down: frozenset[str] = frozenset()

    async def look(self, source: Source, *, fresh: bool = False) -> Looked:
        self.asked.append((self.clock.t, host_of(source.url)))
        await self._wait()
        if self.instead is not None:
            return Looked(self.instead)
        self.answered[host_of(source.url)] = self.clock.t
        return Looked(self._answer(source), self.takes)

    async def _wait(self) -> None:
        try:
            await self.clock.sleep(self.takes)
        except asyncio.CancelledError:
            if not self.stubborn:
                raise
            await self.clock.sleep(3600)

    def _answer(self, source: Source) -> Outcome:
        if isinstance(source, ReferenceSource):
            return Answered("HTTP 204")
        failing = host_of(source.url) in self.down
        return report(Health.MAJOR_OUTAGE if failing else Health.OPERATIONAL)

    async def forget(self) -> None:
        self.forgotten += 1

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Shown:
    """A diary, and a face that takes every notice."""

    clock: StagedClock
    engine: Engine | None = None
    notices: list[Notice] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    closed_at: float | None = None
    written_after: int = 0

    def load(self) -> Remembered:
        return Remembered()

    def write(self, entries: Sequence[Entry]) -> None:
        self.written_after += self.closed_at is not None

    def reliability(self, services: Sequence[ServiceKey]) -> dict[ServiceKey, float]:
        return dict.fromkeys(services, 0.5)

    def close(self) -> None:
        self.closed_at = self.clock.t

    def show(self, picture: Picture) -> None:
        self.pictures.append(picture)

    def tell(self, notice: Notice) -> None:
        self.notices.append(notice)
        assert self.engine is not None
        self.engine.heard(notice.id, "room")

    def withdraw(self, gone: Withdraw) -> None:
        """Nothing hangs anywhere."""

    def hush(self, withheld: object) -> None:
        """Silences are not looked at here."""


@dataclass
class Room:
    """One engine, its clocks, its network, and what came of it."""

    clock: StagedClock
    network: Network
    shown: Shown
    engine: Engine
    running: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        self.clock.begin()
        self.running = asyncio.get_running_loop().create_task(self.engine.run())

    async def wait(self, seconds: float) -> None:
        await self.clock.sleep(seconds)

    async def end(self) -> None:
        assert self.running is not None
        self.engine.stop()
        await self.running

    @property
    def reasons(self) -> list[str]:
        return [notice.reason.value for notice in self.shown.notices]


def a_room(
    tools: int = 12,
    *,
    references: bool = True,
    interval: float = 60.0,
    network: type[Network] = Network,
) -> Room:
    """Watching so many tools of as many vendors, each by its page alone."""
    services = tuple(tool(f"tool{n}", door=False) for n in range(tools))
    settings = Settings(services=services, interval=interval)
    settings = replace(settings, references=REFERENCES if references else ())
    clock = StagedClock(NOON)
    looker, shown = network(clock), Shown(clock)
    engine = Engine(
        looker=looker,
        clock=clock,
        diary=lambda: shown,
        settings=settings,
        face=shown,
        say=English(),
        chance=random.Random(3),
    )
    shown.engine = engine
    return Room(clock, looker, shown, engine)


def play(story: Callable[[], Awaitable[T]]) -> T:
    """Live through a story in no time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:

        async def whole() -> T:
            return await story()

        return runner.run(whole())
