"""A laptop's life through the real engine: nobody is alarmed for nothing, and nothing is missed."""

import asyncio
import random
from dataclasses import replace

import pytest

from tests.laptop.elsewhere import Elsewhere
from tests.laptop.life import DAY, Local, Spell, draw
from tests.laptop.seeds import lived, lived_in_parallel, spread
from tests.laptop.troubles import HOUR, REAL, Kind, Trouble
from tests.laptop.world import World

BUSY_DAYS = {"days": 3, "count": 6, "busy": 6}
"""Short lives in which much happens: eight outages in sight and every kind of network."""


def test_a_life_is_the_same_whenever_it_is_asked_for():
    assert draw(7) == draw(7)
    assert draw(7) != draw(8)


def test_a_life_is_as_faults_md_has_it():
    lives = [draw(seed) for seed in range(1, 6)]
    for life in lives:
        assert all(
            one.ends <= two.begins
            for one, two in zip(life.sessions, life.sessions[1:], strict=False)
        )
        assert 22 <= sum(one.kind in REAL for one in life.troubles) <= 24
        assert {one.kind for one in life.spells} == set(Local)
    awake = sum(one.ends - one.begins for life in lives for one in life.sessions) / len(lives)
    assert 2.5 * HOUR < awake / 30 < 5 * HOUR
    sessions = [one for life in lives for one in life.sessions]
    assert 2.5 < len(sessions) / len(lives) / 30 < 3.5
    assert max(one.ends for one in sessions) < 31 * DAY


def test_the_whole_of_a_spread_is_named():
    assert spread([float(n) for n in range(1, 101)]) == "p50 51 s, p95 95 s, max 100 s"
    assert spread([]) == "none"


class Hours:
    """A clock that stands still but for who sleeps."""

    t = 0.0

    async def sleep(self, seconds):
        self.t += seconds


def test_what_our_own_line_swallows_is_no_failure_of_a_front_door():
    fails = Trouble(0.0, 3600.0, Kind.DOOR, (0,))
    life = replace(draw(1, 1, 4), troubles=(fails,), spells=(Spell(0.0, 30.0, Local.SWALLOWED),))
    world = World(life, Elsewhere(life), Hours(), random.Random(1))
    door = life.settings.services[0].probe
    for second, is_theirs in ((0, False), (60, True)):
        world.clock.t = second
        looked = asyncio.run(world.look(door))
        assert looked.outcome.bad
        assert world.bad_since.get(door.id) == (world.clock.t if is_theirs else None)


def test_a_few_busy_days_are_told_as_they_were():
    judged = lived(1, **BUSY_DAYS)
    assert judged.findings == []
    assert judged.visible >= 5, "nothing was to be seen, so nothing was proved"
    assert judged.page_to_notice
    assert judged.failure_to_suspicion


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_thirty_days_of_forty_tools_are_told_as_they_were():
    judged = list(lived_in_parallel((1, 2)))
    assert [str(one) for life in judged for one in life.findings] == []
    assert sum(life.visible for life in judged) > 40
