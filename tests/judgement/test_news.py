"""What there is to say of what comes and goes, of an outage as it was told, and of its cause."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.tell import Truth, news, rule
from notifier.model.announcement import NoticeId, Reason, Silence, ThreadId
from notifier.model.board import Mute, Told
from notifier.model.health import Health
from notifier.model.settings import Calm, Settings
from notifier.model.settings_words import Level
from tests.stories.story import NOON

TRUTH = Truth(Health.MAJOR_OUTAGE, suspected=False, over=False)
OVER = Truth(Health.OPERATIONAL, suspected=False, over=True)

TOLD = Told(
    ThreadId("t-1"), Health.MAJOR_OUTAGE, suspected=False, reason=Reason.OUTAGE, at=NOON,
    notice=NoticeId("n-1"),
)  # fmt: skip
TOLD_OVER = replace(TOLD, health=Health.OPERATIONAL, over=True)


def ruled(truth, told, **more):
    return rule(
        truth, told, paused=False, **{"mute": None, "settings": Settings(), "at": NOON, **more}
    )


class TestWhatComesAndGoes:
    """It is told as that once, and its end once it has settled."""

    UNSTABLE = replace(TRUTH, unstable=True)
    TOLD_SO = replace(TOLD, reason=Reason.UNSTABLE)

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            pytest.param(None, Reason.UNSTABLE, id="whether anything was told of it"),
            pytest.param(TOLD, Reason.UNSTABLE, id="or its beginning"),
            pytest.param(TOLD_OVER, Reason.UNSTABLE, id="or its end"),
            pytest.param(TOLD_SO, Silence.UNSETTLED, id="once"),
            pytest.param(replace(TOLD_SO, over=True), Reason.UNSTABLE, id="once each time"),
        ],
    )
    def test_is_told_as_that(self, told, says):
        assert news(self.UNSTABLE, told) is says

    def test_is_told_as_that_though_it_is_over_for_the_moment_where_a_beginning_was_told(self):
        pausing = replace(OVER, unstable=True)
        assert news(pausing, TOLD) is Reason.UNSTABLE
        assert news(pausing, self.TOLD_SO) is Silence.UNSETTLED
        assert news(pausing, None) is Silence.NEVER_TOLD
        assert news(pausing, TOLD_OVER) is Silence.NOTHING_NEW

    def test_is_told_as_what_it_is_once_it_has_settled(self):
        assert news(OVER, self.TOLD_SO) is Reason.RECOVERED
        assert news(TRUTH, self.TOLD_SO) is Reason.OUTAGE
        assert news(replace(TRUTH, suspected=True), self.TOLD_SO) is Reason.SUSPECTED


class TestUpsAndDowns:
    LESS = replace(TRUTH, health=Health.DEGRADED)

    def test_of_one_outage_alone_are_told(self):
        assert news(self.LESS, TOLD) is Reason.BETTER

    def test_of_several_that_are_one_outage_are_told_only_for_the_worse(self):
        assert news(replace(self.LESS, shared=True), TOLD) is Silence.NOTHING_NEW
        told = replace(TOLD, health=Health.DEGRADED)
        assert news(replace(TRUTH, shared=True), told) is Reason.WORSE

    def test_are_told_only_where_it_gets_graver_than_what_was_told_of_the_others(self):
        told = replace(TOLD, health=Health.DEGRADED)
        for gravest, said in (
            (Health.PARTIAL_OUTAGE, Reason.WORSE),
            (TRUTH.health, Silence.NOTHING_NEW),
        ):
            assert news(replace(TRUTH, shared=True, gravest=gravest), told) is said


class TestTheCause:
    """What the vendor publishes after the end."""

    EXPLAINED = replace(OVER, explained=True)

    def test_is_told_once_after_an_end_that_was_told(self):
        assert news(self.EXPLAINED, TOLD_OVER) is Reason.CAUSE_PUBLISHED
        assert news(OVER, TOLD_OVER) is Silence.NOTHING_NEW
        known = replace(TOLD_OVER, reason=Reason.CAUSE_PUBLISHED)
        assert news(self.EXPLAINED, known) is Silence.NOTHING_NEW

    def test_comes_after_the_end(self):
        assert news(self.EXPLAINED, TOLD) is Reason.RECOVERED
        assert news(self.EXPLAINED, None) is Silence.NEVER_TOLD

    def test_is_no_matter_of_who_wants_outages_only(self):
        assert ruled(self.EXPLAINED, TOLD_OVER, level=Level.OUTAGES) is Silence.LEVEL
        grave = replace(self.EXPLAINED, health=Health.MAJOR_OUTAGE)
        assert ruled(grave, TOLD_OVER, level=Level.OUTAGES) is Silence.LEVEL
        assert ruled(self.EXPLAINED, TOLD_OVER, level=Level.ALL) is Reason.CAUSE_PUBLISHED


class TestAnOldOne:
    """An outage that is as it was told."""

    def says(self, calm, *, said="i1 two", known="i1 one", hours=0.0, **more):
        now = NOON + timedelta(hours=hours)
        one = replace(TRUTH, said=said, **more)
        return news(one, replace(TOLD, said=known), calm, now)

    def test_is_told_with_the_vendors_new_word_by_choice(self):
        assert self.says(Calm(updates=True)) is Reason.UPDATE
        assert self.says(Calm()) is Silence.NOTHING_NEW
        assert self.says(Calm(updates=True), known="i1 two") is Silence.NOTHING_NEW
        assert self.says(Calm(updates=True), said="") is Silence.NOTHING_NEW, "it was taken back"

    def test_is_no_matter_of_who_got_it_or_wants_outages_only(self):
        moved = replace(TRUTH, root=ThreadId("t-0"))
        known = replace(TOLD, root=ThreadId("t-1"))
        assert ruled(moved, known, level=Level.ALL) is Reason.UPDATE
        assert ruled(moved, known, level=Level.OUTAGES) is Silence.LEVEL
        got_it = Mute(acknowledged=True)
        assert ruled(moved, known, level=Level.ALL, mute=got_it) is Silence.ACKNOWLEDGED

    @pytest.mark.parametrize(
        ("repeat", "hours", "says"),
        [
            (3600.0, 1, Reason.UPDATE),
            (3601.0, 1, Silence.NOTHING_NEW),
            (3600.0, 0.9, Silence.NOTHING_NEW),
            (None, 240, Silence.NOTHING_NEW),
        ],
    )
    def test_is_told_again_after_a_while_by_choice(self, repeat, hours, says):
        assert self.says(Calm(repeat=repeat), hours=hours) is says

    def test_is_told_as_part_of_another_where_it_was_told_by_itself(self):
        moved = replace(TRUTH, root=ThreadId("t-0"))
        assert news(moved, replace(TOLD, root=ThreadId("t-1"))) is Reason.UPDATE
        assert news(moved, replace(TOLD, root=ThreadId("t-0"))) is Silence.NOTHING_NEW
        assert news(moved, TOLD) is Silence.NOTHING_NEW, "told before any root was kept"

    def test_that_is_told_again_asks_the_settings_and_the_clock(self):
        hour = Settings(calm=Calm(repeat=3600.0))
        asked = {"level": Level.ALL, "settings": hour}
        assert ruled(TRUTH, TOLD, at=NOON + timedelta(hours=1), **asked) is Reason.UPDATE
        assert ruled(TRUTH, TOLD, at=NOON, **asked) is Silence.NOTHING_NEW
