"""The one door: what each event changes, in which order, and what it asks for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.update import update
from notifier.judgement.wave import WAVE
from notifier.model.announcement import NoticeId, Reason, Silence
from notifier.model.board import Board, Connection, Link
from notifier.model.effect import Announce, Hush, LookAt, Record
from notifier.model.event import (
    Asked,
    Heard,
    Observed,
    Reachable,
    Started,
    Unheard,
    Wish,
)
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.record import NoticeHeard, NoticeOwed, RunBegan
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    DOWN,
    FINE,
    NOW,
    REPORTED,
    UP,
    ago,
    board,
    doubted,
    failed,
    fails,
    good,
    look,
    notice,
    on_board,
    outage,
    stands,
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
ONE = outage("chatty")
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

    def test_that_gets_through_at_last_counts_itself(self):
        """It came home a little before that is known; nobody asks it again to hear the same."""
        start = {"started": ago(5), "wave": frozenset({CHATTY.key}), "wave_ends": NOW.later(20)}
        known = board(fails(CHATTY.page, failed(FailureKind.REFUSED), 3), **start)
        step = happens(Observed(NOW, look(CHATTY.page, DOWN, 0.005)), known)
        (announce,) = of(Announce, step)
        assert announce.announcement.reason is Reason.OUTAGE
        assert step.board.arrived == ago(0.005)

    def test_is_no_news_where_a_front_door_opens_as_before(self):
        known = self.seen(CHATTY.probe, ALIVE).board
        step = self.seen(CHATTY.probe, replace(ALIVE, detail="HTTP 401 in 96 ms"), known)
        assert (step.touched, step.news) == ({CHATTY.key}, False)

    def test_is_no_news_where_a_page_is_the_very_same_but_where_a_word_is_another(self):
        known = self.seen(CHATTY.page, UP).board
        assert not self.seen(CHATTY.page, UP, known).news
        assert self.seen(CHATTY.page, replace(UP, notes=("an odd word",)), known).news
        assert self.seen(CHATTY.page, DOWN, known).news

    def test_is_news_where_nothing_was_known_of_a_page(self):
        assert self.seen(THIRD.page, UP).news

    def test_is_news_where_it_shows_that_we_are_online(self):
        unsure = board(*WELL, link=Link.UNCLEAR)
        step = self.seen(CHATTY.probe, ALIVE, self.seen(CHATTY.probe, ALIVE, unsure).board)
        assert not step.news
        assert self.seen(CHATTY.probe, ALIVE, replace(step.board, connection=Connection())).news

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

    def test_of_the_same_again_is_not_written_down(self):
        known = self.seen(CHATTY.page, UP).board
        again = self.seen(CHATTY.page, report(), known)
        assert of(Record, again) == []

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
