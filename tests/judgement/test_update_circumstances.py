"""Other settings, a sleep, other circumstances, time alone, and a maintenance that ends."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifier.judgement.update import update
from notifier.judgement.wave import WAVE
from notifier.model.announcement import Reason, Silence
from notifier.model.board import Link, Machine, Topic
from notifier.model.effect import Announce, Hush, LookAt
from notifier.model.event import (
    Moved,
    Observed,
    Reconfigured,
    Ticked,
    Woke,
)
from notifier.model.health import Health
from notifier.model.settings import Quiet
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
    good,
    look,
    on_board,
    outage,
    stands,
    told,
    world,
)
from tests.stories.story import (
    ALIVE,
    DEAD,
    NOON,
    ONLINE,
    REFERENCES,
    report,
    tool,
)

CHATTY, CLAUDIA, THIRD = (tool(name, can=(name,)) for name in ("chatty", "claudia", "third"))
SETTINGS = world(CHATTY, CLAUDIA, others=(THIRD,))
CHOSEN = [source.id for service in (CHATTY, CLAUDIA) for source in service.sources]
ONE, TWO = outage("chatty"), outage("claudia")
KEYS = (CHATTY.key, CLAUDIA.key)
PAGES = (CHATTY.page, CLAUDIA.page)
UP_ = Health.OPERATIONAL
WELL = (good(CHATTY.page, UP), good(CHATTY.probe), good(CLAUDIA.page, UP), good(CLAUDIA.probe))


def happens(event, known, settings=SETTINGS):
    return update(known, event, settings)


def of(kind, step):
    return [effect for effect in step.effects if isinstance(effect, kind)]


def asked(step):
    return [order.source for order in of(LookAt, step)]


def silences(step):
    return [hush.withheld.reason for hush in of(Hush, step)]


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

    def test_waits_for_nobody_who_was_taken_out(self):
        both = frozenset({CHATTY.key, CLAUDIA.key})
        known = board(standings=stands(chatty=FINE, claudia=FINE), wave=both)
        waits = replace(known, wave_ends=NOW.later(10))
        assert happens(Reconfigured(NOW), waits, world(CLAUDIA)).board.wave == {CLAUDIA.key}

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

    def test_knows_how_long_nobody_was_here(self):
        assert happens(Woke(NOW), board(*WELL, awake_at=ago(600))).board.away_since == ago(600).utc
        assert happens(Woke(NOW), board(*WELL, awake_at=ago(60))).board.away_since is None

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
    AWAY, ON_BATTERY = Machine(in_front=False), Machine(on_battery=True)

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

    def test_to_the_front_again_looks_and_then_hears_what_waited_summed_up(self):
        known = board(
            standings=stands(chatty=REPORTED, claudia=REPORTED),
            **on_board(ONE, TWO),
            silences={one.id: (Silence.AWAY, Reason.OUTAGE) for one in (ONE, TWO)},
            machine=self.AWAY,
            away_since=NOON - timedelta(hours=1),
        )
        step = happens(Moved(NOW, Machine()), known)
        assert (of(Announce, step), asked(step)) == ([], CHOSEN)
        assert (step.board.wave, step.board.wave_ends) == (set(KEYS), NOW.later(WAVE))
        assert step.board.waking, "that all is well is no news then"
        sights = [good(source, DOWN if source.id == CHATTY.page.id else UP, 0) for source in PAGES]
        sights += [good(CHATTY.probe, seconds=0), good(CLAUDIA.probe, seconds=0)]
        step = happens(Ticked(NOW), step.board.with_sights({s.last.source: s for s in sights}))
        (digest,) = of(Announce, step)
        assert digest.announcement.reason is Reason.WHILE_AWAY
        ends = [subject.ended for subject in digest.announcement.subjects]
        assert ends == [None, NOON], "as it stands now"

    @pytest.mark.parametrize(
        ("before", "now"),
        [(AWAY, AWAY), (Machine(), AWAY), (Machine(), Machine(locked=True))],
    )
    def test_anywhere_else_looks_at_nothing(self, before, now):
        assert asked(happens(Moved(NOW, now), board(*WELL, machine=before))) == []

    @pytest.mark.parametrize(
        ("now", "left"),
        [(AWAY, NOON), (Machine(locked=True), NOON), (Machine(), None), (ON_BATTERY, None)],
    )
    def test_away_is_where_an_absence_begins(self, now, left):
        assert happens(Moved(NOW, now), board(*WELL)).board.away_since == left


class TestTicked:
    def test_notes_when_the_computer_was_awake_and_when_quiet_hours_began(self):
        quiet = replace(SETTINGS, quiet=(Quiet(time(12), time(13)),))
        known = happens(Ticked(NOW), board(*WELL), quiet).board
        assert (known.awake_at, known.quiet_since) == (NOW, NOON)

    def test_ends_a_pause_whose_time_has_come(self):
        def at(seconds):
            until = NOON + timedelta(seconds=seconds)
            return happens(Ticked(NOW), board(*WELL, paused_until=until))

        assert at(0).board.paused_until is None
        assert (at(0).touched, at(0).news) == ({CHATTY.key, CLAUDIA.key}, True)
        assert at(1).board.paused_until is not None
        seen = replace(happens(Ticked(NOW), board(*WELL)).board, paused_until=NOON)
        assert happens(Ticked(NOW), seen).news, "though nothing else has changed"

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
        third = (good(THIRD.page, UP), good(THIRD.probe))
        known = board(good(CHATTY.page, UP), *third, standings=stands(third=FINE))
        step = happens(Ticked(NOW.later(600)), known)
        assert step.board.standings[THIRD.key].verdict.health is Health.UNKNOWN
        assert step.board.standings[CHATTY.key].verdict.health is Health.UNKNOWN

    def test_changes_nothing_where_nothing_has_changed(self):
        first = happens(Ticked(NOW), board(*WELL))
        again = happens(Ticked(NOW.later(1)), first.board)
        assert (again.effects, again.touched) == ((), frozenset())
        assert again.board == replace(first.board, awake_at=NOW.later(1))
