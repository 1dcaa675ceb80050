"""Looking at one service until it is good, in virtual time: not a moment early, nor unasked."""

import asyncio
import random
from dataclasses import dataclass

import pytest

from notifier.app.lookout import Awaited, look_until
from notifier.app.once import NoDiary
from notifier.model.health import Health
from notifier.model.service import ReferenceSource, ServiceKey, host_of
from notifier.model.settings import Settings
from notifier.rehearsal.virtual import StagedClock
from notifier.watch.engine import Engine
from notifier.watch.looker import Looked
from notifier.wording.say import English
from tests.stories.story import ALIVE, DEAD, NO_ROUTE, ONLINE, REFERENCES, report, tool
from tests.watch.engine_room import NOON, play

KEY = ServiceKey("tool")
HOUR = 3600.0


@dataclass
class World:
    """A page and a front door that change at set times, in seconds since the beginning."""

    clock: StagedClock
    page: tuple[tuple[float, Health], ...] = ((0, Health.OPERATIONAL),)
    door_fails_until: float = 0
    door_takes: float = 0.2
    offline_until: float = 0
    asked: int = 0

    async def look(self, source, *, fresh=False):
        del fresh
        self.asked += 1
        host = host_of(source.url)
        await self.clock.sleep(self.door_takes if host == "tool.test" else 0.2)
        if self.clock.t < self.offline_until:
            return Looked(NO_ROUTE)
        if host.startswith("status."):
            return Looked(report([says for at, says in self.page if at <= self.clock.t][-1]), 0.2)
        if isinstance(source, ReferenceSource):
            return Looked(ONLINE, 0.2)
        return Looked(DEAD if self.clock.t < self.door_fails_until else ALIVE, 0.2)

    async def forget(self):
        """Nothing is open."""

    async def close(self):
        """Nothing is open."""


def waits(wanted=Health.OPERATIONAL, within=6 * HOUR, **world):
    """Whether it came, after how many seconds, how it stood, and how often it was asked."""

    async def story():
        clock = StagedClock(NOON)
        there = World(clock, **world)
        seen = []
        awaited = Awaited(KEY, wanted, lambda _, row: seen.append(row.verdict.health))
        engine = Engine(
            looker=there,
            clock=clock,
            diary=NoDiary,
            settings=Settings(services=(tool("tool"),), references=REFERENCES),
            face=awaited,
            say=English(),
            chance=random.Random(1),
        )
        clock.begin()
        came = await look_until(engine, awaited, clock.sleep(within))
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, "something goes on"
        return came, clock.t, seen[-1], there.asked

    return play(story)


def test_what_works_is_not_waited_for():
    came, after, health, asked = waits()
    assert (came, health, asked) == (True, Health.OPERATIONAL, 2)
    assert after < 1


def test_an_outage_is_waited_out():
    came, after, _, _ = waits(page=((0, Health.MAJOR_OUTAGE), (HOUR, Health.OPERATIONAL)))
    assert came
    assert HOUR < after < HOUR + 40, "what fails is looked at every 30 s"


def test_it_looks_no_more_often_than_the_program_would():
    came, _, _, asked = waits(page=((0, Health.MAJOR_OUTAGE),), within=HOUR)
    assert not came
    assert asked <= 2 * (2 * 60 + 1) + 3 * 61, "page and door twice a minute, and three neutral"


@pytest.mark.parametrize(
    ("wanted", "after"),
    [(Health.PARTIAL_OUTAGE, 600), (Health.DEGRADED, 1200), (Health.OPERATIONAL, 1800)],
)
def test_the_state_asked_for_will_do(wanted, after):
    page = (
        (0, Health.MAJOR_OUTAGE),
        (600, Health.PARTIAL_OUTAGE),
        (1200, Health.DEGRADED),
        (1800, Health.OPERATIONAL),
    )
    came, at, health, _ = waits(wanted, page=page)
    assert (came, health) == (True, wanted)
    assert after < at < after + 40


def test_a_better_state_than_asked_for_will_do():
    page = ((0, Health.MAJOR_OUTAGE), (600, Health.OPERATIONAL))
    came, at, health, _ = waits(Health.DEGRADED, page=page)
    assert (came, health) == (True, Health.OPERATIONAL)
    assert at < 640


def test_the_time_that_is_over_ends_it():
    came, after, health, _ = waits(within=90, page=((0, Health.MAJOR_OUTAGE),))
    assert (came, round(after), health) == (False, 90, Health.MAJOR_OUTAGE)


def test_what_cannot_be_seen_is_never_good_enough():
    came, _, health, _ = waits(Health.MAJOR_OUTAGE, within=HOUR, offline_until=2 * HOUR)
    assert (came, health) == (False, Health.UNKNOWN)


def test_it_goes_on_when_the_line_is_back():
    came, after, _, _ = waits(offline_until=HOUR)
    assert came
    assert HOUR < after < HOUR + 70


def test_a_green_page_is_not_believed_before_the_front_door_has_answered():
    """The page is home at once; the door takes its time and fails, and fails again."""
    came, after, _, _ = waits(door_takes=8.0, door_fails_until=HOUR)
    assert came
    assert after > HOUR
