"""How often is looked, and when a source is due again: the table at the head of pace.py."""

from dataclasses import replace

import pytest

from notifier.judgement.pace import (
    IN_THE_BACK,
    LOCKED,
    SAVING,
    interval,
    interval_beside,
    interval_in_trouble,
)
from notifier.judgement.rota import LEAST_RETRY, LEAST_SHARE, MOST_RETRY, regular, wait
from notifier.model.board import Board, Link, Machine
from notifier.model.observation import FailureKind
from notifier.model.settings import MOST_INTERVAL
from tests.judgement.boards import (
    LIMITED,
    REPORTED,
    UNREAD,
    UP,
    board,
    failed,
    keyed,
    look,
    stands,
    world,
)
from tests.stories.story import ALIVE, REFERENCES, tool

PLAIN = Machine()
SAVES = (Machine(on_battery=True), Machine(metered=True), Machine(on_battery=True, metered=True))
LOCKS = (Machine(locked=True), Machine(locked=True, on_battery=True, metered=True))
BACK = (Machine(in_front=False), Machine(in_front=False, locked=True, on_battery=True))


def on(machine, seconds=60.0):
    return Board(machine=machine), world(interval=seconds)


class TestThePace:
    def test_is_the_persons_own_where_nothing_asks_for_less(self):
        assert interval(*on(PLAIN)) == 60.0
        assert interval_in_trouble(*on(PLAIN)) == 30.0

    @pytest.mark.parametrize("machine", SAVES)
    def test_is_half_as_fast_on_battery_or_a_metered_link(self, machine):
        assert interval(*on(machine)) == SAVING * 60.0
        assert interval_in_trouble(*on(machine)) == SAVING * 30.0

    @pytest.mark.parametrize("machine", LOCKS)
    def test_is_a_third_behind_a_locked_screen_on_battery_or_not(self, machine):
        assert interval(*on(machine)) == LOCKED * 60.0
        assert interval_in_trouble(*on(machine)) == LOCKED * 30.0

    @pytest.mark.parametrize("machine", BACK)
    def test_is_ten_minutes_at_most_in_a_session_in_the_back_whatever_happens(self, machine):
        assert interval(*on(machine)) == IN_THE_BACK == 600.0
        assert interval_in_trouble(*on(machine)) == IN_THE_BACK
        assert interval(*on(machine, 1200.0)) == 1200.0

    @pytest.mark.parametrize("machine", [*SAVES, *LOCKS])
    def test_is_never_slower_than_an_hour(self, machine):
        assert interval(*on(machine, MOST_INTERVAL)) == MOST_INTERVAL

    def test_in_trouble_is_never_slower_than_the_persons_own(self):
        assert interval_in_trouble(*on(PLAIN, 20.0)) == 20.0

    def test_of_what_could_be_used_instead_is_half_a_minute_as_long_as_the_person_is_here(self):
        for machine in (Machine(), Machine(on_battery=True), Machine(metered=True)):
            assert interval_beside(Board(machine=machine)) == 30
        assert interval_beside(Board(machine=Machine(locked=True))) == 30 * LOCKED
        assert interval_beside(Board(machine=Machine(in_front=False))) == IN_THE_BACK


CHATTY, CLAUDIA = keyed("chatty"), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
FAILS = board(standings=stands(chatty=REPORTED))


def until(source, outcome=UP, known=None, settings=SETTINGS, chance=1.0):
    return wait(source, look(source, outcome), known or board(), settings, chance)


class TestAWait:
    def test_is_most_of_the_interval_so_that_many_do_not_fall_into_step(self):
        assert until(CHATTY.page, chance=0.0) == pytest.approx(LEAST_SHARE * 60.0)
        assert until(CHATTY.page, chance=0.5) == pytest.approx(54.0)
        assert until(CHATTY.page) == 60.0

    def test_is_half_a_minute_for_what_speaks_of_something_that_fails_and_for_that_alone(self):
        assert until(CHATTY.page, known=FAILS) == 30.0
        assert until(CHATTY.account, ALIVE, known=FAILS) == 30.0
        assert until(CLAUDIA.page, known=FAILS) == 60.0
        assert until(CHATTY.page, known=FAILS, chance=0.0) == 30.0, "a host is not asked sooner"

    def test_is_half_a_minute_for_what_is_looked_at_beside_something_that_fails(self):
        seen = look(CLAUDIA.page, UP)
        assert wait(CLAUDIA.page, seen, board(), SETTINGS, 1.0, beside=True) == 30.0
        assert wait(CLAUDIA.page, seen, board(), SETTINGS, 1.0) == 60.0

    def test_is_not_shorter_for_what_cannot_be_read(self):
        assert until(CHATTY.page, known=board(standings=stands(chatty=UNREAD))) == 60.0

    def test_is_what_this_computer_asks_for(self):
        assert until(CHATTY.page, known=board(machine=Machine(locked=True))) == 180.0

    def test_is_never_below_a_front_doors_own_least(self):
        rare = replace(CHATTY.probe, least_wait=300.0)
        assert until(rare, ALIVE) == 300.0
        assert until(rare, ALIVE, known=FAILS) == 300.0

    @pytest.mark.parametrize(
        ("asked", "seconds"),
        [(None, 60.0), (0.0, 60.0), (59.0, 60.0), (61.0, 61.0), (9e9, MOST_RETRY), (-5.0, 60.0)],
    )
    def test_is_lengthened_by_what_was_asked_of_us_and_never_shortened(self, asked, seconds):
        slow = failed(FailureKind.RATE_LIMITED)
        assert until(CHATTY.page, replace(slow, retry_after=asked)) == seconds
        assert until(CHATTY.probe, replace(LIMITED, retry_after=asked)) == seconds

    def test_asked_for_is_a_quarter_of_a_minute_at_least(self):
        quick = world(CHATTY, interval=0.0)
        soon = replace(failed(FailureKind.RATE_LIMITED), retry_after=1.0)
        assert until(REFERENCES[0], soon, settings=quick) == 30.0 > LEAST_RETRY

    def test_of_a_neutral_host_knows_no_least_of_its_own(self):
        assert until(REFERENCES[0], UP) == 60.0


class TestTheRota:
    def test_is_what_was_chosen(self):
        assert regular(board(), SETTINGS) == tuple(
            source.id for service in (CHATTY, CLAUDIA) for source in service.sources
        )

    def test_has_the_neutral_hosts_too_while_we_are_cut_off_and_after_the_chosen(self):
        ids = regular(board(link=Link.OFFLINE), SETTINGS)
        assert ids[-3:] == tuple(reference.id for reference in REFERENCES)
        assert len(ids) == len(set(ids)) == 8

    def test_has_alternatives_while_something_fails_each_once(self):
        settings = world(CHATTY, CLAUDIA, others=(tool("third"),))
        ids = regular(replace(FAILS), settings)
        assert ids == (
            *regular(board(), settings), "page:status.third.test", "probe:third.test",
        )  # fmt: skip
