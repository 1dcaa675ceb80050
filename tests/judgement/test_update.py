"""The one door: what each event changes, in which order, and what it asks for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.update import WAVE, update
from notifier.model.announcement import NoticeId, Reason, Silence
from notifier.model.board import Board, Connection, Link, Machine, Topic
from notifier.model.effect import Announce, Hush, LookAt, Record
from notifier.model.event import (
    Asked,
    Heard,
    Moved,
    Observed,
    Reachable,
    Reconfigured,
    Started,
    Ticked,
    Unheard,
    Wish,
    Woke,
)
from notifier.model.health import Health
from notifier.model.record import NoticeHeard, NoticeOwed, RunBegan
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    DOWN,
    FINE,
    IN_MAINTENANCE,
    NOW,
    REPORTED,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    fails,
    good,
    look,
    notice,
    on_board,
    outage,
    stands,
    told,
    world,
)
from tests.stories.story import (
    ALIVE,
    DEAD,
    GARBAGE,
    NO_ROUTE,
    NOON,
    ONLINE,
    REFERENCES,
    SILENCE,
    report,
    tool,
)

CHATTY, CLAUDIA, THIRD = (tool(name, can=(name,)) for name in ("chatty", "claudia", "third"))
SETTINGS = world(CHATTY, CLAUDIA, others=(THIRD,))
CHOSEN = [source.id for service in (CHATTY, CLAUDIA) for source in service.sources]
ONE, TWO = outage("chatty"), outage("claudia")
UP_ = Health.OPERATIONAL
WELL = (good(CHATTY.page, UP), good(CHATTY.probe), good(CLAUDIA.page, UP), good(CLAUDIA.probe))


def happens(event, known, settings=SETTINGS):
    return update(known, event, settings)


def of(kind, step):
    return [effect for effect in step.effects if isinstance(effect, kind)]


def asked(step):
    return [order.source for order in of(LookAt, step)]


def entries(step, kind):
    return [record.entry for record in of(Record, step) if isinstance(record.entry, kind)]


def silences(step):
    return [hush.withheld.reason for hush in of(Hush, step)]


class TestStarted:
    def test_begins_a_wave_of_all_that_was_chosen(self):
        step = happens(Started(NOW), Board())
        assert step.board.started == step.board.arrived == NOW
        assert step.board.wave == {CHATTY.key, CLAUDIA.key}
        assert step.board.wave_ends == NOW.later(WAVE)
        assert step.effects == ()

    def test_with_nothing_chosen_begins_none(self):
        step = happens(Started(NOW), Board(), world())
        assert (step.board.wave, step.board.wave_ends) == (frozenset(), None)


class TestObserved:
    def seen(self, source, outcome, known=None, settings=SETTINGS, **more):
        event = Observed(NOW, look(source, outcome, 0, **more))
        return happens(event, known or board(*WELL), settings)

    def test_is_put_on_the_board_judged_followed_and_told(self):
        step = self.seen(CHATTY.page, DOWN)
        assert step.board.sights[CHATTY.page.id].last.outcome is DOWN
        assert step.board.standings[CHATTY.key].verdict.health is Health.MAJOR_OUTAGE
        (announce,) = of(Announce, step)
        assert announce.announcement.reason is Reason.OUTAGE
        assert step.touched == {CHATTY.key}

    def test_touches_all_that_share_the_page_and_nobody_else(self):
        twin = replace(CLAUDIA, page=CHATTY.page)
        step = self.seen(CHATTY.page, DOWN, settings=world(CHATTY, twin, THIRD))
        assert step.touched == {CHATTY.key, CLAUDIA.key}

    def test_of_what_nobody_chose_is_judged_and_not_followed(self):
        step = self.seen(THIRD.page, DOWN)
        assert step.board.standings[THIRD.key].verdict.health is Health.MAJOR_OUTAGE
        assert (step.board.threads, of(Announce, step)) == ({}, [])

    def test_is_written_down(self):
        step = self.seen(CHATTY.page, DOWN)
        runs = [(run.subject, run.state) for run in entries(step, RunBegan)]
        assert (CHATTY.page.id, "major_outage") in runs
        assert (CHATTY.key, "major_outage") in runs

    def test_of_the_first_failure_asks_the_controls(self):
        assert asked(self.seen(CHATTY.page, SILENCE)) == [r.id for r in REFERENCES]
        assert asked(self.seen(CHATTY.page, UP)) == []

    def test_orders_the_confirming_look_once_a_control_has_answered(self):
        doubt = board(*WELL[2:], doubted(CHATTY.probe, DEAD, 3))
        (order,) = of(LookAt, self.seen(REFERENCES[0], ONLINE, doubt))
        assert (order.source, order.confirming) == (CHATTY.probe.id, True)

    def test_that_finds_us_cut_off_concerns_everyone(self):
        known = board(*WELL, *(fails(r, NO_ROUTE, 5) for r in REFERENCES[:2]))
        step = self.seen(REFERENCES[2], NO_ROUTE, known)
        assert step.board.connection.link is Link.OFFLINE
        for service in (CHATTY, CLAUDIA):
            assert step.board.standings[service.key].verdict.cause is Cause.OFFLINE
        assert silences(step) == [Silence.OFFLINE]
        assert asked(step) == [REFERENCES[0].id]
        assert of(LookAt, step)[0].after > 0

    def test_that_finds_us_cut_off_forgets_doubts_of_before(self):
        known = board(
            *WELL[2:], doubted(CHATTY.probe, DEAD), *(fails(r, NO_ROUTE, 5) for r in REFERENCES[:2])
        )
        step = self.seen(REFERENCES[2], NO_ROUTE, known)
        assert step.board.sights[CHATTY.probe.id].doubt is None
        assert step.board.arrived == NOW

    def test_that_finds_us_back_looks_at_everything_and_the_wave_waits_anew(self):
        cut_off = board(
            *(fails(r, NO_ROUTE, 5) for r in REFERENCES),
            connection=Connection(Link.OFFLINE, ago(60)),
            wave=frozenset({CHATTY.key}),
            wave_ends=NOW.later(1),
        )
        step = self.seen(REFERENCES[0], ONLINE, cut_off)
        assert step.board.connection.link is Link.ONLINE
        assert asked(step) == CHOSEN
        assert all(order.early for order in of(LookAt, step))
        assert step.board.arrived == NOW
        assert step.board.wave_ends == NOW.later(WAVE)
        without = replace(cut_off, wave=frozenset(), wave_ends=None)
        assert self.seen(REFERENCES[0], ONLINE, without).board.wave_ends is None

    def test_of_a_first_doubt_is_a_silence_with_a_name(self):
        step = self.seen(CHATTY.probe, DEAD)
        (hush,) = of(Hush, step)
        assert hush.withheld.reason is Silence.UNCONFIRMED
        assert hush.withheld.would_be is Reason.SUSPECTED
        assert (hush.withheld.services, hush.withheld.thread) == ((CHATTY.key,), None)
        assert hush.withheld.at == NOON

    def test_of_a_second_doubt_of_an_alternative_or_while_cut_off_is_none(self):
        assert silences(self.seen(CHATTY.probe, DEAD, board(doubted(CHATTY.probe, DEAD)))) == []
        assert silences(self.seen(THIRD.probe, DEAD)) == []
        cut_off = [fails(r, NO_ROUTE, 5) for r in REFERENCES]
        known = board(*cut_off, connection=Connection(Link.OFFLINE, ago(60)))
        assert silences(self.seen(CHATTY.probe, DEAD, known)) == []

    def test_of_a_first_look_ever_that_is_bad_is_one_too(self):
        assert silences(self.seen(CHATTY.probe, DEAD, board(*WELL[2:]))) == [Silence.UNCONFIRMED]


class TestAChannelsAnswer:
    OFFER = notice(ONE)

    def known(self, **more):
        return board(standings=stands(chatty=REPORTED), **on_board(ONE), **more)

    def test_heard_is_told(self):
        offered = self.known(on_offer={self.OFFER.id: self.OFFER})
        step = happens(Heard(NOW, self.OFFER.id, "desktop", "17"), offered)
        assert set(step.board.told) == {ONE.id}
        (entry,) = entries(step, NoticeHeard)
        assert (entry.channel, entry.handle) == ("desktop", "17")
        assert step.touched == {CHATTY.key}

    def test_heard_tells_what_has_changed_meanwhile(self):
        worse = replace(self.OFFER.subjects[0], verdict=replace(REPORTED, health=Health.DEGRADED))
        offer = replace(self.OFFER, subjects=(worse,))
        step = happens(Heard(NOW, offer.id, "desktop"), self.known(on_offer={offer.id: offer}))
        assert [one.announcement.reason for one in of(Announce, step)] == [Reason.WORSE]

    def test_unheard_is_owed(self):
        offered = self.known(on_offer={self.OFFER.id: self.OFFER})
        step = happens(Unheard(NOW, self.OFFER.id, "no daemon"), offered)
        assert set(step.board.owed) == {self.OFFER.id}
        assert entries(step, NoticeOwed) == [NoticeOwed(self.OFFER.id, NOON, "no daemon")]
        assert of(Announce, step) == []

    def test_a_daemon_that_appears_hears_what_is_owed(self):
        step = happens(Reachable(NOW), self.known(owed={self.OFFER.id: self.OFFER}))
        assert len(of(Announce, step)) == 1
        assert step.board.owed == {}

    @pytest.mark.parametrize("event", [Heard(NOW, NoticeId("n-9"), "desktop"), Reachable(NOW)])
    def test_what_waits_beside_outages_is_told_then_as_well(self, event):
        shut = replace(FINE, health=Health.UNKNOWN, cause=Cause.ROUTE)
        step = happens(event, board(standings=stands(chatty=shut)))
        assert [one.announcement.reason for one in of(Announce, step)] == [Reason.OFFLINE]


class TestAsked:
    def test_is_done_and_everything_is_judged_and_told(self):
        paused = board(*WELL[1:], good(CHATTY.page, DOWN), paused_until=NOON + timedelta(hours=1))
        step = happens(Asked(NOW, Wish.RESUME), paused)
        assert step.board.paused_until is None
        assert len(of(Announce, step)) == 1
        assert step.touched == {CHATTY.key, CLAUDIA.key}


class TestReconfigured:
    def test_lets_go_of_what_was_taken_out_and_keeps_the_rest(self):
        known = board(
            *WELL,
            good(THIRD.page, UP),
            standings=stands(chatty=REPORTED, claudia=FINE, third=FINE),
            **on_board(ONE, TWO, told_of=(told(ONE), told(TWO))),
            wave=frozenset({CHATTY.key, CLAUDIA.key}),
        )
        settings = world(CLAUDIA)
        step = happens(Reconfigured(NOW), known, settings)
        assert ONE.id not in step.board.threads
        assert set(step.board.standings) == {CLAUDIA.key}
        assert set(step.board.sights) == {source.id for source in CLAUDIA.sources}
        assert CHATTY.key not in step.board.wave

    def test_begins_a_wave_of_what_is_new_alone(self):
        known = board(*WELL[:2], standings=stands(chatty=FINE))
        step = happens(Reconfigured(NOW), known)
        assert step.board.wave == {CLAUDIA.key}
        assert step.board.wave_ends == NOW.later(WAVE)

    def test_with_nothing_new_begins_none(self):
        known = board(*WELL, standings=stands(chatty=FINE, claudia=FINE))
        assert happens(Reconfigured(NOW), known).board.wave == frozenset()

    def test_keeps_a_thread_beside_outages_and_one_that_still_concerns_somebody(self):
        aside = replace(ONE, topic=Topic.CONNECTION, services=(), cause=Cause.DNS)
        both = replace(TWO, services=(CHATTY.key, CLAUDIA.key))
        known = board(
            *WELL,
            **on_board(aside, both, told_of=(told(aside),)),
            standings=stands(claudia=REPORTED),
            link=Link.DNS,
        )
        step = happens(Reconfigured(NOW), known, world(CLAUDIA))
        assert both.id in step.board.threads

    def test_judges_anew(self):
        known = board(good(CHATTY.page, DOWN), standings=stands(chatty=FINE, claudia=FINE))
        step = happens(Reconfigured(NOW), known)
        assert step.board.standings[CHATTY.key].verdict.health is Health.MAJOR_OUTAGE


class TestWoke:
    def test_forgets_doubts_and_looks_at_everything(self):
        known = board(*WELL[2:], doubted(CHATTY.probe, DEAD))
        step = happens(Woke(NOW), known)
        sight = step.board.sights[CHATTY.probe.id]
        assert (sight.doubt, sight.confirm_ordered) == (None, False)
        assert asked(step) == CHOSEN

    def test_judges_what_has_grown_old(self):
        known = board(good(CHATTY.page, UP), standings=stands(chatty=FINE))
        step = update(known, Woke(NOW.later(3600)), SETTINGS)
        assert step.board.standings[CHATTY.key].verdict.health is Health.UNKNOWN

    def test_is_an_arrival_and_the_first_notices_after_it_wait_for_each_other(self):
        step = happens(Woke(NOW), board(*WELL))
        assert step.board.arrived == step.board.woke == NOW
        assert step.board.wave == {CHATTY.key, CLAUDIA.key}
        assert step.board.wave_ends == NOW.later(WAVE)
        assert step.board.waking

    def test_in_a_wave_of_a_start_leaves_it_one_of_a_start(self):
        started = board(*WELL, wave=frozenset({CHATTY.key}))
        assert not happens(Woke(NOW), started).board.waking
        again = board(*WELL, wave=frozenset({CHATTY.key}), waking=True)
        assert happens(Woke(NOW), again).board.waking


class TestAMaintenanceThatEnds:
    def ended(self, after, *sights, before=IN_MAINTENANCE):
        dead = confirmed(CHATTY.probe, DEAD)
        known = board(good(CHATTY.page, before), dead, *WELL[2:], *sights)
        step = happens(Observed(NOW, look(CHATTY.page, after, 0)), known)
        return step.board.sights[CHATTY.probe.id].confirmed is None

    def test_explains_what_the_front_door_said_while_it_lasted(self):
        assert self.ended(UP)
        assert self.ended(DOWN)

    def test_explains_nothing_while_it_lasts_or_where_that_cannot_be_read(self):
        assert not self.ended(IN_MAINTENANCE)
        assert not self.ended(UP, before=UP)
        assert not self.ended(UP, before=ALIVE)

    def test_explains_nothing_of_one_whose_parts_it_did_not_concern(self):
        page = report(Chat=Health.MAINTENANCE, API=Health.OPERATIONAL)
        api = tool("chatty", parts=("API",))
        known = board(good(api.page, page), confirmed(api.probe, DEAD))
        event = Observed(NOW, look(api.page, report(Chat=UP_, API=UP_), 0))
        assert happens(event, known, world(api)).board.sights[api.probe.id].confirmed is not None


class TestMoved:
    AWAY = Machine(in_front=False)

    def test_has_everything_judged_though_it_would_hold(self):
        """On battery a word counts for longer: what was too old may stand again."""
        old = board(good(CHATTY.page, UP, 200), machine=Machine(on_battery=True))
        step = happens(Moved(NOW, Machine()), old)
        assert step.board.standings[CHATTY.key].verdict.health is Health.UNKNOWN
        back = happens(Moved(NOW.later(1), Machine(on_battery=True)), step.board)
        assert back.board.standings[CHATTY.key].verdict.health is Health.OPERATIONAL

    def test_is_put_on_the_board(self):
        machine = Machine(on_battery=True)
        step = happens(Moved(NOW, machine), board(*WELL))
        assert step.board.machine == machine
        assert asked(step) == []

    def test_to_the_front_again_hears_what_waited_summed_up_and_looks(self):
        known = board(
            standings=stands(chatty=REPORTED, claudia=REPORTED),
            **on_board(ONE, TWO),
            silences={one.id: (Silence.AWAY, Reason.OUTAGE) for one in (ONE, TWO)},
            machine=self.AWAY,
        )
        step = happens(Moved(NOW, Machine()), known)
        assert [one.announcement.reason for one in of(Announce, step)] == [Reason.SUMMARY]
        assert asked(step) == CHOSEN

    @pytest.mark.parametrize(
        ("before", "now"),
        [(AWAY, AWAY), (Machine(), AWAY), (Machine(), Machine(locked=True))],
    )
    def test_anywhere_else_looks_at_nothing(self, before, now):
        assert asked(happens(Moved(NOW, now), board(*WELL, machine=before))) == []


class TestTicked:
    def test_ends_a_pause_whose_time_has_come(self):
        def at(seconds):
            until = NOON + timedelta(seconds=seconds)
            return happens(Ticked(NOW), board(*WELL, paused_until=until))

        assert at(0).board.paused_until is None
        assert at(0).touched == {CHATTY.key, CLAUDIA.key}
        assert at(1).board.paused_until is not None

    def test_judges_our_own_connection(self):
        step = happens(Ticked(NOW.later(600)), board(*WELL))
        assert step.board.connection.link is Link.UNCLEAR

    def test_orders_what_is_to_be_confirmed(self):
        known = board(*WELL[2:], doubted(CHATTY.probe, DEAD, 20), good(REFERENCES[0], ONLINE, 1))
        assert asked(happens(Ticked(NOW), known)) == [CHATTY.probe.id]

    def test_forgets_old_threads(self):
        old = replace(ONE, closed=NOON - timedelta(days=2))
        step = happens(Ticked(NOW), board(*WELL, **on_board(old)))
        assert step.board.threads == {}

    def test_judges_what_has_grown_old_chosen_or_not(self):
        known = board(good(CHATTY.page, UP), good(THIRD.page, UP), standings=stands(third=FINE))
        step = happens(Ticked(NOW.later(600)), known)
        assert step.board.standings[THIRD.key].verdict.health is Health.UNKNOWN
        assert step.board.standings[CHATTY.key].verdict.health is Health.UNKNOWN

    def test_changes_nothing_where_nothing_has_changed(self):
        first = happens(Ticked(NOW), board(*WELL))
        again = happens(Ticked(NOW.later(1)), first.board)
        assert (again.effects, again.touched) == ((), frozenset())
        assert again.board == first.board


def test_what_is_told_is_in_the_order_of_one_event():
    """The board first, then our connection, then the service, its thread, then the person."""
    step = happens(Observed(NOW, look(CHATTY.page, DOWN, 0)), board(*WELL))
    kinds = [
        type(effect.entry).__name__ if isinstance(effect, Record) else type(effect).__name__
        for effect in step.effects
    ]
    assert kinds == ["RunBegan", "RunBegan", "ThreadKept", "Announce"]


def test_a_front_door_that_recovers_or_a_page_that_breaks_is_no_first_doubt():
    known = board(*WELL)
    assert silences(happens(Observed(NOW, look(CHATTY.probe, ALIVE, 0)), known)) == []
    assert silences(happens(Observed(NOW, look(CHATTY.page, GARBAGE, 0)), known)) == []
