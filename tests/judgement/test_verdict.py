"""Whose turn it is: the table at the head of verdict.py, row by row, on boards built by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.verdict import as_connected, holds_until, judge
from notifier.model.board import CUT_OFF, Connection, Link, Standing
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.service import ServiceKey
from notifier.model.verdict import Cause, Confidence, EvidenceKind, Whose
from tests.judgement.boards import (
    ACCEPTED,
    ANSWERS,
    DOWN,
    IN_MAINTENANCE,
    LIMITED,
    NOW,
    REPORTED,
    SUSPECTED,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    failed,
    fails,
    good,
    keyed,
    local,
    look,
    refused,
    stands,
    world,
)
from tests.stories.story import (
    ALIVE,
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
SLOW = good(DOOR, ALIVE, slow=3)
INFRA_FAILS = stands(infra=REPORTED)

OP, UNKNOWN, DEGRADED, MAJOR = (
    Health.OPERATIONAL, Health.UNKNOWN, Health.DEGRADED, Health.MAJOR_OUTAGE,
)  # fmt: skip
THEM, YOU, ACCOUNT, UNCLEAR, NOBODY = (
    Whose.THEM, Whose.YOU, Whose.ACCOUNT, Whose.UNCLEAR, Whose.NONE,
)  # fmt: skip
SURE, MAYBE = Confidence.CONFIRMED, Confidence.SUSPECTED


def judged(*sights, service=CHATTY, **more):
    return judge(service, board(*sights, **more), SETTINGS, NOW)


def finding(*sights, service=CHATTY, **more):
    found = judged(*sights, service=service, **more)
    return (found.health, found.whose, found.cause, found.confidence)


@pytest.mark.parametrize("link", set(Link) - {Link.ONLINE, Link.UNCLEAR})
def test_cut_off_it_is_ours_whatever_was_seen(link):
    everything = (good(PAGE, DOWN), confirmed(DOOR, DEAD), good(KEY, refused()))
    assert finding(*everything, link=link) == (UNKNOWN, YOU, Cause(link.value), SURE)
    assert finding(good(PAGE, UP), link=link) == (UNKNOWN, YOU, Cause(link.value), SURE)


ROWS = [
    ("the page reports it", (good(PAGE, DOWN),), (MAJOR, THEM, Cause.PAGE_REPORTS, SURE)),
    (
        "the page reports less than the door shows",
        (good(PAGE, report(DEGRADED)), confirmed(DOOR, DEAD)),
        (DEGRADED, THEM, Cause.PAGE_REPORTS, SURE),
    ),
    (
        "a red page stays red though it works from here",
        (good(PAGE, DOWN), good(DOOR), good(KEY, ACCEPTED)),
        (MAJOR, THEM, Cause.PAGE_REPORTS, SURE),
    ),
    (
        "the front door alone is shut off",
        (good(PAGE, UP), confirmed(DOOR, ROUTE)),
        (UNKNOWN, YOU, Cause.ROUTE, SURE),
    ),
    (
        "shut off, but the page reports an outage",
        (good(PAGE, DOWN), confirmed(DOOR, ROUTE)),
        (MAJOR, THEM, Cause.PAGE_REPORTS, SURE),
    ),
    (
        "shut off, and the account is silent: still our own way",
        (good(PAGE, UP), confirmed(DOOR, ROUTE), confirmed(KEY, DEAD)),
        (UNKNOWN, YOU, Cause.ROUTE, SURE),
    ),
    (
        "the front door fails, a request of one's own succeeds",
        (good(PAGE, UP), confirmed(DOOR, DEAD), good(KEY, ANSWERS, 10)),
        (OP, UNCLEAR, Cause.MIXED, MAYBE),
    ),
    (
        "the front door fails, the account is only listed",
        (good(PAGE, UP), confirmed(DOOR, DEAD), good(KEY, ACCEPTED, 10)),
        (MAJOR, THEM, Cause.PAGE_SILENT, MAYBE),
    ),
    (
        "the front door fails twice, the page says fine",
        (good(PAGE, UP), confirmed(DOOR, DEAD)),
        (MAJOR, THEM, Cause.PAGE_SILENT, MAYBE),
    ),
    (
        "a request of one's own fails twice, the page says fine",
        (good(PAGE, UP), good(DOOR), confirmed(KEY, ERROR_500)),
        (MAJOR, THEM, Cause.PAGE_SILENT, SURE),
    ),
    (
        "the front door says overloaded",
        (good(PAGE, UP), confirmed(DOOR, OVERLOADED)),
        (DEGRADED, THEM, Cause.PAGE_SILENT, MAYBE),
    ),
    (
        "one says overloaded, the other nothing at all",
        (good(PAGE, UP), confirmed(DOOR, OVERLOADED), confirmed(KEY, DEAD)),
        (MAJOR, THEM, Cause.PAGE_SILENT, SURE),
    ),
    ("slow several times", (good(PAGE, UP), SLOW), (DEGRADED, THEM, Cause.PAGE_SILENT, MAYBE)),
    (
        "it fails, and the page cannot be read",
        (fails(PAGE, GARBAGE), confirmed(DOOR, DEAD)),
        (MAJOR, THEM, Cause.NO_PAGE, MAYBE),
    ),
    (
        "it fails, and the page's word says unknown",
        (good(PAGE, report(UNKNOWN)), confirmed(DOOR, DEAD)),
        (MAJOR, THEM, Cause.NO_PAGE, MAYBE),
    ),
    (
        "a maintenance explains a closed door",
        (good(PAGE, IN_MAINTENANCE), confirmed(DOOR, DEAD)),
        (Health.MAINTENANCE, NOBODY, None, None),
    ),
    (
        "a maintenance explains a door that is contradicted",
        (good(PAGE, IN_MAINTENANCE), confirmed(DOOR, DEAD), good(KEY, ANSWERS, 10)),
        (Health.MAINTENANCE, NOBODY, None, None),
    ),
    (
        "a maintenance explains one that wavers",
        (good(PAGE, IN_MAINTENANCE), good(DOOR, wavered=(NOW.steady - 5,) * 3)),
        (Health.MAINTENANCE, NOBODY, None, None),
    ),
    (
        "shut off, but a request of one's own was answered with an error",
        (good(PAGE, UP), confirmed(DOOR, ROUTE), confirmed(KEY, ERROR_500)),
        (MAJOR, THEM, Cause.PAGE_SILENT, SURE),
    ),
    (
        "a maintenance explains a slow one",
        (good(PAGE, IN_MAINTENANCE), SLOW),
        (Health.MAINTENANCE, NOBODY, None, None),
    ),
    (
        "the account is refused, the page says fine",
        (good(PAGE, UP), good(KEY, refused())),
        (OP, ACCOUNT, Cause.KEY_REJECTED, None),
    ),
    (
        "the account is asked to slow down",
        (good(PAGE, UP), good(KEY, LIMITED)),
        (OP, ACCOUNT, Cause.RATE_LIMITED, None),
    ),
    (
        "the account is refused, and the page cannot be read",
        (fails(PAGE, GARBAGE), good(KEY, refused())),
        (OP, ACCOUNT, Cause.KEY_REJECTED, MAYBE),
    ),
    (
        "the door wavers though the page says fine",
        (good(PAGE, UP), good(DOOR, wavered=(NOW.steady - 5,) * 3)),
        (UNKNOWN, UNCLEAR, Cause.MIXED, None),
    ),
    (
        "the door wavers, and answered from behind",
        (good(PAGE, UP), good(DOOR, ANSWERS, wavered=(NOW.steady - 5,) * 3)),
        (OP, UNCLEAR, Cause.MIXED, MAYBE),
    ),
    ("the page says fine", (good(PAGE, UP),), (OP, NOBODY, None, None)),
    ("failed once is no news", (good(PAGE, UP), doubted(DOOR, DEAD)), (OP, NOBODY, None, None)),
    ("maintenance", (good(PAGE, IN_MAINTENANCE),), (Health.MAINTENANCE, NOBODY, None, None)),
    (
        "the page's word says unknown",
        (good(PAGE, report(UNKNOWN)),),
        (UNKNOWN, UNCLEAR, Cause.PAGE_UNREADABLE, None),
    ),
    ("nothing was seen yet", (), (UNKNOWN, UNCLEAR, Cause.NOT_LOOKED_YET, None)),
    (
        "the page cannot be read",
        (fails(PAGE, GARBAGE),),
        (UNKNOWN, UNCLEAR, Cause.PAGE_UNREADABLE, None),
    ),
    (
        "the page has moved",
        (fails(PAGE, failed(FailureKind.MOVED)),),
        (UNKNOWN, UNCLEAR, Cause.PAGE_MOVED, None),
    ),
    (
        "an open front door does not make it well without its page",
        (fails(PAGE, GARBAGE), good(DOOR, ALIVE)),
        (UNKNOWN, UNCLEAR, Cause.PAGE_UNREADABLE, None),
    ),
    (
        "an answer from behind the front door does",
        (fails(PAGE, GARBAGE), good(DOOR, ANSWERS)),
        (OP, UNCLEAR, Cause.PAGE_UNREADABLE, MAYBE),
    ),
    (
        "the page's word is too old",
        (good(PAGE, DOWN, 900),),
        (UNKNOWN, UNCLEAR, Cause.NOT_LOOKED_YET, None),
    ),
]


@pytest.mark.parametrize(
    ("sights", "found"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_row_of_the_table(sights, found):
    assert finding(*sights) == found


def test_a_page_that_those_who_write_it_renew_no_more_is_stale():
    old = replace(UP, fresh_until=NOON - timedelta(seconds=1))
    assert finding(good(PAGE, old)) == (UNKNOWN, UNCLEAR, Cause.PAGE_STALE, None)


class TestWhatItRunsOn:
    def test_is_the_cause_where_both_fail(self):
        for own in (good(PAGE, DOWN), confirmed(DOOR, DEAD)):
            found = judged(own, standings=INFRA_FAILS)
            assert (found.health, found.whose, found.upstream) == (MAJOR, THEM, "infra")
            assert (found.cause, found.confidence) == (Cause.SHARED_UPSTREAM, SURE)

    def test_is_not_where_the_service_itself_works(self):
        assert finding(good(PAGE, UP), standings=INFRA_FAILS) == (OP, NOBODY, None, None)
        assert judged(good(PAGE, UP), standings=INFRA_FAILS).upstream is None

    def test_keeps_the_services_own_state(self):
        found = judged(good(PAGE, report(DEGRADED)), standings=INFRA_FAILS)
        assert found.health is DEGRADED

    def test_comes_before_a_way_shut_off(self):
        sights = (good(PAGE, UP), confirmed(DOOR, ROUTE), confirmed(KEY, ERROR_500))
        assert judged(*sights, standings=INFRA_FAILS).cause is Cause.SHARED_UPSTREAM


class TestWhatWasNotSeenToEnd:
    """It failed before a sleep or another network; nobody believes it, and nobody knows."""

    BROKEN = good(DOOR, broken=look(DOOR, DEAD, 900))

    def test_is_not_known(self):
        assert finding(good(PAGE, UP), self.BROKEN) == (
            UNKNOWN,
            UNCLEAR,
            Cause.NOT_LOOKED_YET,
            None,
        )
        behind = good(DOOR, ANSWERS, broken=look(DOOR, DEAD, 900))
        assert finding(good(PAGE, UP), behind) == (OP, UNCLEAR, Cause.NOT_LOOKED_YET, MAYBE)

    def test_of_an_account_is_not_either(self):
        broken = good(KEY, LIMITED, broken=look(KEY, ERROR_500, 900))
        assert finding(good(PAGE, UP), broken)[2] is Cause.RATE_LIMITED
        assert finding(good(PAGE, UP), broken)[0] is UNKNOWN

    def test_is_explained_by_a_maintenance(self):
        found = finding(good(PAGE, IN_MAINTENANCE), self.BROKEN)
        assert found == (Health.MAINTENANCE, NOBODY, None, None)

    def test_is_nothing_where_the_page_reports_or_it_is_still_believed(self):
        assert finding(good(PAGE, DOWN), self.BROKEN)[2] is Cause.PAGE_REPORTS
        assert finding(good(PAGE, UP), confirmed(DOOR, DEAD))[2] is Cause.PAGE_SILENT


class TestSinceWeAreHere:
    """All of it silent ever since we are in this network: it is kept from us."""

    SILENT = (fails(PAGE, SILENCE, 10, good_ago=400), confirmed(DOOR, DEAD))

    def test_is_our_own_way(self):
        assert finding(*self.SILENT, arrived=ago(300)) == (UNKNOWN, YOU, Cause.ROUTE, SURE)

    def test_is_theirs_where_anything_of_it_answered_here(self):
        assert finding(*self.SILENT, arrived=ago(400))[1] is THEM
        assert finding(*self.SILENT)[1] is THEM
        here = good(KEY, ACCEPTED, 200)
        assert finding(*self.SILENT, here, arrived=ago(300))[1] is THEM

    def test_is_theirs_where_an_answer_says_so_or_the_page_was_reached(self):
        loud = (self.SILENT[0], confirmed(DOOR, ERROR_500))
        assert finding(*loud, arrived=ago(300))[1] is THEM
        garbled = (fails(PAGE, GARBAGE, 10, good_ago=400), confirmed(DOOR, DEAD))
        assert finding(*garbled, arrived=ago(300))[1] is THEM

    def test_is_theirs_where_there_is_no_page_to_compare_with(self):
        assert finding(confirmed(CAMPUS.probe, DEAD), service=CAMPUS, arrived=ago(300))[1] is THEM


class TestWithoutAPage:
    def test_an_open_front_door_is_enough_and_only_a_guess(self):
        found = finding(good(CAMPUS.probe), service=CAMPUS)
        assert found == (OP, UNCLEAR, Cause.NO_PAGE, MAYBE)

    def test_one_that_fails_twice_is_a_suspicion(self):
        found = finding(confirmed(CAMPUS.probe, DEAD), service=CAMPUS)
        assert found == (MAJOR, THEM, Cause.NO_PAGE, MAYBE)

    def test_one_that_limits_us_is_open(self):
        found = finding(good(CAMPUS.probe, LIMITED), service=CAMPUS)
        assert found == (OP, UNCLEAR, Cause.NO_PAGE, MAYBE)

    def test_with_nothing_to_ask_nothing_is_known(self):
        assert finding(service=BARE) == (UNKNOWN, UNCLEAR, Cause.NOT_LOOKED_YET, None)


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

    def test_is_not_for_a_moment_where_it_fails_or_is_unknown_or_mixed(self):
        assert self.holds(confirmed(CAMPUS.probe, DEAD)) == self.AT_ONCE
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


def test_what_something_stands_on_is_asked_of_the_board_alone():
    suspected = {ServiceKey("infra"): Standing(SUSPECTED, since=ago(5))}
    assert judged(good(PAGE, DOWN), standings=suspected).upstream == "infra"
    assert judged(good(PAGE, DOWN)).upstream is None
