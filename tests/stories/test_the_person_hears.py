"""What the person hears, and what not: looks in, notices out."""

import pytest

from notifier.model.announcement import Reason, Silence
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.observation import Phase
from notifier.model.settings import Settings
from notifier.model.settings_words import Level
from notifier.model.verdict import Cause, Confidence, Whose
from tests.stories.story import (
    ALIVE,
    DEAD,
    ERROR_500,
    GARBAGE,
    LOGIN_PAGE,
    NO_ROUTE,
    NOON,
    ONLINE,
    OVERLOADED,
    REFERENCES,
    SILENCE,
    Story,
    incident,
    report,
    story,
    tool,
)

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
PARTLY = report(Health.PARTIAL_OUTAGE)
SLOW = report(Health.DEGRADED)


def calm() -> Story:
    """Two tools, looked at once, both well."""
    return (
        story(tool("chatty"), tool("claudia"))
        .page("chatty", UP)
        .page("claudia", UP)
        .door("chatty", ALIVE)
        .door("claudia", ALIVE)
    )


@pytest.mark.parametrize(
    ("looks", "heard"),
    [
        pytest.param([UP], [], id="all well is shown, not told"),
        pytest.param([UP, DOWN], [Reason.OUTAGE], id="one complete document that says so is news"),
        pytest.param([UP, DOWN, DOWN], [Reason.OUTAGE], id="the same again is not"),
        pytest.param([UP, GARBAGE, DOWN], [Reason.OUTAGE], id="a hiccup does not hide an outage"),
        pytest.param([UP, GARBAGE, GARBAGE, GARBAGE, GARBAGE], [], id="unreadable is not down"),
        pytest.param([UP, SLOW, DOWN], [Reason.OUTAGE, Reason.WORSE], id="worse is told"),
        pytest.param([UP, DOWN, SLOW], [Reason.OUTAGE, Reason.BETTER], id="better is told"),
        pytest.param([UP, DOWN, UP], [Reason.OUTAGE, Reason.RECOVERED], id="and its end"),
        pytest.param(
            [UP, DOWN, GARBAGE, GARBAGE, GARBAGE, GARBAGE, UP],
            [Reason.OUTAGE, Reason.RECOVERED],
            id="an outage told stays told through blindness",
        ),
        pytest.param(
            [UP, DOWN, UP, DOWN],
            [Reason.OUTAGE, Reason.RECOVERED, Reason.REOPENED],
            id="a relapse within minutes goes on with the same thread",
        ),
    ],
)
def test_a_page_tells(looks, heard):
    tale = story(tool("chatty"))
    for outcome in looks:
        tale.page("chatty", outcome).tick(60)
    assert tale.reasons == heard
    assert len(tale.board.threads) <= 1


def test_what_already_fails_at_a_first_start_is_told_at_once():
    tale = story(tool("chatty")).page("chatty", DOWN)
    assert tale.reasons == [Reason.OUTAGE]


def test_several_failing_at_a_first_start_are_one_notice_and_all_told():
    tale = story(tool("chatty"), tool("claudia"), tool("third"))
    tale.page("chatty", DOWN).page("claudia", PARTLY)
    assert tale.reasons == [], "it waits until everything was looked at once"
    tale.page("third", UP).door("third", ALIVE)
    assert tale.reasons == [Reason.SUMMARY]
    assert [s.service.id for s in tale.heard[0].subjects] == ["chatty", "claudia"]
    tale.wait(60).page("chatty", UP).page("claudia", UP)
    assert tale.reasons == [Reason.SUMMARY, Reason.RECOVERED, Reason.RECOVERED]


def test_a_page_that_hangs_holds_nobody_back_for_long():
    tale = story(tool("chatty"), tool("claudia")).page("chatty", DOWN)
    tale.tick(30)
    assert tale.reasons == [Reason.OUTAGE]


def test_all_well_at_first_start_is_a_named_silence():
    tale = calm()
    assert tale.reasons == []
    assert [s.reason for s in tale.silences] == [Silence.BASELINE]


def test_a_service_added_later_is_treated_like_a_first_start():
    tale = calm()
    more = Settings(services=(*tale.settings.services, tool("third")), references=REFERENCES)
    tale.choose(more).page("third", DOWN)
    assert tale.reasons == [Reason.OUTAGE]


def test_a_service_removed_takes_its_notice_along():
    tale = calm().page("chatty", DOWN)
    told = tale.heard[-1].id
    tale.choose(Settings(services=(tool("claudia"),), references=REFERENCES))
    assert tale.withdrawn == [told]
    assert tale.reasons == [Reason.OUTAGE]


def test_recovery_carries_the_duration_from_the_vendors_stated_start():
    started = NOON.replace(hour=11, minute=30)
    down = report(
        Health.MAJOR_OUTAGE, incident("i1", Health.MAJOR_OUTAGE, "Chat", started_at=started)
    )
    tale = story(tool("chatty")).page("chatty", down).wait(600).page("chatty", UP)
    assert tale.heard[-1].reason is Reason.RECOVERED
    assert tale.heard[-1].subjects[0].duration == 40 * 60


def test_without_a_stated_start_the_duration_counts_from_our_first_sight():
    tale = story(tool("chatty")).page("chatty", UP).wait(60).page("chatty", DOWN)
    tale.wait(660).page("chatty", UP)
    assert tale.heard[-1].subjects[0].duration == 660


def test_a_recovery_nobody_was_told_the_start_of_is_not_told():
    tale = story(tool("chatty"), level=Level.OUTAGES).page("chatty", UP)
    tale.page("chatty", SLOW).wait(60).page("chatty", UP)
    assert tale.reasons == []
    assert Silence.LEVEL in [s.reason for s in tale.silences]
    assert Silence.NEVER_TOLD in [s.reason for s in tale.silences]


class TestAFrontDoor:
    """A page may be silent; a front door is believed only twice, with a control between."""

    def test_one_failure_is_not_news(self):
        tale = calm().wait(60).door("chatty", DEAD)
        assert tale.reasons == []
        assert tale.silences[-1].reason is Silence.UNCONFIRMED

    def test_twice_with_a_control_between_is_a_suspicion(self):
        tale = calm().wait(60).door("chatty", DEAD).wait(1).references(ONLINE)
        order = next(order for order in tale.orders if order.confirming)
        assert order.source == "probe:chatty.test"
        assert order.early
        assert 8 <= order.after <= 20
        tale.wait(order.after).door("chatty", DEAD, confirming=True).tick(4)
        assert tale.reasons == [Reason.SUSPECTED]
        verdict = tale.verdict("chatty")
        assert (verdict.health, verdict.whose, verdict.cause, verdict.confidence) == (
            Health.MAJOR_OUTAGE,
            Whose.THEM,
            Cause.PAGE_SILENT,
            Confidence.SUSPECTED,
        )

    def test_twice_without_any_control_is_nothing(self):
        tale = calm().wait(60).door("chatty", DEAD).wait(12).door("chatty", DEAD, confirming=True)
        assert tale.reasons == []

    def test_one_look_that_comes_twice_confirms_nothing(self):
        tale = calm().wait(60).door("chatty", DEAD, confirming=True).references(ONLINE)
        tale.door("chatty", DEAD, confirming=True)
        assert tale.reasons == []

    def test_the_ordinary_second_failure_never_counts_as_the_confirming_one(self):
        tale = calm().wait(60).door("chatty", ERROR_500).references(ONLINE)
        tale.wait(50).door("chatty", ERROR_500)
        assert tale.reasons == []

    def test_a_good_second_look_ends_the_doubt(self):
        tale = calm().wait(60).door("chatty", DEAD).references(ONLINE)
        tale.wait(12).door("chatty", ALIVE, confirming=True).wait(60).door("chatty", DEAD)
        assert tale.reasons == []
        assert tale.health("chatty") is Health.OPERATIONAL

    def test_an_answer_that_says_overloaded_is_degraded_and_says_so(self):
        tale = calm().wait(60).door("chatty", OVERLOADED).references(ONLINE)
        tale.wait(12).door("chatty", OVERLOADED, confirming=True)
        assert tale.health("chatty") is Health.DEGRADED
        assert tale.verdict("chatty").overloaded

    def test_the_page_that_follows_turns_suspicion_into_an_outage(self):
        tale = calm().wait(60).door("chatty", DEAD).references(ONLINE)
        tale.wait(12).door("chatty", DEAD, confirming=True).tick(4)
        tale.wait(60).page("chatty", DOWN)
        assert tale.reasons == [Reason.SUSPECTED, Reason.OUTAGE]
        assert len(tale.board.threads) == 1
        assert tale.heard[1].replaces == tale.heard[0].id

    def test_without_a_page_it_is_still_only_a_suspicion(self):
        tale = story(tool("campus", page=False), tool("claudia"))
        tale.door("campus", ALIVE).page("claudia", UP)
        assert tale.verdict("campus").cause is Cause.NO_PAGE
        assert tale.health("campus") is Health.OPERATIONAL
        tale.wait(60).door("campus", DEAD).page("claudia", UP).door("claudia", ALIVE)
        tale.wait(12).door("campus", DEAD, confirming=True)
        assert tale.reasons == [Reason.SUSPECTED]
        assert tale.verdict("campus").cause is Cause.NO_PAGE

    def test_an_announced_maintenance_explains_a_closed_door(self):
        tale = story(tool("chatty")).page("chatty", report(Health.MAINTENANCE))
        tale.door("chatty", DEAD).references(ONLINE).wait(12)
        tale.door("chatty", DEAD, confirming=True)
        assert tale.health("chatty") is Health.MAINTENANCE
        assert tale.reasons == []


class TestOurOwnConnection:
    """Offline makes everything unknown at once, and nobody is told of anything."""

    def test_no_route_anywhere_is_offline_at_once(self):
        tale = calm().wait(60).page("chatty", NO_ROUTE).references(NO_ROUTE)
        assert tale.verdict("chatty").cause is Cause.OFFLINE
        assert tale.verdict("claudia").cause is Cause.OFFLINE
        assert tale.health("claudia") is Health.UNKNOWN
        assert tale.reasons == []
        assert tale.silences[-1].reason is Silence.OFFLINE

    def test_the_references_are_asked_when_one_host_falls_silent(self):
        tale = calm().wait(60).page("chatty", SILENCE)
        assert {order.source for order in tale.orders} >= {r.id for r in REFERENCES}

    def test_nobody_asks_the_references_while_all_is_well(self):
        assert not calm().orders

    def test_one_silent_host_while_others_answer_is_not_offline(self):
        tale = calm().wait(60).page("chatty", SILENCE).references(ONLINE).page("claudia", UP)
        assert tale.health("claudia") is Health.OPERATIONAL
        assert tale.board.connection.link.value == "online"

    def test_a_shared_outage_of_ours_is_not_offline_while_a_reference_answers(self):
        tale = calm().wait(60)
        for key in ("chatty", "claudia"):
            tale.page(key, SILENCE).door(key, DEAD)
        tale.references(ONLINE)
        assert tale.board.connection.link.value == "online"

    def test_time_outs_alone_need_three_unrelated_hosts(self):
        tale = calm().wait(60).page("chatty", SILENCE)
        assert tale.verdict("chatty").cause is not Cause.OFFLINE
        tale.references(SILENCE)
        assert tale.verdict("chatty").cause is Cause.OFFLINE

    def test_doors_that_fail_while_we_are_offline_raise_no_suspicion(self):
        tale = calm().wait(60).references(NO_ROUTE)
        for _ in range(3):
            tale.door("chatty", DEAD).wait(12).door("chatty", DEAD, confirming=True).wait(60)
        assert tale.reasons == []

    def test_an_outage_that_ended_while_we_were_offline_is_told_when_we_are_back(self):
        tale = calm().wait(60).page("chatty", DOWN)
        tale.wait(60).page("chatty", NO_ROUTE).references(NO_ROUTE)
        assert tale.health("chatty") is Health.UNKNOWN
        tale.wait(540).references(ONLINE).page("chatty", UP)
        assert tale.reasons == [Reason.OUTAGE]  # its front door has not been looked at yet
        tale.door("chatty", ALIVE)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]
        assert tale.heard[-1].subjects[0].duration == 600

    def test_being_back_looks_at_everything_again(self):
        tale = calm().wait(60).page("chatty", NO_ROUTE).references(NO_ROUTE)
        tale.orders.clear()
        tale.wait(60).references(ONLINE)
        asked = {order.source for order in tale.orders}
        assert asked >= {source.id for s in tale.settings.services for source in s.sources}

    def test_a_login_page_is_recognised_by_a_reference(self):
        tale = calm().wait(60).page("chatty", LOGIN_PAGE).references(LOGIN_PAGE)
        assert tale.verdict("chatty").cause is Cause.CAPTIVE_PORTAL
        assert tale.reasons == [Reason.OFFLINE], "of the connection alone"
        assert tale.heard[0].subjects == ()

    def test_one_page_that_answers_html_while_others_answer_is_just_unreadable(self):
        tale = calm().wait(300).page("chatty", LOGIN_PAGE).references(ONLINE).page("claudia", UP)
        assert tale.verdict("chatty").cause is Cause.PAGE_UNREADABLE
        assert tale.health("claudia") is Health.OPERATIONAL


class TestAge:
    """What was read stays true for a while, then becomes unknown, with its last known state."""

    def test_a_failed_look_changes_nothing_at_first(self):
        tale = calm().wait(60).page("chatty", GARBAGE).tick()
        assert tale.health("chatty") is Health.OPERATIONAL

    def test_after_three_minutes_it_is_unknown_and_remembers(self):
        tale = calm()
        for _ in range(4):
            tale.wait(60).page("chatty", GARBAGE).page("claudia", UP)
        assert tale.health("chatty") is Health.UNKNOWN
        standing = tale.board.standings["chatty"]
        assert standing.last_known is Health.OPERATIONAL
        assert standing.last_known_at == NOON
        assert tale.reasons == []

    def test_two_long_intervals_count_more_than_three_minutes(self):
        tale = story(tool("chatty", door=False), interval=600.0).page("chatty", UP)
        tale.tick(1100)
        assert tale.health("chatty") is Health.OPERATIONAL
        tale.tick(200)
        assert tale.health("chatty") is Health.UNKNOWN


class TestChosenParts:
    """A ChatGPT incident must not redden the API."""

    def test_an_incident_that_names_no_part_changes_no_chosen_part(self):
        tale = story(tool("api", parts=("API",)))
        tale.page("api", report(API=Health.OPERATIONAL, Chat=Health.MAJOR_OUTAGE))
        assert tale.health("api") is Health.OPERATIONAL
        nameless = incident("i1", Health.MAJOR_OUTAGE)
        tale.page("api", report(Health.OPERATIONAL, nameless, API=Health.OPERATIONAL))
        assert tale.health("api") is Health.OPERATIONAL

    def test_a_green_part_with_an_open_incident_is_not_green(self):
        named = incident("i1", Health.PARTIAL_OUTAGE, "API")
        tale = story(tool("api", parts=("API",)))
        tale.page("api", report(Health.OPERATIONAL, named, API=Health.OPERATIONAL))
        assert tale.health("api") is Health.PARTIAL_OUTAGE
        assert tale.reasons == [Reason.OUTAGE]

    def test_a_selection_that_matches_nothing_is_unknown_never_green(self):
        tale = story(tool("api", parts=("Gone",)))
        tale.page("api", report(API=Health.OPERATIONAL))
        assert tale.health("api") is Health.UNKNOWN
        assert tale.reasons == []

    def test_the_indicator_counts_only_without_a_selection(self):
        red = report(indicator=Health.MAJOR_OUTAGE, API=Health.OPERATIONAL)
        tale = story(tool("api", parts=("API",)), tool("whole"))
        tale.page("api", red).page("whole", red)
        assert tale.health("api") is Health.OPERATIONAL
        assert tale.health("whole") is Health.MAJOR_OUTAGE

    def test_resolved_that_reopens_goes_on_with_the_same_thread(self):
        def page(phase):
            return report(
                Health.OPERATIONAL if phase is Phase.RESOLVED else Health.MAJOR_OUTAGE,
                incident("signin", Health.MAJOR_OUTAGE, "Chat", phase=phase),
            )

        tale = story(tool("chatty", parts=("Chat",))).page("chatty", page(Phase.IDENTIFIED))
        tale.wait(3600).page("chatty", page(Phase.RESOLVED))
        tale.wait(2400).page("chatty", page(Phase.IDENTIFIED))
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED, Reason.REOPENED]
        assert len(tale.board.threads) == 1

    def test_a_relapse_is_dated_alike_at_once_and_a_moment_later(self):
        early = incident("i1", Health.DEGRADED, "Chat", started_at=NOON)
        tale = story(tool("chatty")).page("chatty", UP).wait(60).page("chatty", DOWN)
        tale.wait(60).page("chatty", UP).wait(60)
        tale.page("chatty", report(Health.MAJOR_OUTAGE, early))
        opened = [thread.opened for thread in tale.board.threads.values()]
        tale.tick(5)
        assert [thread.opened for thread in tale.board.threads.values()] == opened == [NOON]


class TestAnswers:
    """Got it and Snooze silence updates; the end is always told."""

    def test_got_it_silences_updates_never_the_recovery(self):
        tale = calm().page("chatty", SLOW).ask(Wish.GOT_IT, "chatty").page("chatty", DOWN)
        assert tale.silences[-1].reason is Silence.ACKNOWLEDGED
        tale.wait(60).page("chatty", UP)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]

    def test_snooze_holds_for_an_hour_and_what_is_still_true_is_told_after(self):
        tale = calm().page("chatty", SLOW).ask(Wish.SNOOZE, "chatty").page("chatty", DOWN)
        assert tale.silences[-1].reason is Silence.SNOOZED
        for _ in range(61):
            tale.wait(60).page("chatty", DOWN)
        assert tale.reasons == [Reason.OUTAGE, Reason.WORSE]

    def test_a_pause_holds_everything_and_the_truth_comes_after(self):
        tale = calm().ask(Wish.PAUSE).page("chatty", DOWN)
        assert tale.silences[-1].reason is Silence.PAUSED
        tale.ask(Wish.RESUME)
        assert tale.reasons == [Reason.OUTAGE]

    def test_an_outage_over_while_paused_was_never_told_and_stays_so(self):
        tale = calm().ask(Wish.PAUSE).page("chatty", DOWN).wait(60).page("chatty", UP)
        tale.ask(Wish.RESUME)
        assert tale.reasons == []

    def test_broken_for_me_lasts_until_the_page_next_changes(self):
        tale = calm().ask(Wish.BROKEN, "chatty")
        verdict = tale.verdict("chatty")
        assert (verdict.health, verdict.cause) == (Health.DEGRADED, Cause.MIXED)
        assert tale.reasons == []
        assert "page:status.chatty.test" in [order.source for order in tale.orders]
        tale.wait(60).page("chatty", UP)
        assert tale.health("chatty") is Health.DEGRADED
        tale.wait(60).page("chatty", SLOW).wait(60).page("chatty", UP)
        assert tale.health("chatty") is Health.OPERATIONAL

    def test_works_for_me_changes_no_state_and_silences_updates(self):
        tale = calm().page("chatty", SLOW).ask(Wish.WORKS, "chatty")
        assert tale.health("chatty") is Health.DEGRADED
        tale.page("chatty", DOWN)
        assert tale.reasons == [Reason.OUTAGE]


class TestDelivery:
    """Only what a channel delivered is told; what none took is owed."""

    def test_a_notice_no_daemon_took_is_owed_and_delivered_when_one_appears(self):
        tale = calm()
        tale.daemon = False
        tale.page("chatty", DOWN).tick(60)
        assert tale.reasons == []
        assert len(tale.board.owed) == 1
        tale.daemon_appears()
        assert tale.reasons == [Reason.OUTAGE]
        assert not tale.board.owed

    def test_several_owed_ones_are_summed_up(self):
        tale = calm()
        tale.daemon = False
        tale.page("chatty", DOWN).page("claudia", DOWN).daemon_appears()
        assert tale.reasons == [Reason.SUMMARY]

    def test_what_is_over_before_it_was_delivered_is_never_told(self):
        tale = calm()
        tale.daemon = False
        tale.page("chatty", DOWN).wait(60).page("chatty", UP)
        tale.daemon_appears()
        assert tale.reasons == []
        assert Silence.NEVER_TOLD in [s.reason for s in tale.silences]


class TestSleep:
    """Nothing measured before a sleep survives it."""

    def test_after_a_night_everything_is_unknown_until_looked_at_again(self):
        tale = calm().wake(8 * 3600)
        assert tale.health("chatty") is Health.UNKNOWN
        asked = {order.source for order in tale.orders}
        assert "page:status.chatty.test" in asked
        assert tale.reasons == []

    def test_a_doubt_from_before_is_no_first_failure_after(self):
        tale = calm().door("chatty", DEAD).references(ONLINE).wake(3600).references(ONLINE)
        tale.door("chatty", DEAD, confirming=True)
        assert tale.reasons == []


def test_back_online_a_look_that_failed_offline_is_no_reason_to_call_a_page_unreadable():
    tale = calm().wait(60).page("chatty", NO_ROUTE).references(NO_ROUTE)
    tale.wait(600).page("chatty", NO_ROUTE).wait(1).references(ONLINE)
    assert tale.verdict("chatty").cause is Cause.NOT_LOOKED_YET
