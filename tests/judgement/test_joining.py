"""Which outages are one: the table at the head of joining.py, case by case."""

from dataclasses import replace

import pytest

from notifier.judgement.joining import ground, joined
from notifier.model.announcement import ThreadId
from notifier.model.board import Topic
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.record import ThreadKept
from notifier.model.service import PartRef
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    FINE,
    REPORTED,
    board,
    drafted,
    good,
    of,
    on_board,
    outage,
    stands,
    world,
)
from tests.stories.story import NOON, report, tool

PAGE = report(Chat=Health.OPERATIONAL, Login=Health.OPERATIONAL, Code=Health.MAJOR_OUTAGE)

WEB = tool("web", parts=("Chat",))
CODE = replace(tool("code", parts=("Code",)), page=WEB.page)
WORK = replace(tool("work", parts=("Login", "Code")), page=WEB.page)
OTHER = tool("other", parts=("Chat",))
"""Of another vendor, whose page has parts of the same names."""
SETTINGS = world(WEB, CODE, WORK, OTHER)

SHARED = replace(REPORTED, cause=Cause.SHARED_UPSTREAM, upstream="cloud")


def by_page(younger, *elders, settings=SETTINGS, read=True):
    """A draft in which the younger outage was asked whether it is part of one of the elders."""
    sights = (good(WEB.page, PAGE), good(OTHER.page, PAGE)) if read else ()
    draft = drafted(board(*sights, **on_board(*elders, younger)), settings)
    return draft, joined(draft, younger)


def part_of(younger, *elders, **more):
    return by_page(younger, *elders, **more)[1].part_of


class TestOneIncident:
    def test_of_one_page_is_one_outage(self):
        web, code = outage("web", incidents=("i1",)), outage("code", incidents=("i0", "i1"))
        assert part_of(code, web) == web.id

    def test_is_one_though_no_part_was_ever_seen(self):
        web, code = outage("web", incidents=("i1",)), outage("code", incidents=("i1",))
        assert part_of(code, web, read=False) == web.id

    def test_of_the_same_id_on_another_page_is_another(self):
        web, other = outage("web", incidents=("i1",)), outage("other", incidents=("i1",))
        assert part_of(other, web) is None

    def test_and_another_are_two(self):
        web, code = outage("web", incidents=("i1",)), outage("code", incidents=("i2",))
        assert part_of(code, web) is None


class TestPartsInCommon:
    def test_are_one_outage(self):
        assert part_of(outage("work"), outage("code")) == "t-code"

    def test_are_none_where_other_parts_were_chosen(self):
        assert part_of(outage("code"), outage("web")) is None

    def test_are_none_of_two_pages(self):
        assert part_of(outage("other"), outage("web")) is None

    def test_are_all_of_it_where_nothing_was_chosen(self):
        whole = world(replace(WEB, parts=()), CODE)
        assert part_of(outage("code"), outage("web"), settings=whole) == "t-web"

    def test_are_unknown_before_the_page_was_read(self):
        assert part_of(outage("work"), outage("code"), read=False) is None

    def test_are_none_where_what_was_chosen_is_not_there(self):
        gone = (PartRef(name="Gone"),)
        settings = world(replace(WEB, parts=gone), replace(CODE, parts=gone))
        assert part_of(outage("code"), outage("web"), settings=settings) is None


class TestTheElder:
    """The oldest that goes on, and is one outage with it."""

    CODE, WORK = outage("code"), outage("work")

    def test_is_no_younger_one(self):
        draft = drafted(board(good(WEB.page, PAGE), **on_board(self.CODE, self.WORK)), SETTINGS)
        assert joined(draft, self.CODE).part_of is None

    def test_is_none_that_is_over_or_no_outage(self):
        for elder in (replace(self.CODE, closed=NOON), replace(self.CODE, topic=Topic.ROUTE)):
            assert part_of(self.WORK, elder) is None

    def test_is_the_oldest_of_several(self):
        assert part_of(self.WORK, self.CODE, outage("code", "t-second")) == self.CODE.id

    def test_of_one_that_is_part_of_another_is_that_other(self):
        first = outage("web")
        assert part_of(self.WORK, first, replace(self.CODE, part_of=first.id)) == first.id

    def test_is_sought_beyond_those_that_are_other_outages(self):
        assert part_of(self.WORK, outage("web"), outage("other"), self.CODE) == self.CODE.id

    def test_stays_what_it_was(self):
        moved = replace(self.WORK, part_of=ThreadId("t-web"))
        draft, found = by_page(moved, outage("web"), self.CODE)
        assert found is moved
        assert draft.effects == []

    def test_is_none_of_those_that_are_told_as_part_of_itself(self):
        follower = replace(self.CODE, part_of=self.WORK.id)
        assert part_of(self.WORK, follower) is None

    def test_takes_in_those_that_were_part_of_the_younger(self):
        follower = replace(outage("web"), part_of=self.WORK.id)
        known = board(good(WEB.page, PAGE), **on_board(self.CODE, self.WORK, follower))
        draft = drafted(known, SETTINGS)
        assert joined(draft, self.WORK) == replace(self.WORK, part_of=self.CODE.id)
        taken = replace(follower, part_of=self.CODE.id)
        assert of(Record, draft) == [ThreadKept(taken)]
        assert draft.board.threads[follower.id] == taken

    def test_changes_nothing_of_the_thread_where_there_is_none(self):
        draft, found = by_page(self.WORK, outage("web"))
        assert found is self.WORK
        assert draft.effects == []

    def test_is_none_where_one_of_both_is_watched_no_more(self):
        assert part_of(self.WORK, outage("gone", incidents=("i1",))) is None
        assert part_of(outage("gone", incidents=("i1",)), self.CODE) is None


CLOUD = tool("cloud", can=("infra",))
ATLAS, BIRCH = (tool(name, runs_on=("cloud",)) for name in ("atlas", "birch"))
MODELS = tool("makers", family="models")
"""Runs a family of models itself, which a reseller stands on."""
RESELLER = tool("reseller", runs_on=("models",))
UPSTREAMS = world(ATLAS, BIRCH, MODELS, RESELLER, others=(CLOUD,))


def grounded(key, settings=UPSTREAMS, **verdicts):
    draft = drafted(board(standings=stands(**verdicts)), settings)
    return ground(draft, outage(key))


class TestTheGround:
    """What a service fell with."""

    def test_is_the_upstream_it_is_laid_to(self):
        assert grounded("atlas", atlas=SHARED) == "cloud"

    def test_is_none_of_what_fails_by_itself(self):
        assert grounded("atlas", atlas=REPORTED, birch=SHARED) is None
        assert grounded("atlas") is None

    def test_of_an_upstream_is_itself_where_another_is_laid_to_it(self):
        assert grounded("cloud", cloud=REPORTED, atlas=SHARED) is None, "it is not watched"
        watched = world(ATLAS, BIRCH, CLOUD)
        assert grounded("cloud", watched, cloud=REPORTED, atlas=SHARED) == "cloud"
        assert grounded("cloud", watched, cloud=REPORTED, atlas=FINE, birch=SHARED) == "cloud"
        assert grounded("cloud", watched, cloud=REPORTED, atlas=REPORTED) is None
        assert grounded("cloud", watched, cloud=REPORTED) is None

    def test_of_who_runs_models_is_their_family_where_a_reseller_is_laid_to_it(self):
        laid = replace(SHARED, upstream="models")
        assert grounded("makers", makers=REPORTED, reseller=laid) == "models"
        named = replace(SHARED, upstream="makers")
        assert grounded("makers", makers=REPORTED, reseller=named) == "makers"

    def test_is_not_that_of_what_runs_elsewhere(self):
        elsewhere = tool("elsewhere", runs_on=("ground",))
        laid = replace(SHARED, upstream="cloud")
        watched = world(CLOUD, elsewhere)
        assert grounded("cloud", watched, cloud=REPORTED, elsewhere=laid) is None

    @pytest.mark.parametrize(
        ("elder", "younger", "one"),
        [
            pytest.param(SHARED, SHARED, True, id="one upstream"),
            pytest.param(SHARED, replace(SHARED, upstream="ground"), False, id="two upstreams"),
            pytest.param(SHARED, REPORTED, False, id="one upstream, and something else"),
            pytest.param(REPORTED, REPORTED, False, id="two causes nobody knows"),
        ],
    )
    def test_makes_one_outage_of_two(self, elder, younger, one):
        first, second = outage("atlas"), outage("birch")
        known = board(standings=stands(atlas=elder, birch=younger), **on_board(first, second))
        found = joined(drafted(known, UPSTREAMS), second)
        assert found.part_of == (first.id if one else None)

    def test_makes_one_of_an_upstream_and_what_fell_with_it_whichever_came_first(self):
        watched = world(CLOUD, ATLAS)
        cloud, atlas = outage("cloud"), outage("atlas")
        for first, second in ((cloud, atlas), (atlas, cloud)):
            known = board(standings=stands(cloud=REPORTED, atlas=SHARED), **on_board(first, second))
            assert joined(drafted(known, watched), second).part_of == first.id
