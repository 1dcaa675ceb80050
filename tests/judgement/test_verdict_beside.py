"""What stands beside a verdict, what it runs on, how long it holds, and what our own side is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.verdict import as_connected, holds_until, judge
from notifier.model.board import CUT_OFF, Connection, Link
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.verdict import Cause, Confidence, EvidenceKind, Whose
from tests.judgement.boards import (
    ACCEPTED,
    ANSWERS,
    DOWN,
    IN_MAINTENANCE,
    NOW,
    REPORTED,
    SUSPECTED,
    UP,
    board,
    confirmed,
    failed,
    fails,
    good,
    keyed,
    local,
    refused,
    stands,
    world,
)
from tests.stories.story import (
    DEAD,
    ERROR_500,
    GARBAGE,
    NOON,
    OVERLOADED,
    SILENCE,
    incident,
    report,
    tool,
)

INFRA = tool("infra", can=("infra",))
CHATTY = keyed("chatty", runs_on=("infra",))
CAMPUS = tool("campus", page=False)
LLAMA = local()
BARE = tool("bare", page=False, door=False)
SETTINGS = world(CHATTY, CAMPUS, LLAMA, BARE, others=(INFRA,))
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account

ROUTE = failed(FailureKind.REFUSED)
INFRA_FAILS = stands(infra=REPORTED)

OP, UNKNOWN, DEGRADED, MAJOR = (
    Health.OPERATIONAL, Health.UNKNOWN, Health.DEGRADED, Health.MAJOR_OUTAGE,
)  # fmt: skip
THEM, YOU, ACCOUNT, UNCLEAR, NOBODY = (
    Whose.THEM, Whose.YOU, Whose.ACCOUNT, Whose.UNCLEAR, Whose.NONE,
)  # fmt: skip
SURE = Confidence.CONFIRMED


def judged(*sights, service=CHATTY, **more):
    return judge(service, board(*sights, **more), SETTINGS, NOW)


def finding(*sights, service=CHATTY, **more):
    found = judged(*sights, service=service, **more)
    return (found.health, found.whose, found.cause, found.confidence)


class TestWhatItRunsOn:
    def test_is_the_cause_where_both_fail(self):
        for own in (good(PAGE, DOWN), confirmed(DOOR, DEAD)):
            found = judged(own, standings=INFRA_FAILS)
            assert (found.health, found.whose, found.upstream) == (MAJOR, THEM, "infra")
            assert (found.cause, found.confidence) == (Cause.SHARED_UPSTREAM, SURE)

    def test_is_as_sure_as_the_surer_of_the_two(self):
        guess = stands(infra=SUSPECTED)
        assert judged(confirmed(DOOR, DEAD), standings=guess).confidence is Confidence.SUSPECTED
        assert judged(good(PAGE, DOWN), standings=guess).confidence is SURE
        assert judged(confirmed(DOOR, DEAD), standings=INFRA_FAILS).confidence is SURE

    def test_is_not_where_the_service_itself_works(self):
        assert finding(good(PAGE, UP), standings=INFRA_FAILS) == (OP, NOBODY, None, None)
        assert judged(good(PAGE, UP), standings=INFRA_FAILS).upstream is None

    def test_keeps_the_services_own_state(self):
        found = judged(good(PAGE, report(DEGRADED)), standings=INFRA_FAILS)
        assert found.health is DEGRADED

    def test_comes_before_a_way_shut_off(self):
        sights = (good(PAGE, UP), confirmed(DOOR, ROUTE), confirmed(KEY, ERROR_500))
        assert judged(*sights, standings=INFRA_FAILS).cause is Cause.SHARED_UPSTREAM


class TestOnThisComputer:
    def test_not_looked_at_yet(self):
        assert finding(service=LLAMA) == (UNKNOWN, UNCLEAR, Cause.NOT_LOOKED_YET, None)

    def test_answers(self):
        assert finding(good(LLAMA.probe), service=LLAMA) == (OP, NOBODY, None, SURE)

    def test_does_not_answer(self):
        found = finding(fails(LLAMA.probe, ROUTE, good_ago=60), service=LLAMA)
        assert found == (UNKNOWN, YOU, Cause.NOT_RUNNING, SURE)

    def test_is_nobodys_network(self):
        found = finding(good(LLAMA.probe), service=LLAMA, link=Link.OFFLINE)
        assert found == (OP, NOBODY, None, SURE)


class TestBeforeWeWereOnline:
    def why(self, source=PAGE, outcome=SILENCE, seconds=700, link=Link.ONLINE, **more):
        return judged(fails(source, outcome, seconds), link=link, **more).cause

    def test_a_silence_says_nothing_of_the_page(self):
        assert self.why() is Cause.NOT_LOOKED_YET
        assert self.why(seconds=599) is Cause.PAGE_UNREADABLE
        assert self.why(seconds=600) is Cause.PAGE_UNREADABLE

    def test_an_answer_that_made_no_sense_does(self):
        assert self.why(outcome=GARBAGE) is Cause.PAGE_UNREADABLE

    def test_it_is_only_known_while_we_are(self):
        assert self.why(link=Link.UNCLEAR) is Cause.PAGE_UNREADABLE
        since_ever = Connection(Link.ONLINE, None)
        assert self.why(connection=since_ever) is Cause.PAGE_UNREADABLE


class TestWhatStandsBesideIt:
    def test_since_is_the_vendors_own_start_and_only_of_an_outage(self):
        began = NOON - timedelta(hours=1)
        dated = incident("i1", MAJOR, "Chat", started_at=began)
        assert judged(good(PAGE, report(MAJOR, dated))).since == began
        assert judged(good(PAGE, report(MAJOR, dated)), link=Link.OFFLINE).since is None
        assert judged(confirmed(DOOR, DEAD)).since is None

    def test_overloaded_is_said_by_an_answer_and_never_by_a_page(self):
        assert judged(confirmed(DOOR, OVERLOADED)).overloaded
        assert not judged(confirmed(DOOR, DEAD)).overloaded
        assert not judged(good(PAGE, DOWN), confirmed(DOOR, OVERLOADED)).overloaded
        calm = judged(good(PAGE, IN_MAINTENANCE), confirmed(DOOR, OVERLOADED))
        assert calm.overloaded is False

    def test_a_refused_account_is_kept_beside_an_outage(self):
        found = judged(good(PAGE, DOWN), good(KEY, refused()))
        assert (found.cause, found.account) == (Cause.PAGE_REPORTS, Cause.KEY_REJECTED)

    def test_what_speaks_against_it_stays_in_the_evidence(self):
        lines = judged(good(PAGE, DOWN), good(DOOR)).evidence
        assert [(one.kind, one.contradicts) for one in lines] == [
            (EvidenceKind.PAGE, False),
            (EvidenceKind.PROBE, True),
        ]


class TestUntilWhenItHolds:
    def holds(self, *sights, service=CAMPUS, **more):
        """Seconds from now until which it need not be judged again."""
        known = board(*sights, **more)
        verdict = judge(service, known, SETTINGS, NOW)
        return holds_until(verdict, service, known, SETTINGS, NOW) - NOW.steady

    AT_ONCE = float("-inf")

    def test_is_until_the_first_of_what_it_rests_on_is_too_old(self):
        assert self.holds(good(CAMPUS.probe, ANSWERS, 20)) == 160
        every = (good(PAGE, UP, 20), good(DOOR, seconds=50), good(KEY, ACCEPTED, 10))
        assert self.holds(*every, service=CHATTY) == 130

    def test_is_until_those_who_write_the_page_should_have_renewed_it(self):
        page = good(PAGE, replace(UP, fresh_until=NOON + timedelta(seconds=30)))
        assert self.holds(page, good(DOOR), good(KEY, ACCEPTED), service=CHATTY) == 30

    def test_is_not_for_a_moment_where_it_fails_or_is_unknown_or_mixed(self):
        assert self.holds(confirmed(CAMPUS.probe, DEAD)) == self.AT_ONCE
        red = (good(PAGE, DOWN), good(DOOR), good(KEY, ACCEPTED))
        assert self.holds(*red, service=CHATTY) == self.AT_ONCE
        assert self.holds() == self.AT_ONCE
        wavers = good(CAMPUS.probe, ANSWERS, wavered=(NOW.steady - 5,) * 3)
        assert self.holds(wavers) == self.AT_ONCE
        assert self.holds(service=BARE) == self.AT_ONCE

    def test_is_not_for_a_moment_where_a_piece_was_not_read(self):
        assert self.holds(good(PAGE, UP), good(DOOR), service=CHATTY) == self.AT_ONCE
        unread = (good(PAGE, UP), good(DOOR), fails(KEY, GARBAGE, 10, 20))
        assert self.holds(*unread, service=CHATTY) == self.AT_ONCE

    def test_cut_off_is_until_we_are_not(self):
        assert self.holds(link=Link.OFFLINE) == float("inf")
        assert self.holds(good(LLAMA.probe), service=LLAMA, link=Link.OFFLINE) == 160
        assert self.holds(service=LLAMA, link=Link.OFFLINE) == self.AT_ONCE


class TestWhoIsBlamed:
    def connected(self, cause, link=Link.ONLINE, service=CHATTY):
        verdict = replace(judged(good(PAGE, UP)), cause=cause)
        return as_connected(verdict, service, board(link=link))

    @pytest.mark.parametrize("link", CUT_OFF)
    def test_cut_off_our_own_connection_is_and_for_the_same_reason(self, link):
        assert self.connected(Cause(link.value), link)
        assert not self.connected(None, link)
        assert not self.connected(Cause.PAGE_REPORTS, link)
        other = Cause.OFFLINE if link is not Link.OFFLINE else Cause.DNS
        assert not self.connected(other, link)
        assert self.connected(None, link, LLAMA)

    @pytest.mark.parametrize("link", set(Link) - CUT_OFF)
    def test_connected_it_is_not(self, link):
        assert self.connected(None, link)
        assert self.connected(Cause.MIXED, link)
        for ours in CUT_OFF:
            assert not self.connected(Cause(ours.value), link)
