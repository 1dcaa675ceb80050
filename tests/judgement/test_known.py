"""What counts now of one service, piece by piece."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.known import (
    WAVERS,
    known_of,
    page_says,
    reading_of,
    reads_until,
    stale,
)
from notifier.judgement.looks import WAVERED_WITHIN
from notifier.judgement.slow import SLOW_AFTER
from notifier.model.health import Health
from notifier.model.observation import FailureKind, Refusal, Says, Stage
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    ACCEPTED,
    ANSWERS,
    DOWN,
    IN_MAINTENANCE,
    LIMITED,
    NOW,
    UP,
    board,
    confirmed,
    doubted,
    failed,
    fails,
    good,
    keyed,
    local,
    look,
    refused,
    world,
)
from tests.stories.story import ALIVE, DEAD, ERROR_500, NOON, OVERLOADED, report, tool

CHATTY, LLAMA = keyed("chatty"), local()
SETTINGS = world(CHATTY, LLAMA)
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account
ROUTE = failed(FailureKind.REFUSED)


def known(*sights, service=CHATTY):
    return known_of(service, board(*sights), SETTINGS, NOW)


class TestThePage:
    def says(self, *sights):
        return page_says(CHATTY, board(*sights), SETTINGS, NOW)

    def test_is_what_it_last_said_until_it_is_too_old(self):
        assert self.says(good(PAGE, DOWN, 180)).health is Health.MAJOR_OUTAGE
        assert self.says(good(PAGE, DOWN, 181)) is None
        assert (
            self.says(fails(PAGE, failed(FailureKind.HTTP), 10, 180)).health is Health.OPERATIONAL
        )

    def test_says_nothing_unread_or_where_there_is_none(self):
        assert self.says() is None
        assert self.says(fails(PAGE, failed(FailureKind.HTTP))) is None
        assert page_says(LLAMA, board(), SETTINGS, NOW) is None

    def test_says_nothing_once_those_who_write_it_renew_it_no_more(self):
        fresh = replace(UP, fresh_until=NOW.utc)
        old = replace(UP, fresh_until=NOW.utc - timedelta(seconds=1))
        assert not stale(UP, NOW)
        assert not stale(fresh, NOW)
        assert stale(old, NOW)
        assert self.says(good(PAGE, fresh)) is not None
        assert self.says(good(PAGE, old)) is None

    @pytest.mark.parametrize(
        ("says", "found"),
        [
            (UP, (False, True, False)),
            (DOWN, (True, False, False)),
            (report(Health.DEGRADED), (True, False, False)),
            (IN_MAINTENANCE, (False, True, True)),
            (report(Health.UNKNOWN), (False, False, False)),
        ],
    )
    def test_fails_is_well_or_in_maintenance(self, says, found):
        seen = known(good(PAGE, says))
        assert (seen.page_fails, seen.page_well, seen.in_maintenance) == found

    def test_that_is_not_there_is_none_of_these(self):
        seen = known()
        assert (seen.page_fails, seen.page_well, seen.in_maintenance) == (False, False, False)


class TestTheFrontDoor:
    def test_fails_twice_seen_and_not_once(self):
        assert known(confirmed(DOOR, DEAD)).failed
        assert not known(doubted(DOOR, DEAD)).failed
        assert not known(confirmed(DOOR, ROUTE)).failed
        assert known(confirmed(KEY, ERROR_500)).failed

    def test_that_was_seen_to_fail_too_long_ago_says_nothing(self):
        assert known(confirmed(DOOR, DEAD, 180)).failed
        assert not known(confirmed(DOOR, DEAD, 181)).failed

    def test_counts_by_the_youngest_of_what_was_settled(self):
        eased = look(DOOR, ALIVE, 10)
        stands = confirmed(DOOR, DEAD, 300, good=eased, eased=eased, last=eased)
        assert known(stands).failed
        assert known(confirmed(DOOR, DEAD, 10, good=look(DOOR, ALIVE, 300))).failed

    def test_is_overloaded_only_where_it_says_so(self):
        assert known(confirmed(DOOR, OVERLOADED)).overloaded
        assert not known(confirmed(DOOR, DEAD)).overloaded
        assert known(confirmed(DOOR, DEAD), confirmed(KEY, OVERLOADED)).overloaded

    def test_is_slow_three_times_in_a_row(self):
        assert known(good(DOOR, slow=SLOW_AFTER)).slow
        assert known(good(KEY, slow=SLOW_AFTER)).slow
        assert not known(good(DOOR, slow=SLOW_AFTER - 1)).slow

    def test_is_shut_off_where_nothing_behind_it_was_reached_since(self):
        shut = confirmed(DOOR, ROUTE)
        assert known(shut).shut_off
        assert not known(confirmed(DOOR, DEAD)).shut_off
        assert not known(doubted(DOOR, ROUTE)).shut_off
        assert not known(shut, good(KEY, ACCEPTED, 31)).shut_off
        assert known(shut, good(KEY, ACCEPTED, 32)).shut_off, "the very same moment is no answer"
        assert not known().shut_off

    def test_is_contradicted_by_a_request_that_succeeded_since(self):
        dead = confirmed(DOOR, DEAD)
        assert known(dead, good(KEY, ANSWERS, 31)).contradicted
        assert not known(dead, good(KEY, ANSWERS, 32)).contradicted
        assert not known(dead, good(KEY, ACCEPTED, 10)).contradicted, "the product did not answer"
        assert not known(dead, good(KEY, UP, 10)).contradicted
        assert not known(dead).contradicted
        assert not known(good(DOOR), good(KEY, ANSWERS, 10)).contradicted
        assert not known(dead, fails(KEY, failed(FailureKind.HTTP), 10)).contradicted

    def test_that_is_only_shut_off_is_not_contradicted(self):
        assert not known(confirmed(DOOR, ROUTE), good(KEY, ANSWERS, 10)).contradicted

    def test_is_not_contradicted_by_one_that_failed_twice_itself(self):
        answered = look(KEY, ANSWERS, 15)
        both = confirmed(KEY, DEAD, 10, good=answered)
        assert not known(confirmed(DOOR, DEAD), both).contradicted

    def test_is_judged_from_its_first_failure_that_still_lasts(self):
        dead = replace(confirmed(DOOR, DEAD), doubt=None)
        assert known(dead, good(KEY, ANSWERS, 19)).contradicted
        assert not known(dead, good(KEY, ANSWERS, 20)).contradicted

    def test_wavers_three_times_in_ten_minutes(self):
        def wavering(*before):
            return known(good(DOOR, wavered=tuple(NOW.steady - s for s in before))).wavers

        assert WAVERS == 3
        assert wavering(WAVERED_WITHIN, 300, 20)
        assert not wavering(WAVERED_WITHIN + 1, 300, 20)
        assert not wavering(300, 20)
        assert not known().wavers

    @pytest.mark.parametrize(
        ("door", "opens", "behind"),
        [
            (good(DOOR, ALIVE), True, False),
            (good(DOOR, ANSWERS), True, True),
            (good(DOOR, replace(ALIVE, stage=Stage.ACCOUNT)), True, True),
            (good(DOOR, LIMITED), True, False),
            (good(DOOR, replace(LIMITED, stage=Stage.PRODUCT)), True, True),
            (good(DOOR, UP), False, False),
            (confirmed(DOOR, DEAD), False, False),
            (confirmed(DOOR, DEAD, good=look(DOOR, ANSWERS, 60)), False, False),
            (doubted(DOOR, DEAD, good=look(DOOR, ANSWERS, 60)), True, True),
        ],
    )
    def test_opens_and_what_stands_behind_it(self, door, opens, behind):
        seen = known(door)
        assert (seen.opens, seen.answers_behind_the_door) == (opens, behind)

    def test_is_not_open_where_none_was_seen(self):
        assert not known().opens
        assert not known(good(KEY, ACCEPTED)).opens
        assert known(good(KEY, ACCEPTED)).answers_behind_the_door


class TestAServerOnThisComputer:
    def test_is_known_by_its_last_look_whatever_came_of_it(self):
        seen = known(fails(LLAMA.probe, ROUTE, 180), service=LLAMA)
        assert seen.door.last.outcome is ROUTE
        assert known(fails(LLAMA.probe, ROUTE, 181), service=LLAMA).door is None


class TestTheAccount:
    @pytest.mark.parametrize("refusal", list(Refusal))
    def test_is_refused_as_the_answer_says(self, refusal):
        assert known(good(KEY, refused(refusal))).refusal is Cause(refusal.value)
        assert known(good(DOOR, refused(refusal))).refusal is Cause(refusal.value)

    def test_asked_to_slow_down_is_limited_and_a_front_door_is_not(self):
        assert known(good(KEY, LIMITED)).refusal is Cause.RATE_LIMITED
        assert known(good(DOOR, LIMITED)).refusal is None

    def test_is_asked_before_the_front_door(self):
        both = (good(KEY, refused(Refusal.PAYMENT)), good(DOOR, refused(Refusal.REGION)))
        assert known(*both).refusal is Cause.PAYMENT
        accepted = (good(KEY, ACCEPTED), good(DOOR, refused(Refusal.REGION)))
        assert known(*accepted).refusal is Cause.REGION

    def test_that_gives_no_reason_is_not_refused(self):
        assert known(good(KEY, replace(refused(), refusal=None))).refusal is None
        assert known(good(KEY, replace(refused(), says=Says.ALIVE))).refusal is None
        assert known(good(KEY, ACCEPTED)).refusal is None
        assert known().refusal is None

    def test_that_could_not_be_asked_is_not_refused(self):
        before = fails(KEY, failed(FailureKind.HTTP), 10, good_ago=60)
        assert known(before, good(DOOR, refused(Refusal.REGION))).refusal is Cause.REGION


class TestAWordThatCounts:
    def until(self, sight, source=PAGE):
        """Seconds from now."""
        return reads_until(source, sight, board(), SETTINGS, NOW) - NOW.steady

    def test_is_a_good_one_until_it_is_too_old(self):
        assert self.until(good(PAGE, UP, 20)) == 160
        assert self.until(good(PAGE, UP, 200)) == -20
        assert self.until(fails(PAGE, failed(FailureKind.HTTP), 10, 20)) == float("-inf")

    def test_of_a_page_is_one_until_those_who_write_it_should_have_renewed_it(self):
        def renewed(seconds):
            return good(PAGE, replace(UP, fresh_until=NOON + timedelta(seconds=seconds)))

        assert self.until(renewed(30)) == 30
        assert self.until(renewed(-30)) == -30
        assert self.until(renewed(900)) == 160

    def test_is_none_of_a_front_door_that_wavers(self):
        assert self.until(good(DOOR, wavered=(1.0, 2.0, 3.0)), DOOR) == float("-inf")
        assert self.until(good(DOOR, wavered=(1.0, 2.0)), DOOR) == 160


class TestTheOwnReading:
    """What an override waits on: page, front door and account, in words, without ages."""

    def reading(self, *sights, service=CHATTY):
        return reading_of(service, board(*sights), SETTINGS, NOW)

    def test_is_a_word_each(self):
        found = self.reading(good(PAGE, DOWN), good(DOOR), good(KEY, refused()))
        assert found == ("major_outage", "reachable", "account")

    def test_is_empty_where_nothing_counts(self):
        assert self.reading() == ("", "", "")
        unread = fails(DOOR, failed(FailureKind.HTTP), 10, 20)
        assert self.reading(unread) == ("", "", "")
        assert self.reading(service=tool("chatty")) == ("", "", "")
