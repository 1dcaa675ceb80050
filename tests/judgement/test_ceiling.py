"""How many notices there may be, and what becomes of those there is no room for."""

from dataclasses import replace

import pytest

from notifier.judgement import ceiling
from notifier.judgement.grouping import Group
from notifier.model.announcement import NoticeId, Reason, Silence
from notifier.model.health import Health
from notifier.model.settings import Calm
from tests.judgement.boards import NOW, board, drafted, notice, outage, world
from tests.stories.story import tool

LONE = tuple(outage(f"lone{n}") for n in range(5))


def shown(*seconds, on_offer=0, most=20):
    """A draft after notices were shown so many seconds ago, and while others are on their way."""
    offers = {NoticeId(f"n-{n}"): notice(outage("claudia")) for n in range(on_offer)}
    at = tuple(NOW.steady - ago for ago in seconds)
    settings = world(tool("chatty"), calm=Calm(ceiling=most))
    return drafted(board(shown_at=at, on_offer=offers), settings)


class TestRoom:
    @pytest.mark.parametrize(
        ("seconds", "left"),
        [
            pytest.param((), 3, id="three a minute"),
            pytest.param((1,), 2, id="less one that was shown"),
            pytest.param((30, 20, 1), 0, id="none after three"),
            pytest.param((59.9, 1, 1), 0, id="within the whole minute"),
            pytest.param((60, 1, 1), 1, id="a minute later there is room again"),
        ],
    )
    def test_in_a_minute(self, seconds, left):
        assert ceiling.room(shown(*seconds)) == left

    @pytest.mark.parametrize(
        ("seconds", "left"),
        [
            pytest.param((600, 500, 400), 2, id="as many an hour as the person allows"),
            pytest.param((3599.9, 500, 400, 300), 1, id="within the whole hour"),
            pytest.param((3600, 500, 400, 300), 2, id="an hour later there is room again"),
            pytest.param((900, 800, 700, 600, 500), 0, id="none when it is full"),
        ],
    )
    def test_in_an_hour(self, seconds, left):
        assert ceiling.room(shown(*seconds, most=5)) == left

    def test_is_taken_by_what_is_on_its_way(self):
        assert ceiling.room(shown(on_offer=1)) == 2
        assert ceiling.room(shown(1, on_offer=2)) == 0
        assert ceiling.room(shown(600, on_offer=1, most=2)) == 0


class TestFull:
    @pytest.mark.parametrize(
        ("seconds", "most", "silence"),
        [
            pytest.param((), 20, None, id="there is room"),
            pytest.param((2, 1), 20, None, id="so there is for the third"),
            pytest.param((3, 2, 1), 20, Silence.UNSETTLED, id="it waits for the minute"),
            pytest.param((300, 200, 100), 3, Silence.CEILING, id="or for the hour"),
            pytest.param((300, 200), 3, None, id="which is not full before"),
            pytest.param((3, 2, 1), 3, Silence.CEILING, id="the hour, where it is both"),
            pytest.param((), 0, Silence.CEILING, id="who allows none hears none"),
        ],
    )
    def test_has_a_named_reason(self, seconds, most, silence):
        assert ceiling.full(shown(*seconds, most=most)) is silence


def group(*threads, reason=Reason.OUTAGE, **more):
    return Group(reason, threads, **more)


class TestFitted:
    ONE, TWO, THREE, FOUR, FIVE = LONE

    def test_are_all_where_there_is_room_for_all(self):
        three = [group(self.ONE), group(self.TWO, reason=Reason.WORSE), group(self.THREE)]
        assert ceiling.fitted(shown(), three) == three

    def test_are_one_of_all_where_there_is_room_for_some(self):
        two = [group(self.ONE), group(self.TWO)]
        assert ceiling.fitted(shown(1, 2), two) == [
            group(self.ONE, self.TWO, reason=Reason.SUMMARY)
        ]

    def test_are_none_where_there_is_no_room(self):
        assert ceiling.fitted(shown(1, 2, 3), [group(self.ONE)]) == []
        assert ceiling.fitted(shown(1, 2, 3), [group(self.ONE), group(self.TWO)]) == []
        assert ceiling.fitted(shown(*range(1, 5)), [group(self.ONE)]) == []

    def test_name_the_gravest_first_and_what_is_over_last(self):
        mild = replace(self.TWO, worst=Health.DEGRADED)
        half = replace(self.THREE, worst=Health.PARTIAL_OUTAGE)
        grave = replace(self.FOUR, worst=Health.MAJOR_OUTAGE)
        over = replace(self.ONE, worst=Health.MAJOR_OUTAGE)
        groups = [group(over, reason=Reason.RECOVERED), group(mild), group(half, grave)]
        (found,) = ceiling.fitted(shown(1, 2), groups)
        assert found.reason is Reason.SUMMARY
        assert found.threads == (half, grave, mild, over)

    def test_name_none_twice(self):
        (found,) = ceiling.fitted(
            shown(1, 2), [group(self.ONE, self.TWO), group(self.TWO, self.THREE)]
        )
        assert found.threads == (self.ONE, self.TWO, self.THREE)

    def test_of_ends_alone_are_an_end(self):
        ends = [group(one, reason=Reason.RECOVERED) for one in (self.ONE, self.TWO)]
        (found,) = ceiling.fitted(shown(1, 2), ends)
        assert found == group(self.ONE, self.TWO, reason=Reason.RECOVERED)
