"""What is written down for a proof: little, and only what was seen."""

from dataclasses import replace

import pytest

from notifier.judgement.witness import witnessed
from notifier.model.announcement import Announcement, NoticeId, Reason, Subject
from notifier.model.board import Connection, Link
from notifier.model.effect import Announce
from notifier.model.event import Observed, Started, Ticked, Woke
from notifier.model.observation import FailureKind, Stage
from notifier.model.record import LookCounted, RunBegan
from notifier.model.trace import Break, Vouched
from tests.judgement.boards import (
    ANSWERS,
    DOWN,
    NOW,
    REPORTED,
    TIMED_OUT,
    UP,
    ago,
    board,
    doubted,
    failed,
    fails,
    good,
    local,
    look,
    outage,
    world,
)
from tests.stories.story import ERROR_500, tool

CHATTY, OTHER = tool("chatty"), tool("other")
WORLD = world(CHATTY, OTHER)


def kept(before, after, event, *effects, settings=WORLD):
    return list(witnessed(before, after, event, effects, settings))


def observed(outcome, source=CHATTY.probe, **more):
    return Observed(NOW, look(source, outcome, 0, **more))


def of_looks(entries):
    return [one for one in entries if isinstance(one, LookCounted)]


def test_a_start_is_where_looking_begins():
    assert kept(board(), board(), Started(NOW)) == [RunBegan("looking:", "awake", NOW.utc)]


def test_after_a_sleep_it_is_known_from_when_until_when_nobody_looked():
    before = board(good(CHATTY.page, UP, 7200), good(CHATTY.probe, ANSWERS, 7230))
    assert kept(before, before, Woke(NOW)) == [
        RunBegan("looking:", "asleep", ago(7200).utc),
        RunBegan("looking:", "awake", NOW.utc),
    ]


def test_a_sleep_before_anything_was_seen_counts_from_the_start():
    before = board(started=ago(7200))
    assert kept(before, before, Woke(NOW))[0] == RunBegan("looking:", "asleep", ago(7200).utc)
    assert kept(board(), board(), Woke(NOW)) == []


@pytest.mark.parametrize(
    ("interval", "seconds", "gap"),
    [(60.0, 180, False), (60.0, 181, True), (600.0, 1200, False), (600.0, 1201, True)],
)
def test_a_sleep_is_a_gap_where_no_reading_outlives_it(interval, seconds, gap):
    before = board(good(CHATTY.page, UP, seconds))
    found = kept(before, before, Woke(NOW), settings=replace(WORLD, interval=interval))
    assert bool(found) is gap


def test_a_waking_or_a_look_may_find_another_connection_as_well():
    before = board(good(CHATTY.page, UP, 7200))
    woken = kept(before, replace(before, connection=board(link=Link.DNS).connection), Woke(NOW))
    assert [one.state for one in woken] == ["asleep", "awake", "dns"]
    up, down = board(good(CHATTY.page, UP, 0)), board(good(CHATTY.page, DOWN, 0), link=Link.DNS)
    found = kept(up, down, observed(DOWN, CHATTY.page))
    assert [one.state for one in found] == ["dns", "major_outage"]


def test_another_network_or_a_nap_that_a_reading_outlives_is_no_gap():
    before = board(good(CHATTY.page, UP, 170))
    assert kept(before, before, Woke(NOW)) == []


def test_our_own_connection_is_written_down_when_it_is_another_one():
    before, after = board(), board(link=Link.OFFLINE)
    assert kept(before, after, Ticked(NOW)) == [RunBegan("link:", "offline", NOW.utc)]
    again = replace(after, connection=Connection(Link.OFFLINE, NOW, 0, 3))
    assert kept(after, again, Ticked(NOW)) == []


def test_a_front_door_that_fails_is_counted_from_the_first_time_with_how_it_broke():
    event = observed(TIMED_OUT, stopped=Stage.TLS)
    (counted,) = of_looks(kept(board(), board(doubted(CHATTY.probe, TIMED_OUT, 0)), event))
    broke = Break(Stage.TLS, FailureKind.TIMEOUT, None)
    assert counted == LookCounted(CHATTY.probe.id, NOW.utc, broke)


def test_a_front_door_that_answers_is_counted_only_while_an_outage_goes_on():
    event, quiet = observed(ANSWERS), board(good(CHATTY.probe, ANSWERS))
    assert of_looks(kept(quiet, quiet, event)) == []
    troubled = replace(quiet, threads={"t": outage("chatty")})
    assert of_looks(kept(troubled, troubled, event)) == [LookCounted(CHATTY.probe.id, NOW.utc)]
    elsewhere = replace(quiet, threads={"t": outage("other")})
    assert of_looks(kept(elsewhere, elsewhere, event)) == []


def test_the_look_that_ends_an_outage_is_counted():
    quiet = board(good(CHATTY.probe, ANSWERS))
    before = replace(quiet, threads={"t": outage("chatty")})
    after = replace(quiet, threads={"t": outage("chatty", closed=NOW.utc)})
    assert len(of_looks(kept(before, after, observed(ANSWERS)))) == 1
    assert len(of_looks(kept(after, before, observed(ANSWERS)))) == 1, "and so that begins one"


@pytest.mark.parametrize(
    ("outcome", "broke"),
    [
        (ERROR_500, Break(Stage.FRONT, None, 500)),
        (
            failed(FailureKind.HTTP, status=403),
            Break(Stage.FRONT, FailureKind.HTTP, 403),
        ),
        (ANSWERS, None),
    ],
)
def test_how_a_look_broke_is_counted_with_it(outcome, broke):
    troubled = board(good(CHATTY.probe, ANSWERS), threads={"t": outage("chatty")})
    event = observed(outcome, stopped=Stage.FRONT)
    assert of_looks(kept(troubled, troubled, event)) == [
        LookCounted(CHATTY.probe.id, NOW.utc, broke)
    ]


class TestASlowFrontDoor:
    """It is written down when it begins and when it ends, and each look between them."""

    def kept(self, was, now, before=True):
        slow = [board(good(CHATTY.probe, ANSWERS, 0, slow=many)) for many in (was, now)]
        return kept(slow[0] if before else board(), slow[1], observed(ANSWERS))

    SUBJECT = f"slow:{CHATTY.probe.id}"
    COUNTED = LookCounted(SUBJECT, NOW.utc)

    def test_begins_with_the_third_slow_answer(self):
        assert self.kept(1, 2) == []
        assert self.kept(2, 3) == [RunBegan(self.SUBJECT, "slow", NOW.utc), self.COUNTED]
        assert self.kept(2, 4, before=False)[0] == RunBegan(self.SUBJECT, "slow", NOW.utc)

    def test_is_counted_while_it_goes_on(self):
        assert self.kept(3, 4) == [self.COUNTED]

    def test_ends_when_it_is_slow_no_more(self):
        assert self.kept(3, 0) == [RunBegan(self.SUBJECT, "as_usual", NOW.utc)]
        assert self.kept(0, 0) == []


def test_what_nobody_chose_is_not_written_down():
    settings = world(CHATTY, others=(OTHER,))
    seen = board(doubted(OTHER.probe, TIMED_OUT, 0))
    assert kept(seen, seen, observed(TIMED_OUT, OTHER.probe), settings=settings) == []
    gone = tool("gone")
    assert kept(seen, seen, observed(TIMED_OUT, gone.probe)) == []


def test_while_we_are_cut_off_nothing_is_held_against_anybody():
    event, cut = observed(TIMED_OUT), board(doubted(CHATTY.probe, TIMED_OUT, 0), link=Link.OFFLINE)
    assert of_looks(kept(cut, cut, event)) == []


def test_what_runs_on_this_computer_and_who_is_neutral_are_nobodys_outage():
    server = local()
    settings = world(server)
    seen = board(doubted(server.probe, TIMED_OUT, 0))
    assert kept(seen, seen, observed(TIMED_OUT, server.probe), settings=settings) == []
    reference = WORLD.references[0]
    assert kept(board(), board(), observed(failed(FailureKind.TIMEOUT), reference)) == []


def test_what_a_page_states_is_written_down_when_it_is_something_else():
    up, down = board(good(CHATTY.page, UP, 0)), board(good(CHATTY.page, DOWN, 0))
    event = observed(DOWN, CHATTY.page)
    assert kept(up, down, event) == [RunBegan("stated:chatty", "major_outage", NOW.utc)]
    assert kept(down, down, event) == []


def test_that_it_was_read_again_is_counted_while_the_outage_goes_on():
    down = board(good(CHATTY.page, DOWN, 0), threads={"t": outage("chatty")})
    event = observed(DOWN, CHATTY.page)
    assert kept(down, down, event) == [LookCounted("stated:chatty", NOW.utc)]


def test_a_page_that_never_could_be_read_states_nothing():
    unread = board(fails(CHATTY.page, failed(FailureKind.TIMEOUT), 0))
    assert kept(unread, unread, observed(failed(FailureKind.TIMEOUT), CHATTY.page)) == []


def test_that_it_cannot_be_read_any_more_is_no_word_of_theirs():
    gone = fails(CHATTY.page, failed(FailureKind.TIMEOUT), 0, good_ago=900)
    unread = board(gone, threads={"t": outage("chatty")})
    event = observed(failed(FailureKind.TIMEOUT), CHATTY.page)
    assert kept(unread, unread, event) == [RunBegan("stated:chatty", "unknown", NOW.utc)]


class TestVouching:
    SEEN = (
        good(CHATTY.page, DOWN, 10),
        fails(CHATTY.probe, failed(FailureKind.TIMEOUT), 10),
        good(OTHER.page, UP, 30),
        good(OTHER.probe, ANSWERS, 30),
        good(WORLD.references[0], ANSWERS, 5),
        fails(WORLD.references[1], failed(FailureKind.TIMEOUT), 5),
        good(WORLD.references[2], ANSWERS, 4000),
    )

    @pytest.fixture
    def quiet(self):
        return board(*self.SEEN)

    @pytest.fixture
    def troubled(self, quiet):
        return replace(quiet, threads={"t-chatty": outage("chatty")})

    def test_those_of_others_looked_at_of_late_speak_for_us_when_it_begins(self, quiet, troubled):
        assert kept(quiet, troubled, Ticked(NOW)) == [Vouched("t-chatty", NOW.utc, 2, 3)]

    @pytest.mark.parametrize(("seconds", "asked"), [(120, 1), (121, 0)])
    def test_of_late_is_within_two_intervals(self, seconds, asked):
        before = board(good(OTHER.page, UP, seconds))
        after = replace(before, threads={"t-chatty": outage("chatty")})
        assert kept(before, after, Ticked(NOW)) == [Vouched("t-chatty", NOW.utc, asked, asked)]

    def test_nothing_is_counted_again_while_it_goes_on(self, troubled):
        assert kept(troubled, replace(troubled, threads=dict(troubled.threads)), Ticked(NOW)) == []

    def test_but_it_is_when_it_opens_again_or_is_told(self, quiet, troubled):
        closed = replace(quiet, threads={"t-chatty": outage("chatty", closed=ago(60).utc)})
        assert kept(closed, troubled, Ticked(NOW)) == [Vouched("t-chatty", NOW.utc, 2, 3)]
        subject = Subject("t-chatty", CHATTY, REPORTED, NOW.utc)
        told = Announce(Announcement(NoticeId("n-1"), NOW, Reason.OUTAGE, (subject,)))
        assert kept(troubled, troubled, Ticked(NOW), told) == [Vouched("t-chatty", NOW.utc, 2, 3)]
