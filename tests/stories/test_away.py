"""Nobody was here, or wanted quiet: what happened meanwhile comes as one, once somebody is back."""

from datetime import UTC, datetime, time, timedelta

import pytest

from notifier.judgement.update import update
from notifier.model.announcement import Announcement, Reason, Silence
from notifier.model.board import PLAIN, Machine
from notifier.model.effect import Announce
from notifier.model.event import Moved, Observed, Wish
from notifier.model.health import Health
from notifier.model.observation import Observation, Phase
from notifier.model.service import SourceId
from notifier.model.settings import Quiet
from tests.stories.story import NO_ROUTE, NOON, Story, incident, report, story, tool

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
SLOW = report(Health.DEGRADED)
UP_ = Health.OPERATIONAL
LOCKED = Machine(locked=True)
BEHIND = Machine(in_front=False)


def watching(*names: str, **more: object) -> Story:
    tale = story(*(tool(name, door=False) for name in names or ("chatty", "claudia")), **more)
    for service in tale.settings.services:
        tale.page(str(service.key), UP)
    return tale.tick(60)


def moved(tale: Story, machine: Machine) -> Story:
    return tale.happen(Moved(tale.at, machine))


def back(tale: Story) -> Story:
    """Somebody comes, and all is looked at again: it stands as it stood."""
    moved(tale, PLAIN)
    for service in tale.settings.services:
        last = tale.board.sights[SourceId(service.page.id)].last
        tale.page(str(service.key), last.outcome)
    return tale


def lines(notice: Announcement) -> list[tuple[str, float, float | None]]:
    """Each line: who, from which minute of the story, and to which; None while it goes on."""

    def minute(at: datetime | None) -> float | None:
        return None if at is None else round((at - NOON).total_seconds() / 60)

    return [(str(s.service.key), minute(s.since), minute(s.ended)) for s in notice.subjects]


class TestASessionInTheBack:
    def test_comes_to_the_front_and_hears_one_line_per_outage(self):
        tale = moved(watching(), BEHIND)
        tale.page("chatty", DOWN).tick(600).page("chatty", UP).tick(600)
        tale.page("claudia", DOWN).tick(600)
        assert tale.reasons == []
        assert Silence.AWAY in {one.reason for one in tale.silences}
        back(tale)
        assert tale.reasons == [Reason.WHILE_AWAY]
        assert lines(tale.heard[0]) == [("chatty", 1, 11), ("claudia", 21, None)]
        tale.page("claudia", UP).tick(60)
        assert tale.reasons == [Reason.WHILE_AWAY, Reason.RECOVERED], "and its end is told"

    def test_hears_of_one_that_goes_on_as_at_any_other_time(self):
        tale = moved(watching(), BEHIND).page("chatty", DOWN).tick(60)
        assert back(tale).reasons == [Reason.OUTAGE]

    def test_hears_of_one_that_is_over_though_nothing_is_wrong_any_more(self):
        tale = moved(watching(), BEHIND).page("chatty", DOWN).tick(600).page("chatty", UP)
        back(tale)
        assert tale.reasons == [Reason.WHILE_AWAY]
        assert lines(tale.heard[0]) == [("chatty", 1, 11)]

    def test_hears_nothing_where_nothing_happened(self):
        assert back(moved(watching(), BEHIND).tick(600)).reasons == []

    def test_hears_it_once(self):
        tale = moved(watching(), BEHIND).page("chatty", DOWN).tick(600).page("chatty", UP)
        back(moved(back(tale).tick(60), BEHIND).tick(600))
        assert tale.reasons == [Reason.WHILE_AWAY]


class TestALockedScreen:
    def test_is_told_what_fails_and_again_what_came_of_it_when_it_is_unlocked(self):
        """A notice that nobody sees may be gone when somebody comes; a phone has it meanwhile."""
        tale = moved(watching(), LOCKED).page("chatty", SLOW).tick(600).page("chatty", UP)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]
        back(tale)
        assert tale.reasons[2:] == [Reason.WHILE_AWAY]
        assert lines(tale.heard[2]) == [("chatty", 1, 11)]

    def test_unlocked_without_any_news_is_silent(self):
        assert back(moved(watching(), LOCKED).tick(600)).reasons == []


class TestASleep:
    def wakes(self, tale: Story, **pages) -> Story:
        tale.wake(8 * 3600.0)
        for name, page in pages.items():
            tale.page(name, page)
        return tale.tick(60)

    def test_of_what_ended_and_what_began_in_it(self):
        tale = watching().page("chatty", DOWN)
        self.wakes(tale, chatty=UP, claudia=DOWN)
        assert tale.reasons == [Reason.OUTAGE, Reason.WHILE_AWAY]
        assert [who for who, *_ in lines(tale.heard[1])] == ["chatty", "claudia"]
        assert lines(tale.heard[1])[1][2] is None

    def test_of_one_thing_alone_is_that(self):
        tale = self.wakes(watching().page("chatty", DOWN), chatty=UP, claudia=UP)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]
        tale = self.wakes(watching(), chatty=DOWN, claudia=UP)
        assert tale.reasons == [Reason.OUTAGE]

    def test_of_what_began_and_ended_in_it_by_the_vendors_own_word(self):
        began, ended = NOON + timedelta(hours=2), NOON + timedelta(hours=3)
        past = incident(
            "i1", Health.OPERATIONAL, "Chat", phase=Phase.RESOLVED, started_at=began,
            resolved_at=ended, impact=Health.MAJOR_OUTAGE,
        )  # fmt: skip
        tale = self.wakes(watching(), chatty=report(Health.OPERATIONAL, past), claudia=UP)
        assert tale.reasons == [Reason.WHILE_AWAY]
        assert lines(tale.heard[0]) == [("chatty", 120, 180)]
        for _ in range(3):
            tale.page("chatty", report(Health.OPERATIONAL, past)).tick(60)
        self.wakes(tale, chatty=report(Health.OPERATIONAL, past), claudia=UP)
        assert len(tale.heard) == 1, "and never again"

    def test_says_nothing_of_what_was_over_before_it(self):
        past = incident(
            "i1", Health.OPERATIONAL, "Chat", phase=Phase.RESOLVED,
            started_at=NOON - timedelta(hours=2), resolved_at=NOON - timedelta(hours=1),
        )  # fmt: skip
        page = report(Health.OPERATIONAL, past)
        assert self.wakes(watching(), chatty=page, claudia=UP).reasons == []

    def test_waits_where_nothing_goes_out_yet(self):
        """What went on before it may be over: looked at in vain is not looked at."""
        tale = watching("chatty", "claudia", "campus").page("chatty", DOWN).page("claudia", DOWN)
        self.wakes(tale, chatty=NO_ROUTE, claudia=NO_ROUTE, campus=NO_ROUTE)
        assert tale.reasons == [Reason.OUTAGE, Reason.OUTAGE]
        tale.page("campus", UP).page("chatty", UP).page("claudia", DOWN).tick(60)
        assert tale.reasons[2:] == [Reason.WHILE_AWAY]
        assert [ended is None for *_, ended in lines(tale.heard[2])] == [False, True]

    def test_from_just_after_somebody_came_back_is_one_though_the_screen_says_so_first(self):
        tale = moved(watching(), LOCKED).page("chatty", DOWN).tick(60)
        moved(tale, PLAIN).page("chatty", DOWN)  # before all was looked at again the lid closes
        heard = len(tale.heard)
        moved(tale.wait(8 * 3600.0), PLAIN)
        assert tale.reasons[heard:] == [], "what was seen before it says nothing of now"
        tale.page("chatty", UP).page("claudia", UP).tick(60)
        assert [one.subjects[0].ended for one in tale.heard[heard:]] != [None]

    def test_a_change_of_network_is_no_absence(self):
        tale = watching().page("chatty", DOWN)
        tale.wake(20.0).page("chatty", UP).page("claudia", UP).tick(60)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]


class TestQuietHours:
    NIGHT = (Quiet(time(13), time(14), allow=Health.MAJOR_OUTAGE),)

    def at(self, tale: Story, hour: int, minute: int) -> Story:
        then = datetime(2026, 11, 23, hour, minute, tzinfo=UTC)
        return tale.tick((then - tale.at.utc).total_seconds())

    def test_hold_all_but_what_they_allow_and_sum_it_up_after(self):
        tale = self.at(watching("chatty", "claudia", "campus", quiet=self.NIGHT), 13, 0)
        tale.page("chatty", SLOW)
        self.at(tale, 13, 10).page("chatty", UP).page("claudia", SLOW)
        self.at(tale, 13, 20).page("campus", DOWN).tick(4)
        assert tale.reasons == [Reason.OUTAGE], "a major one may pass"
        assert tale.heard[0].subjects[0].service.key == "campus"
        self.at(tale, 13, 59).page("claudia", SLOW).page("campus", DOWN)
        self.at(tale, 14, 0)
        assert tale.reasons[1:] == [Reason.SUMMARY]
        assert lines(tale.heard[1]) == [("chatty", 60, 70), ("claudia", 70, None)]

    def test_of_one_that_goes_on_are_followed_by_its_notice(self):
        tale = self.at(watching(quiet=self.NIGHT), 13, 0).page("chatty", SLOW)
        self.at(tale, 13, 58).page("chatty", SLOW)
        assert self.at(tale, 14, 0).reasons == [Reason.OUTAGE]

    def test_in_which_nothing_happened_are_followed_by_nothing(self):
        tale = self.at(watching(quiet=self.NIGHT), 13, 0)
        assert self.at(tale, 14, 1).reasons == []

    def test_make_no_outage_of_an_incident_that_was_seen_to_be_none(self):
        tale = self.at(watching(quiet=self.NIGHT), 13, 5)
        began = {"started_at": tale.at.utc}
        tale.page("chatty", report(Health.OPERATIONAL, incident("i1", UP_, "Chat", **began)))
        over = {**began, "resolved_at": self.at(tale, 13, 10).at.utc, "phase": Phase.RESOLVED}
        for minute in (10, 59):
            page = report(Health.OPERATIONAL, incident("i1", UP_, "Chat", **over))
            self.at(tale, 13, minute).page("chatty", page).page("claudia", UP)
        assert self.at(tale, 14, 0).reasons == []

    def test_say_why_they_were_silent(self):
        tale = self.at(watching(quiet=self.NIGHT), 13, 0).page("chatty", SLOW)
        assert tale.silences[-1].reason is Silence.QUIET_HOURS


def test_quiet_hours_that_end_in_the_back_are_told_once_to_whoever_comes():
    night = TestQuietHours()
    tale = night.at(moved(watching(quiet=night.NIGHT), BEHIND), 13, 0).page("chatty", SLOW)
    night.at(night.at(tale, 13, 10).page("chatty", UP), 14, 0).tick(60)
    assert tale.reasons == []
    back(tale).tick(60)
    assert tale.reasons == [Reason.WHILE_AWAY]


def test_quiet_hours_that_are_over_after_a_sleep_are_told_with_it():
    """The next look comes home before any channel has said that the digest was shown."""
    night = TestQuietHours()
    tale = night.at(watching(quiet=night.NIGHT), 13, 0).page("chatty", SLOW)
    night.at(tale, 13, 20).wake(2 * 3600.0)
    said = []
    for name in ("chatty", "claudia", "chatty", "claudia"):
        seen = Observation(SourceId(f"page:status.{name}.test"), tale.at, tale.at, UP)
        step = update(tale.board, Observed(tale.at, seen), tale.settings)
        said += [one.announcement.reason for one in step.effects if isinstance(one, Announce)]
        tale.board = step.board
    assert said == [Reason.WHILE_AWAY]


def test_a_digest_waits_for_room_as_any_notice_does():
    tale = watching("chatty", "claudia", "campus", "atlas")
    moved(tale, BEHIND).page("atlas", DOWN).tick(600).page("atlas", UP)
    back(tale)
    for name in ("chatty", "claudia"):
        tale.page(name, DOWN)
    tale.tick(4)
    moved(tale, BEHIND).page("campus", DOWN).wait(1).page("campus", UP)
    back(tale)
    assert len(tale.heard) == 3
    tale.tick(60)
    assert tale.reasons[3:] == [Reason.WHILE_AWAY]


def test_a_pause_keeps_the_digest_until_it_is_over():
    tale = moved(watching(), BEHIND).page("chatty", DOWN).tick(600).page("chatty", UP)
    tale.ask(Wish.PAUSE)
    back(tale)
    assert tale.reasons == []
    assert tale.ask(Wish.RESUME).tick(10).reasons == [Reason.WHILE_AWAY]


@pytest.mark.parametrize("machine", [LOCKED, BEHIND])
def test_two_absences_at_one_time_are_one(machine):
    tale = moved(watching(), machine).page("chatty", DOWN).tick(600).page("chatty", UP)
    heard = len(tale.heard)
    tale.wake(3600).page("chatty", UP).page("claudia", UP).tick(60)
    assert len(tale.heard) == heard, "somebody has to come first"
    back(tale)
    assert tale.reasons[heard:] == [Reason.WHILE_AWAY]
