"""What a notice says of outages that are one, of the vendor's own word, of an absence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement import telling
from notifier.model.announcement import Reason, Silence
from notifier.model.board import Machine
from notifier.model.health import Health
from notifier.model.observation import Phase, Update
from notifier.model.settings import Calm
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    SUSPECTED,
    UP,
    ago,
    announced,
    board,
    drafted,
    good,
    on_board,
    outage,
    stands,
    told,
    world,
)
from tests.stories.story import NOON, incident, report, tool

CHATTY, CLAUDIA, THIRD = (tool(name, can=(name,)) for name in ("chatty", "claudia", "third"))
SETTINGS = world(CHATTY, CLAUDIA, THIRD)
LISTENS = replace(SETTINGS, calm=Calm(updates=True))
ONE, TWO = outage("chatty"), outage("claudia")
PART = replace(TWO, part_of=ONE.id)
SLOWED = replace(REPORTED, health=Health.DEGRADED)
ALL_DOWN = stands(chatty=REPORTED, claudia=REPORTED, third=REPORTED)


def drafts(*threads, told_of=(), settings=SETTINGS, sights=(), touched=(), **more):
    """A draft after all was told that is due."""
    known = {"standings": ALL_DOWN, "notice_count": 4, **more}
    draft = drafted(board(*sights, **on_board(*threads, told_of=told_of), **known), settings)
    draft.touched.update(touched)
    telling.tell(draft)
    return draft


def tells(*threads, **more):
    """The one notice."""
    (notice,) = announced(drafts(*threads, **more))
    return notice


def reasons(draft):
    return [(one.reason, [s.service.key for s in one.subjects]) for one in announced(draft)]


class TestOutagesThatAreOne:
    def test_are_named_as_that(self):
        said = tells(ONE, PART)
        assert [(s.thread, s.root) for s in said.subjects] == [(ONE.id, ONE.id), (TWO.id, ONE.id)]
        assert (said.remaining, said.elder) == ((), "")

    def test_of_which_one_is_over_names_the_rest_and_offers_nothing_else(self):
        ready = tool("ready", can=("chatty",))
        said = tells(
            ONE,
            replace(PART, closed=ago(60).utc),
            told_of=(told(ONE, root=ONE.id), told(TWO, root=ONE.id)),
            settings=world(CHATTY, CLAUDIA, ready),
            sights=(good(ready.page, UP),),
            standings={**ALL_DOWN, **stands(claudia=FINE, ready=FINE)},
        )
        assert said.reason is Reason.RECOVERED
        assert (said.remaining, said.suggestions) == (("Chatty",), ())

    def test_of_which_one_is_over_wait_a_minute_for_more_of_them(self):
        known = (told(ONE, root=ONE.id), told(TWO, root=ONE.id))
        over = replace(PART, closed=ago(59).utc)
        assert announced(drafts(ONE, over, told_of=known)) == []
        both = drafts(replace(ONE, closed=NOON), over, told_of=known)
        assert reasons(both) == [(Reason.RECOVERED, ["chatty", "claudia"])]

    WAVE_OF_ONE = frozenset({"claudia"})

    def test_wait_for_the_one_of_them_that_has_to(self):
        waits = {"wave": self.WAVE_OF_ONE, "wave_ends": NOW.later(10)}
        assert announced(drafts(ONE, PART, **waits)) == []
        assert reasons(drafts(ONE, TWO, **waits)) == [(Reason.OUTAGE, ["chatty"])]
        mild = (told(ONE, health=Health.DEGRADED),)
        changes = drafts(ONE, PART, told_of=mild, **waits)
        assert reasons(changes) == [(Reason.WORSE, ["chatty"])], "that is no first notice"

    def test_wait_for_none_that_was_told_or_is_over(self):
        waits = {"wave": self.WAVE_OF_ONE, "wave_ends": NOW.later(10)}
        known = drafts(ONE, PART, told_of=(told(TWO, root=ONE.id),), **waits)
        assert reasons(known) == [(Reason.OUTAGE, ["claudia", "chatty"])]
        over = drafts(ONE, replace(PART, closed=NOON), **waits)
        assert reasons(over) == [(Reason.OUTAGE, ["chatty"])]

    def moved(self, *threads, **more):
        return tells(*threads, told_of=(told(ONE), told(TWO, root=TWO.id)), **more)

    def test_of_which_one_was_told_by_itself_names_the_elder(self):
        said = self.moved(ONE, PART)
        assert (said.reason, said.elder) == (Reason.UPDATE, "Chatty")
        assert [s.service.key for s in said.subjects] == ["claudia"]

    def test_of_which_the_elder_is_forgotten_names_nobody(self):
        assert self.moved(PART).elder == ""

    def test_that_change_otherwise_name_no_elder(self):
        mild = tuple(told(one, root=one.id, health=Health.DEGRADED) for one in (ONE, TWO))
        said = tells(ONE, PART, told_of=mild, standings={**ALL_DOWN, **stands(chatty=SLOWED)})
        assert (said.reason, said.elder) == (Reason.WORSE, "")

    def test_get_worse_only_where_it_is_graver_than_all_that_was_told_of_those_that_fell(self):
        known = (told(ONE, root=ONE.id), told(TWO, root=ONE.id, health=Health.DEGRADED))
        on_a_cloud = world(CHATTY, replace(CLAUDIA, runs_on=("cloud",)))
        assert announced(drafts(ONE, PART, told_of=known, settings=on_a_cloud)) == []
        alone = drafts(replace(ONE, closed=NOON), PART, told_of=known, settings=on_a_cloud)
        assert (Reason.WORSE, ["claudia"]) in reasons(alone), "of those that go on"
        own = drafts(ONE, PART, told_of=known)
        assert reasons(own) == [(Reason.WORSE, ["claudia"])], "what they stand on is its own story"

    def test_get_no_better_in_the_minute_in_which_others_are_over(self):
        """They may all be, in a moment."""
        known = (told(ONE, root=ONE.id, over=True), told(TWO, root=ONE.id))
        better = {**ALL_DOWN, **stands(claudia=SLOWED)}
        for seconds, said in ((59, []), (60, [(Reason.BETTER, ["claudia"])])):
            over = replace(ONE, closed=ago(seconds).utc)
            assert reasons(drafts(over, PART, told_of=known, standings=better)) == said

    def test_that_were_told_so_before_name_no_elder(self):
        again = replace(SETTINGS, calm=Calm(repeat=60.0))
        just_now = told(ONE, at=NOON)
        for root in (ONE.id, None):
            said = tells(ONE, PART, told_of=(just_now, told(TWO, root=root)), settings=again)
            assert (said.reason, said.elder) == (Reason.UPDATE, "")

    def test_name_whom_it_is_about_where_a_thread_has_several(self):
        of_both = replace(ONE, services=("chatty", "claudia"))
        still = replace(outage("third"), part_of=ONE.id)
        known = (told(ONE, root=ONE.id), told(still, root=ONE.id))
        said = tells(of_both, replace(still, closed=ago(60).utc), told_of=known)
        assert said.remaining == ("Chatty",)


def says(*texts, phase=Phase.IDENTIFIED):
    """A page with one incident of these words, the first said at noon."""
    updates = tuple(
        Update(NOON + timedelta(minutes=n), Phase.IDENTIFIED, text) for n, text in enumerate(texts)
    )
    one = incident("i1", Health.MAJOR_OUTAGE, "Chat", phase=phase, updates=updates)
    return (good(CHATTY.page, report(Health.MAJOR_OUTAGE, one)),)


FIRST, SECOND = (f"i1 {(NOON + timedelta(minutes=n)).isoformat()}" for n in (0, 1))


class TestTheVendorsWord:
    THREAD = replace(ONE, incidents=("i1",))

    def test_is_said_with_its_mark(self):
        (subject,) = tells(self.THREAD, sights=says("We look.", "A fix runs.")).subjects
        assert (subject.word, subject.said) == ("A fix runs.", SECOND)

    def test_is_not_said_twice(self):
        worse = told(ONE, said=SECOND, health=Health.DEGRADED)
        known = tells(self.THREAD, sights=says("We look.", "A fix runs."), told_of=(worse,))
        assert (known.subjects[0].word, known.subjects[0].said) == ("", SECOND)
        before = replace(worse, said=FIRST)
        newer = tells(self.THREAD, sights=says("We look.", "A fix runs."), told_of=(before,))
        assert newer.subjects[0].word == "A fix runs."

    def news(self, *texts, said=FIRST, settings=LISTENS):
        known = (told(ONE, said=said),)
        return reasons(drafts(self.THREAD, sights=says(*texts), told_of=known, settings=settings))

    def test_is_news_by_choice_and_once(self):
        assert self.news("We look.", "A fix runs.") == [(Reason.UPDATE, ["chatty"])]
        assert self.news("We look.") == []
        assert self.news("We look.", "A fix runs.", settings=SETTINGS) == []
        assert self.news() == [], "it was taken back"

    def test_is_no_news_after_the_end(self):
        over = replace(self.THREAD, closed=NOON)
        ended = (told(ONE, said=FIRST),)
        said = tells(over, sights=says("", "Fixed."), told_of=ended, settings=LISTENS)
        assert said.reason is Reason.RECOVERED


class TestTheCause:
    """Published by the vendor after the end."""

    OVER = replace(ONE, incidents=("i1",), closed=ago(30).utc)
    HEARD = told(ONE, over=True, reason=Reason.RECOVERED)

    def news(self, *, thread=OVER, heard=HEARD, touched=("chatty",), phase=Phase.POSTMORTEM, **of):
        sights, well = says("A bad deploy.", phase=phase), stands(chatty=FINE)
        return reasons(
            drafts(thread, sights=sights, told_of=(heard,), standings=well, touched=touched, **of)
        )

    def test_is_told_when_the_page_says_it(self):
        assert self.news() == [(Reason.CAUSE_PUBLISHED, ["chatty"])]
        assert self.news(phase=Phase.RESOLVED) == []

    def test_is_told_once(self):
        assert self.news(heard=replace(self.HEARD, reason=Reason.CAUSE_PUBLISHED)) == []

    def test_is_only_asked_of_a_page_that_was_read_just_now_or_of_an_absence(self):
        assert self.news(touched=()) == []
        absent = self.news(touched=(), away_since=NOON, machine=Machine(locked=True))
        assert absent == [(Reason.CAUSE_PUBLISHED, ["chatty"])]

    def test_is_told_of_what_had_an_incident(self):
        assert self.news(thread=replace(self.OVER, incidents=())) == []

    def test_is_told_though_it_is_said_while_the_end_is(self):
        goes_on = replace(self.HEARD, over=False)
        assert self.news(heard=goes_on) == [(Reason.RECOVERED, ["chatty"])]


class TestWhatComesAndGoes:
    OFTEN = tuple(NOON - timedelta(minutes=minutes) for minutes in (9, 6, 3, 0))

    def test_is_told_as_that(self):
        for thread in (replace(ONE, turns=self.OFTEN), replace(ONE, turns=self.OFTEN, closed=NOON)):
            said = tells(thread, told_of=(told(ONE),))
            assert said.reason is Reason.UNSTABLE

    def test_is_not_laid_to_another(self):
        both = drafts(ONE, replace(TWO, turns=self.OFTEN))
        assert reasons(both) == [(Reason.OUTAGE, ["chatty"]), (Reason.UNSTABLE, ["claudia"])]


WAVE = {"wave": frozenset({"chatty", "claudia"}), "wave_ends": NOW.later(4)}


class TestAnAbsence:
    LEFT = NOON - timedelta(hours=1)
    PAST = replace(TWO, closed=ago(60).utc, worst=Health.MAJOR_OUTAGE)

    def test_that_is_over_is_told_with_its_time(self):
        said = tells(ONE, self.PAST, away_since=self.LEFT)
        assert (said.reason, said.span) == (Reason.WHILE_AWAY, (self.LEFT, NOON))
        assert [(s.service.key, s.ended) for s in said.subjects] == [
            ("chatty", None), ("claudia", ago(60).utc),
        ]  # fmt: skip

    def test_of_which_nothing_goes_on_offers_nothing(self):
        assert tells(self.PAST, away_since=self.LEFT).suggestions == ()

    def test_of_one_that_goes_on_offers_what_works(self):
        ready = tool("ready", can=("chatty",))
        said = tells(
            self.PAST, ONE, away_since=self.LEFT, settings=world(CHATTY, CLAUDIA, ready),
            sights=(good(ready.page, UP), good(ready.probe)),
            standings={**ALL_DOWN, **stands(ready=FINE)},
        )  # fmt: skip
        assert [one.service.key for one in said.suggestions] == ["ready"]

    def test_in_which_nothing_happened_is_told_by_no_notice(self):
        assert announced(drafts(told_of=(), away_since=self.LEFT)) == []

    def test_of_one_thing_alone_is_told_as_ever_with_its_time(self):
        said = tells(ONE, away_since=self.LEFT)
        assert said.reason is Reason.OUTAGE

    def test_any_other_notice_has_no_time(self):
        assert tells(ONE).span is None

    def test_takes_in_what_the_vendors_say_was_in_it(self):
        one = replace(
            incident("i1", Health.OPERATIONAL, "Chat", phase=Phase.RESOLVED),
            impact=Health.DEGRADED, started_at=ago(600).utc, resolved_at=ago(300).utc,
        )  # fmt: skip
        sights = (good(CHATTY.page, report(Health.OPERATIONAL, one)),)
        well = stands(chatty=FINE)
        said = tells(away_since=self.LEFT, sights=sights, standings=well)
        assert [(s.since, s.ended) for s in said.subjects] == [(ago(600).utc, ago(300).utc)]
        assert announced(drafts(sights=sights, standings=well)) == []

    def test_is_not_over_while_there_is_no_room(self):
        full = (NOW.steady - 1,) * 3
        draft = drafts(ONE, self.PAST, away_since=self.LEFT, shown_at=full)
        assert announced(draft) == []
        assert draft.board.away_since == self.LEFT
        assert draft.board.silences[ONE.id] == (Silence.UNSETTLED, Reason.OUTAGE)

    def test_is_not_over_before_all_was_looked_at(self):
        draft = drafts(ONE, self.PAST, away_since=self.LEFT, **WAVE)
        assert announced(draft) == []
        assert draft.board.away_since == self.LEFT
        seen = (good(CHATTY.page, UP), good(CLAUDIA.page, UP))
        said = tells(ONE, self.PAST, away_since=self.LEFT, sights=seen, **WAVE)
        assert said.reason is Reason.WHILE_AWAY

    def test_holds_the_changes_of_what_was_told_until_then(self):
        mild = (told(ONE, health=Health.DEGRADED),)
        assert reasons(drafts(ONE, told_of=mild, **WAVE)) == [(Reason.WORSE, ["chatty"])]
        assert announced(drafts(ONE, told_of=mild, away_since=self.LEFT, **WAVE)) == []


def test_a_suspicion_that_is_confirmed_in_a_wave_waits_for_its_end():
    guessed = (told(ONE, SUSPECTED),)
    assert announced(drafts(ONE, told_of=guessed, **WAVE)) == []
    assert tells(ONE, told_of=guessed).reason is Reason.OUTAGE


@pytest.mark.parametrize(
    ("shown", "silence"), [((1,) * 3, Silence.UNSETTLED), ((600,) * 20, Silence.CEILING)]
)
def test_what_waits_for_room_says_for_which(shown, silence):
    draft = drafts(ONE, shown_at=tuple(NOW.steady - ago for ago in shown))
    assert announced(draft) == []
    assert draft.board.silences == {ONE.id: (silence, Reason.OUTAGE)}
