"""When to disturb a person: from the truth and what was told to a reason or a silence."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifier.judgement.tell import Truth, against_an_aside, in_quiet_hours, news, rule
from notifier.model.announcement import NoticeId, Reason, Silence, ThreadId
from notifier.model.board import Mute, Told
from notifier.model.health import Health
from notifier.model.settings import Quiet, Settings
from notifier.model.settings_words import Level
from tests.stories.story import NOON

DEGRADED, PARTIAL, MAJOR = Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE
OPERATIONAL, UNKNOWN = Health.OPERATIONAL, Health.UNKNOWN


def truth(health=MAJOR, suspected=False, over=False):
    return Truth(health, suspected, over)


OVER = truth(OPERATIONAL, over=True)


def told(health=MAJOR, suspected=False, over=False):
    return Told(ThreadId("t-1"), health, suspected, Reason.OUTAGE, NOON, NoticeId("n-1"), over)


TOLD_OVER = told(OPERATIONAL, over=True)


@pytest.mark.parametrize(
    ("truth", "told", "says"),
    [
        (truth(), None, Reason.OUTAGE),
        (truth(suspected=True), None, Reason.SUSPECTED),
        (truth(), told(), Silence.NOTHING_NEW),
        (truth(MAJOR), told(DEGRADED), Reason.WORSE),
        (truth(DEGRADED), told(MAJOR), Reason.BETTER),
        (truth(UNKNOWN), told(MAJOR), Silence.NOTHING_NEW),
        (truth(UNKNOWN), told(DEGRADED), Silence.NOTHING_NEW),
        (truth(), told(suspected=True), Reason.OUTAGE),
        (truth(DEGRADED), told(MAJOR, suspected=True), Reason.OUTAGE),
        (truth(suspected=True), told(), Silence.NOTHING_NEW),
        (truth(MAJOR, suspected=True), told(DEGRADED), Silence.NOTHING_NEW),
        (truth(DEGRADED, suspected=True), told(MAJOR), Silence.NOTHING_NEW),
        (truth(MAJOR, suspected=True), told(DEGRADED, suspected=True), Reason.WORSE),
        (truth(DEGRADED, suspected=True), told(MAJOR, suspected=True), Reason.BETTER),
        (OVER, told(), Reason.RECOVERED),
        (OVER, None, Silence.NEVER_TOLD),
        (OVER, TOLD_OVER, Silence.NOTHING_NEW),
        (truth(), TOLD_OVER, Reason.REOPENED),
        (truth(suspected=True), TOLD_OVER, Reason.REOPENED),
    ],
)
def test_there_would_be_to_say(truth, told, says):
    assert news(truth, told) is says


def ruled(truth=truth(), told=None, *, level=Level.ALL, quiet=(), at=NOON, zone=None, **more):  # noqa: B008
    settings = Settings(quiet=quiet, **({"zone": zone} if zone else {}))
    more = {"mute": None, "paused": False, **more}
    return rule(truth, told, level=level, settings=settings, at=at, **more)


class TestTheLevel:
    def test_of_nothing_lets_nothing_through(self):
        assert ruled(level=Level.NONE) is Silence.LEVEL
        assert ruled(OVER, told(), level=Level.NONE) is Silence.LEVEL

    @pytest.mark.parametrize(
        ("truth", "told", "says"),
        [
            (truth(PARTIAL), None, Reason.OUTAGE),
            (truth(DEGRADED), None, Silence.LEVEL),
            (truth(PARTIAL, suspected=True), None, Reason.SUSPECTED),
            (truth(MAJOR), told(DEGRADED), Reason.WORSE),
            (truth(PARTIAL), told(MAJOR), Silence.LEVEL),
            (OVER, told(), Reason.RECOVERED),
            (OVER, told(DEGRADED), Reason.RECOVERED),
            (truth(), TOLD_OVER, Reason.REOPENED),
        ],
    )
    def test_of_outages_lets_through_what_is_grave_and_its_end(self, truth, told, says):
        assert ruled(truth, told, level=Level.OUTAGES) is says

    def test_of_all_lets_all_through(self):
        assert ruled(truth(DEGRADED)) is Reason.OUTAGE
        assert ruled(truth(PARTIAL), told(MAJOR)) is Reason.BETTER


class TestWhatIsInTheWay:
    def test_has_an_order_news_level_pause_away_mute_quiet_hours(self):
        mute = Mute(until=NOON + timedelta(hours=1))
        quiet = (Quiet(time(11), time(13)),)
        every = {"mute": mute, "paused": True, "away": True, "quiet": quiet}
        assert ruled(told=told(), level=Level.NONE, **every) is Silence.NOTHING_NEW
        assert ruled(level=Level.NONE, **every) is Silence.LEVEL
        assert ruled(**every) is Silence.PAUSED
        assert ruled(**{**every, "paused": False}) is Silence.AWAY
        assert ruled(**{**every, "paused": False, "away": False}) is Silence.SNOOZED
        assert ruled(quiet=quiet) is Silence.QUIET_HOURS
        assert ruled() is Reason.OUTAGE

    def test_even_an_end_waits_for_a_pause_and_for_the_person_to_be_there(self):
        assert ruled(OVER, told(), paused=True) is Silence.PAUSED
        assert ruled(OVER, told(), away=True) is Silence.AWAY


class TestAnAnswer:
    ACKNOWLEDGED = Mute(acknowledged=True)

    def test_snoozed_holds_until_that_time_and_no_longer(self):
        def at(seconds):
            until = NOON + timedelta(seconds=seconds)
            return ruled(truth(MAJOR), told(DEGRADED), mute=Mute(until=until))

        assert at(1) is Silence.SNOOZED
        assert at(0) is Reason.WORSE
        assert at(-1) is Reason.WORSE

    def test_got_it_silences_what_changes(self):
        for health, before in ((MAJOR, DEGRADED), (DEGRADED, MAJOR)):
            found = ruled(truth(health), told(before), mute=self.ACKNOWLEDGED)
            assert found is Silence.ACKNOWLEDGED

    def test_got_it_silences_no_beginning_and_no_relapse(self):
        assert ruled(mute=self.ACKNOWLEDGED) is Reason.OUTAGE
        assert ruled(told=TOLD_OVER, mute=self.ACKNOWLEDGED) is Reason.REOPENED
        assert ruled(told=told(suspected=True), mute=self.ACKNOWLEDGED) is Reason.OUTAGE

    def test_no_answer_silences_the_end(self):
        both = Mute(acknowledged=True, until=NOON + timedelta(hours=1))
        assert ruled(OVER, told(), mute=both) is Reason.RECOVERED

    def test_an_answer_that_says_nothing_silences_nothing(self):
        assert ruled(truth(MAJOR), told(DEGRADED), mute=Mute()) is Reason.WORSE


def monday(hour, minute=0):
    """NOON is a Monday."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=NOON.tzinfo)


class TestQuietHours:
    def says(self, hours, at=NOON, truth=truth(), told=None, zone=None):  # noqa: B008
        return ruled(truth, told, quiet=hours, at=at, zone=zone)

    def quiet(self, *hours, **more):
        return self.says(hours, **more) is Silence.QUIET_HOURS

    def test_begin_with_their_first_minute_and_end_with_their_last(self):
        hours = Quiet(time(12), time(13))
        assert not self.quiet(hours, at=monday(11, 59))
        assert self.quiet(hours, at=monday(12))
        assert self.quiet(hours, at=monday(12, 59))
        assert not self.quiet(hours, at=monday(13))

    def test_hold_on_their_days(self):
        assert self.quiet(Quiet(time(12), time(13), frozenset({0})))
        assert not self.quiet(Quiet(time(12), time(13), frozenset({1, 2, 3, 4, 5, 6})))

    def test_past_midnight_belong_to_the_day_they_began(self):
        night = Quiet(time(22), time(7), frozenset({0}))
        sunday, tuesday = timedelta(days=-1), timedelta(days=1)
        assert self.quiet(night, at=monday(22))
        assert self.quiet(night, at=monday(6, 59) + tuesday)
        assert not self.quiet(night, at=monday(6, 59))
        assert not self.quiet(night, at=monday(7) + tuesday)
        assert not self.quiet(night, at=monday(23) + sunday)
        assert not self.quiet(night, at=monday(21, 59))
        assert not self.quiet(night, at=monday(22) + tuesday)

    def test_that_begin_when_they_end_are_none(self):
        assert not self.quiet(Quiet(time(12), time(12)))

    def test_are_known_by_the_persons_own_clock(self):
        tokyo = Settings(quiet=(Quiet(time(21), time(22)),), zone=ZoneInfo("Asia/Tokyo"))
        assert in_quiet_hours(tokyo, NOON)
        assert not in_quiet_hours(replace(tokyo, zone=ZoneInfo("UTC")), NOON)

    def test_are_the_persons_own(self):
        evening = Quiet(time(21), time(22))
        assert self.quiet(evening, zone=ZoneInfo("Asia/Tokyo"))
        assert not self.quiet(evening)

    def test_let_through_what_is_grave_enough(self):
        hours = Quiet(time(11), time(13), allow=PARTIAL)
        assert not self.quiet(hours)
        assert not self.quiet(hours, truth=truth(PARTIAL))
        assert self.quiet(hours, truth=truth(DEGRADED))

    def test_let_no_end_through_however_much_they_allow(self):
        hours = Quiet(time(11), time(13), allow=OPERATIONAL)
        assert self.quiet(hours, truth=OVER, told=told())

    def test_of_several_one_that_holds_is_enough(self):
        lets_pass = Quiet(time(11), time(13), allow=PARTIAL)
        strict = Quiet(time(11, 30), time(12, 30))
        elsewhere = Quiet(time(1), time(2))
        assert self.quiet(lets_pass, strict)
        assert self.quiet(elsewhere, strict)
        assert not self.quiet(elsewhere, lets_pass)


class TestAnAside:
    def forbidden(self, *, level=Level.ALL, paused=False, away=False, asked=False, **more):
        return against_an_aside(
            level=level, paused=paused, away=away, asked=asked, settings=Settings(**more), at=NOON
        )

    def test_is_told_where_all_is_to_be_told(self):
        assert self.forbidden() is None
        assert self.forbidden(level=Level.OUTAGES) is Silence.LEVEL
        assert self.forbidden(level=Level.NONE) is Silence.LEVEL

    def test_waits_as_everything_else(self):
        quiet = (Quiet(time(11), time(13)),)
        assert self.forbidden(level=Level.NONE, paused=True) is Silence.LEVEL
        assert self.forbidden(paused=True, away=True, quiet=quiet) is Silence.PAUSED
        assert self.forbidden(away=True, quiet=quiet) is Silence.AWAY
        assert self.forbidden(quiet=quiet) is Silence.QUIET_HOURS

    def test_keeps_the_persons_own_quiet_hours(self):
        evening = (Quiet(time(21), time(22)),)
        assert self.forbidden(quiet=evening, zone=ZoneInfo("Asia/Tokyo")) is Silence.QUIET_HOURS
        assert self.forbidden(quiet=evening) is None

    def test_that_was_asked_for_passes_level_and_quiet_hours_and_nothing_else(self):
        quiet = (Quiet(time(11), time(13)),)
        asked = {"asked": True, "level": Level.NONE, "quiet": quiet}
        assert self.forbidden(**asked) is None
        assert self.forbidden(paused=True, **asked) is Silence.PAUSED
        assert self.forbidden(away=True, **asked) is Silence.AWAY

    def test_is_never_grave_enough_for_quiet_hours(self):
        hours = (Quiet(time(11), time(13), allow=DEGRADED),)
        assert self.forbidden(quiet=hours) is Silence.QUIET_HOURS
        assert self.forbidden(quiet=(Quiet(time(11), time(13), allow=UNKNOWN),)) is None
