"""Looks out of turn: controls in doubt, the confirming look, the way out, alternatives."""

from dataclasses import replace

import pytest

from notifier.judgement import orders
from notifier.judgement.orders import CONFIRM_AFTER, EASED_AFTER, TRY_AGAIN
from notifier.model.board import CUT_OFF, Link
from notifier.model.effect import LookAt
from notifier.model.observation import FailureKind
from notifier.model.service import ServiceKey, SourceId
from tests.judgement.boards import (
    RESET,
    UP,
    ago,
    asked,
    board,
    confirmed,
    doubted,
    drafted,
    failed,
    fails,
    good,
    keyed,
    local,
    look,
    of,
    world,
)
from tests.stories.story import ALIVE, DEAD, ERROR_500, GARBAGE, NO_ROUTE, ONLINE, REFERENCES, tool

CLOUD, THIRD = tool("cloud", can=("infra",)), tool("third")
CHATTY = keyed("chatty", runs_on=("cloud",))
CLAUDIA, LLAMA = tool("claudia"), local()
SETTINGS = world(CHATTY, CLAUDIA, LLAMA, others=(CLOUD, THIRD))
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account
NEUTRAL = [reference.id for reference in REFERENCES]
PORTAL = failed(FailureKind.WEB_PAGE)


class TestControls:
    VOUCHES = good(CLAUDIA.page, UP, 60)

    def wanted(self, sight, link=Link.ONLINE, vouches=VOUCHES):
        draft = drafted(board(sight, vouches, link=link), SETTINGS)
        orders.ask_controls(draft, sight.last)
        assert not any(order.early or order.after for order in of(LookAt, draft))
        return asked(draft)

    @pytest.mark.parametrize(
        "sight",
        [
            doubted(DOOR, DEAD),
            doubted(DOOR, ERROR_500),
            fails(PAGE, NO_ROUTE),
            fails(PAGE, PORTAL),
            doubted(DOOR, failed(FailureKind.REFUSED)),
        ],
    )
    def test_are_asked_at_the_first_failure_that_may_be_our_own(self, sight):
        assert self.wanted(sight) == NEUTRAL
        again = replace(sight, failures=2, doubt=sight.doubt and look(DOOR, DEAD, 60))
        assert self.wanted(again) == []
        assert self.wanted(again, Link.UNCLEAR) == NEUTRAL
        for link in CUT_OFF:
            assert self.wanted(sight, link) == [], "they take turns already"

    def test_are_asked_at_the_first_bad_look_of_a_door_that_could_not_be_looked_at_before(self):
        assert self.wanted(replace(doubted(DOOR, DEAD), failures=2)) == NEUTRAL

    def test_are_asked_again_while_nobody_else_has_answered_for_an_interval(self):
        again = replace(doubted(DOOR, DEAD), failures=2, doubt=look(DOOR, DEAD, 90))
        assert self.wanted(again, vouches=good(CLAUDIA.page, UP, 61)) == NEUTRAL
        assert self.wanted(again, vouches=good(KEY, ALIVE, 5)) == NEUTRAL, "it is the same host"

    @pytest.mark.parametrize("sight", [good(DOOR), fails(PAGE, GARBAGE)])
    def test_are_not_asked_where_nothing_is_doubtful(self, sight):
        assert self.wanted(sight, Link.UNCLEAR) == []

    def test_do_not_call_each_other(self):
        assert self.wanted(fails(REFERENCES[0], NO_ROUTE), Link.UNCLEAR) == []

    def test_are_not_asked_for_what_runs_on_this_computer_or_is_watched_no_more(self):
        assert self.wanted(fails(LLAMA.probe, NO_ROUTE), Link.UNCLEAR) == []
        assert self.wanted(fails(tool("gone").page, NO_ROUTE), Link.UNCLEAR) == []


class TestTheWayOut:
    def tried(self, outcome=NO_ROUTE, link=Link.OFFLINE, settings=SETTINGS):
        draft = drafted(board(link=link), settings)
        orders.try_the_way_out(draft, look(PAGE, outcome))
        return [(order.source, order.after, order.early) for order in of(LookAt, draft)]

    @pytest.mark.parametrize("kind", [FailureKind.OFFLINE, FailureKind.DNS])
    @pytest.mark.parametrize("link", [Link.OFFLINE, Link.DNS])
    def test_is_tried_by_one_neutral_host_every_few_seconds(self, kind, link):
        assert self.tried(failed(kind), link) == [(NEUTRAL[0], TRY_AGAIN, False)]

    def test_is_tried_by_the_first_of_what_was_chosen_where_there_is_none(self):
        alone = world(CHATTY, references=())
        assert self.tried(settings=alone) == [(PAGE.id, TRY_AGAIN, False)]
        assert self.tried(settings=world(references=())) == []

    def test_is_not_tried_where_looks_leave_this_computer(self):
        assert self.tried(failed(FailureKind.TIMEOUT)) == []

    @pytest.mark.parametrize("link", set(Link) - {Link.OFFLINE, Link.DNS})
    def test_is_not_tried_where_there_is_one(self, link):
        assert self.tried(link=link) == []


class TestTheTurnsOfNeutralHosts:
    """What leaves this computer is asked of each of them twice a minute, one after the other."""

    def turn(self, place, *before, link=Link.CAPTIVE_PORTAL):
        """When the one at `place` is asked again, where those before it came home just so."""
        seen = [good(REFERENCES[n], ONLINE, seconds) for n, seconds in enumerate(before)]
        draft = drafted(board(*seen, link=link), SETTINGS)
        orders.try_the_way_out(draft, look(REFERENCES[place], PORTAL, 0))
        return [(order.source, round(order.after, 6), order.early) for order in of(LookAt, draft)]

    @pytest.mark.parametrize("link", CUT_OFF - {Link.OFFLINE, Link.DNS})
    def test_come_every_half_minute(self, link):
        assert self.turn(0, link=link) == [(NEUTRAL[0], 30.0, False)]
        assert self.turn(2, 6, 17, link=link) == [(NEUTRAL[2], 30.0, False)]

    def test_are_taken_apart_where_two_came_at_one_time(self):
        assert self.turn(1, 4) == [(NEUTRAL[1], 40.0, False)]
        assert self.turn(2, 17, 4) == [(NEUTRAL[2], 50.0, False)]
        assert self.turn(2, 4, 17) == [(NEUTRAL[2], 50.0, False)]
        assert self.turn(1, 5) == [(NEUTRAL[1], 30.0, False)]
        assert self.turn(0, 1, 1) == [(NEUTRAL[0], 30.0, False)]

    @pytest.mark.parametrize("link", [Link.ONLINE, Link.UNCLEAR, Link.OFFLINE, Link.DNS])
    def test_are_none_where_we_are_not_cut_off_or_nothing_leaves_this_computer(self, link):
        assert self.turn(0, link=link) == []

    def test_are_those_of_neutral_hosts_alone(self):
        draft = drafted(board(link=Link.CAPTIVE_PORTAL), SETTINGS)
        orders.try_the_way_out(draft, look(PAGE, PORTAL, 0))
        orders.try_the_way_out(draft, look(tool("gone").page, PORTAL, 0))
        assert asked(draft) == []

    def test_are_theirs_too_where_another_is_silent(self):
        draft = drafted(board(link=Link.PROXY), SETTINGS)
        orders.try_the_way_out(draft, look(REFERENCES[0], NO_ROUTE, 0))
        assert asked(draft) == [NEUTRAL[0]]


class TestTheConfirmingLook:
    CONTROL = good(REFERENCES[0], ONLINE, 1)

    def ordered(self, *sights, settings=SETTINGS, **more):
        draft = drafted(board(*sights, **more), settings)
        orders.confirm(draft)
        wanted = [
            (order.source, order.after, order.early, order.confirming)
            for order in of(LookAt, draft)
        ]
        marked = {id_ for id_, one in draft.board.sights.items() if one.confirm_ordered}
        assert marked >= {one[0] for one in wanted}
        return wanted

    def test_begins_ten_seconds_after_the_doubt_once_a_control_has_answered(self):
        assert self.ordered(doubted(DOOR, DEAD, 3), self.CONTROL) == [
            (DOOR.id, CONFIRM_AFTER - 3, True, True)
        ]
        assert self.ordered(doubted(DOOR, DEAD, 30), self.CONTROL) == [(DOOR.id, 0.0, True, True)]

    def test_does_not_wait_longer_for_a_look_that_came_in_its_turn_meanwhile(self):
        sight = replace(doubted(DOOR, DEAD, 12), last=look(DOOR, DEAD, 2), failures=2)
        assert self.ordered(sight, self.CONTROL) == [(DOOR.id, 0.0, True, True)]

    def test_that_was_not_enough_is_followed_by_another_ten_seconds_later(self):
        last = look(DOOR, RESET, 2, confirming=True)
        sight = replace(doubted(DOOR, RESET, 15), last=last, failures=2)
        assert self.ordered(sight, self.CONTROL) == [(DOOR.id, CONFIRM_AFTER - 2, True, True)]

    @pytest.mark.parametrize(
        ("outcome", "took", "vouch"),
        [(DEAD, 20, True), (DEAD, 5, True), (DEAD, 4.9, False), (ERROR_500, 20, False)],
    )
    def test_that_may_wait_in_vain_has_others_asked_beside_it(self, outcome, took, vouch):
        seen = look(DOOR, outcome, 3, began=ago(3 + took))
        doubt = replace(doubted(DOOR, outcome, 3), last=seen, doubt=seen)
        draft = drafted(board(doubt, self.CONTROL), SETTINGS)
        orders.confirm(draft)
        (order,) = of(LookAt, draft)
        assert order.beside == ((REFERENCES[0].id,) if vouch else ())

    def test_has_them_asked_where_a_name_not_found_came_between(self):
        unfound = look(DOOR, failed(FailureKind.DNS), 3)
        waited = look(DOOR, DEAD, 10, began=ago(30))
        doubt = replace(doubted(DOOR, DEAD, 10), last=unfound, doubt=unfound, earlier=waited)
        draft = drafted(board(doubt, self.CONTROL), SETTINGS)
        orders.confirm(draft)
        (order,) = of(LookAt, draft)
        assert order.beside == (REFERENCES[0].id,)
        assert order.after == TRY_AGAIN - 3, "nobody over there was asked at the last one"

    @pytest.mark.parametrize("kind", [FailureKind.DNS, FailureKind.REFUSED])
    def test_comes_sooner_only_after_a_name_not_found_amid_another_doubt(self, kind):
        shut = look(DOOR, failed(kind), 3)
        sight = replace(doubted(DOOR, failed(kind), 3), last=shut, doubt=shut)
        amid = replace(sight, earlier=look(DOOR, ERROR_500, 10))
        sooner = TRY_AGAIN if kind is FailureKind.DNS else CONFIRM_AFTER
        for one, wait in ((sight, CONFIRM_AFTER), (amid, sooner)):
            assert self.ordered(one, self.CONTROL) == [(DOOR.id, wait - 3, True, True)]

    def test_is_not_ordered_without_a_control_or_twice_or_cut_off_or_without_a_doubt(self):
        doubt = doubted(DOOR, DEAD, 3)
        assert self.ordered(doubt) == []
        assert self.ordered(doubt, good(REFERENCES[0], ONLINE, 4)) == []
        assert self.ordered(doubt, good(KEY, ALIVE, 1)) == [], "it is the same host"
        assert self.ordered(replace(doubt, confirm_ordered=True), self.CONTROL) == []
        assert self.ordered(good(DOOR), self.CONTROL) == []
        for link in CUT_OFF:
            assert self.ordered(doubt, self.CONTROL, link=link) == []
        assert self.ordered(doubt, self.CONTROL, link=Link.UNCLEAR) != []

    def test_is_not_ordered_for_what_is_confirmed(self):
        assert self.ordered(confirmed(DOOR, DEAD), self.CONTROL) == []

    def test_one_ordered_already_holds_up_no_other(self):
        waits = replace(doubted(DOOR, DEAD, 3), confirm_ordered=True)
        other = doubted(CLAUDIA.probe, DEAD, 3)
        found = self.ordered(waits, confirmed(KEY, DEAD), other, self.CONTROL)
        assert [one[0] for one in found] == [CLAUDIA.probe.id]

    def test_is_ordered_for_an_alternative_that_fails_and_not_for_one_that_is_shut_off(self):
        assert self.ordered(doubted(THIRD.probe, DEAD, 3), self.CONTROL) != []
        shut = failed(FailureKind.REFUSED)
        assert self.ordered(doubted(THIRD.probe, shut, 3), self.CONTROL) == []
        assert self.ordered(doubted(DOOR, shut, 3), self.CONTROL) != []

    def test_of_a_failure_that_eases_comes_ten_seconds_after_the_first_good_one(self):
        eased = look(DOOR, ALIVE, 4)
        sight = confirmed(DOOR, DEAD, 60, eased=eased, good=eased, last=eased)
        assert self.ordered(sight) == [(DOOR.id, EASED_AFTER - 4, True, True)]

    def test_leaves_all_else_on_the_board(self):
        sights = (doubted(DOOR, DEAD, 3), self.CONTROL)
        draft = drafted(board(*sights), SETTINGS)
        orders.confirm(draft)
        assert draft.board.sights == {
            DOOR.id: replace(sights[0], confirm_ordered=True),
            NEUTRAL[0]: sights[1],
        }

    def test_is_ordered_for_a_doubt_of_another_side_than_what_is_confirmed(self):
        shut = look(DOOR, failed(FailureKind.REFUSED), 3)
        fails_there = confirmed(DOOR, DEAD, 60, doubt=shut, last=shut)
        assert self.ordered(fails_there, self.CONTROL) != []
        dead = look(DOOR, DEAD, 3)
        shut_off = confirmed(DOOR, failed(FailureKind.REFUSED), 60, doubt=dead, last=dead)
        assert self.ordered(shut_off, self.CONTROL) != []
        assert self.ordered(confirmed(DOOR, failed(FailureKind.REFUSED)), self.CONTROL) == []

    def test_of_one_that_eases_with_no_doubt_left_comes_too(self):
        eased = look(DOOR, ALIVE, 4)
        sight = good(DOOR, broken=look(DOOR, DEAD, 900), eased=eased, last=eased)
        assert self.ordered(sight) == [(DOOR.id, EASED_AFTER - 4, True, True)]


def test_all_looked_at_are_so_once_and_early_only_where_that_was_asked():
    twin = replace(CLAUDIA, key=ServiceKey("claudia#2"))
    for early in (True, False):
        draft = drafted(board(), SETTINGS)
        orders.look_at_all(draft, (CLAUDIA, twin), early=early)
        wanted = [(order.source, order.early) for order in of(LookAt, draft)]
        assert wanted == [(CLAUDIA.page.id, early), (CLAUDIA.probe.id, early)]
    plain = drafted(board(), SETTINGS)
    orders.look_at_all(plain, (CLAUDIA,))
    assert [order.early for order in of(LookAt, plain)] == [False, False]
    assert SourceId("page:status.claudia.test") in asked(plain)
