"""First notices that wait for each other, what waited for the person, and what nobody follows."""

from dataclasses import replace

import pytest

from notifier.judgement import telling
from notifier.model.announcement import Reason, Silence, Withheld
from notifier.model.board import Link, Standing
from notifier.model.effect import Hush, Record, Withdraw
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.record import ThreadKept
from tests.judgement.boards import (
    ALIVE,
    FINE,
    NOW,
    REPORTED,
    UNREAD,
    UP,
    ago,
    announced,
    board,
    drafted,
    failed,
    fails,
    good,
    look,
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


class TestAWave:
    def wave(self, *threads, sights=(), ends=4.0, keys=KEYS, standings=BOTH_DOWN, **more):
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
            sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(4), standings=well, waking=True
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
        assert announced(self.wave(sights=self.SEEN[:1], ends=1)) == []
        said = reasons(self.wave(sights=self.SEEN[:1], ends=0))
        assert said == [(Reason.SUMMARY, ["chatty", "claudia"])]

    def test_goes_on_while_nobody_has_answered(self):
        silent = tuple(fails(one.page, failed(FailureKind.TIMEOUT), 5) for one in (CHATTY, CLAUDIA))
        assert self.wave(sights=silent, ends=0).board.wave == KEYS
        assert announced(self.wave(sights=(*silent, good(THIRD.page, UP, 5)))) != []

    def test_of_a_waking_waits_for_what_is_in_doubt_where_something_went_on(self):
        """The first good look after a failure is not believed yet, and may be in a moment."""
        seen = (*self.SEEN, good(CHATTY.probe), good(CLAUDIA.probe))
        assert announced(self.wave(sights=seen, waking=True)) != []
        eased = replace(good(CHATTY.probe), eased=look(CHATTY.probe, ALIVE, 5))
        draft = self.wave(sights=(*seen[:2], eased, seen[3]), waking=True)
        assert (announced(draft), draft.board.wave) == ([], KEYS)
        assert announced(self.wave(sights=seen[:3], waking=True)) == [], "nor all but one"

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
        draft = tells(sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(4), standings=well)
        assert of(Hush, draft) == [Withheld(NOON, None, ("chatty", "claudia"), Silence.BASELINE)]

    @pytest.mark.parametrize("other", [REPORTED, UNREAD])
    def test_not_all_well_is_none(self, other):
        some = stands(chatty=FINE, claudia=other)
        draft = tells(sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(4), standings=some)
        assert of(Hush, draft) == []
        unjudged = stands(chatty=FINE)
        draft = tells(sights=self.SEEN, wave=KEYS, wave_ends=NOW.later(4), standings=unjudged)
        assert of(Hush, draft) == []

    def test_waits_on_for_one_of_them_that_waits_for_advice(self):
        asked = tool("asked", can=("chatty",))
        settings = world(CHATTY, CLAUDIA, others=(asked,))
        fresh = {**BOTH_DOWN, CHATTY.key: Standing(REPORTED, since=ago(1))}
        draft = self.wave(sights=self.SEEN, settings=settings, standings=fresh)
        assert draft.board.wave == KEYS
        assert announced(draft) == []
        read = (*self.SEEN, good(asked.page, UP), good(asked.probe))
        assert len(announced(self.wave(sights=read, settings=settings, standings=fresh))) == 1

    def test_over_one_held_for_advice_holds_that_one_alone(self):
        asked = tool("asked", can=("chatty",))
        settings = world(CHATTY, CLAUDIA, others=(asked,))
        fresh = {**BOTH_DOWN, CHATTY.key: Standing(REPORTED, since=ago(1))}
        draft = tells(ONE, TWO, settings=settings, standings=fresh)
        assert reasons(draft) == [(Reason.OUTAGE, ["claudia"])]


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
