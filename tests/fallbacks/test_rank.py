"""What is offered instead of something that fails, in which order, and why the rest is not."""

from dataclasses import replace

import pytest

from notifier.fallbacks import (
    MOST_CHECKED,
    RECENT,
    candidates,
    nothing_left,
    rank,
    stands_on,
    worth_checking,
)
from notifier.fallbacks.kin import MOST_STRANGERS
from notifier.judgement.update import update
from notifier.model.announcement import Against
from notifier.model.board import Standing
from notifier.model.event import Recalled
from notifier.model.health import Health
from notifier.model.observation import FailureKind, Says
from notifier.model.service import Needs, ServiceId
from notifier.model.settings import Instead
from notifier.model.verdict import Cause, Whose
from tests.judgement.boards import (
    ANSWERS,
    FINE,
    NOW,
    REPORTED,
    UNREAD,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    failed,
    fails,
    good,
    local,
    stands,
    world,
)
from tests.stories.story import DEAD, tool

CHATTY, SPARE, OTHER = tool("chatty"), tool("spare"), tool("other")


def seen(*services, seconds=20.0):
    """Page and front door of each, looked at so long ago and well."""
    return [
        good(source, UP if source.id.startswith("page") else ANSWERS, seconds)
        for service in services
        for source in service.sources
    ]


def ranked(settings, *sights, of=CHATTY, **verdicts):
    """The ids offered, and the reason against each of the others."""
    fine = {one.key: FINE for one in (*settings.services, *settings.others) if one.id != of.id}
    known = board(*sights, standings=stands(**{of.key: REPORTED, **fine, **verdicts}))
    offered, excluded = rank(of, known, settings, NOW)
    return [one.service.id for one in offered], {one.service.id: one.against for one in excluded}


class TestOneThatIsOffered:
    def test_was_seen_well_by_page_and_front_door_within_the_minute(self):
        settings = world(CHATTY, SPARE)
        assert RECENT == 60
        assert ranked(settings, *seen(SPARE, seconds=RECENT)) == (["spare"], {})
        late = ranked(settings, *seen(SPARE, seconds=RECENT + 1))
        assert late == ([], {"spare": Against.NOT_LOOKED_YET})

    def test_is_as_old_as_the_older_of_the_two_looks(self):
        settings = world(CHATTY, SPARE)
        sights = (good(SPARE.page, UP, 50), good(SPARE.probe, ANSWERS, 5))
        known = board(*sights, standings=stands(chatty=REPORTED, spare=FINE))
        (offered,), _ = rank(CHATTY, known, settings, NOW)
        assert NOW.since(offered.checked) == 50

    @pytest.mark.parametrize("unseen", ["page", "probe"])
    def test_is_none_of_which_one_was_not_looked_at(self, unseen):
        settings = world(CHATTY, SPARE)
        half = [one for one in seen(SPARE) if not one.last.source.startswith(unseen)]
        assert ranked(settings, *half) == ([], {"spare": Against.NOT_LOOKED_YET})

    def test_is_none_whose_front_door_nobody_knows(self):
        doorless = tool("spare", door=False)
        found = ranked(world(CHATTY, doorless), *seen(doorless))
        assert found == ([], {"spare": Against.NO_DOOR})

    def test_is_none_that_is_green_by_its_page_and_not_reached_from_here(self):
        settings = world(CHATTY, SPARE)
        page = good(SPARE.page, UP)
        shut = confirmed(SPARE.probe, failed(FailureKind.DNS), good=good(SPARE.probe).good)
        assert ranked(settings, page, shut) == ([], {"spare": Against.NOT_REACHED})
        once = doubted(SPARE.probe, DEAD, good=good(SPARE.probe).good)
        assert ranked(settings, page, once) == ([], {"spare": Against.IN_DOUBT})

    @pytest.mark.parametrize(
        ("verdict", "why"),
        [
            (REPORTED, Against.FAILING),
            (replace(FINE, health=Health.MAINTENANCE), Against.MAINTENANCE),
            (UNREAD, Against.NOT_READABLE),
        ],
    )
    def test_is_none_that_does_not_work(self, verdict, why):
        settings = world(CHATTY, SPARE)
        assert ranked(settings, *seen(SPARE), spare=verdict) == ([], {"spare": why})


class TestThePerson:
    @pytest.mark.parametrize(
        ("needs", "why"), [(Needs.ACCOUNT, Against.NO_ACCOUNT), (Needs.KEY, Against.NO_KEY)]
    )
    def test_is_offered_what_is_open_to_them(self, needs, why):
        spare = replace(SPARE, needs=needs)
        closed = world(CHATTY, others=(spare,))
        assert ranked(closed, *seen(spare)) == ([], {"spare": why})
        named = replace(closed, instead=Instead(accounts=frozenset({"spare"})))
        assert ranked(named, *seen(spare)) == (["spare"], {})
        assert ranked(world(CHATTY, spare), *seen(spare)) == (["spare"], {}), "they watch it"
        own = replace(CHATTY, fallbacks=(ServiceId("spare"),))
        assert ranked(world(own, others=(spare,)), *seen(spare), of=own) == (["spare"], {})

    def test_is_offered_only_what_an_office_allows(self):
        settings = replace(world(CHATTY, SPARE, OTHER), instead=Instead(allow=frozenset({"other"})))
        found = ranked(settings, *seen(SPARE, OTHER))
        assert found == (["other"], {"spare": Against.NOT_ALLOWED})

    @pytest.mark.parametrize(
        ("cause", "why"),
        [
            (Cause.QUOTA_EXHAUSTED, Against.OUT_OF_QUOTA),
            (Cause.RATE_LIMITED, Against.OUT_OF_QUOTA),
            (Cause.PAYMENT, Against.REFUSED),
            (Cause.KEY_REJECTED, Against.REFUSED),
            (Cause.REGION, Against.REFUSED),
        ],
    )
    def test_is_not_sent_where_their_account_is_refused(self, cause, why):
        settings = world(CHATTY, SPARE)
        verdict = replace(FINE, account=cause)
        assert ranked(settings, *seen(SPARE), spare=verdict) == ([], {"spare": why})


class TestWhatItStandsOn:
    def test_is_followed_however_deep(self):
        deep, between = tool("deep", can=("infra",)), tool("between", can=("infra",))
        between = replace(between, runs_on=("deep",))
        spare = replace(SPARE, runs_on=("between",))
        settings = world(CHATTY, spare, others=(between, deep))
        assert stands_on(spare, settings) == ("between", "deep")
        found = ranked(settings, *seen(spare), deep=REPORTED)
        assert found == ([], {"spare": Against.SAME_INFRASTRUCTURE})

    def test_may_go_in_a_circle(self):
        one, two = tool("one", runs_on=("two",)), tool("two", runs_on=("one",))
        assert stands_on(one, world(one, two)) == ("two",)

    def test_is_the_models_of_what_failed(self):
        own = replace(CHATTY, family="chatty-models")
        spare = replace(SPARE, runs_on=("chatty-models",))
        found = ranked(world(own, spare), *seen(spare), of=own)
        assert found == ([], {"spare": Against.SAME_MODELS})


class TestAModelServer:
    LLAMA = local()
    SETTINGS = world(CHATTY, LLAMA)

    def with_models(self, **more):
        sight = good(self.LLAMA.probe, replace(ANSWERS, says=Says.ALIVE, **more))
        return ranked(self.SETTINGS, sight)

    def test_counts_with_what_it_has_loaded(self):
        assert self.with_models(models=("llama3.2",)) == (["llama"], {})
        assert self.with_models(able=False) == ([], {"llama": Against.NO_MODEL})
        assert self.with_models(ready=False) == ([], {"llama": Against.NO_MODEL})

    def test_of_somebody_else_is_not_offered(self):
        hostile = fails(self.LLAMA.probe, failed(FailureKind.NOT_OURS))
        ill = replace(UNREAD, whose=Whose.YOU, cause=Cause.NOT_RUNNING)
        offered, excluded = ranked(self.SETTINGS, hostile, llama=ill)
        assert offered == []
        assert set(excluded) == {"llama"}


class TestTheOrder:
    def ids(self, settings, of=CHATTY, **reliability):
        known = board(
            *seen(SPARE, OTHER),
            standings={
                of.key: Standing(REPORTED, since=ago(60)),
                SPARE.key: Standing(FINE, since=ago(60)),
                OTHER.key: Standing(FINE, since=ago(60)),
            },
            reliability=reliability,
        )
        return [one.service.id for one in rank(of, known, settings, NOW)[0]]

    def test_is_the_persons_own_before_any_history(self):
        own = replace(CHATTY, fallbacks=(ServiceId("other"), ServiceId("spare")))
        settings = world(own, SPARE, OTHER)
        assert self.ids(settings, own, other=0.5, spare=1.0) == ["other", "spare"]

    def test_is_by_what_was_reliable_of_late(self):
        settings = world(CHATTY, SPARE, OTHER)
        assert self.ids(settings, other=0.999, spare=0.97) == ["other", "spare"]
        assert self.ids(settings, spare=0.97) == ["other", "spare"], "what is not known is usual"

    def test_is_the_catalogues_where_that_is_the_same_to_the_percent(self):
        settings = world(CHATTY, SPARE, OTHER)
        assert self.ids(settings, other=0.9999, spare=0.9961) == ["spare", "other"]


class TestWhoIsACandidate:
    """Of a catalogue of a hundred nobody reads why ninety are not offered."""

    MANY = tuple(tool(f"tool{n}") for n in range(20))

    def ids(self, of, **more):
        settings = world(of, OTHER, others=(SPARE, *self.MANY), **more)
        return [one.id for one in candidates(of, settings)]

    def test_is_named_by_the_catalogue_or_chosen(self):
        known = replace(CHATTY, kin=(SPARE.id,))
        assert self.ids(known) == ["spare", "other"]

    def test_is_what_the_person_has_or_is_allowed(self):
        known = replace(CHATTY, kin=(SPARE.id,))
        has = Instead(accounts=frozenset({"tool7"}), allow=frozenset({"spare", "tool9"}))
        assert set(self.ids(known, instead=has)) == {"spare", "other", "tool7", "tool9"}

    def test_is_one_of_the_first_few_where_the_catalogue_names_none(self):
        strangers = ["spare", *(one.id for one in self.MANY)][:MOST_STRANGERS]
        assert self.ids(CHATTY) == ["other", *strangers]


class TestWhatIsWorthALook:
    def test_is_five_at_most_chosen_or_not_and_none_that_is_closed(self):
        many = tuple(tool(f"tool{n}") for n in range(7))
        closed = replace(tool("closed"), needs=Needs.ACCOUNT)
        settings = world(CHATTY, *many[:3], others=(closed, *many[3:]))
        known = board(standings=stands(chatty=REPORTED))
        found = [one.id for one in worth_checking(CHATTY, known, settings)]
        assert found == [one.id for one in many[:MOST_CHECKED]]

    def test_is_the_best_five_as_far_as_history_knows(self):
        many = tuple(tool(f"tool{n}") for n in range(7))
        settings = world(CHATTY, others=many)
        known = board(standings=stands(chatty=REPORTED))
        assert many[6] not in worth_checking(CHATTY, known, settings)
        known = replace(known, reliability={one.key: 0.9 for one in many[:6]})
        assert worth_checking(CHATTY, known, settings)[0] == many[6]

    def test_goes_on_while_one_of_them_fails(self):
        settings = world(CHATTY, SPARE)
        known = board(standings=stands(chatty=REPORTED, spare=REPORTED))
        assert worth_checking(CHATTY, known, settings) == (SPARE,)


def test_what_the_history_says_is_carried_on_the_board_and_is_no_news():
    step = update(board(), Recalled(NOW, {SPARE.key: 0.9}), world(CHATTY, SPARE))
    assert step.board.reliability == {SPARE.key: 0.9}
    assert (step.effects, step.news) == ((), False)


class TestNothingIsLeft:
    def left(self, settings, *sights, of=CHATTY, **verdicts):
        known = board(*sights, standings=stands(**{of.key: REPORTED, **verdicts}))
        return nothing_left(*rank(of, known, settings, NOW))

    def test_where_each_of_them_was_judged_and_none_can_be_used(self):
        settings = world(CHATTY, SPARE, OTHER)
        assert self.left(settings, *seen(SPARE, OTHER), spare=REPORTED, other=REPORTED)
        assert not self.left(settings, *seen(SPARE, OTHER), spare=REPORTED, other=FINE)

    def test_is_not_said_while_one_was_not_looked_at(self):
        settings = world(CHATTY, SPARE, OTHER)
        assert not self.left(settings, *seen(SPARE), spare=REPORTED)

    def test_is_not_said_where_nobody_could_ever_stand_in(self):
        cloud = replace(tool("cloud"), can=("infra",))
        assert not self.left(world(cloud, SPARE), *seen(SPARE), of=cloud, spare=FINE)
