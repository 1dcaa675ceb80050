"""An absence or quiet hours: when they begin and end, and what is worth a line of the digest."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifier.judgement import away
from notifier.judgement.grouping import Group
from notifier.model.announcement import Reason
from notifier.model.board import PLAIN, Machine, Topic
from notifier.model.health import Health
from notifier.model.settings import Quiet
from notifier.model.settings_words import Level
from tests.judgement.boards import (
    ago,
    board,
    drafted,
    notice,
    on_board,
    outage,
    told,
    world,
)
from tests.stories.story import NOON, tool

CHATTY, CLAUDIA = tool("chatty", parts=("Chat",)), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
NIGHT = replace(SETTINGS, quiet=(Quiet(time(12), time(13)),))
"""It is noon: quiet hours have just begun."""
DAY = replace(SETTINGS, quiet=(Quiet(time(11), time(12)),))
"""They are just over."""

LEFT = NOON - timedelta(hours=1)
LOCKED, BEHIND = Machine(locked=True), Machine(in_front=False)
AWAY, QUIET = (LEFT, Reason.WHILE_AWAY), (LEFT, Reason.SUMMARY)


class TestAnAbsence:
    @pytest.mark.parametrize(
        ("machine", "somebody"),
        [(PLAIN, True), (LOCKED, False), (BEHIND, False), (Machine(on_battery=True), True)],
    )
    def test_is_where_nobody_can_be_at_the_screen(self, machine, somebody):
        assert away.here(machine) is somebody

    def test_begins_when_the_first_left(self):
        draft = drafted(board(), SETTINGS)
        away.leave(draft, ago(30))
        away.leave(draft, ago(10))
        assert draft.board.away_since == ago(30).utc

    @pytest.mark.parametrize(
        ("seconds", "since"), [(300, ago(300).utc), (299.9, None), (8 * 3600, ago(8 * 3600).utc)]
    )
    def test_is_a_sleep_of_five_minutes_from_its_beginning(self, seconds, since):
        draft = drafted(board(awake_at=ago(seconds)), SETTINGS)
        away.slept(draft)
        assert draft.board.away_since == since

    def test_is_none_where_nobody_knows_of_a_sleep(self):
        draft = drafted(board(), SETTINGS)
        away.slept(draft)
        assert draft.board.away_since is None

    def over(self, settled=True, **more):
        draft = drafted(board(**{"away_since": LEFT, **more}), SETTINGS)
        return away.ended(draft, settled=settled), draft.board.away_since

    def test_ends_once_when_somebody_is_here_and_all_was_looked_at(self):
        assert self.over() == (AWAY, None)
        assert self.over(away_since=None) == (None, None)

    @pytest.mark.parametrize(
        "more",
        [
            {"settled": False},
            {"machine": LOCKED},
            {"machine": BEHIND},
            {"paused_until": NOON + timedelta(hours=1)},
        ],
        ids=["not looked at", "locked", "in the back", "paused"],
    )
    def test_goes_on_else(self, more):
        assert self.over(**more) == (None, LEFT)


class TestQuietHours:
    def noted(self, settings, **more):
        draft = drafted(board(**more), settings)
        away.keep_quiet(draft)
        return draft.board.quiet_since

    def test_begin_when_they_are_first_seen_to(self):
        assert self.noted(NIGHT) == NOON
        assert self.noted(NIGHT, quiet_since=LEFT) == LEFT
        assert self.noted(DAY) is None
        assert self.noted(SETTINGS) is None

    def over(self, settings=DAY, settled=True, **more):
        draft = drafted(board(**{"quiet_since": LEFT, **more}), settings)
        return away.ended(draft, settled=settled), draft.board.quiet_since

    def test_end_once_when_they_are_over_and_all_was_looked_at(self):
        assert self.over() == (QUIET, None)
        assert self.over(quiet_since=None) == (None, None)
        assert self.over(SETTINGS) == (QUIET, None), "so they do where there are none any more"

    def test_go_on_else(self):
        assert self.over(NIGHT) == (None, LEFT)
        assert self.over(settled=False) == (None, LEFT)
        assert self.over(paused_until=NOON + timedelta(hours=1)) == (None, LEFT)

    def test_are_told_after_an_absence_that_ends_with_them(self):
        draft = drafted(board(quiet_since=LEFT, away_since=LEFT), DAY)
        assert away.ended(draft, settled=True) == AWAY
        assert away.ended(draft, settled=True) == QUIET
        assert away.ended(draft, settled=True) is None

    def test_end_behind_a_locked_screen_and_not_in_the_back(self):
        """As any notice: what is told behind a locked screen is told elsewhere too."""
        draft = drafted(board(quiet_since=LEFT, away_since=LEFT, machine=LOCKED), DAY)
        assert away.ended(draft, settled=True) == QUIET
        assert draft.board.away_since == LEFT
        assert self.over(machine=BEHIND) == (None, LEFT)


def past(key="claudia", id_="", closed=60, **more):
    """An outage that ended so many seconds ago."""
    return outage(key, id_, closed=ago(closed).utc, worst=Health.MAJOR_OUTAGE, **more)


def lines(*threads, due=(), told_of=(), span=AWAY, settings=SETTINGS, **more):
    """Of what the digest speaks; None where there is none."""
    draft = drafted(board(**on_board(*threads, told_of=told_of), **more), settings)
    group = away.digest(draft, [(one, Reason.OUTAGE) for one in due], span)
    return None if group is None else [thread.id for thread in group.threads]


class TestTheDigest:
    FIRST, SECOND = outage("chatty"), outage("claudia")

    def test_is_of_what_is_due_and_what_is_past_in_the_order_they_began(self):
        over = past(id_="t-past")
        assert lines(over, self.FIRST, due=[self.FIRST]) == ["t-past", "t-chatty"]
        assert lines(self.FIRST, over, due=[self.FIRST]) == ["t-chatty", "t-past"]

    def test_is_of_two_that_are_due(self):
        both = (self.FIRST, self.SECOND)
        assert lines(*both, due=both) == ["t-chatty", "t-claudia"]

    def test_is_none_of_one_that_is_due_as_at_any_other_time(self):
        assert lines(self.FIRST, due=[self.FIRST]) is None
        assert lines(self.FIRST) is None
        assert lines() is None

    def test_is_one_of_a_single_thing_that_is_past(self):
        assert lines(past(id_="t-past")) == ["t-past"]

    def test_is_called_what_its_time_is(self):
        draft = drafted(board(**on_board(past())), SETTINGS)
        assert away.digest(draft, [], AWAY) == Group(Reason.WHILE_AWAY, (past(),))
        assert away.digest(draft, [], QUIET) == Group(Reason.SUMMARY, (past(),))

    def test_has_no_line_twice(self):
        over = past()
        assert lines(over, self.FIRST, due=[over, self.FIRST]) == ["t-claudia", "t-chatty"]


class TestALine:
    def test_is_of_what_ended_unheard_in_that_time(self):
        assert lines(past(closed=3600)) == ["t-claudia"]
        assert lines(past(closed=3601)) is None
        assert lines(past(closed=3600), span=QUIET) == ["t-claudia"]

    def test_is_of_what_was_told_to_a_screen_nobody_was_at(self):
        on = outage("claudia", worst=Health.MAJOR_OUTAGE)
        just_then, before = (told(on, at=LEFT - timedelta(seconds=s)) for s in (0, 1))
        assert lines(on, told_of=[just_then]) == ["t-claudia"]
        assert lines(on, told_of=[before]) is None
        assert lines(past(), told_of=[before]) is None, "though it ended since"
        assert lines(on, told_of=[just_then], span=QUIET) is None, "in quiet hours it was heard"

    def test_is_of_nothing_that_is_on_its_way(self):
        """An absence and quiet hours may be over together, before the first digest is heard."""
        for offer, said in ((notice(past()), None), (notice(outage("chatty")), ["t-claudia"])):
            assert lines(past(), span=QUIET, on_offer={offer.id: offer}) == said

    def test_is_of_nothing_beside_outages(self):
        assert lines(past(topic=Topic.ROUTE)) is None

    def test_is_of_nothing_that_is_watched_no_more(self):
        assert lines(past("gone")) is None

    @pytest.mark.parametrize(
        ("level", "worst", "worth_it"),
        [
            (Level.ALL, Health.DEGRADED, True),
            (Level.OUTAGES, Health.DEGRADED, False),
            (Level.OUTAGES, Health.PARTIAL_OUTAGE, True),
            (Level.NONE, Health.MAJOR_OUTAGE, False),
        ],
    )
    def test_is_of_what_the_person_wants_told(self, level, worst, worth_it):
        over = replace(past(), worst=worst)
        for settings in (
            replace(SETTINGS, level=level),
            world(replace(CLAUDIA, level=level), level=Level.NONE),
            world(replace(CLAUDIA, level=level), level=Level.ALL),
        ):
            assert lines(over, settings=settings) == (["t-claudia"] if worth_it else None)
