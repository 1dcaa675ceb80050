"""The person's own word over a service: what it changes, and what ends it."""

from dataclasses import replace

import pytest

from notifier.judgement.standings import judge_again, set_override
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.record import word_kept
from notifier.model.service import ServiceKey
from notifier.model.verdict import Cause, Confidence, EvidenceKind, Override, Whose, Word
from tests.judgement.boards import (
    ANSWERS,
    DOWN,
    IN_MAINTENANCE,
    LIMITED,
    NOW,
    UP,
    board,
    drafted,
    fails,
    good,
    keyed,
    of,
    world,
)
from tests.stories.story import ALIVE, DEAD, GARBAGE, NOON, report, tool

CLOUD = tool("cloud")
CHATTY = keyed("chatty", runs_on=("cloud",))
DEEP = tool("deep", runs_on=("chatty",))
SETTINGS = world(CHATTY, DEEP, others=(CLOUD,))
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account
WELL = (good(PAGE, UP), good(DOOR), good(KEY, ANSWERS))


def judged(known, *services, at=NOW):
    draft = drafted(known, SETTINGS, at)
    done = judge_again(draft, services or (CHATTY,))
    return draft, [service.key for service in done]


def standing(draft, key="chatty"):
    return draft.board.standings[ServiceKey(key)]


class TestThePersonsWord:
    def said(self, override, *sights, **more):
        draft, _ = judged(board(*sights, **more))
        draft.effects.clear()
        set_override(draft, CHATTY.key, override)
        return draft

    @pytest.mark.parametrize("says", [UP, IN_MAINTENANCE, report(Health.UNKNOWN)])
    def test_broken_makes_it_degraded_and_unclear(self, says):
        verdict = standing(self.said(Override.BROKEN, good(PAGE, says))).verdict
        assert (verdict.health, verdict.whose) == (Health.DEGRADED, Whose.UNCLEAR)
        assert (verdict.cause, verdict.confidence) == (Cause.MIXED, Confidence.SUSPECTED)
        line = verdict.evidence[0]
        assert (line.kind, line.id, line.says) == (EvidenceKind.PERSON, "you", "broken for me")
        assert (line.at, line.detail) == (NOW, "")
        assert len(verdict.evidence) == 2

    @pytest.mark.parametrize("state", [Health.DEGRADED, Health.MAJOR_OUTAGE])
    def test_broken_makes_nothing_of_what_fails_already(self, state):
        verdict = standing(self.said(Override.BROKEN, good(PAGE, report(state)))).verdict
        assert (verdict.health, verdict.cause) == (state, Cause.PAGE_REPORTS)
        assert verdict.evidence[0].says == "broken for me"

    @pytest.mark.parametrize("says", [UP, DOWN])
    def test_works_changes_no_state_and_stands_in_the_evidence(self, says):
        before = standing(judged(board(good(PAGE, says)))[0]).verdict
        verdict = standing(self.said(Override.WORKS, good(PAGE, says))).verdict
        assert verdict.same_finding(before)
        assert verdict.evidence[0].says == "works for me"

    def test_on_what_nobody_has_judged_yet_is_one_too(self):
        draft = drafted(board(), SETTINGS)
        set_override(draft, CHATTY.key, Override.BROKEN)
        assert standing(draft).verdict.health is Health.DEGRADED
        assert standing(draft).verdict.evidence[0].at == NOW

    def after(self, *sights, override=Override.BROKEN, before=WELL):
        draft = self.said(override, *before)
        newer = {**draft.board.sights, **{one.last.source: one for one in sights}}
        draft.board = replace(draft.board, sights=newer)
        judge_again(draft, (CHATTY,))
        return standing(draft)

    def test_lasts_while_its_own_reading_stays(self):
        kept = self.after(good(PAGE, UP, 0), good(DOOR, ALIVE, 0))
        assert kept.override is Override.BROKEN
        assert kept.verdict.health is Health.DEGRADED

    @pytest.mark.parametrize(
        "changed",
        [good(PAGE, report(Health.DEGRADED), 0), good(DOOR, DEAD, 0), good(KEY, LIMITED, 0)],
    )
    def test_ends_when_page_front_door_or_account_says_something_else(self, changed):
        kept = self.after(changed)
        assert (kept.override, kept.override_reading) == (None, ())
        assert kept.verdict.evidence[0].kind is not EvidenceKind.PERSON

    def test_is_not_ended_by_a_look_that_fails(self):
        assert self.after(fails(PAGE, GARBAGE, 0)).override is Override.BROKEN
        assert self.after(fails(DOOR, GARBAGE, 0)).override is Override.BROKEN

    def test_outlives_the_first_reading_where_there_was_none_and_ends_with_another(self):
        draft = self.said(Override.BROKEN)
        for says, override in ((UP, Override.BROKEN), (report(Health.DEGRADED), None)):
            seen = good(PAGE, says, 0)
            draft.board = replace(draft.board, sights={PAGE.id: seen})
            judge_again(draft, (CHATTY,))
            assert standing(draft).override is override

    def test_is_dated_when_it_was_said_and_remembered_with_its_end(self):
        draft = self.said(Override.BROKEN, *WELL)
        assert standing(draft).override_at == NOW
        assert standing(draft).words == (Word(Override.BROKEN, NOON),)
        assert word_kept(CHATTY.key, Override.BROKEN, NOON) in of(Record, draft)
        kept = self.after(good(PAGE, report(Health.DEGRADED), 0))
        assert (kept.override_at, kept.words) == (None, (Word(Override.BROKEN, NOON, NOON),))

    def test_stands_in_the_evidence_with_the_time_it_was_said(self):
        draft = self.said(Override.BROKEN, *WELL)
        draft.at = NOW.later(60)
        judge_again(draft, (CHATTY,))
        assert standing(draft).verdict.evidence[0].at == NOW

    def test_said_again_is_the_same_word_and_another_ends_the_first(self):
        draft = self.said(Override.BROKEN, *WELL)
        draft.effects.clear()
        draft.at = NOW.later(60)
        set_override(draft, CHATTY.key, Override.BROKEN)
        assert standing(draft).override_at == NOW
        assert of(Record, draft) == []
        set_override(draft, CHATTY.key, Override.WORKS)
        assert standing(draft).words == (
            Word(Override.BROKEN, NOON, draft.at.utc), Word(Override.WORKS, draft.at.utc),
        )  # fmt: skip

    def test_its_end_is_written_down(self):
        draft = self.said(Override.BROKEN, *WELL)
        draft.effects.clear()
        changed_page = {**draft.board.sights, PAGE.id: good(PAGE, report(Health.DEGRADED), 0)}
        draft.board = replace(draft.board, sights=changed_page)
        judge_again(draft, (CHATTY,))
        assert word_kept(CHATTY.key, None, NOON) in of(Record, draft)

    def test_only_the_last_five_are_remembered(self):
        draft = self.said(Override.BROKEN, *WELL)
        for _ in range(3):
            set_override(draft, CHATTY.key, Override.WORKS)
            set_override(draft, CHATTY.key, Override.BROKEN)
        words = standing(draft).words
        assert len(words) == 5
        assert [word.override for word in words[-2:]] == [Override.WORKS, Override.BROKEN]
        assert [word.until is None for word in words] == [False] * 4 + [True]
