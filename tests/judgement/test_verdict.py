"""Whose turn it is: the table at the head of verdict.py, row by row, on boards built by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.verdict import judge
from notifier.model.board import Link, Standing
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.service import ServiceKey
from notifier.model.verdict import Cause, Confidence, Whose
from tests.judgement.boards import (
    ACCEPTED,
    ANSWERS,
    DOWN,
    IN_MAINTENANCE,
    LIMITED,
    NOW,
    SUSPECTED,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    failed,
    fails,
    good,
    key_of,
    keyed,
    local,
    look,
    refused,
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

    def test_a_front_door_that_could_not_be_asked_comes_before_the_account(self):
        both = replace(CAMPUS, account=key_of("campus"))
        assert finding(fails(CAMPUS.probe, GARBAGE), service=both)[2] is Cause.PAGE_UNREADABLE
        alone = replace(both, probe=None)
        assert finding(fails(alone.account, GARBAGE), service=alone)[2] is Cause.PAGE_UNREADABLE

    def test_with_nothing_to_ask_nothing_is_known(self):
        assert finding(service=BARE) == (UNKNOWN, UNCLEAR, Cause.NOT_LOOKED_YET, None)


def test_what_something_stands_on_is_asked_of_the_board_alone():
    suspected = {ServiceKey("infra"): Standing(SUSPECTED, since=ago(5))}
    assert judged(good(PAGE, DOWN), standings=suspected).upstream == "infra"
    assert judged(good(PAGE, DOWN)).upstream is None
