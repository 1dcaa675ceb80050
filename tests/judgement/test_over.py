"""What was not seen to end, what is over, and who was reached since we are where we are."""

import pytest

from notifier.judgement.known import (
    LET_GO,
    LOOKED_ROUND,
    known_of,
    over,
)
from notifier.judgement.slow import SLOW_AFTER
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from tests.judgement.boards import (
    ACCEPTED,
    DOWN,
    IN_MAINTENANCE,
    NOW,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    failed,
    fails,
    good,
    keyed,
    local,
    look,
    world,
)
from tests.stories.story import ALIVE, DEAD, ERROR_500, SILENCE, report, tool

CHATTY, LLAMA = keyed("chatty"), local()
SETTINGS = world(CHATTY, LLAMA)
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account
ROUTE = failed(FailureKind.REFUSED)


def known(*sights, service=CHATTY):
    return known_of(service, board(*sights), SETTINGS, NOW)


class TestWhetherItIsOver:
    """Nobody's last word speaks of a failure, however old it is; after a day it is let go."""

    WELL = (good(PAGE, UP), good(DOOR), good(KEY, ACCEPTED))

    def over(self, *sights, service=CHATTY, **more):
        """All else was looked at, and was well."""
        return over(service, board(*self.WELL, *sights, **more), NOW, ago(900).utc)

    def test_is_so_where_page_front_door_and_account_were_last_well(self):
        assert self.over()
        assert self.over(good(PAGE, IN_MAINTENANCE))
        assert self.over(fails(PAGE, failed(FailureKind.HTTP)))
        assert self.over(good(PAGE, ALIVE))

    def test_is_not_while_the_page_was_last_read_to_fail(self):
        old = look(PAGE, DOWN, LET_GO - 1)
        assert not self.over(good(PAGE, DOWN))
        assert not self.over(good(PAGE, UP, good=old, last=look(PAGE, SILENCE, 5)))
        older = look(PAGE, DOWN, LET_GO)
        assert self.over(good(PAGE, UP, good=older))

    def test_counts_the_chosen_parts_of_it_alone(self):
        chosen = keyed("chatty", parts=("Chat",))
        page = report(Chat=Health.OPERATIONAL, API=Health.MAJOR_OUTAGE)
        assert self.over(good(PAGE, page), service=chosen)
        assert not self.over(good(PAGE, page))

    @pytest.mark.parametrize("source", [DOOR, KEY])
    def test_is_not_while_a_failure_was_not_seen_to_end(self, source):
        broken = look(source, DEAD, LET_GO - 1)
        assert not self.over(good(source, broken=broken))
        assert self.over(good(source, broken=look(source, DEAD, LET_GO)))
        assert self.over(good(source, broken=look(source, ROUTE, 5)))

    @pytest.mark.parametrize("source", [DOOR, KEY])
    def test_is_not_while_it_was_slow_when_last_seen(self, source):
        assert not self.over(good(source, slow=SLOW_AFTER))
        assert self.over(good(source, slow=SLOW_AFTER - 1))
        assert self.over(good(source, seconds=LET_GO, slow=SLOW_AFTER))
        shut = good(source, slow=SLOW_AFTER, broken=look(source, ROUTE, 5))
        assert not self.over(shut)

    @pytest.mark.parametrize("source", [PAGE, DOOR, KEY])
    def test_of_what_began_before_we_came_here_is_not_before_all_was_looked_at(self, source):
        began = ago(21).utc
        rest = [sight for sight in self.WELL if sight.last.source != source.id]
        here = board(*rest, arrived=ago(20))
        assert not over(CHATTY, here, NOW, began)
        assert over(CHATTY, here, NOW, ago(20).utc), "that began here"
        outcome = UP if source is PAGE else ALIVE
        assert not self.over(good(source, outcome, 21), arrived=ago(20))
        assert self.over(good(source, outcome, 20), arrived=ago(20))

    def test_waits_no_longer_than_a_round_of_looks_for_that(self):
        for seconds, is_over in ((LOOKED_ROUND - 1, False), (LOOKED_ROUND, True)):
            here = board(good(PAGE, UP, 1), arrived=ago(seconds))
            assert over(CHATTY, here, NOW, ago(900).utc) is is_over
        assert over(CHATTY, board(), NOW, ago(900).utc), "nobody knows when we came"

    @pytest.mark.parametrize("source", [DOOR, KEY])
    def test_is_not_while_somebody_doubts_it(self, source):
        assert not self.over(doubted(source, DEAD))
        assert self.over(confirmed(source, ROUTE)), "that one is settled"

    def test_concerns_nobody_who_has_neither_page_nor_front_door(self):
        assert self.over(service=tool("bare", page=False, door=False))

    def test_looks_past_one_that_is_well_to_one_that_is_not(self):
        assert not self.over(good(DOOR), good(KEY, broken=look(KEY, DEAD, 600)))


class TestWhatWasNotSeenToEnd:
    def unsettled(self, *sights):
        return known(*sights).unsettled

    @pytest.mark.parametrize("source", [DOOR, KEY])
    def test_is_what_failed_and_is_believed_no_more(self, source):
        broken = look(source, DEAD, 900)
        assert self.unsettled(good(source, broken=broken))
        assert not self.unsettled(good(source, broken=look(source, ROUTE, 900)))
        assert not self.unsettled(good(source))
        assert not self.unsettled(confirmed(source, DEAD, 180))
        assert self.unsettled(confirmed(source, DEAD, 181))

    def test_is_nothing_of_a_service_without_either(self):
        assert not known(service=tool("chatty", door=False)).unsettled

    def test_of_the_account_counts_though_the_front_door_never_failed(self):
        assert self.unsettled(good(DOOR), good(KEY, broken=look(KEY, DEAD, 900)))


class TestSinceWeAreInThisNetwork:
    SILENT = fails(PAGE, SILENCE, 10, good_ago=400)

    def unreached(self, *sights, arrived=300, service=CHATTY):
        since = None if arrived is None else ago(arrived)
        return known_of(service, board(*sights, arrived=since), SETTINGS, NOW).unreached

    def test_nothing_was_reached_where_the_page_is_silent_and_nobody_answered(self):
        assert self.unreached(self.SILENT)
        assert self.unreached(self.SILENT, good(DOOR, seconds=301), confirmed(KEY, DEAD))

    def test_something_was_where_anybody_answered_or_the_page_is_not_silent(self):
        assert not self.unreached(self.SILENT, arrived=400)
        assert not self.unreached(self.SILENT, good(DOOR, seconds=300))
        assert not self.unreached(self.SILENT, good(KEY, ACCEPTED, 300))
        assert not self.unreached(good(PAGE, UP, 400))
        assert not self.unreached(fails(PAGE, failed(FailureKind.HTTP), 10, good_ago=400))

    def test_nobody_knows_without_a_page_or_a_time_of_arrival(self):
        assert not self.unreached()
        assert not self.unreached(self.SILENT, arrived=None)
        assert not self.unreached(service=tool("campus", page=False))

    def test_silence_is_then_no_failure_of_theirs_and_an_answer_still_is(self):
        def seen(door):
            sights = board(self.SILENT, door, arrived=ago(300))
            return known_of(CHATTY, sights, SETTINGS, NOW)

        silent, loud = seen(confirmed(DOOR, DEAD)), seen(confirmed(DOOR, ERROR_500))
        assert (bool(silent.failed), silent.shut_off) == (False, True)
        assert (bool(loud.failed), loud.shut_off) == (True, False)

    def test_an_error_of_the_account_is_an_answer_and_a_silence_is_none(self):
        shut = confirmed(DOOR, ROUTE)
        assert not known(shut, confirmed(KEY, ERROR_500)).shut_off
        assert known(shut, confirmed(KEY, DEAD)).shut_off
        assert known(shut, confirmed(KEY, ROUTE)).shut_off
