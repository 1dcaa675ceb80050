"""What a service stands on, and whether that fails by itself."""

from dataclasses import replace

import pytest

from notifier.judgement.ground import Ground, failing_ground
from notifier.model.health import Health
from notifier.model.verdict import Cause, Verdict, Whose
from tests.judgement.boards import FINE, REPORTED, SUSPECTED, UNREAD, board, stands, world
from tests.stories.story import tool

CLOUD = tool("cloud")
MAKER = tool("maker", family="maker-models", runs_on=("cloud",))
OTHER_MAKER = tool("labs", family="maker-models")
RESELLER = tool("reseller", runs_on=("maker-models", "cloud"))
SETTINGS = world(RESELLER, MAKER, others=(CLOUD, OTHER_MAKER))

SHARED = replace(REPORTED, cause=Cause.SHARED_UPSTREAM, upstream="cloud")


def ground(service=RESELLER, **verdicts):
    found = failing_ground(service, board(standings=stands(**verdicts)), SETTINGS)
    return found.id if found is not None else None


def test_nothing_fails_where_nothing_is_known_or_all_is_well():
    assert ground() is None
    assert ground(maker=FINE, cloud=UNREAD) is None


@pytest.mark.parametrize("by", [REPORTED, SUSPECTED, replace(SUSPECTED, cause=Cause.NO_PAGE)])
def test_it_is_what_fails_by_its_own_page_or_probe(by):
    sure = by is REPORTED
    known = board(standings=stands(cloud=by))
    assert failing_ground(RESELLER, known, SETTINGS) == Ground("cloud", sure)


def test_a_family_fails_with_any_of_those_that_run_it_where_that_is_sure():
    assert ground(maker=REPORTED) == "maker-models"
    assert ground(labs=REPORTED) == "maker-models"
    assert ground(maker=SUSPECTED, labs=SUSPECTED) is None
    assert ground(maker=SUSPECTED, labs=REPORTED) == "maker-models"
    assert ground(maker=SUSPECTED, cloud=SUSPECTED) == "cloud"


def test_it_is_the_deepest_of_a_chain():
    assert ground(maker=SHARED) == "cloud"
    guess = replace(SHARED, confidence=SUSPECTED.confidence)
    known = board(standings=stands(maker=guess))
    assert failing_ground(RESELLER, known, SETTINGS) == Ground("cloud", sure=False)


def test_the_first_it_runs_on_comes_first():
    assert ground(maker=REPORTED, cloud=REPORTED) == "maker-models"
    assert ground(maker=FINE, cloud=REPORTED) == "cloud"


def test_it_is_nothing_that_is_not_theirs_or_does_not_fail_or_is_no_finding_of_its_own():
    assert ground(cloud=replace(REPORTED, whose=Whose.UNCLEAR)) is None
    assert ground(cloud=Verdict(Health.MAINTENANCE, Whose.THEM, Cause.PAGE_REPORTS)) is None
    assert ground(cloud=replace(REPORTED, cause=Cause.MIXED)) is None


def test_nobody_stands_on_the_models_it_runs_itself():
    own = replace(MAKER, runs_on=("maker-models",))
    settings = world(own, others=(OTHER_MAKER,))
    failing = board(standings=stands(labs=REPORTED, maker=REPORTED))
    assert failing_ground(own, failing, settings) is None


def test_what_it_runs_itself_hides_nothing_else_it_stands_on():
    own = replace(MAKER, runs_on=("maker-models", "cloud"))
    failing = board(standings=stands(cloud=REPORTED))
    assert failing_ground(own, failing, world(own, others=(CLOUD,))) == Ground("cloud", sure=True)


def test_nobody_stands_on_itself():
    twice = replace(CLOUD, runs_on=("cloud",))
    settings = world(twice)
    assert failing_ground(twice, board(standings=stands(cloud=REPORTED)), settings) is None


HOST = tool("host", runs_on=("cloud",))
TENANT = tool("tenant", runs_on=("host",))


@pytest.mark.parametrize(
    ("host", "found"),
    [
        pytest.param({}, "cloud", id="nobody looked at the host"),
        pytest.param({"host": UNREAD}, "cloud", id="the host cannot be read"),
        pytest.param({"host": FINE}, None, id="the host is seen to work"),
    ],
)
def test_what_fails_two_levels_down_is_it_unless_what_stands_between_works(host, found):
    settings = world(TENANT, others=(HOST, CLOUD))
    known = board(standings=stands(cloud=REPORTED, **host))
    ground = failing_ground(TENANT, known, settings)
    assert (ground.id if ground is not None else None) == found
    assert {one.id for one in settings.standing_on(CLOUD)} == {"host", "tenant"}


def test_models_do_not_stand_on_the_front_doors_of_those_that_run_them():
    reseller = tool("reseller", runs_on=("maker-models",))
    settings = world(reseller, others=(MAKER, CLOUD))
    assert failing_ground(reseller, board(standings=stands(cloud=REPORTED)), settings) is None
    assert settings.standing_on(CLOUD) == (MAKER,)
