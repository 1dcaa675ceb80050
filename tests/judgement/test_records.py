"""What of a look is written down."""

from dataclasses import replace

import pytest

from notifier.judgement.records import keep_look, state_of
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.record import IncidentSeen, LookTimed, RunBegan
from tests.judgement.boards import (
    DOWN,
    LIMITED,
    UP,
    board,
    drafted,
    fails,
    good,
    keyed,
    look,
    of,
    refused,
    world,
)
from tests.stories.story import (
    ALIVE,
    DEAD,
    GARBAGE,
    NOON,
    ONLINE,
    OVERLOADED,
    incident,
    report,
)

CHATTY = keyed("chatty")
PAGE = CHATTY.page


def kept(before, outcome, **more):
    draft = drafted(board(), world(CHATTY))
    keep_look(draft, before, look(PAGE, outcome, 0, **more))
    return of(Record, draft)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (UP, Health.OPERATIONAL),
        (report(Chat=Health.OPERATIONAL, API=Health.DEGRADED), Health.DEGRADED),
        (ALIVE, Health.OPERATIONAL),
        (LIMITED, Health.OPERATIONAL),
        (refused(), Health.OPERATIONAL),
        (DEAD, Health.MAJOR_OUTAGE),
        (OVERLOADED, Health.DEGRADED),
        (ONLINE, Health.OPERATIONAL),
        (GARBAGE, Health.UNKNOWN),
    ],
)
def test_a_single_look_stands_for_a_state(outcome, state):
    assert state_of(look(PAGE, outcome)) is state


def test_a_first_look_begins_a_run():
    assert kept(None, UP) == [RunBegan(PAGE.id, "operational", NOON)]


def test_another_state_begins_another_and_the_same_does_not():
    assert kept(good(PAGE, UP), DOWN) == [RunBegan(PAGE.id, "major_outage", NOON)]
    assert kept(good(PAGE, UP), report()) == []
    assert kept(good(PAGE, UP), GARBAGE) == [RunBegan(PAGE.id, "unknown", NOON)]
    assert kept(fails(PAGE, GARBAGE), UP) == [RunBegan(PAGE.id, "operational", NOON)]


def test_how_long_it_took_is_kept_where_that_is_known():
    timed = LookTimed(PAGE.id, NOON, 0.2)
    assert kept(good(PAGE, UP), UP, latency=0.2) == [timed]
    assert kept(good(PAGE, UP), report(), latency=0.2) == [timed]
    assert kept(None, UP, latency=0.2) == [timed, RunBegan(PAGE.id, "operational", NOON)]


class TestIncidents:
    ONE = incident("i1", Health.DEGRADED, "Chat")
    TWO = incident("i2", Health.DEGRADED, "Chat")

    def seen(self, before, *incidents):
        entries = kept(before, report(Health.DEGRADED, *incidents))
        return [entry for entry in entries if isinstance(entry, IncidentSeen)]

    def page(self, *incidents):
        return good(PAGE, report(Health.DEGRADED, *incidents))

    def test_are_kept_when_new_or_changed(self):
        moved = replace(self.ONE, title="Resolved")
        assert self.seen(None, self.ONE) == [IncidentSeen(PAGE.id, self.ONE, NOON)]
        assert self.seen(self.page(), self.ONE, self.TWO) == [
            IncidentSeen(PAGE.id, one, NOON) for one in (self.ONE, self.TWO)
        ]
        assert self.seen(self.page(self.ONE, self.TWO), moved, self.TWO) == [
            IncidentSeen(PAGE.id, moved, NOON)
        ]
        assert self.seen(self.page(self.ONE), self.ONE) == []

    def test_are_compared_with_what_was_last_read_not_with_a_failure(self):
        page = self.page(self.ONE)
        unread = replace(page, last=look(PAGE, GARBAGE, 5))
        assert self.seen(unread, self.ONE) == []

    def test_of_the_very_same_document_are_not_looked_at_again(self):
        page = self.page(self.ONE)
        assert kept(page, page.last.outcome) == []

    def test_after_a_page_that_was_none_are_all_new(self):
        assert self.seen(good(PAGE, ALIVE), self.ONE) == [IncidentSeen(PAGE.id, self.ONE, NOON)]
        assert self.seen(fails(PAGE, GARBAGE), self.ONE) != []
