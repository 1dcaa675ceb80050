"""What a person hears beside outages: sign in first; pages that cannot be read; many at once."""

from dataclasses import replace
from datetime import time

import pytest

from notifier.model.announcement import Reason, Silence
from notifier.model.board import Board, Link, Topic
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.observation import Failure, FailureKind
from notifier.model.settings import Quiet, Settings
from notifier.model.settings_words import Level
from notifier.model.verdict import Cause
from tests.stories.story import (
    ALIVE,
    DEAD,
    GARBAGE,
    LOGIN_PAGE,
    NO_ROUTE,
    ONLINE,
    REFERENCES,
    Story,
    report,
    story,
    tool,
)

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
MOVED = Failure(FailureKind.MOVED, "status.chatty.test has moved to elsewhere.test.")
FORTY = tuple(f"tool{number}" for number in range(40))


def calm(*names: str, **more: object) -> Story:
    """Tools of as many vendors, all looked at once, all well."""
    tale = story(*(tool(name) for name in names), **more)
    for name in names:
        tale.page(name, UP).door(name, ALIVE)
    return tale


def at_a_cafe(tale: Story) -> Story:
    """The network answers for everybody, with its own page."""
    return tale.wait(60).page("chatty", LOGIN_PAGE).references(LOGIN_PAGE)


class TestALoginPage:
    def test_is_told_once_and_of_the_connection_alone(self):
        tale = at_a_cafe(calm("chatty", "claudia"))
        tale.wait(30).page("claudia", LOGIN_PAGE).tick(60).tick(600)
        assert tale.reasons == [Reason.OFFLINE]
        (told,) = tale.heard
        assert (told.subjects, told.cause) == ((), Cause.CAPTIVE_PORTAL)

    def test_is_withdrawn_once_the_person_has_signed_in_and_nothing_more_is_said(self):
        tale = at_a_cafe(calm("chatty"))
        tale.wait(60).references(ONLINE).page("chatty", UP)
        assert tale.withdrawn == [tale.heard[0].id]
        assert tale.reasons == [Reason.OFFLINE]

    def test_is_withdrawn_where_the_network_is_left_without_signing_in(self):
        tale = at_a_cafe(calm("chatty"))
        tale.wait(60).page("chatty", NO_ROUTE).references(NO_ROUTE)
        assert tale.withdrawn == [tale.heard[0].id]

    def test_of_the_next_network_is_news_again(self):
        tale = at_a_cafe(calm("chatty")).wait(60).references(ONLINE).page("chatty", UP)
        at_a_cafe(tale)
        assert tale.reasons == [Reason.OFFLINE, Reason.OFFLINE]

    def test_hides_no_outage_that_goes_on_behind_it(self):
        tale = at_a_cafe(calm("chatty")).wait(60).references(ONLINE).page("chatty", DOWN)
        assert tale.reasons == [Reason.OFFLINE, Reason.OUTAGE]

    def test_at_a_first_start_does_not_wait_for_anything(self):
        tale = at_a_cafe(story(tool("chatty")))
        assert tale.reasons == [Reason.OFFLINE]

    @pytest.mark.parametrize(
        ("settings", "reason"),
        [
            ({"level": Level.OUTAGES}, Silence.LEVEL),
            ({"level": Level.NONE}, Silence.LEVEL),
            ({"quiet": (Quiet(time(11), time(13)),)}, Silence.QUIET_HOURS),
        ],
    )
    def test_is_held_back_as_everything_else_with_the_reason_written_down(self, settings, reason):
        tale = at_a_cafe(calm("chatty", **settings)).tick(60)
        assert tale.reasons == []
        held = [one for one in tale.silences if one.would_be is Reason.OFFLINE]
        assert [one.reason for one in held] == [reason]

    def test_held_back_by_a_pause_is_told_after_it(self):
        tale = calm("chatty").ask(Wish.PAUSE)
        at_a_cafe(tale).tick(60)
        assert tale.reasons == []
        tale.ask(Wish.RESUME)
        assert tale.reasons == [Reason.OFFLINE]

    def test_that_no_daemon_took_is_told_when_one_appears(self):
        tale = calm("chatty")
        tale.daemon = False
        at_a_cafe(tale)
        assert len(tale.board.owed) == 1
        tale.daemon_appears()
        assert tale.reasons == [Reason.OFFLINE]
        assert not tale.board.owed

    def test_that_is_over_before_a_daemon_appears_is_told_to_nobody(self):
        tale = calm("chatty")
        tale.daemon = False
        at_a_cafe(tale).wait(60).references(ONLINE).page("chatty", UP)
        tale.daemon_appears()
        assert tale.reasons == []

    def test_survives_other_settings(self):
        tale = at_a_cafe(calm("chatty", "claudia"))
        tale.choose(Settings(services=(tool("claudia"),), references=REFERENCES))
        assert tale.withdrawn == []
        tale.tick(60)
        assert tale.reasons == [Reason.OFFLINE]


def unread_for(tale: Story, minutes: int, *names: str, by: Failure = GARBAGE) -> Story:
    """So long the pages of `names` cannot be read, while all others can."""
    others = [s.key for s in tale.settings.services if s.key not in names]
    for _ in range(minutes):
        tale.wait(60)
        for name in names:
            tale.page(name, by)
        for name in others:
            tale.page(name, UP)
        tale.references(ONLINE).tick()
    return tale


class TestAPageThatCannotBeRead:
    def test_is_worth_a_word_after_a_quarter_of_an_hour_and_not_another(self):
        tale = unread_for(calm("chatty", "claudia"), 10, "chatty")
        assert tale.reasons == []
        unread_for(tale, 60, "chatty")
        assert tale.reasons == [Reason.SOURCE_UNREADABLE]
        assert [s.service.key for s in tale.heard[0].subjects] == ["chatty"]

    def test_is_taken_back_when_it_can_be_read_again(self):
        tale = unread_for(calm("chatty", "claudia"), 30, "chatty")
        tale.wait(60).page("chatty", UP)
        assert tale.withdrawn == [tale.heard[0].id]
        assert tale.reasons == [Reason.SOURCE_UNREADABLE]
        assert not [t for t in tale.board.threads.values() if t.topic is Topic.PAGES]

    def test_that_has_moved_is_called_by_that_name(self):
        tale = unread_for(calm("chatty", "claudia"), 30, "chatty", by=MOVED)
        assert tale.reasons == [Reason.SOURCE_MOVED]

    def test_does_not_hide_the_outage_it_then_reports(self):
        tale = unread_for(calm("chatty", "claudia"), 30, "chatty")
        tale.wait(60).page("chatty", DOWN).door("claudia", ALIVE)
        assert tale.reasons == [Reason.SOURCE_UNREADABLE, Reason.OUTAGE]

    def test_is_no_news_while_we_are_offline_ourselves(self):
        tale = calm("chatty", "claudia")
        for _ in range(40):
            tale.wait(60).page("chatty", NO_ROUTE).page("claudia", NO_ROUTE)
            tale.references(NO_ROUTE).tick()
        assert tale.reasons == []

    def test_is_no_news_where_nobody_vouches_for_our_own_connection(self):
        tale = story(tool("chatty"), tool("claudia"))
        for _ in range(40):
            tale.wait(60).page("chatty", GARBAGE).page("claudia", GARBAGE).tick()
        assert tale.board.connection.link is not Link.ONLINE
        assert tale.reasons == []

    def test_stays_told_over_a_restart_until_it_is_read(self):
        before = unread_for(calm("chatty", "claudia"), 30, "chatty")
        known = Board(threads=before.board.threads, told=before.board.told, notice_count=9)
        tale = Story(before.settings, known, before.at).start().references(ONLINE)
        tale.page("claudia", UP).tick()
        assert tale.withdrawn == [], "not looked at yet is not read"
        unread_for(tale, 30, "chatty")
        assert tale.reasons == []
        tale.wait(60).page("chatty", UP)
        assert tale.withdrawn == [before.heard[0].id]

    def test_after_a_night_asleep_is_not_looked_at_yet_rather_than_unreadable(self):
        tale = calm("chatty").wake(8 * 3600)
        assert tale.verdict("chatty").cause is Cause.NOT_LOOKED_YET
        assert tale.reasons == []


class TestManyAtOnce:
    """faults.md N44: forty sources fail in the same second; never forty notices."""

    def test_offline_is_told_to_nobody(self):
        tale = calm(*FORTY).wait(60)
        for name in FORTY:
            tale.page(name, NO_ROUTE).door(name, NO_ROUTE)
        tale.references(NO_ROUTE).tick(60).tick(600)
        assert tale.reasons == []
        assert Silence.OFFLINE in {one.reason for one in tale.silences}

    def test_a_login_page_is_one_hint(self):
        tale = calm(*FORTY).wait(60)
        for name in FORTY:
            tale.page(name, LOGIN_PAGE)
        tale.references(LOGIN_PAGE).tick(60).tick(600)
        assert tale.reasons == [Reason.OFFLINE]

    def test_pages_that_vanish_together_while_another_host_answers_are_one_notice(self):
        tale = unread_for(calm(*FORTY), 6, *FORTY)
        assert tale.reasons == [Reason.SOURCE_UNREADABLE], "and not only after a quarter of an hour"
        assert len(tale.heard[0].subjects) == 40
        unread_for(tale, 60, *FORTY)
        assert tale.reasons == [Reason.SOURCE_UNREADABLE]

    def test_two_pages_that_vanish_together_are_no_crowd(self):
        tale = unread_for(calm("chatty", "claudia", "third"), 10, "chatty", "claudia")
        assert tale.reasons == []

    def test_front_doors_that_fall_together_are_one_suspicion_however_their_looks_come_home(self):
        tale = calm(*FORTY).wait(60)
        for name in FORTY:
            tale.door(name, DEAD)
        tale.references(ONLINE).wait(10)
        for name in FORTY:
            tale.wait(0.2).door(name, DEAD, confirming=True)
        tale.tick(5)
        assert tale.reasons == [Reason.SUMMARY]
        assert {s.service.key for s in tale.heard[0].subjects} == set(FORTY)
        assert tale.at.steady - 1060 <= 45, "and within 45 s of the first failure"

    def test_a_look_that_never_comes_home_holds_the_others_back_for_seconds_only(self):
        tale = calm("chatty", "claudia").wait(60)
        tale.door("chatty", DEAD).door("claudia", DEAD).references(ONLINE)
        tale.wait(10).door("chatty", DEAD, confirming=True)
        assert tale.reasons == []
        tale.tick(15)
        assert tale.reasons == [Reason.SUSPECTED]

    def test_one_front_door_alone_waits_for_nobody(self):
        tale = calm("chatty", "claudia").wait(60).door("chatty", DEAD).references(ONLINE)
        tale.page("claudia", report()).door("claudia", ALIVE)
        tale.wait(12).door("chatty", DEAD, confirming=True)
        assert tale.reasons == [Reason.SUSPECTED]

    def test_a_page_that_reports_many_of_its_tools_is_one_notice(self):
        shared = tool("shared")
        more = tuple(tool(f"tool{n}", page=False, door=False) for n in range(5))
        services = tuple(Settings(services=more).services)
        tale = story(*(_on_page_of(one, shared) for one in services))
        tale.look(shared.page.id, UP).wait(60).look(shared.page.id, DOWN)
        assert tale.reasons == [Reason.OUTAGE]
        assert len(tale.heard[0].subjects) == 5
        tale.wait(60).look(shared.page.id, UP)
        assert tale.reasons[1:] == [Reason.RECOVERED]
        assert len(tale.heard[1].subjects) == 5


def _on_page_of(service, other):
    return replace(service, page=other.page)
