"""What notices are about: opened, moved, closed, continued, forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.threads import (
    SAME_AGAIN,
    follow,
    new_id,
    open_thread,
)
from notifier.model.announcement import ThreadId
from notifier.model.board import Thread, Topic
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.record import ThreadKept
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    DOWN,
    FINE,
    REPORTED,
    SUSPECTED,
    UNREAD,
    UP,
    board,
    drafted,
    good,
    of,
    stands,
    world,
)
from tests.stories.story import NOON, incident, report, tool

CHATTY, CLAUDIA = tool("chatty"), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
OURS = ThreadId("t-20261123-7")


def thread(**more):
    known = Thread(OURS, (CHATTY.key,), NOON - timedelta(hours=1))
    return replace(known, **more)


def followed(verdict, *threads, page=UP, service=CHATTY):
    known = board(
        good(service.page, page),
        good(service.probe),
        standings=stands(**{service.key: verdict}),
        threads={one.id: one for one in threads},
        thread_count=7,
    )
    draft = drafted(known, SETTINGS)
    follow(draft, service)
    return draft


def the_thread(draft):
    (only,) = draft.board.threads.values()
    return only


class TestAnOutage:
    @pytest.mark.parametrize("verdict", [REPORTED, SUSPECTED])
    def test_opens_a_thread(self, verdict):
        draft = followed(verdict)
        assert the_thread(draft) == Thread(
            ThreadId("t-20261123-8"),
            (CHATTY.key,),
            NOON,
            worst=Health.MAJOR_OUTAGE,
            cause=verdict.cause,
            turns=(NOON,),
        )
        assert draft.board.thread_count == 8
        assert of(Record, draft) == [ThreadKept(the_thread(draft))]
        assert draft.touched == {CHATTY.key}

    def test_is_nothing_that_is_unknown_or_well_or_not_theirs(self):
        for verdict in (FINE, UNREAD, replace(REPORTED, whose=FINE.whose)):
            assert not followed(verdict).board.threads

    def test_of_what_nobody_has_judged_is_none(self):
        draft = drafted(board(), SETTINGS)
        follow(draft, CHATTY)
        assert not draft.board.threads

    def test_goes_on_with_its_thread_and_writes_nothing_while_nothing_changes(self):
        before = thread(worst=Health.MAJOR_OUTAGE, cause=Cause.PAGE_REPORTS)
        draft = followed(REPORTED, before)
        assert the_thread(draft) == before
        assert draft.effects == []
        assert draft.touched == set()

    def test_remembers_the_worst_and_every_incident(self):
        page = report(Health.DEGRADED, incident("i2", Health.DEGRADED, "Chat"))
        verdict = replace(REPORTED, health=Health.DEGRADED)
        before = thread(worst=Health.PARTIAL_OUTAGE, incidents=("i1", "i2"))
        draft = followed(verdict, replace(before, incidents=("i1",)), page=page)
        assert the_thread(draft).worst is Health.PARTIAL_OUTAGE
        assert the_thread(draft).incidents == ("i1", "i2")

    def test_is_told_by_its_page_where_that_reports_it_whatever_lies_deeper(self):
        shared = replace(REPORTED, cause=Cause.SHARED_UPSTREAM, upstream="cloud")
        assert the_thread(followed(shared, page=DOWN)).cause is Cause.PAGE_REPORTS
        assert the_thread(followed(shared)).cause is Cause.SHARED_UPSTREAM

    def test_that_is_well_is_over_and_one_that_is_unknown_is_not(self):
        draft = followed(FINE, thread())
        assert the_thread(draft).closed == NOON
        assert of(Record, draft) == [ThreadKept(the_thread(draft))]
        assert the_thread(followed(UNREAD, thread())).closed is None
        maintained = replace(FINE, health=Health.MAINTENANCE)
        assert the_thread(followed(maintained, thread())).closed == NOON

    def test_of_another_service_is_not_this_one(self):
        draft = followed(FINE, thread(), service=CLAUDIA)
        assert the_thread(draft).closed is None
        assert len(followed(REPORTED, thread(), service=CLAUDIA).board.threads) == 2


class TestItsBeginning:
    HOUR = timedelta(hours=1)

    def opened(self, since, *threads):
        return the_thread(followed(replace(REPORTED, since=since), *threads)).opened

    def test_is_the_vendors_own_where_there_is_one(self):
        assert self.opened(NOON - self.HOUR) == NOON - self.HOUR
        assert self.opened(None) == NOON

    def test_is_never_in_the_future(self):
        assert self.opened(NOON) == NOON
        assert self.opened(NOON + self.HOUR, thread()) == thread().opened
        assert self.opened(NOON, thread()) == NOON, "just now is no future"

    def test_of_a_suspicion_becomes_the_vendors_later_or_earlier(self):
        late = NOON - timedelta(minutes=5)
        assert self.opened(late, thread()) == late
        assert self.opened(NOON - 5 * self.HOUR, thread()) == NOON - 5 * self.HOUR

    def test_once_known_only_becomes_earlier(self):
        known = thread(incidents=("i1",))
        assert self.opened(NOON, known) == known.opened
        assert self.opened(NOON - 5 * self.HOUR, known) == NOON - 5 * self.HOUR
        relapse = thread(closed=NOON)
        assert self.opened(NOON, relapse) == relapse.opened


class TestARelapse:
    def test_within_ten_minutes_goes_on_with_the_thread(self):
        draft = followed(REPORTED, thread(closed=NOON - SAME_AGAIN))
        assert the_thread(draft).closed is None
        assert the_thread(draft).id == OURS

    def test_later_is_another(self):
        late = thread(closed=NOON - SAME_AGAIN - timedelta(seconds=1))
        assert len(followed(REPORTED, late).board.threads) == 2

    def test_of_an_incident_opened_again_goes_on_however_late(self):
        page = report(Health.MAJOR_OUTAGE, incident("i1", Health.MAJOR_OUTAGE, "Chat"))
        late = thread(closed=NOON - timedelta(hours=5), incidents=("i0", "i1"))
        assert the_thread(followed(REPORTED, late, page=page)).id == OURS
        other = replace(late, incidents=("i0",))
        assert len(followed(REPORTED, other, page=page).board.threads) == 2

    def test_goes_on_with_the_last_of_several(self):
        early, late = (thread(id=ThreadId(f"t-{n}"), closed=NOON) for n in (1, 2))
        draft = followed(REPORTED, early, late)
        still_open = [one.id for one in draft.board.threads.values() if one.closed is None]
        assert still_open == ["t-2"]

    @pytest.mark.parametrize(
        "other",
        [
            thread(closed=NOON, topic=Topic.ACCOUNT),
            thread(closed=NOON, services=(CLAUDIA.key,)),
            thread(topic=Topic.PAGES),
        ],
    )
    def test_goes_on_with_nothing_else(self, other):
        assert len(followed(REPORTED, other).board.threads) == 2

    def test_looks_past_what_is_none(self):
        others = (
            thread(id=ThreadId("t-2"), closed=NOON, services=(CLAUDIA.key,)),
            thread(id=ThreadId("t-3"), closed=NOON, topic=Topic.PAGES),
            thread(id=ThreadId("t-4"), closed=NOON - timedelta(days=1)),
        )
        draft = followed(REPORTED, thread(closed=NOON), *others)
        assert draft.board.threads[OURS].closed is None


class TestWhenItTurned:
    """When it began and ended: what makes it one that comes and goes."""

    def turns(self, verdict, known):
        return the_thread(followed(verdict, known)).turns

    AGO = tuple(NOON - timedelta(hours=hours) for hours in range(9, 0, -1))

    def test_is_kept_of_each_end_and_each_relapse(self):
        before = self.AGO[-2:]
        assert self.turns(FINE, thread(turns=before)) == (*before, NOON)
        relapse = thread(turns=before, closed=NOON - SAME_AGAIN)
        assert self.turns(REPORTED, relapse) == (*before, NOON)

    def test_is_not_kept_of_what_goes_on(self):
        assert self.turns(REPORTED, thread(turns=self.AGO[-1:])) == self.AGO[-1:]

    def test_is_kept_of_the_last_eight(self):
        assert self.turns(FINE, thread(turns=self.AGO)) == (*self.AGO[-7:], NOON)

    @pytest.mark.parametrize(("first", "many"), [(120, 1), (121, 2)])
    def test_too_often_a_relapse_goes_on_with_it_however_late(self, first, many):
        turns = tuple(NOON - timedelta(minutes=ago) for ago in (first, 60, 30))
        late = thread(turns=turns, closed=NOON - timedelta(minutes=30))
        assert len(followed(REPORTED, late).board.threads) == many
        other = followed(REPORTED, replace(late, services=(CLAUDIA.key,)))
        assert len(other.board.threads) == 2, "that was another's"


class TestWhatIsOpen:
    def found(self, *threads, key=CHATTY.key):
        known = board(threads={one.id: one for one in threads})
        found = open_thread(drafted(known, SETTINGS), key)
        return found.id if found else None

    def test_is_an_outage_of_that_service_that_is_not_over(self):
        assert self.found(thread()) == OURS
        assert self.found(thread(closed=NOON)) is None
        assert self.found(thread(topic=Topic.ROUTE)) is None
        assert self.found(thread(), key=CLAUDIA.key) is None

    def test_is_found_behind_others(self):
        other = thread(id=ThreadId("t-1"), services=(CLAUDIA.key,))
        assert self.found(other, thread()) == OURS


def test_ids_are_of_the_day_and_counted_over_all_runs():
    draft = drafted(board(thread_count=41), SETTINGS)
    assert [new_id(draft), new_id(draft)] == ["t-20261123-42", "t-20261123-43"]
