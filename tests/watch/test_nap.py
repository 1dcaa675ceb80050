"""The engine rests until something is due, is waked for what is sooner, and notices a sleep."""

import asyncio

from notifier.rehearsal.virtual import StagedClock
from notifier.watch.nap import GAP, LONGEST_NAP, Nap
from tests.watch.engine_room import NOON, play


def napped(due: float, meanwhile=None) -> tuple[float, bool]:
    """How many seconds a nap took whose end was due after `due`, and whether it was overslept."""

    async def story() -> tuple[float, bool]:
        clock = StagedClock(NOON)
        clock.begin()
        nap, at = Nap(clock), clock.moment()
        sleeper = asyncio.ensure_future(nap.until(at.steady + due, at))
        await clock.sleep(5)
        if meanwhile is not None:
            meanwhile(nap, clock, at.steady)
        await sleeper
        return clock.moment().since(at), nap.is_long_over

    return play(story)


def test_it_ends_when_something_is_due():
    assert napped(20) == (20, False)


def test_it_is_never_long():
    assert napped(10_000) == (LONGEST_NAP, False)


def test_it_ends_when_somebody_rings():
    assert napped(20, lambda nap, *_: nap.ring()) == (5, False)


def test_it_ends_for_what_comes_sooner_and_for_nothing_else():
    assert napped(20, lambda nap, _, began: nap.ring_for(began + 10)) == (5, False)
    assert napped(20, lambda nap, _, began: nap.ring_for(began + 30)) == (20, False)


def test_a_computer_that_slept_through_it_is_noticed():
    took, overslept = napped(20, lambda _, clock, __: clock.sleep_through(20 + GAP))
    assert overslept
    assert took > 20
