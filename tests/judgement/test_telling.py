"""Who is told what now: threads against what was told, waves, silences, what is owed."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifier.judgement import telling
from notifier.model.announcement import NoticeId, Reason, Silence
from notifier.model.board import Machine, Mute, Topic
from notifier.model.effect import Announce, Hush, Record, Withdraw
from notifier.model.health import Health
from notifier.model.record import NoticeWithdrawn
from notifier.model.settings import Quiet
from notifier.model.settings_words import Level
from notifier.model.verdict import NOT_JUDGED, Cause
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    SUSPECTED,
    UNREAD,
    UP,
    announced,
    board,
    drafted,
    good,
    notice,
    of,
    on_board,
    outage,
    stands,
    told,
    withdrawn,
    world,
)
from tests.stories.story import NOON, tool

CHATTY, CLAUDIA, THIRD = (tool(name, can=(name,)) for name in ("chatty", "claudia", "third"))
SETTINGS = world(CHATTY, CLAUDIA, THIRD)
ONE, TWO = outage("chatty"), outage("claudia")
BOTH_DOWN = stands(chatty=REPORTED, claudia=REPORTED, third=FINE)


def tells(*threads, told_of=(), settings=SETTINGS, together=(), **more):
    """A draft after all was told that is due; what was seen is in `more`."""
    sights = more.pop("sights", ())
    known = board(*sights, **on_board(*threads, told_of=told_of), **{"notice_count": 4, **more})
    draft = drafted(known, settings)
    telling.tell(draft, frozenset(thread.id for thread in together))
    return draft


def reasons(draft):
    return [(one.reason, [s.service.key for s in one.subjects]) for one in announced(draft)]


def silences(draft):
    return [(one.reason, one.would_be, one.services) for one in of(Hush, draft)]


class TestANotice:
    def test_says_what_it_is_about_since_when_and_how_bad(self):
        thread = replace(ONE, cause=Cause.PAGE_REPORTS)
        (told_now,) = announced(tells(thread, standings=stands(chatty=REPORTED)))
        assert (told_now.id, told_now.at, told_now.reason) == ("n-5", NOW, Reason.OUTAGE)
        (subject,) = told_now.subjects
        assert (subject.thread, subject.service, subject.verdict) == (ONE.id, CHATTY, REPORTED)
        assert (subject.since, subject.duration, subject.was) == (ONE.opened, None, None)
        assert told_now.replaces is None

    def test_of_an_end_says_how_long_it_took_and_offers_nothing(self):
        over = replace(ONE, closed=NOON - timedelta(seconds=30), cause=Cause.NO_PAGE)
        ready = tool("ready", can=("chatty",))
        settings = world(CHATTY, ready)
        draft = tells(
            over,
            told_of=(told(ONE),),
            settings=settings,
            sights=(good(ready.page, UP),),
            standings=stands(chatty=FINE, ready=FINE),
        )
        (end,) = announced(draft)
        assert end.reason is Reason.RECOVERED
        assert end.subjects[0].duration == 570.0
        assert end.subjects[0].was is Cause.NO_PAGE
        assert end.suggestions == ()
        assert end.replaces == "n-t-chatty"

    def test_of_an_end_is_told_though_nobody_has_judged_the_service_yet(self):
        over = replace(ONE, closed=NOON)
        (end,) = announced(tells(over, told_of=(told(ONE),)))
        assert (end.reason, end.subjects[0].verdict) == (Reason.RECOVERED, NOT_JUDGED)

    def test_of_an_end_before_its_beginning_took_no_time(self):
        over = replace(ONE, closed=ONE.opened - timedelta(seconds=5))
        (end,) = announced(tells(over, told_of=(told(ONE),), standings=stands(chatty=FINE)))
        assert end.subjects[0].duration == 0.0

    def test_offers_three_that_work_at_most(self):
        ready = tuple(tool(f"ready{n}", can=("chatty",)) for n in range(4))
        draft = tells(
            ONE,
            settings=world(CHATTY, *ready),
            sights=[look for one in ready for look in (good(one.page, UP), good(one.probe))],
            standings=stands(chatty=REPORTED, **{one.key: FINE for one in ready}),
        )
        offered = [one.service.key for one in announced(draft)[0].suggestions]
        assert offered == ["ready0", "ready1", "ready2"]

    @pytest.mark.parametrize(
        ("verdict", "reason"), [(REPORTED, Reason.OUTAGE), (SUSPECTED, Reason.SUSPECTED)]
    )
    def test_is_suspected_or_sure(self, verdict, reason):
        assert reasons(tells(ONE, standings=stands(chatty=verdict))) == [(reason, ["chatty"])]

    def test_comes_once(self):
        draft = tells(ONE, told_of=(told(ONE),), standings=stands(chatty=REPORTED))
        assert draft.effects == []
        assert draft.board.silences == {ONE.id: (Silence.NOTHING_NEW, None)}

    def test_does_not_come_while_one_is_on_its_way(self):
        offered = notice(ONE)
        draft = tells(ONE, standings=stands(chatty=REPORTED), on_offer={offered.id: offered})
        assert draft.effects == []
        other = notice(TWO)
        draft = tells(ONE, standings=stands(chatty=REPORTED), on_offer={other.id: other})
        assert len(announced(draft)) == 1

    def test_is_about_outages_and_services_that_are_watched(self):
        aside = replace(ONE, topic=Topic.PAGES)
        assert tells(aside, standings=stands(chatty=REPORTED)).effects == []
        assert tells(outage("gone"), standings=stands(gone=REPORTED)).effects == []
        behind = tells(aside, outage("gone"), TWO, standings=stands(claudia=REPORTED))
        assert reasons(behind) == [(Reason.OUTAGE, ["claudia"])]

    def test_does_not_come_of_what_is_not_seen_to_fail_now(self):
        for verdict in ({}, {"chatty": UNREAD}, {"chatty": FINE}):
            assert tells(ONE, standings=stands(**verdict)).effects == []


class TestWhatHoldsItBack:
    def held(self, told_of=(), thread=ONE, verdict=REPORTED, **more):
        return tells(thread, told_of=told_of, standings=stands(chatty=verdict), **more)

    @pytest.mark.parametrize(
        ("more", "silence"),
        [
            ({"paused_until": NOON + timedelta(hours=1)}, Silence.PAUSED),
            ({"machine": Machine(in_front=False)}, Silence.AWAY),
            ({"mutes": {ONE.id: Mute(until=NOON + timedelta(hours=1))}}, Silence.SNOOZED),
            ({"settings": replace(SETTINGS, level=Level.NONE)}, Silence.LEVEL),
            (
                {"settings": replace(SETTINGS, quiet=(Quiet(time(11), time(13)),))},
                Silence.QUIET_HOURS,
            ),
        ],
    )
    def test_is_seen_and_written_down_with_what_there_would_have_been(self, more, silence):
        draft = self.held(**more)
        assert announced(draft) == []
        assert silences(draft) == [(silence, Reason.OUTAGE, ("chatty",))]
        (withheld,) = of(Hush, draft)
        assert (withheld.at, withheld.thread) == (NOON, ONE.id)
        assert draft.board.silences == {ONE.id: (silence, Reason.OUTAGE)}

    def test_a_level_of_ones_own_comes_before_that_of_all(self):
        quiet_one = world(replace(CHATTY, level=Level.NONE), CLAUDIA)
        assert silences(self.held(settings=quiet_one))[0][0] is Silence.LEVEL
        loud_one = world(replace(CHATTY, level=Level.ALL), level=Level.NONE)
        assert len(announced(self.held(settings=loud_one))) == 1

    def test_is_written_down_once(self):
        paused = {"paused_until": NOON + timedelta(hours=1)}
        noted = {ONE.id: (Silence.PAUSED, Reason.OUTAGE)}
        assert self.held(silences=noted, **paused).effects == []
        other = {ONE.id: (Silence.AWAY, Reason.OUTAGE), TWO.id: (Silence.PAUSED, None)}
        draft = self.held(silences=other, **paused)
        assert len(silences(draft)) == 1
        assert set(draft.board.silences) == {ONE.id, TWO.id}

    def test_of_an_end_takes_back_what_is_shown(self):
        over = replace(ONE, closed=NOON)
        draft = self.held(
            thread=over,
            told_of=(told(ONE),),
            verdict=FINE,
            paused_until=NOON + timedelta(hours=1),
        )
        assert of(Withdraw, draft) == [Withdraw(NoticeId("n-t-chatty"), ONE.id, ONE.services)]
        assert silences(draft) == [(Silence.PAUSED, Reason.RECOVERED, ("chatty",))]

    def test_of_an_end_takes_back_once(self):
        over = replace(ONE, closed=NOON)
        draft = self.held(
            thread=over,
            told_of=(told(ONE),),
            verdict=FINE,
            silences={ONE.id: (Silence.AWAY, Reason.RECOVERED)},
            paused_until=NOON + timedelta(hours=1),
        )
        assert withdrawn(draft) == []

    def test_of_an_end_that_was_told_takes_nothing_back(self):
        over = replace(ONE, closed=NOON)
        draft = self.held(thread=over, told_of=(told(ONE, over=True),), verdict=FINE)
        assert of(Withdraw, draft) == []
        assert draft.effects == []

    def test_of_an_end_nobody_heard_the_beginning_of_drops_what_is_owed(self):
        over, owed = replace(ONE, closed=NOON), notice(ONE)
        draft = self.held(thread=over, verdict=FINE, owed={owed.id: owed})
        assert draft.board.owed == {}
        assert NoticeWithdrawn(owed.id, NOON) in of(Record, draft)
        assert silences(draft) == [(Silence.NEVER_TOLD, None, ("chatty",))]

    def test_of_what_goes_on_takes_nothing_back(self):
        owed = notice(ONE)
        draft = self.held(owed={owed.id: owed}, paused_until=NOON + timedelta(hours=1))
        assert set(draft.board.owed) == {owed.id}


class TestWhatIsOwed:
    def due(self, owed, thread=ONE, told_of=(), verdict=REPORTED):
        return announced(
            tells(thread, told_of=told_of, standings=stands(chatty=verdict), owed={owed.id: owed})
        )

    def test_just_that_is_not_handed_over_again(self):
        assert self.due(notice(ONE)) == []

    def test_something_else_is(self):
        worse = replace(REPORTED, health=Health.DEGRADED)
        assert len(self.due(notice(ONE), verdict=worse)) == 1
        assert len(self.due(notice(TWO))) == 1

    def test_an_end_is_not_its_beginning(self):
        over = replace(ONE, closed=NOON)
        beginning, end = notice(ONE), notice(ONE, reason=Reason.RECOVERED)
        before = (told(ONE),)
        assert len(self.due(beginning, over, before, FINE)) == 1
        assert self.due(end, over, before, FINE) == []
        again = (told(ONE, over=True),)
        assert len(self.due(end, told_of=again)) == 1

    def test_is_said_again_summed_up_once_a_daemon_appears(self):
        owed = [notice(ONE, id_="n-1"), notice(TWO, id_="n-2")]
        draft = drafted(
            board(
                standings=BOTH_DOWN,
                **on_board(ONE, TWO),
                owed={one.id: one for one in owed},
                notice_count=4,
            ),
            SETTINGS,
        )
        telling.deliver_owed(draft)
        assert reasons(draft) == [(Reason.SUMMARY, ["chatty", "claudia"])]
        assert draft.board.owed == {}


def test_together_is_told_as_one_however_few():
    draft = tells(ONE, TWO, standings=BOTH_DOWN, together=(ONE, TWO))
    assert reasons(draft) == [(Reason.SUMMARY, ["chatty", "claudia"])]
    alone = tells(ONE, TWO, standings=BOTH_DOWN)
    assert [one.id for one in announced(alone)] == ["n-5", "n-6"]
    assert [type(effect) for effect in alone.effects] == [Announce, Announce]
