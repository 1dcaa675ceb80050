"""How each service stands: since when, what was known before, and the person's own word."""

from dataclasses import replace
from datetime import timedelta

from notifier.judgement.standings import changed, judge_again, set_override
from notifier.model.board import Link, Standing
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.record import RunBegan
from notifier.model.service import ServiceKey
from notifier.model.verdict import Cause, Override
from tests.judgement.boards import (
    ANSWERS,
    DOWN,
    NOW,
    REPORTED,
    UP,
    ago,
    board,
    confirmed,
    drafted,
    fails,
    good,
    keyed,
    of,
    world,
)
from tests.stories.story import DEAD, GARBAGE, NOON, ONLINE, REFERENCES, tool

CLOUD = tool("cloud")
CHATTY = keyed("chatty", runs_on=("cloud",))
DEEP = tool("deep", runs_on=("chatty",))
SETTINGS = world(CHATTY, DEEP, others=(CLOUD,))
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account


def judged(known, *services, at=NOW):
    draft = drafted(known, SETTINGS, at)
    done = judge_again(draft, services or (CHATTY,))
    return draft, [service.key for service in done]


def standing(draft, key="chatty"):
    return draft.board.standings[ServiceKey(key)]


class TestAFirstJudgement:
    def test_is_dated_and_written_down(self):
        draft, _ = judged(board(good(PAGE, UP)))
        assert standing(draft).since == NOW
        assert standing(draft).last_known is None
        assert of(Record, draft) == [RunBegan(CHATTY.key, "operational", NOON)]
        assert draft.touched == {CHATTY.key}

    def test_where_nothing_is_known_there_is_none(self):
        draft, _ = judged(board())
        assert CHATTY.key not in draft.board.standings
        assert of(Record, draft) == []

    def test_of_what_is_unknown_is_written_down_as_well(self):
        draft, _ = judged(board(fails(PAGE, GARBAGE)))
        assert of(Record, draft) == [RunBegan(CHATTY.key, "unknown", NOON)]

    def test_of_what_nobody_chose_is_not_written_down(self):
        draft, _ = judged(board(good(CLOUD.page, UP)), CLOUD)
        assert standing(draft, "cloud").since == NOW
        assert of(Record, draft) == []


class TestTheSameAgain:
    def before(self):
        return judged(board(good(PAGE, UP), good(DOOR)))[0].board

    def test_changes_nothing_at_all(self):
        draft, _ = judged(self.before(), at=NOW.later(30))
        assert draft.board.standings == self.before().standings
        assert (draft.touched, draft.effects) == (set(), [])

    def test_read_anew_is_since_as_before_with_new_evidence(self):
        newer = {**self.before().sights, PAGE.id: good(PAGE, UP, 0)}
        draft, _ = judged(replace(self.before(), sights=newer), at=NOW.later(30))
        assert standing(draft).since == NOW
        assert standing(draft).verdict.evidence[0].at == NOW
        assert draft.touched == {CHATTY.key}
        assert draft.effects == []

    def test_remembered_from_a_run_before_is_dated_from_now(self):
        undated = {CHATTY.key: replace(standing(judged(self.before())[0]), since=None)}
        known = replace(self.before(), standings=undated, sights={PAGE.id: good(PAGE, UP, 5)})
        draft, _ = judged(known)
        assert standing(draft).since == NOW


class TestAChange:
    def changed(self, before, *sights, at=NOW):
        known = board(*sights, standings={CHATTY.key: before})
        return judged(known, at=at)[0]

    FINE = Standing(replace(REPORTED, health=Health.OPERATIONAL), since=ago(600))

    def test_is_dated_written_down_and_remembers_what_was_and_when_it_was_last_seen(self):
        draft = self.changed(self.FINE, fails(PAGE, GARBAGE, 5, good_ago=400))
        assert standing(draft).since == NOW
        assert standing(draft).last_known is Health.OPERATIONAL
        assert standing(draft).last_known_at == ago(400).utc
        assert of(Record, draft) == [RunBegan(CHATTY.key, "unknown", NOON)]

    def test_of_what_was_seen_last_by_several_it_is_the_latest(self):
        unread = fails(PAGE, GARBAGE, 5, good_ago=400)
        draft = self.changed(self.FINE, unread, good(DOOR, seconds=300))
        assert standing(draft).last_known_at == ago(300).utc
        assert standing(self.changed(self.FINE)).last_known_at == NOON

    def test_from_unknown_keeps_what_was_known_before_that(self):
        unknown = Standing(since=ago(60), last_known=Health.DEGRADED, last_known_at=NOON)
        draft = self.changed(unknown, good(PAGE, UP))
        assert standing(draft).last_known is Health.DEGRADED
        assert standing(draft).last_known_at == NOON

    def test_of_the_cause_alone_is_dated_and_no_change_of_state(self):
        silent = Standing(
            replace(REPORTED, cause=Cause.PAGE_SILENT), since=ago(600), last_known=Health.UNKNOWN
        )
        draft = self.changed(silent, good(PAGE, DOWN))
        assert standing(draft).since == NOW
        assert standing(draft).last_known is Health.UNKNOWN
        assert CHATTY.key not in {entry.subject for entry in of(Record, draft)}


class TestWhatRunsOnIt:
    def test_is_judged_with_it_once_it_fails_and_what_runs_on_that(self):
        known = board(
            good(CLOUD.page, DOWN), good(PAGE, DOWN), confirmed(DEEP.probe, DEAD), good(DEEP.page)
        )
        draft, done = judged(known, CLOUD)
        assert done == ["cloud", "chatty", "deep"]
        assert standing(draft).verdict.upstream == "cloud"
        assert standing(draft, "deep").verdict.upstream == "cloud"

    def test_is_judged_with_it_once_it_fails_no_more(self):
        before = judged(board(good(CLOUD.page, DOWN), good(PAGE, DOWN)), CLOUD)[0].board
        mended = {**before.sights, CLOUD.page.id: good(CLOUD.page, UP, 0)}
        draft, done = judged(replace(before, sights=mended), CLOUD)
        assert done == ["cloud", "chatty", "deep"]
        assert standing(draft).verdict.cause is Cause.PAGE_REPORTS

    def test_is_left_alone_while_it_is_well_or_nothing_is_new(self):
        assert judged(board(good(CLOUD.page, UP)), CLOUD)[1] == ["cloud"]
        down = board(good(CLOUD.page, DOWN))
        again = judged(down, CLOUD)[0].board
        assert judged(again, CLOUD)[1] == ["cloud"]
        read_again = {CLOUD.page.id: good(CLOUD.page, DOWN, 0)}
        assert judged(replace(again, sights=read_again), CLOUD)[1] == ["cloud"]

    def test_each_is_judged_once(self):
        known = board(good(CLOUD.page, DOWN), good(PAGE, DOWN))
        assert judged(known, CHATTY, CLOUD, CHATTY)[1] == ["chatty", "cloud", "deep"]


class TestWhatNeedsNoJudging:
    EVERY = (good(PAGE, UP), good(DOOR), good(KEY, ANSWERS))

    def holds(self, draft, service=CHATTY):
        return changed(draft, (service,)) == ()

    def test_is_what_is_well_and_has_no_word_of_the_person_over_it(self):
        draft, _ = judged(board(*self.EVERY))
        assert self.holds(draft)
        set_override(draft, CHATTY.key, Override.WORKS)
        assert not self.holds(draft)

    def test_is_nothing_new_and_nothing_that_fails(self):
        assert not self.holds(drafted(board(*self.EVERY), SETTINGS))
        assert not self.holds(judged(board(good(PAGE, DOWN)))[0])

    def test_is_that_until_the_first_of_it_is_too_old(self):
        known = judged(board(*self.EVERY))[0].board
        assert self.holds(drafted(known, SETTINGS, NOW.later(160)))
        assert not self.holds(drafted(known, SETTINGS, NOW.later(161)))

    def test_is_that_until_those_who_write_the_page_should_have_renewed_it(self):
        page = replace(UP, fresh_until=NOON + timedelta(seconds=30))
        known = judged(board(good(PAGE, page), *self.EVERY[1:]))[0].board
        assert self.holds(drafted(known, SETTINGS, NOW.later(30)))
        assert not self.holds(drafted(known, SETTINGS, NOW.later(31)))

    def test_is_nothing_once_other_neutral_hosts_are_evidence(self):
        known = judged(board(*self.EVERY, good(REFERENCES[0], ONLINE, 100)))[0].board
        assert self.holds(drafted(known, SETTINGS, NOW.later(80)))
        assert not self.holds(drafted(known, SETTINGS, NOW.later(81)))

    def test_is_nothing_once_we_are_cut_off(self):
        draft = judged(board(*self.EVERY))[0]
        cut_off = replace(draft.board.connection, link=Link.OFFLINE)
        draft.board = replace(draft.board, connection=cut_off)
        assert not self.holds(draft)

    def test_of_several_is_each_for_itself(self):
        draft, _ = judged(board(*self.EVERY))
        assert changed(draft, (CHATTY, DEEP)) == (DEEP,)


def test_cut_off_it_is_unknown_and_keeps_what_was_known():
    draft = judged(board(good(PAGE, DOWN)))[0]
    draft.board = replace(
        draft.board, connection=replace(draft.board.connection, link=Link.OFFLINE)
    )
    judge_again(draft, (CHATTY,))
    assert standing(draft).verdict.cause is Cause.OFFLINE
    assert standing(draft).last_known is Health.MAJOR_OUTAGE
