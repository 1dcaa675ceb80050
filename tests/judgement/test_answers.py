"""What a person answers or asks, and what that changes."""

from datetime import timedelta

import pytest

from notifier.judgement.answers import HOUR, answer
from notifier.model.announcement import ThreadId
from notifier.model.board import Mute, Standing
from notifier.model.effect import LookAt, Record
from notifier.model.event import Asked, Wish
from notifier.model.health import Health
from notifier.model.record import MuteKept, PauseKept
from notifier.model.service import ServiceKey
from notifier.model.verdict import Override
from tests.judgement.boards import (
    DOWN,
    NOW,
    REPORTED,
    UP,
    asked,
    board,
    drafted,
    good,
    of,
    on_board,
    outage,
    stands,
    world,
)
from tests.stories.story import NOON, REFERENCES, tool

CHATTY, CLAUDIA, THIRD = tool("chatty"), tool("claudia"), tool("third")
SETTINGS = world(CHATTY, CLAUDIA, others=(THIRD,))
ONE, TWO = outage("chatty"), outage("claudia")
LATER = NOON + timedelta(hours=5)


def answered(wish, key=None, *, until=None, **more):
    draft = drafted(board(**{**on_board(ONE, TWO), **more}), SETTINGS)
    answer(draft, Asked(NOW, wish, key and ServiceKey(key), until))
    return draft


class TestGotIt:
    def test_is_kept_for_the_outage_of_that_service_alone(self):
        draft = answered(Wish.GOT_IT, "chatty")
        assert draft.board.mutes == {ONE.id: Mute(acknowledged=True)}
        assert of(Record, draft) == [MuteKept(ONE.id, Mute(acknowledged=True))]
        assert draft.touched == {"chatty"}

    def test_of_nobody_in_particular_is_of_all(self):
        assert set(answered(Wish.GOT_IT).board.mutes) == {ONE.id, TWO.id}

    def test_of_what_does_not_fail_or_is_watched_no_more_is_nothing(self):
        assert answered(Wish.GOT_IT, "chatty", threads={}).effects == []
        assert answered(Wish.GOT_IT, "gone").effects == []
        only_two = answered(Wish.GOT_IT, threads={TWO.id: TWO})
        assert set(only_two.board.mutes) == {TWO.id}

    def test_adds_to_a_snooze_and_a_snooze_to_it(self):
        snoozed = {ONE.id: Mute(until=LATER)}
        both = Mute(acknowledged=True, until=LATER)
        assert answered(Wish.GOT_IT, "chatty", mutes=snoozed).board.mutes[ONE.id] == both
        acknowledged = {ONE.id: Mute(acknowledged=True)}
        draft = answered(Wish.SNOOZE, "chatty", until=LATER, mutes=acknowledged)
        assert draft.board.mutes[ONE.id] == both

    def test_leaves_other_answers_standing(self):
        other = {ThreadId("t-9"): Mute(acknowledged=True), TWO.id: Mute(until=LATER)}
        assert set(answered(Wish.GOT_IT, "chatty", mutes=other).board.mutes) == {*other, ONE.id}


class TestSnooze:
    def test_lasts_an_hour_or_as_long_as_was_said(self):
        draft = answered(Wish.SNOOZE, "chatty")
        assert draft.board.mutes == {ONE.id: Mute(until=NOON + HOUR)}
        draft = answered(Wish.SNOOZE, "chatty", until=LATER)
        assert draft.board.mutes == {ONE.id: Mute(until=LATER)}
        assert timedelta(hours=1) == HOUR

    def test_said_again_lasts_from_now(self):
        before = {ONE.id: Mute(until=NOON)}
        draft = answered(Wish.SNOOZE, "chatty", mutes=before)
        assert draft.board.mutes[ONE.id].until == NOON + HOUR


class TestAPause:
    def test_lasts_an_hour_or_as_long_as_was_said_and_concerns_all(self):
        draft = answered(Wish.PAUSE)
        assert draft.board.paused_until == NOON + HOUR
        assert of(Record, draft) == [PauseKept(NOON + HOUR)]
        assert draft.touched == {"chatty", "claudia"}
        assert answered(Wish.PAUSE, until=LATER).board.paused_until == LATER

    def test_ends_when_the_person_says_so(self):
        draft = answered(Wish.RESUME, paused_until=LATER)
        assert draft.board.paused_until is None
        assert of(Record, draft) == [PauseKept(None)]


class TestBroken:
    def test_is_the_persons_word_and_has_it_looked_at_early(self):
        draft = answered(Wish.BROKEN, "chatty", sights={CHATTY.page.id: good(CHATTY.page, UP)})
        standing = draft.board.standings[CHATTY.key]
        assert standing.override is Override.BROKEN
        assert standing.verdict.health is Health.DEGRADED
        early = [order.source for order in of(LookAt, draft) if order.early]
        assert early == [source.id for source in CHATTY.sources]
        assert draft.board.mutes == {}

    def test_has_the_alternatives_looked_at_too_and_in_their_turn(self):
        draft = answered(Wish.BROKEN, "chatty", sights={CHATTY.page.id: good(CHATTY.page, UP)})
        late = [order.source for order in of(LookAt, draft) if not order.early]
        assert late == [source.id for other in (CLAUDIA, THIRD) for source in other.sources]

    @pytest.mark.parametrize("wish", [Wish.BROKEN, Wish.WORKS])
    @pytest.mark.parametrize("key", [None, "gone", "third"])
    def test_of_nothing_that_is_watched_is_nothing(self, wish, key):
        draft = answered(wish, key)
        assert (draft.board.standings, draft.effects) == ({}, [])


class TestWorks:
    def test_is_the_persons_word_and_silences_what_changes(self):
        draft = answered(
            Wish.WORKS,
            "chatty",
            sights={CHATTY.page.id: good(CHATTY.page, DOWN)},
            standings=stands(chatty=REPORTED),
        )
        standing = draft.board.standings[CHATTY.key]
        assert standing.override is Override.WORKS
        assert standing.verdict.health is Health.MAJOR_OUTAGE
        assert draft.board.mutes == {ONE.id: Mute(acknowledged=True)}
        assert asked(draft) == []


class TestCheckNow:
    NEUTRAL = tuple(reference.id for reference in REFERENCES)

    def test_has_all_looked_at_early_the_neutral_hosts_too(self):
        draft = answered(Wish.CHECK_NOW)
        everything = [s.id for service in (CHATTY, CLAUDIA) for s in service.sources]
        assert asked(draft) == [*everything, *self.NEUTRAL]
        assert all(order.early for order in of(LookAt, draft))
        assert draft.board.standings == {}

    def test_of_one_service_asks_for_that_one(self):
        draft = answered(Wish.CHECK_NOW, "claudia", standings={CLAUDIA.key: Standing()})
        assert asked(draft) == [*(s.id for s in CLAUDIA.sources), *self.NEUTRAL]

    def test_of_what_is_watched_no_more_asks_for_the_neutral_hosts(self):
        assert asked(answered(Wish.CHECK_NOW, "gone")) == list(self.NEUTRAL)
