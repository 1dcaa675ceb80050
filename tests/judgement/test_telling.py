"""Who is told what now: threads against what was told, waves, silences, what is owed."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifier.judgement import telling
from notifier.model.announcement import Reason, Silence, Withheld
from notifier.model.board import Link, Machine, Mute, Standing, Topic
from notifier.model.effect import Announce, Hush, Record, Withdraw
from notifier.model.health import Health
from notifier.model.record import NoticeWithdrawn, ThreadKept
from notifier.model.settings import Quiet
from notifier.model.settings_words import Level
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    SUSPECTED,
    UNREAD,
    UP,
    ago,
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
KEYS = frozenset({CHATTY.key, CLAUDIA.key})
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

    def test_of_an_end_before_its_beginning_took_no_time(self):
        over = replace(ONE, closed=ONE.opened - timedelta(seconds=5))
        (end,) = announced(tells(over, told_of=(told(ONE),), standings=stands(chatty=FINE)))
        assert end.subjects[0].duration == 0.0

    def test_offers_three_that_work_at_most(self):
        ready = tuple(tool(f"ready{n}", can=("chatty",)) for n in range(4))
        draft = tells(
            ONE,
            settings=world(CHATTY, *ready),
            sights=[good(one.page, UP) for one in ready],
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
        assert withdrawn(draft) == ["n-t-chatty"]
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


class TestAWave:
    def wave(self, *threads, sights=(), ends=10.0, keys=KEYS, standings=BOTH_DOWN, **more):
        return tells(
            *(threads or (ONE, TWO)),
            sights=sights,
            wave=keys,
            wave_ends=NOW.later(ends),
            standings=standings,
            **more,
        )

    SEEN = (good(CHATTY.page, UP), good(CLAUDIA.page, UP))

    @pytest.mark.parametrize("when", ["arrived", "started"])
    def test_counts_no_look_from_before_we_came_here(self, when):
        before, since = ({when: ago(seconds)} for seconds in (19, 20))
        assert announced(self.wave(sights=self.SEEN, **before)) == []
        assert len(announced(self.wave(sights=self.SEEN, **since))) == 1

    def test_counts_from_the_last_arrival_and_not_from_the_start(self):
        draft = self.wave(sights=self.SEEN, started=ago(600), arrived=ago(5))
        assert announced(draft) == []

    def test_of_a_waking_need_not_say_that_all_is_well(self):
        well = stands(chatty=FINE, claudia=FINE)
        draft = tells(
            sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(10), standings=well, waking=True
        )
        assert of(Hush, draft) == []
        assert (draft.board.wave, draft.board.waking) == (frozenset(), False)

    def test_holds_first_notices_until_each_was_looked_at(self):
        draft = self.wave(sights=self.SEEN[:1])
        assert announced(draft) == []
        assert draft.board.wave == KEYS

    def test_ends_with_the_last_of_them_and_is_told_as_one(self):
        draft = self.wave(sights=self.SEEN)
        assert reasons(draft) == [(Reason.SUMMARY, ["chatty", "claudia"])]
        assert (draft.board.wave, draft.board.wave_ends) == (frozenset(), None)

    def test_ends_when_it_has_waited_enough(self):
        assert announced(self.wave(ends=1)) == []
        assert reasons(self.wave(ends=0)) == [(Reason.SUMMARY, ["chatty", "claudia"])]

    def test_goes_on_while_nothing_can_be_seen_from_here(self):
        draft = self.wave(sights=self.SEEN, ends=0, link=Link.OFFLINE)
        assert draft.board.wave == KEYS
        assert announced(draft) == []
        assert self.wave(sights=self.SEEN, link=Link.UNCLEAR).board.wave == frozenset()

    def test_holds_nobody_else(self):
        draft = self.wave(ONE, TWO, keys=frozenset({CLAUDIA.key}))
        assert reasons(draft) == [(Reason.OUTAGE, ["chatty"])]

    def test_holds_no_change_of_what_was_told(self):
        worse = (told(ONE, health=Health.DEGRADED),)
        assert reasons(self.wave(told_of=worse)) == [(Reason.WORSE, ["chatty"])]

    def test_of_one_that_cannot_be_asked_waits_to_its_end(self):
        bare = tool("bare", page=False, door=False)
        settings = world(bare)
        assert self.wave(settings=settings, keys=frozenset({"bare"})).board.wave == {"bare"}
        assert self.wave(settings=settings, keys=frozenset({"bare"}), ends=0).board.wave == set()

    def test_all_well_is_a_silence_with_a_name(self):
        well = stands(chatty=FINE, claudia=FINE)
        draft = tells(sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(10), standings=well)
        assert of(Hush, draft) == [Withheld(NOON, None, ("chatty", "claudia"), Silence.BASELINE)]

    @pytest.mark.parametrize("other", [REPORTED, UNREAD])
    def test_not_all_well_is_none(self, other):
        some = stands(chatty=FINE, claudia=other)
        draft = tells(sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(10), standings=some)
        assert of(Hush, draft) == []
        unjudged = stands(chatty=FINE)
        draft = tells(sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(10), standings=unjudged)
        assert of(Hush, draft) == []

    def test_waits_on_for_one_of_them_that_waits_for_advice(self):
        asked = tool("asked", can=("chatty",))
        settings = world(CHATTY, CLAUDIA, others=(asked,))
        fresh = {**BOTH_DOWN, CHATTY.key: Standing(REPORTED, since=ago(1))}
        draft = self.wave(sights=self.SEEN, settings=settings, standings=fresh)
        assert draft.board.wave == KEYS
        assert announced(draft) == []
        read = (*self.SEEN, good(asked.page, UP))
        assert len(announced(self.wave(sights=read, settings=settings, standings=fresh))) == 1

    def test_over_one_held_for_advice_holds_that_one_alone(self):
        asked = tool("asked", can=("chatty",))
        settings = world(CHATTY, CLAUDIA, others=(asked,))
        fresh = {**BOTH_DOWN, CHATTY.key: Standing(REPORTED, since=ago(1))}
        draft = tells(ONE, TWO, settings=settings, standings=fresh)
        assert reasons(draft) == [(Reason.OUTAGE, ["claudia"])]


class TestThePersonIsBack:
    def test_hears_summed_up_what_was_kept_for_later_and_all_else_for_itself(self):
        third = outage("third")
        silences = {
            ONE.id: (Silence.AWAY, Reason.OUTAGE),
            TWO.id: (Silence.AWAY, Reason.OUTAGE),
            third.id: (Silence.PAUSED, Reason.OUTAGE),
        }
        known = board(
            standings={**BOTH_DOWN, **stands(third=REPORTED)},
            **on_board(ONE, TWO, third),
            silences=silences,
        )
        draft = drafted(known, SETTINGS)
        telling.tell_what_waited(draft)
        assert reasons(draft) == [
            (Reason.SUMMARY, ["chatty", "claudia"]),
            (Reason.OUTAGE, ["third"]),
        ]


class TestLettingGo:
    def gone(self, thread=ONE, told_of=(), **more):
        draft = drafted(board(**on_board(thread, TWO, told_of=told_of), **more), SETTINGS)
        telling.let_go(draft, thread)
        assert set(draft.board.threads) == {TWO.id}
        return draft

    def test_withdraws_what_is_shown_and_closes_the_thread(self):
        draft = self.gone(told_of=(told(ONE),))
        assert of(Withdraw, draft) == [Withdraw("n-t-chatty", ONE.id, ONE.services)]
        assert of(Record, draft) == [ThreadKept(replace(ONE, closed=NOON))]

    def test_of_what_is_over_or_never_told_withdraws_nothing(self):
        assert withdrawn(self.gone()) == []
        assert withdrawn(self.gone(told_of=(told(ONE, over=True),))) == []
        assert self.gone(replace(ONE, closed=NOON)).effects == []

    def test_drops_what_is_owed_of_it(self):
        owed = notice(ONE)
        draft = self.gone(owed={owed.id: owed})
        assert draft.board.owed == {}


def test_together_is_told_as_one_however_few():
    draft = tells(ONE, TWO, standings=BOTH_DOWN, together=(ONE, TWO))
    assert reasons(draft) == [(Reason.SUMMARY, ["chatty", "claudia"])]
    alone = tells(ONE, TWO, standings=BOTH_DOWN)
    assert [one.id for one in announced(alone)] == ["n-5", "n-6"]
    assert [type(effect) for effect in alone.effects] == [Announce, Announce]
