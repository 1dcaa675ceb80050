"""When an outage comes and goes, and when it has settled: the figures of flapping.py."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.flapping import another_turn, unstable
from notifier.model.board import Topic
from tests.judgement.boards import board, on_board, outage
from tests.stories.story import NOON

MINUTE = 60
HOUR = 3600


def turned(*seconds, key="chatty", **more):
    """An outage that began and ended so many seconds ago."""
    turns = tuple(NOON - timedelta(seconds=ago) for ago in seconds)
    return outage(key, turns=turns, **more)


def comes_and_goes(*threads):
    return unstable(board(**on_board(*threads)), "chatty", NOON)


def one_more(*threads):
    return another_turn(board(**on_board(*threads)), "chatty", NOON)


class TestUnstable:
    @pytest.mark.parametrize(
        ("turns", "is_so"),
        [
            pytest.param((7200, 4000, 2000, 0), True, id="four within two hours"),
            pytest.param((7201, 4000, 2000, 0), False, id="not four within a second more"),
            pytest.param((4000, 2000, 0), False, id="not three"),
            pytest.param(range(21_600, -1, -4320), True, id="six within six hours"),
            pytest.param((21_601, *range(17_280, -1, -4320)), False, id="not within more"),
            pytest.param(range(17_280, -1, -4320), False, id="not five"),
            pytest.param((20_000, 7200, 4000, 2000, 0), True, id="whatever was before the last"),
            pytest.param((), False, id="not one that never turned"),
        ],
    )
    def test_is_often_enough_in_too_short_a_time(self, turns, is_so):
        assert comes_and_goes(turned(*turns)) is is_so

    def test_counts_all_outages_of_the_service_in_the_order_of_time(self):
        new = turned(3000, 0, id_="t-2")
        old = turned(6000, 1000, id_="t-3", closed=NOON)
        assert comes_and_goes(new, old)
        assert comes_and_goes(old, new)

    def test_counts_no_other_service_and_nothing_beside_outages(self):
        half = turned(3000, 0)
        rest = turned(6000, 1000, id_="t-2")
        assert comes_and_goes(half, rest)
        assert not comes_and_goes(half, replace(rest, services=("claudia",)))
        assert not comes_and_goes(half, replace(rest, topic=Topic.ROUTE))
        assert not comes_and_goes(turned(9000, 6000, 3000, 0, key="claudia"))


class TestSettled:
    """None for twice as long as the longest time between those."""

    @pytest.mark.parametrize(
        ("gaps", "after"),
        [
            pytest.param((60, 60, 60), 15 * MINUTE, id="at least a quarter of an hour"),
            pytest.param((60, 450, 60), 15 * MINUTE, id="so up to half of it between two"),
            pytest.param((60, 451, 60), 902, id="else twice the longest"),
            pytest.param((2400, 2400, 2400), 4800, id="however long it took in all"),
        ],
    )
    def test_after_so_long(self, gaps, after):
        at, turns = after, [after]
        for gap in gaps:
            turns.insert(0, at := at + gap)
        assert not comes_and_goes(turned(*turns))
        assert comes_and_goes(turned(*(turn - 1 for turn in turns)))

    def test_after_two_hours_at_most(self):
        turns = [2 * HOUR + gap for gap in (5 * HOUR, 4000, 3000, 2000, 1000, 0)]
        assert not comes_and_goes(turned(*turns))
        assert comes_and_goes(turned(*(turn - 1 for turn in turns)))


class TestOneMore:
    """Whether one more beginning now would be more of the same."""

    @pytest.mark.parametrize(
        ("turns", "is_so"),
        [
            pytest.param((7200, 60, 30), True, id="the fourth within two hours"),
            pytest.param((7201, 60, 30), False, id="not the fourth a second later"),
            pytest.param((60, 30), False, id="not the third"),
            pytest.param((21_600, 15_000, 10_000, 9000, 8000), True, id="the sixth within six"),
            pytest.param((21_601, 15_000, 10_000, 9000, 8000), False, id="not the sixth later"),
            pytest.param((15_000, 10_000, 9000, 8000), False, id="not the fifth"),
            pytest.param((), False, id="not the first"),
        ],
    )
    def test_makes_it_unstable(self, turns, is_so):
        assert one_more(turned(*turns)) is is_so
