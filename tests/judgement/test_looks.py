"""What one more look changes: the table at the head of looks.py, row by row."""

from dataclasses import replace

import pytest

from notifier.judgement.looks import (
    ROUTE_KINDS,
    WAVERED_WITHIN,
    remember,
)
from notifier.model.board import Sight
from notifier.model.observation import FailureKind, Reading, Says, Stage
from tests.judgement.boards import (
    ALIVE,
    NOW,
    RESET,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    failed,
    fails,
    good,
    key_of,
    keyed,
    local,
    look,
    world,
)
from tests.stories.story import DEAD, ONLINE, OVERLOADED, REFERENCES, tool

CHATTY, CLAUDIA, LLAMA = keyed("chatty"), tool("claudia"), local()
SETTINGS = world(CHATTY, CLAUDIA, LLAMA)
DOOR, PAGE, KEY = CHATTY.probe, CHATTY.page, CHATTY.account
CONTROL = good(REFERENCES[0], ONLINE, 15)


def after(before, outcome, *others, seconds=0, source=DOOR, **more):
    """The sight of `source` once one more look has come home."""
    known = board(*others) if before is None else board(before, *others)
    seen = look(source, outcome, seconds, **more)
    return remember(known, seen, SETTINGS).sights[source.id], seen


class TestAGoodLook:
    def test_of_something_new_is_what_is_known(self):
        sight, seen = after(None, ALIVE, latency=0.2)
        assert (sight.last, sight.good, sight.latencies) == (seen, seen, (0.2,))
        assert (sight.doubt, sight.confirmed, sight.failures, sight.wavered) == (None, None, 0, ())

    def test_ends_a_failure(self):
        sight, seen = after(fails(PAGE, failed(FailureKind.HTTP), good_ago=90), UP, source=PAGE)
        assert (sight.last, sight.good, sight.failures) == (seen, seen, 0)

    def test_after_a_doubt_has_wavered(self):
        sight, seen = after(doubted(DOOR, DEAD), ALIVE)
        assert (sight.last, sight.good, sight.doubt) == (seen, seen, None)
        assert sight.wavered == (NOW.steady,)
        assert not sight.confirm_ordered

    def test_forgets_what_wavered_long_ago_and_keeps_what_did_of_late(self):
        times = tuple(NOW.steady - before for before in (WAVERED_WITHIN + 1, WAVERED_WITHIN, 5))
        sight, _ = after(replace(doubted(DOOR, DEAD), wavered=times), ALIVE)
        assert sight.wavered == (*times[1:], NOW.steady)

    def test_after_no_doubt_has_not_wavered(self):
        assert after(good(DOOR), ALIVE)[0].wavered == ()

    def test_after_a_confirmed_failure_eases_it_and_does_not_end_it(self):
        before = replace(confirmed(DOOR, DEAD), confirm_ordered=True)
        sight, seen = after(before, ALIVE)
        assert (sight.last, sight.good, sight.eased) == (seen, seen, seen)
        assert sight.confirmed is before.confirmed
        assert (sight.confirm_ordered, sight.failures, sight.wavered) == (False, 0, ())

    def test_is_another_only_where_it_began_after_the_first_came_home(self):
        eased, first = after(confirmed(DOOR, DEAD, 60), ALIVE, seconds=1)
        again, _ = after(eased, ALIVE, began=first.at)
        assert again.confirmed is not None
        ended, _ = after(eased, ALIVE, began=ago(0.5))
        assert ended.confirmed is None

    def test_after_a_failure_from_before_a_sleep_eases_it_too(self):
        before = good(DOOR, seconds=900, broken=look(DOOR, DEAD, 800))
        sight, seen = after(before, ALIVE, seconds=10)
        assert (sight.eased, sight.broken) == (seen, before.broken)
        again, _ = after(sight, ALIVE, seconds=10)
        assert (again.eased, again.broken) == (seen, before.broken), "it is the same look"
        ended, _ = after(sight, ALIVE)
        assert (ended.eased, ended.broken) == (None, None)

    def test_after_a_way_shut_off_eases_that_as_well(self):
        sight, seen = after(confirmed(DOOR, failed(FailureKind.REFUSED)), ALIVE)
        assert (sight.eased, sight.broken, sight.wavered) == (seen, None, ())

    def test_after_a_new_doubt_of_what_failed_before_a_sleep_has_not_wavered(self):
        sight, _ = after(doubted(DOOR, DEAD, broken=look(DOOR, DEAD, 900)), ALIVE)
        assert sight.wavered == ()

    def test_after_that_another_ends_it(self):
        eased, _ = after(confirmed(DOOR, DEAD, 60), ALIVE, seconds=10)
        sight, seen = after(eased, ALIVE)
        assert (sight.good, sight.doubt, sight.confirmed, sight.eased) == (seen, None, None, None)
        assert sight.wavered == ()


class TestABadLook:
    def test_is_a_doubt_and_no_more(self):
        sight, seen = after(good(DOOR), DEAD)
        assert (sight.last, sight.doubt, sight.confirmed, sight.failures) == (seen, seen, None, 1)
        assert sight.good is not None

    def test_of_something_new_is_a_doubt_too(self):
        sight, seen = after(None, DEAD)
        assert (sight.good, sight.doubt, sight.failures) == (None, seen, 1)

    def test_that_confirms_needs_all_of_it(self):
        sight, seen = after(doubted(DOOR, DEAD), DEAD, CONTROL, confirming=True)
        assert sight.confirmed is sight.broken is seen
        assert sight.doubt.at == ago(20)
        assert sight.failures == 2

    def test_that_confirms_may_begin_as_soon_as_the_doubt_came_home(self):
        soon = {"confirming": True, "began": ago(19.5)}
        control = good(REFERENCES[0], ONLINE, 19)
        assert after(doubted(DOOR, DEAD), DEAD, control, **soon)[0].confirmed is not None

    @pytest.mark.parametrize(
        ("outcome", "others", "more"),
        [
            pytest.param(DEAD, (CONTROL,), {}, id="it was no confirming look"),
            pytest.param(DEAD, (), {"confirming": True}, id="no control answered"),
            pytest.param(
                DEAD,
                (good(REFERENCES[0], ONLINE, 21),),
                {"confirming": True},
                id="the control answered before the doubt",
            ),
            pytest.param(RESET, (CONTROL,), {"confirming": True}, id="it failed in another way"),
            pytest.param(
                DEAD,
                (CONTROL,),
                {"confirming": True, "began": ago(20)},
                id="it began before the doubt came home",
            ),
            pytest.param(
                DEAD,
                (good(key_of("chatty"), ALIVE, 15),),
                {"confirming": True},
                id="only the same host answered",
            ),
            pytest.param(
                DEAD,
                (good(LLAMA.probe, ALIVE, 15),),
                {"confirming": True},
                id="only what runs on this computer answered",
            ),
        ],
    )
    def test_that_confirms_nothing(self, outcome, others, more):
        sight, _ = after(doubted(DOOR, DEAD), outcome, *others, **more)
        assert sight.confirmed is None
        assert sight.failures == 2

    def test_of_another_kind_is_a_doubt_of_its_own(self):
        sight, seen = after(doubted(DOOR, DEAD), RESET, CONTROL, confirming=True)
        assert sight.doubt is seen

    @pytest.mark.parametrize(("interrupted", "settled"), [(60, True), (60.1, False)])
    def test_is_confirmed_though_one_of_another_kind_came_between(self, interrupted, settled):
        unfound = look(DOOR, failed(FailureKind.DNS), 15, confirming=True)
        first = doubted(DOOR, DEAD, interrupted)
        before = remember(board(first, CONTROL), unfound, SETTINGS).sights[DOOR.id]
        assert (before.doubt, before.earlier, before.confirmed) == (unfound, first.doubt, None)
        sight, seen = after(before, DEAD, CONTROL, confirming=True)
        assert sight.confirmed is (seen if settled else None)
        assert sight.doubt is (first.doubt if settled else seen)
        assert sight.earlier is unfound

    def test_a_way_shut_off_in_the_middle_of_a_doubt_is_confirmed_by_its_own_second_look(self):
        first = doubted(DOOR, DEAD, 30)
        unfound = look(DOOR, failed(FailureKind.DNS), 15, confirming=True)
        before = replace(first, last=unfound, doubt=unfound, earlier=first.doubt)
        sight, seen = after(before, failed(FailureKind.DNS), CONTROL, confirming=True)
        assert (sight.confirmed, sight.broken) == (seen, None)
        assert sight.earlier is first.doubt

    def test_a_good_one_between_takes_all_doubts_away(self):
        first = doubted(DOOR, DEAD, 30)
        between, _ = after(replace(first, earlier=look(DOOR, RESET, 40)), ALIVE, seconds=20)
        assert (between.doubt, between.earlier) == (None, None)

    def test_of_the_same_kind_leaves_the_first_doubt_standing(self):
        before = doubted(DOOR, DEAD)
        assert after(before, DEAD)[0].doubt is before.doubt

    def test_after_an_eased_failure_takes_the_ease_away(self):
        before = confirmed(DOOR, DEAD, 60, eased=look(DOOR, ALIVE, 10))
        sight, seen = after(before, DEAD)
        assert (sight.eased, sight.confirmed) == (None, seen)
        assert sight.doubt is before.doubt

    def test_of_any_kind_of_trouble_goes_on_with_what_was_confirmed(self):
        before = confirmed(DOOR, DEAD, 60)
        sight, seen = after(before, OVERLOADED)
        assert sight.confirmed is seen

    def test_that_confirms_a_way_shut_off_breaks_nothing_over_there(self):
        shut = failed(FailureKind.REFUSED)
        sight, seen = after(doubted(DOOR, shut), shut, CONTROL, confirming=True)
        assert (sight.confirmed, sight.broken) == (seen, None)

    def test_that_goes_on_is_remembered_as_the_last_of_it(self):
        sight, seen = after(confirmed(DOOR, DEAD, 60), DEAD)
        assert sight.broken is seen

    def test_of_another_side_than_what_was_confirmed_is_a_doubt_of_its_own(self):
        sight, seen = after(confirmed(DOOR, DEAD, 60), failed(FailureKind.REFUSED))
        assert sight.doubt is seen
        sight, seen = after(confirmed(DOOR, failed(FailureKind.REFUSED), 60), DEAD)
        assert sight.doubt is seen

    def test_a_way_shut_off_is_not_more_of_a_failure_over_there(self):
        before = confirmed(DOOR, DEAD, 60)
        sight, _ = after(before, failed(FailureKind.REFUSED))
        assert sight.confirmed is before.confirmed

    def test_the_confirming_one_is_not_awaited_any_more(self):
        ordered = replace(doubted(DOOR, DEAD), confirm_ordered=True)
        assert not after(ordered, DEAD, CONTROL, confirming=True)[0].confirm_ordered
        assert after(ordered, DEAD, CONTROL)[0].confirm_ordered


class TestALineThatDropsConnections:
    """Two that broke at one host are not enough, nor three where others break as well."""

    HERE = tool("here")
    SETTINGS = world(CHATTY, HERE, LLAMA)

    def after(self, *others, failures=1, outcome=RESET):
        before = replace(doubted(DOOR, outcome), failures=failures)
        seen = look(DOOR, outcome, 0, confirming=True)
        return remember(board(before, CONTROL, *others), seen, self.SETTINGS).sights[DOOR.id]

    def healed(self, service, seconds=30):
        seen = look(service.page, UP, seconds, stumbled=True)
        return Sight(last=seen, good=seen)

    def cut(self, service, seconds=30):
        return fails(service.page, failed(FailureKind.RESET), seconds)

    def test_leaves_the_third_one_a_doubt(self):
        assert self.after(self.healed(self.HERE), failures=2).confirmed is None
        assert self.after(self.cut(self.HERE), failures=2).confirmed is None

    def test_and_the_fourth_one_settles_it(self):
        sight = self.after(self.healed(self.HERE), failures=3)
        assert sight.confirmed is sight.last

    def test_is_not_the_only_one_on_which_two_in_a_row_are_chance(self):
        assert self.after(good(self.HERE.page, UP)).confirmed is None
        assert self.after(good(self.HERE.page, UP), failures=2).confirmed is not None

    def test_says_nothing_of_a_host_that_answers_with_trouble(self):
        assert self.after(self.healed(self.HERE), outcome=DEAD).confirmed is not None

    @pytest.mark.parametrize(
        "others",
        [
            pytest.param(lambda t: t.healed(t.HERE, 121), id="long ago"),
            pytest.param(lambda t: t.healed(CHATTY), id="of the same owner"),
            pytest.param(lambda t: good(t.HERE.page, UP), id="all held"),
            pytest.param(lambda t: fails(LLAMA.probe, RESET), id="on this computer"),
        ],
    )
    def test_is_shaky_by_an_unrelated_other_of_late_only(self, others):
        assert self.after(others(self), failures=2).confirmed is not None

    @pytest.mark.parametrize(("apart", "enough"), [(24.9, False), (25, True)])
    def test_and_time_is_as_good_as_another_one(self, apart, enough):
        before = doubted(DOOR, RESET, apart)
        seen = look(DOOR, RESET, 0, confirming=True)
        known = board(before, CONTROL, self.healed(self.HERE))
        sight = remember(known, seen, self.SETTINGS).sights[DOOR.id]
        assert (sight.confirmed is not None) is enough

    def test_two_minutes_are_late(self):
        assert self.after(self.healed(self.HERE, 120), failures=2).confirmed is None


class TestALookThatWaitedInVain:
    """Our own line may have gone while it did: one that began with it must have been answered."""

    @pytest.mark.parametrize(
        ("asked", "took", "enough"),
        [
            pytest.param(20, 20, True, id="asked with it"),
            pytest.param(21, 20, True, id="a second before"),
            pytest.param(21.1, 20, False, id="too long before"),
            pytest.param(18.9, 20, False, id="when the line may have been back"),
            pytest.param(15, 4.9, True, id="it hardly waited"),
        ],
    )
    def test_confirms_nothing_unless_one_asked_with_it_answered(self, asked, took, enough):
        known = board(doubted(DOOR, DEAD, 30), good(REFERENCES[0], ONLINE, asked))
        seen = look(DOOR, DEAD, 0, began=ago(took), confirming=True)
        sight = remember(known, seen, SETTINGS).sights[DOOR.id]
        assert (sight.confirmed is not None) is enough

    def test_is_vouched_for_by_no_source_of_the_same_host_nor_of_this_computer(self):
        for other in (good(KEY, ALIVE, 20), good(LLAMA.probe, ALIVE, 20)):
            known = board(doubted(DOOR, DEAD, 30), other, good(REFERENCES[0], ONLINE, 10))
            seen = look(DOOR, DEAD, 0, began=ago(20), confirming=True)
            assert remember(known, seen, SETTINGS).sights[DOOR.id].confirmed is None

    def test_needs_nobody_where_the_host_answered_after_a_while(self):
        known = board(doubted(DOOR, OVERLOADED, 30), good(REFERENCES[0], ONLINE, 25))
        seen = look(DOOR, OVERLOADED, 0, began=ago(20), confirming=True)
        assert remember(known, seen, SETTINGS).sights[DOOR.id].confirmed is not None

    def test_is_vouched_for_though_others_were_asked_since(self):
        """While it waits a neutral host may be asked for several others."""
        sight = good(REFERENCES[0], ONLINE, 20)
        for seconds in (16, 12, 8, 4):
            sight, _ = after(sight, ONLINE, seconds=seconds, source=REFERENCES[0])
        known = board(doubted(DOOR, DEAD, 30), sight)
        seen = look(DOOR, DEAD, 0, began=ago(20), confirming=True)
        assert remember(known, seen, SETTINGS).sights[DOOR.id].confirmed is not None


class TestAFailure:
    """A look that brings nothing leaves everything as it was, until it is too old."""

    def test_keeps_what_was_read(self):
        before = good(PAGE, UP, 60)
        sight, seen = after(before, failed(FailureKind.HTTP), source=PAGE)
        assert (sight.last, sight.good, sight.failures) == (seen, before.good, 1)
        assert (sight.doubt, sight.confirmed) == (None, None)

    def test_is_counted(self):
        sight, _ = after(
            fails(PAGE, failed(FailureKind.HTTP)), failed(FailureKind.DNS), source=PAGE
        )
        assert sight.failures == 2

    def test_of_something_new_is_all_that_is_known(self):
        sight, seen = after(None, failed(FailureKind.HTTP), source=PAGE)
        assert (sight.last, sight.good, sight.failures) == (seen, None, 1)

    def test_of_a_confirming_look_leaves_the_doubt_to_another(self):
        ordered = replace(doubted(DOOR, DEAD), confirm_ordered=True)
        limited = failed(FailureKind.INTERNAL)
        assert not after(ordered, limited, confirming=True)[0].confirm_ordered
        assert after(ordered, limited)[0].confirm_ordered

    @pytest.mark.parametrize("kind", list(FailureKind))
    def test_of_a_front_door_is_a_doubt_only_where_it_is_kept_from_us(self, kind):
        sight, _ = after(good(DOOR), failed(kind))
        assert (sight.doubt is not None) is (kind in ROUTE_KINDS)
        account, _ = after(good(KEY), failed(kind), source=KEY)
        assert (account.doubt is not None) is (kind in ROUTE_KINDS)

    @pytest.mark.parametrize("source", [PAGE, REFERENCES[0], LLAMA.probe])
    def test_of_anything_else_is_none_whatever_its_kind(self, source):
        for kind in FailureKind:
            assert after(good(source), failed(kind), source=source)[0].doubt is None

    def test_of_what_is_watched_no_more_is_none(self):
        gone = tool("gone").probe
        sight = remember(board(), look(gone, failed(FailureKind.REFUSED)), SETTINGS).sights[gone.id]
        assert (sight.doubt, sight.failures) == (None, 1)


def test_a_front_door_that_answers_401_is_no_doubt():
    refused = Reading(Says.ALIVE, Stage.FRONT, "HTTP 401", status=401)
    assert after(None, refused)[0].doubt is None


def test_what_is_put_on_the_board_leaves_all_else_there():
    before = board(good(PAGE, UP), CONTROL)
    now = remember(before, look(DOOR, ALIVE), SETTINGS)
    assert set(now.sights) == {*before.sights, DOOR.id}
    assert now.sights[PAGE.id] is before.sights[PAGE.id]
