"""Lives a life: the real engine in virtual time, before a person who takes every notice at once."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from notifier.model.announcement import Notice, NoticeId, Reason, ThreadId, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.model.record import Entry, Remembered
from notifier.model.service import ServiceKey, SourceId
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.watch.engine import Engine
from notifier.wording.say import English
from tests.laptop.elsewhere import START, Elsewhere
from tests.laptop.life import Life, Session
from tests.laptop.troubles import DAY
from tests.laptop.world import World


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it was shown. Times are those of the world when it was, where there are any.

    `over` are the services whose outage is, by it. `door_failed` is when a service's front door was
    first found failing, look after look; `page_unread` when its page last could not be read.
    """

    t: float
    id: NoticeId
    reason: Reason
    title: str
    services: tuple[ServiceKey, ...]
    over: tuple[ServiceKey, ...]
    threads: tuple[ThreadId, ...]
    door_failed: dict[ServiceKey, float]
    page_unread: dict[ServiceKey, float]


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of a life. `seconds` is the processor time it took."""

    life: Life
    elsewhere: Elsewhere
    told: list[Told]
    withdrawn: list[tuple[float, Withdraw]]
    silences: list[tuple[float, Withheld]]
    slips: list[tuple[float, str]]
    storms: dict[SourceId, float]
    looks: int
    seconds: float


class _Slips(logging.Handler):
    """Collects what the program logs as a defect of its own."""

    def __init__(self, clock: StagedClock) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[tuple[float, str]] = []
        self._clock = clock

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if record.exc_info is not None:
            said += f" ({record.exc_info[1]!r})"
        self.seen.append((self._clock.t, said))


@dataclass(slots=True)
class Person:
    """The engine's diary, which keeps nothing, and a face that answers for every notice."""

    clock: StagedClock
    world: World
    engine: Engine | None = None
    told: list[Told] = field(default_factory=list)
    withdrawn: list[tuple[float, Withdraw]] = field(default_factory=list)
    silences: list[tuple[float, Withheld]] = field(default_factory=list)

    def load(self) -> Remembered:
        return Remembered()

    def write(self, entries: Sequence[Entry]) -> None:
        """A diary's own tests are elsewhere."""

    def reliability(self, services: Sequence[ServiceKey]) -> dict[ServiceKey, float]:
        """What is kept nowhere cannot be recalled."""
        return {}

    def close(self) -> None:
        """Nothing is open."""

    def show(self, picture: Picture) -> None:
        """What is shown is judged elsewhere; here it is painted all the same."""

    def tell(self, notice: Notice) -> None:
        services = [self.world.life.settings.by_key[key] for key in notice.services]
        doors = [(one.key, one.probe.id) for one in services if one.probe is not None]
        pages = [(one.key, one.page.id) for one in services if one.page is not None]
        failed, unread = self.world.bad_since, self.world.failed_at
        self.told.append(
            Told(
                t=self.clock.t,
                id=notice.id,
                reason=notice.reason,
                title=notice.title,
                services=notice.services,
                over=notice.over,
                threads=notice.threads,
                door_failed={key: failed[id_] for key, id_ in doors if id_ in failed},
                page_unread={key: unread[id_] for key, id_ in pages if id_ in unread},
            )
        )
        assert self.engine is not None
        self.engine.heard(notice.id, "person")

    def withdraw(self, gone: Withdraw) -> None:
        self.withdrawn.append((self.clock.t, gone))

    def hush(self, withheld: Withheld) -> None:
        self.silences.append((self.clock.t, withheld))


class _Deaf(VirtualLoop):
    """A virtual loop to which nothing ever comes from outside, so that it need not ask."""

    def __init__(self) -> None:
        super().__init__()
        self._selector.select = self._skip

    def _skip(self, timeout: float | None = None) -> list[object]:
        if timeout is None:
            raise RuntimeError("nothing will ever happen again")
        if timeout > 0:
            self.jump(timeout)
        return []


def live(life: Life) -> Lived:
    """Live it, from the first look to the end of the last session."""
    began, clock = time.process_time(), StagedClock(START)
    slips = _Slips(clock)
    log = logging.getLogger("notifier")
    log.addHandler(slips)
    try:
        with asyncio.Runner(loop_factory=_Deaf) as runner:
            world, person = runner.run(_days(life, clock))
    finally:
        log.removeHandler(slips)
    return Lived(
        life=life,
        elsewhere=world.elsewhere,
        told=person.told,
        withdrawn=person.withdrawn,
        silences=person.silences,
        slips=slips.seen,
        storms=world.storms,
        looks=world.looks,
        seconds=time.process_time() - began,
    )


async def _days(life: Life, clock: StagedClock) -> tuple[World, Person]:
    world = World(life, Elsewhere(life), clock, random.Random(life.seed * 31 + 1))
    person = Person(clock, world)
    engine = person.engine = Engine(
        looker=world,
        clock=clock,
        diary=lambda: person,
        settings=life.settings,
        face=person,
        say=English(),
        chance=random.Random(life.seed * 31 + 2),
    )
    clock.begin()
    running = asyncio.get_running_loop().create_task(engine.run())
    agenda = _agenda(life, clock, engine)
    for place, session in enumerate(life.sessions):
        if place:
            await _wake(session, clock, engine)
        await _spend(session, agenda, clock)
    engine.stop()
    await running
    return world, person


async def _wake(session: Session, clock: StagedClock, engine: Engine) -> None:
    """Sleep until it begins. Without a signal the engine has to notice by its clocks."""
    clock.sleep_through(session.begins - clock.t)
    if session.signalled:
        await engine.woke()


async def _spend(
    session: Session, agenda: list[tuple[float, Callable[[], None]]], clock: StagedClock
) -> None:
    """Be awake until it ends, and let happen what happens meanwhile."""
    while agenda and agenda[0][0] < session.ends:
        t, act = agenda.pop(0)
        await clock.sleep(max(0.0, t - clock.t))
        act()
    await clock.sleep(max(0.0, session.ends - clock.t))


def _agenda(
    life: Life, clock: StagedClock, engine: Engine
) -> list[tuple[float, Callable[[], None]]]:
    """What befalls the computer itself, in order."""
    acts: list[tuple[float, Callable[[], None]]] = [
        (leap.t, lambda by=leap.seconds: clock.leap(by)) for leap in life.leaps
    ]
    if hasattr(engine, "moved"):
        acts += [(turn.t, lambda to=turn.machine: engine.moved(to)) for turn in life.turns]
    return sorted(acts, key=lambda one: one[0])


def shown(t: float) -> str:
    """A time of a life as it is printed and asked for: 12d03h05m."""
    minutes = int(t % DAY // 60)
    return f"{int(t // DAY)}d{minutes // 60:02}h{minutes % 60:02}m"
