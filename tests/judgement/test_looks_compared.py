"""How looks compare: slow beside what is usual, too old, failed in the same way, with a control."""

from dataclasses import replace

import pytest

from notifier.judgement.looks import (
    LEAST_AGE,
    bad,
    control_answered,
    current,
    fresh_for,
    no_way_out,
    remember,
    same_kind,
    shut_off,
    silent,
)
from notifier.judgement.slow import SLOW_AFTER, SLOW_FLOOR, SLOW_TIMES, USUAL_AFTER, is_slow
from notifier.model.board import Board, Machine
from notifier.model.observation import FailureKind
from notifier.model.service import SourceId
from tests.judgement.boards import (
    ALIVE,
    NOW,
    RESET,
    TIMED_OUT,
    UP,
    ago,
    board,
    confirmed,
    failed,
    fails,
    good,
    keyed,
    local,
    look,
    world,
)
from tests.stories.story import DEAD, ERROR_500, ONLINE, OVERLOADED, REFERENCES, tool

CHATTY, CLAUDIA, LLAMA = keyed("chatty"), tool("claudia"), local()
SETTINGS = world(CHATTY, CLAUDIA, LLAMA)
DOOR, PAGE = CHATTY.probe, CHATTY.page


def after(before, outcome, *others, seconds=0, source=DOOR, **more):
    """The sight of `source` once one more look has come home."""
    known = board(*others) if before is None else board(before, *others)
    seen = look(source, outcome, seconds, **more)
    return remember(known, seen, SETTINGS).sights[source.id], seen


class TestSlowAnswers:
    """By itself more than four seconds, and four times what is usual, three times in a row."""

    USUAL = (0.3,) * USUAL_AFTER

    def timed(self, *latencies, usual=USUAL, slow=0):
        sight = good(DOOR, latencies=usual, slow=slow)
        for latency in latencies:
            sight, _ = after(sight, ALIVE, latency=latency)
        return sight

    def test_a_front_door_has_no_usual_time_before_eight_answers(self):
        assert not is_slow(60.0, self.USUAL[1:])
        assert is_slow(60.0, self.USUAL)

    def test_what_takes_four_seconds_is_slow_where_answers_are_quick(self):
        assert is_slow(SLOW_FLOOR, self.USUAL)
        assert not is_slow(SLOW_FLOOR - 0.01, self.USUAL)

    def test_where_answers_always_take_long_it_takes_four_times_as_long(self):
        assert not is_slow(2.0 * SLOW_TIMES - 0.01, (2.0,) * USUAL_AFTER)
        assert is_slow(2.0 * SLOW_TIMES, (2.0,) * USUAL_AFTER)

    def test_usual_is_what_stands_in_the_middle(self):
        assert is_slow(5.0, (0.1,) * 5 + (30.0,) * 4)

    def test_they_are_counted_in_a_row_and_are_no_part_of_what_is_usual(self):
        sight = self.timed(5.0, 5.0)
        assert (sight.slow, sight.latencies) == (2, self.USUAL)

    def test_a_quick_one_between_begins_anew(self):
        assert self.timed(5.0, 5.0, 0.3).slow == 0

    def test_three_in_a_row_make_it_slow_and_two_quick_ones_end_that(self):
        sight = self.timed(5.0, 5.0, 5.0)
        assert sight.slow >= SLOW_AFTER
        sight, _ = after(sight, ALIVE, latency=0.3)
        assert sight.slow >= SLOW_AFTER
        sight, _ = after(sight, ALIVE, latency=0.3)
        assert sight.slow == 0

    def test_one_quick_one_among_slow_ones_does_not_end_it(self):
        assert self.timed(5.0, 5.0, 5.0, 0.3, 5.0, 0.3).slow >= SLOW_AFTER

    def test_only_so_many_answers_are_remembered_and_the_last_ones(self):
        sight = self.timed(*[0.2] * 50)
        assert sight.latencies == (0.2,) * 40

    def test_what_took_no_time_or_was_no_answer_says_nothing(self):
        sight, _ = after(good(DOOR, latencies=self.USUAL, slow=1), ALIVE)
        assert (sight.latencies, sight.slow) == (self.USUAL, 1)
        page, _ = after(good(PAGE, UP, latencies=(), slow=0), UP, source=PAGE, latency=9.0)
        assert (page.latencies, page.slow) == ((), 0)
        assert after(None, UP, source=PAGE, latency=9.0)[0].latencies == ()

    def test_an_end_of_a_failure_is_timed_as_well(self):
        before = confirmed(DOOR, DEAD, latencies=self.USUAL, slow=2)
        sight, _ = after(before, ALIVE, latency=5.0)
        assert (sight.slow, sight.latencies) == (3 + 1, self.USUAL)
        quick, _ = after(confirmed(DOOR, DEAD, latencies=self.USUAL), ALIVE, latency=0.2)
        assert quick.latencies == (*self.USUAL, 0.2)


class TestAge:
    """Two intervals, at least three minutes; a probe's own least wait where that is longer."""

    @pytest.mark.parametrize(
        ("interval", "seconds"), [(60.0, LEAST_AGE), (90.0, 180.0), (91.0, 182.0), (600.0, 1200.0)]
    )
    def test_follows_the_interval(self, interval, seconds):
        assert fresh_for(PAGE, Board(), world(CHATTY, interval=interval)) == seconds

    def test_follows_what_the_computer_asks_for(self):
        asleep = replace(Board(), machine=Machine(in_front=False))
        assert fresh_for(PAGE, asleep, SETTINGS) == 1200.0

    def test_follows_the_least_wait_of_a_front_door(self):
        rare = replace(DOOR, least_wait=300.0)
        assert fresh_for(rare, Board(), SETTINGS) == 600.0
        assert fresh_for(REFERENCES[0], Board(), SETTINGS) == LEAST_AGE

    def test_ends_at_its_last_second(self):
        assert current(look(PAGE, UP, LEAST_AGE), PAGE, Board(), SETTINGS, NOW)
        assert not current(look(PAGE, UP, LEAST_AGE + 1), PAGE, Board(), SETTINGS, NOW)
        assert not current(None, PAGE, Board(), SETTINGS, NOW)


class TestHowALookFailed:
    def test_silence_is_no_answer_at_all(self):
        assert silent(look(DOOR, DEAD))
        assert not silent(look(DOOR, ERROR_500))
        assert not silent(look(DOOR, ALIVE))
        assert not silent(look(DOOR, replace(ALIVE, status=None)))
        assert not silent(look(PAGE, UP))
        assert not silent(look(REFERENCES[0], ONLINE))
        assert silent(look(PAGE, failed(FailureKind.TIMEOUT)))
        assert not silent(look(PAGE, failed(FailureKind.HTTP)))

    def test_no_way_out_is_what_never_left_this_computer(self):
        kinds = {kind for kind in FailureKind if no_way_out(look(PAGE, failed(kind)))}
        assert kinds == {FailureKind.OFFLINE, FailureKind.DNS}
        assert not no_way_out(look(DOOR, DEAD))

    def test_shut_off_is_what_a_firewall_a_filter_or_a_vpn_does(self):
        kinds = {kind for kind in FailureKind if shut_off(look(DOOR, failed(kind)))}
        assert kinds == {
            FailureKind.OFFLINE, FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS,
            FailureKind.CERTIFICATE_ISSUER, FailureKind.CERTIFICATE_NAME, FailureKind.PROXY,
            FailureKind.WEB_PAGE, FailureKind.REDIRECTED,
        }  # fmt: skip
        assert not shut_off(look(DOOR, DEAD))

    def test_bad_is_an_answer_of_trouble_and_no_failure_to_look(self):
        assert bad(look(DOOR, DEAD))
        assert bad(look(DOOR, OVERLOADED))
        assert not bad(look(DOOR, ALIVE))
        assert not bad(look(DOOR, failed(FailureKind.REFUSED)))

    @pytest.mark.parametrize(
        ("one", "other", "alike"),
        [
            (DEAD, DEAD, True),
            (DEAD, ERROR_500, True),
            (TIMED_OUT, RESET, False),
            (TIMED_OUT, TIMED_OUT, True),
            (TIMED_OUT, ERROR_500, False),
            (OVERLOADED, ERROR_500, False),
            (OVERLOADED, replace(OVERLOADED, silence=FailureKind.RESET), True),
            (failed(FailureKind.REFUSED), failed(FailureKind.REFUSED), True),
            (failed(FailureKind.REFUSED), failed(FailureKind.DNS), False),
            (failed(FailureKind.CERTIFICATE_NAME), failed(FailureKind.CERTIFICATE_ISSUER), True),
            (failed(FailureKind.CERTIFICATE_DATE), failed(FailureKind.TLS), True),
            (failed(FailureKind.WEB_PAGE), failed(FailureKind.REDIRECTED), True),
            (failed(FailureKind.WEB_PAGE), failed(FailureKind.TLS), False),
            (UP, ONLINE, True),
            (UP, ALIVE, False),
        ],
    )
    def test_in_the_same_way(self, one, other, alike):
        assert same_kind(look(DOOR, one), look(DOOR, other)) is alike


class TestAControl:
    def vouched(self, *sights, doubted=DOOR.id, seconds=20):
        return control_answered(board(*sights), doubted, SETTINGS, since=ago(seconds))

    def test_is_any_other_host_that_answered_since(self):
        assert self.vouched(good(REFERENCES[1], ONLINE, 20))
        assert self.vouched(good(CLAUDIA.page, UP, 3))
        assert self.vouched(fails(CLAUDIA.page, failed(FailureKind.HTTP), 1, good_ago=5))

    def test_is_none_that_answered_before_or_failed_or_is_watched_no_more(self):
        assert not self.vouched(good(REFERENCES[1], ONLINE, 21))
        assert not self.vouched(fails(CLAUDIA.page, failed(FailureKind.HTTP), 1))
        assert not self.vouched(good(tool("gone").page, UP, 3))
        assert not self.vouched()

    def test_of_a_host_nobody_watches_any_more_is_anybody(self):
        assert self.vouched(good(CLAUDIA.page, UP, 3), doubted=SourceId("probe:gone.test"))
