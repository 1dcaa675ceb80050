"""Which threads are told in one notice: the table at the head of grouping.py."""

from dataclasses import replace

import pytest

from notifier.judgement.grouping import MOST_AT_ONCE, grouped
from notifier.judgement.telling import tell
from notifier.model.announcement import Reason, Silence, ThreadId
from notifier.model.board import Topic
from notifier.model.verdict import Confidence
from tests.judgement.boards import (
    REPORTED,
    ago,
    board,
    drafted,
    on_board,
    outage,
    stands,
    told,
    world,
)
from tests.stories.story import tool

LONE = tuple(tool(f"lone{n}") for n in range(5))
SETTINGS = world(*(tool(name) for name in ("cloud", "a", "b", "c")), *LONE)


def threads(*keys):
    return tuple(outage(key) for key in keys)


def one_outage(*keys):
    """Threads of which the later ones are part of the first."""
    elder, *others = threads(*keys)
    return (elder, *(replace(one, part_of=elder.id) for one in others))


def groups(due, told_of=(), together=(), others=(), **verdicts):
    """The notices for what is due: (thread, reason) pairs, or threads to be told as an outage."""
    due = [one if isinstance(one, tuple) else (one, Reason.OUTAGE) for one in due]
    every = (*[thread for thread, _ in due], *others)
    known = board(standings=stands(**verdicts), **on_board(*every, told_of=told_of))
    found = grouped(drafted(known, SETTINGS), due, frozenset(thread.id for thread in together))
    return [(g.reason, [t.services[0] for t in g.threads], g.replaces) for g in found]


class TestEachForItself:
    def test_is_a_notice_with_its_own_reason_that_replaces_its_last(self):
        one, two = threads("lone0", "lone1")
        due = [(one, Reason.WORSE), (two, Reason.RECOVERED)]
        assert groups(due, told_of=(told(one),), lone0=REPORTED) == [
            (Reason.WORSE, ["lone0"], "n-t-lone0"),
            (Reason.RECOVERED, ["lone1"], None),
        ]

    def test_so_are_three_at_once(self):
        due = threads("lone0", "lone1", "lone2")
        assert len(groups(due)) == MOST_AT_ONCE == 3

    def test_so_is_one_of_what_a_wave_ends_with(self):
        (one,) = threads("lone0")
        assert groups([one], together=[one]) == [(Reason.OUTAGE, ["lone0"], None)]


class TestASummary:
    def test_is_made_of_more_than_three_first_notices_suspicions_among_them(self):
        four = threads("lone0", "lone1", "lone2", "lone3")
        due = [(one, Reason.SUSPECTED if n else Reason.OUTAGE) for n, one in enumerate(four)]
        assert groups(due) == [(Reason.SUMMARY, ["lone0", "lone1", "lone2", "lone3"], None)]

    def test_counts_first_notices_alone(self):
        four = threads("lone0", "lone1", "lone2", "lone3")
        due = [(one, Reason.WORSE if n == 2 else Reason.OUTAGE) for n, one in enumerate(four)]
        assert [reason for reason, *_ in groups(due)] == [due[n][1] for n in range(4)]

    def test_leaves_what_is_no_first_notice_to_itself(self):
        five = threads("lone0", "lone1", "lone2", "lone3", "lone4")
        due = [(one, Reason.BETTER if n == 0 else Reason.OUTAGE) for n, one in enumerate(five)]
        assert [found[:2] for found in groups(due)] == [
            (Reason.SUMMARY, ["lone1", "lone2", "lone3", "lone4"]),
            (Reason.BETTER, ["lone0"]),
        ]

    def test_is_made_of_what_is_to_be_told_together_however_few(self):
        one, two, three = threads("lone0", "lone1", "lone2")
        assert groups([one, two, three], together=[one, three]) == [
            (Reason.SUMMARY, ["lone0", "lone2"], None),
            (Reason.OUTAGE, ["lone1"], None),
        ]

    def test_is_made_even_of_what_fell_for_one_cause_where_a_wave_ends(self):
        one, two = one_outage("a", "b")
        found = groups([one, two], together=[one, two])
        assert found == [(Reason.SUMMARY, ["a", "b"], None)]


class TestOneOutage:
    """Threads that are part of one are told as one."""

    def test_is_one_notice_of_all_that_is_part_of_it(self):
        due = (*one_outage("a", "b"), *threads("lone0"))
        assert groups(due, a=REPORTED) == [
            (Reason.OUTAGE, ["a", "b"], None),
            (Reason.OUTAGE, ["lone0"], None),
        ]

    def test_of_one_alone_is_a_notice_as_any(self):
        _, younger = one_outage("a", "b")
        assert groups([younger]) == [(Reason.OUTAGE, ["b"], None)]

    def test_is_suspected_only_where_nothing_of_it_is_sure(self):
        due = [(one, Reason.SUSPECTED) for one in one_outage("a", "b")]
        guess = replace(REPORTED, confidence=Confidence.SUSPECTED)
        assert groups(due, a=guess, b=guess)[0][0] is Reason.SUSPECTED
        assert groups(due, a=guess, b=REPORTED)[0][0] is Reason.OUTAGE

    def test_with_one_more_is_that_notice_again_with_it(self):
        before, late = one_outage("a", "b")
        found = groups([late], told_of=(told(before),), others=[before], a=REPORTED, b=REPORTED)
        assert found == [(Reason.OUTAGE, ["a", "b"], "n-t-a")]

    def test_with_one_more_waits_until_the_last_of_them_was_told_a_minute_ago(self):
        before, late = one_outage("a", "b")
        just_now = told(before, at=ago(59).utc)
        assert groups([late], told_of=(just_now,), others=[before]) == []
        assert groups([late], told_of=(told(before, at=ago(0).utc),), others=[before]) == []
        ahead = told(before, at=ago(-3600).utc)
        found = groups([late], told_of=(ahead,), others=[before])
        assert len(found) == 1, "a clock was set back"
        assert len(groups([late], told_of=(told(before, at=ago(60).utc),), others=[before])) == 1

    def test_is_not_told_with_what_is_over_or_was_never_told_or_is_no_outage(self):
        before, late = one_outage("a", "b")
        alone = [(Reason.OUTAGE, ["b"], None)]
        assert groups([late], others=[before]) == alone
        ended = told(before, over=True)
        assert groups([late], told_of=(ended,), others=[before]) == alone
        closed = replace(before, closed=before.opened)
        assert groups([late], told_of=(told(before),), others=[closed]) == alone
        aside = replace(before, topic=Topic.ROUTE)
        assert groups([late], told_of=(told(before),), others=[aside]) == alone
        elsewhere = replace(before, part_of=ThreadId("t-c"))
        assert groups([late], told_of=(told(before),), others=[elsewhere]) == alone

    def test_that_changes_is_told_for_itself(self):
        one, two = one_outage("a", "b")
        due = [(one, Reason.WORSE), (two, Reason.WORSE)]
        found = groups(due, told_of=(told(one), told(two)))
        assert [found[:2] for found in found] == [(Reason.WORSE, ["a"]), (Reason.WORSE, ["b"])]

    def test_leaves_more_than_three_others_to_a_summary(self):
        due = (*one_outage("a", "b"), *threads("lone0", "lone1", "lone2", "lone3"))
        assert [one[0] for one in groups(due, a=REPORTED)] == [Reason.OUTAGE, Reason.SUMMARY]

    def test_holds_up_no_other(self):
        due = (*threads("lone0"), *one_outage("a", "b"))
        assert [one[1] for one in groups(due)] == [["a", "b"], ["lone0"]]

    def test_and_another_are_two_notices(self):
        due = (*one_outage("a", "b"), *one_outage("lone0", "lone1"))
        assert [one[1] for one in groups(due)] == [["a", "b"], ["lone0", "lone1"]]

    def test_with_one_more_waits_for_no_change_of_one_of_them(self):
        """That one gets worse every minute is no reason not to tell of another that falls."""
        before, late = one_outage("a", "b")
        worse = told(before, at=ago(20).utc, reason=Reason.WORSE)
        assert len(groups([late], told_of=(worse,), others=[before])) == 1
        summed = told(before, at=ago(20).utc, reason=Reason.SUMMARY)
        assert groups([late], told_of=(summed,), others=[before]) == []

    @pytest.mark.parametrize(
        ("began", "told_ago", "tells"),
        [
            (160, 60, False),
            (199, 99, False),
            (200, 100, True),
            (9000, 179, False),
            (9000, 180, True),
        ],
    )
    def test_with_more_and_more_waits_longer_and_longer(self, began, told_ago, tells):
        """What spreads for an hour is not told every minute of it."""
        before, late = one_outage("a", "b")
        before = replace(before, turns=(ago(began).utc,))
        known = (told(before, at=ago(told_ago).utc),)
        assert bool(groups([late], told_of=known, others=[before])) is tells


class TestTheEndOfOneOutage:
    def ends(self, over, still=(), since=60, **more):
        closed = [replace(one, closed=ago(since).utc) for one in over]
        due = [(one, Reason.RECOVERED) for one in closed]
        known = board(**on_board(*closed, *still, **more))
        return grouped(drafted(known, SETTINGS), due, frozenset())

    def test_of_all_at_one_moment_is_one_notice(self):
        one, two = one_outage("a", "b")
        (found,) = self.ends([one, two], told_of=(told(one), told(two)))
        assert [thread.services[0] for thread in found.threads] == ["a", "b"]
        assert (found.reason, found.replaces) == (Reason.RECOVERED, "n-t-a")

    def test_of_some_names_what_was_told_and_goes_on(self):
        one, two, three = one_outage("a", "b", "c")
        (found,) = self.ends([two], still=[one, three], told_of=(told(one), told(two)))
        assert [thread.id for thread in found.threads] == [two.id]
        assert [thread.id for thread in found.remaining] == [one.id]

    def test_of_some_waits_a_minute_for_more_of_them(self):
        one, two = one_outage("a", "b")
        known = (told(one), told(two))
        assert self.ends([two], still=[one], since=59, told_of=known) == []
        assert len(self.ends([two, one], since=0, told_of=known)) == 1, "that was all of it"
        assert len(self.ends([two], still=[one], since=-5, told_of=known)) == 1, "a clock set back"

    def test_of_two_outages_are_two_notices(self):
        assert len(self.ends(threads("a", "b"))) == 2


class TestWhatTurnsOutToBePartOfAnOutage:
    def test_is_told_so_in_one_notice(self):
        elder, *younger = one_outage("cloud", "a", "b")
        due = [(one, Reason.UPDATE) for one in younger]
        told_of = [told(elder), *(told(one, root=one.id) for one in younger)]
        assert groups(due, told_of=told_of, others=[elder]) == [
            (Reason.UPDATE, ["a", "b"], "n-t-a")
        ]

    def test_is_not_mixed_with_mere_news(self):
        one, two = one_outage("a", "b")
        due = [(one, Reason.UPDATE), (two, Reason.UPDATE)]
        told_of = [told(one, root=one.id), told(two, root=one.id)]
        assert len(groups(due, told_of=told_of)) == 2


def test_what_waits_for_others_is_silent_for_a_named_reason():
    before, late = one_outage("a", "b")
    known = board(
        standings=stands(a=REPORTED, b=REPORTED),
        **on_board(before, late, told_of=(told(before, at=ago(20).utc),)),
    )
    draft = drafted(known, SETTINGS)
    tell(draft)
    assert draft.board.on_offer == {}
    assert draft.board.silences[late.id] == (Silence.UNSETTLED, Reason.OUTAGE)
