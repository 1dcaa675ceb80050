"""Which threads are told in one notice: the table at the head of grouping.py."""

from dataclasses import replace

from notifier.judgement.grouping import MOST_AT_ONCE, grouped
from notifier.judgement.telling import tell
from notifier.model.announcement import Reason, Silence
from notifier.model.board import Topic
from notifier.model.verdict import Cause, Confidence
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

CLOUD = tool("cloud", family="cloud-models")
FALLEN = tuple(tool(name, runs_on=("cloud",)) for name in ("a", "b", "c"))
MODELS = tool("m", runs_on=("cloud-models",))
LONE = tuple(tool(f"lone{n}") for n in range(5))
SETTINGS = world(CLOUD, *FALLEN, MODELS, *LONE)

BY_CLOUD = replace(REPORTED, cause=Cause.SHARED_UPSTREAM, upstream="cloud")
BY_MODELS = replace(BY_CLOUD, upstream="cloud-models")


def threads(*keys):
    return tuple(outage(key) for key in keys)


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
        one, two = threads("a", "b")
        found = groups([one, two], together=[one, two], a=BY_CLOUD, b=BY_CLOUD)
        assert found == [(Reason.SUMMARY, ["a", "b"], None)]


class TestOneCause:
    def test_is_one_notice_of_all_that_fell_with_it(self):
        due = threads("a", "lone0", "b")
        found = groups(due, a=BY_CLOUD, b=BY_CLOUD, lone0=REPORTED)
        assert found == [(Reason.OUTAGE, ["a", "b"], None), (Reason.OUTAGE, ["lone0"], None)]

    def test_is_itself_among_them(self):
        due = threads("cloud", "a")
        assert groups(due, cloud=REPORTED, a=BY_CLOUD) == [(Reason.OUTAGE, ["cloud", "a"], None)]

    def test_is_a_family_of_models_as_well(self):
        due = threads("m", "cloud")
        found = groups(due, m=BY_MODELS, cloud=REPORTED)
        assert found == [(Reason.OUTAGE, ["m", "cloud"], None)]

    def test_alone_is_a_notice_as_any(self):
        (one,) = threads("a")
        assert groups([one], a=BY_CLOUD) == [(Reason.OUTAGE, ["a"], None)]

    def test_is_none_where_they_fell_each_for_itself(self):
        due = threads("a", "b")
        assert len(groups(due, a=REPORTED, b=REPORTED)) == 2
        assert len(groups(due)) == 2

    def test_is_suspected_only_where_nothing_of_it_is_sure(self):
        due = [(one, Reason.SUSPECTED) for one in threads("a", "b")]
        guess = replace(BY_CLOUD, confidence=Confidence.SUSPECTED)
        assert groups(due, a=guess, b=guess)[0][0] is Reason.SUSPECTED
        assert groups(due, a=guess, b=BY_CLOUD)[0][0] is Reason.OUTAGE

    def test_of_one_more_is_that_notice_again_with_it(self):
        before, late = threads("a", "b")
        found = groups([late], told_of=(told(before),), others=[before], a=BY_CLOUD, b=BY_CLOUD)
        assert found == [(Reason.OUTAGE, ["a", "b"], "n-t-a")]

    def test_of_one_more_waits_until_the_last_of_them_was_told_a_minute_ago(self):
        before, late = threads("a", "b")
        fell = {"others": [before], "a": BY_CLOUD, "b": BY_CLOUD}
        just_now = told(before, at=ago(59).utc)
        assert groups([late], told_of=(just_now,), **fell) == []
        assert groups([late], told_of=(told(before, at=ago(0).utc),), **fell) == []
        ahead = told(before, at=ago(-3600).utc)
        assert len(groups([late], told_of=(ahead,), **fell)) == 1, "a clock was set back"
        assert len(groups([late], told_of=(told(before, at=ago(60).utc),), **fell)) == 1

    def test_of_one_more_is_not_told_with_what_is_over_or_was_never_told_or_is_no_outage(self):
        before, late = threads("a", "b")
        verdicts = {"a": BY_CLOUD, "b": BY_CLOUD}
        alone = [(Reason.OUTAGE, ["b"], None)]
        assert groups([late], others=[before], **verdicts) == alone
        ended = told(before, over=True)
        assert groups([late], told_of=(ended,), others=[before], **verdicts) == alone
        closed = replace(before, closed=before.opened)
        assert groups([late], told_of=(told(before),), others=[closed], **verdicts) == alone
        aside = replace(before, topic=Topic.ROUTE)
        assert groups([late], told_of=(told(before),), others=[aside], **verdicts) == alone
        verdicts["a"] = REPORTED
        assert groups([late], told_of=(told(before),), others=[before], **verdicts) == alone

    def test_that_changes_is_told_for_itself(self):
        one, two = threads("a", "b")
        due = [(one, Reason.WORSE), (two, Reason.WORSE)]
        found = groups(due, told_of=(told(one), told(two)), a=BY_CLOUD, b=BY_CLOUD)
        assert [found[:2] for found in found] == [(Reason.WORSE, ["a"]), (Reason.WORSE, ["b"])]

    def test_of_services_nobody_watches_any_more_is_none(self):
        gone = outage("gone")
        assert groups([gone], gone=BY_CLOUD) == [(Reason.OUTAGE, ["gone"], None)]

    def test_leaves_more_than_three_others_to_a_summary(self):
        due = threads("a", "b", "lone0", "lone1", "lone2", "lone3")
        found = groups(due, a=BY_CLOUD, b=BY_CLOUD)
        assert [one[0] for one in found] == [Reason.OUTAGE, Reason.SUMMARY]

    def test_of_one_alone_holds_up_no_other(self):
        due = threads("lone0", "a", "b")
        other = replace(BY_CLOUD, upstream="other")
        found = groups(due, lone0=other, a=BY_CLOUD, b=BY_CLOUD)
        assert [one[1] for one in found] == [["a", "b"], ["lone0"]]

    def test_of_two_causes_are_two_notices(self):
        due = threads("a", "b", "lone0", "lone1")
        other = replace(BY_CLOUD, upstream="other")
        found = groups(due, a=BY_CLOUD, b=BY_CLOUD, lone0=other, lone1=other)
        assert [one[1] for one in found] == [["a", "b"], ["lone0", "lone1"]]


def test_what_waits_for_others_is_silent_for_a_named_reason():
    before, late = threads("a", "b")
    known = board(
        standings=stands(a=BY_CLOUD, b=BY_CLOUD),
        **on_board(before, late, told_of=(told(before, at=ago(20).utc),)),
    )
    draft = drafted(known, SETTINGS)
    tell(draft)
    assert draft.board.on_offer == {}
    assert draft.board.silences[late.id] == (Silence.UNSETTLED, Reason.OUTAGE)
