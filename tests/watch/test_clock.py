"""The two clocks of this computer, and the same ones made fast."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from notifier.watch.clock import FastClock, SystemClock
from tests.watch.looking import NOON, HandClock


def test_the_systems_clocks_go_forward():
    clock = SystemClock()
    before = datetime.now(UTC)
    first, second = clock.moment(), clock.moment()
    assert before <= first.utc <= second.utc
    assert first.utc.tzinfo is UTC
    assert first.steady <= second.steady


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="no such clock on this system")
def test_the_steady_clock_counts_sleep():
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= SystemClock().moment().steady <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_a_wall_clock_that_jumps_does_not_move_the_steady_one(monkeypatch):
    class Jumped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1999, 1, 1, tzinfo=tz)

    clock = SystemClock()
    before = clock.moment()
    monkeypatch.setattr("notifier.watch.clock.datetime", Jumped)
    after = clock.moment()
    assert after.utc.year == 1999
    assert after.steady >= before.steady


def test_a_fast_clock_runs_so_many_times_as_fast_from_its_start():
    inner = HandClock()
    inner.pass_by(100)
    fast = FastClock(inner, 60)
    began = fast.moment()
    assert began == inner.moment()
    inner.pass_by(10)
    assert fast.moment() == began.later(600)


def test_a_fast_clock_may_begin_at_another_date():
    inner = HandClock()
    fast = FastClock(inner, 10, NOON - timedelta(days=100))
    inner.pass_by(1)
    assert fast.moment().utc == NOON - timedelta(days=100) + timedelta(seconds=10)


def test_a_fast_clock_waits_so_many_times_less():
    inner = HandClock()
    fast = FastClock(inner, 60)
    began = fast.moment()
    asyncio.run(fast.sleep(600))
    assert inner.moment() == began.later(10)
    assert fast.moment() == began.later(600)


def test_an_alarm_of_a_fast_clock_rings_so_much_sooner():
    async def rung() -> float:
        loop, fast = asyncio.get_running_loop(), FastClock(SystemClock(), 1e6)
        ringing = loop.create_future()
        fast.alarm(3600, lambda: ringing.set_result(loop.time()))
        fast.alarm(0, lambda: ringing.set_result(0.0)).cancel()
        return await ringing - began

    began = time.monotonic()
    assert 0 < asyncio.run(rung()) < 3600
