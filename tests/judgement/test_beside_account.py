"""Accounts a vendor refuses: told once each, and until they are accepted again."""

from dataclasses import replace

import pytest

from notifier.judgement.beside import account, beyond_outages
from notifier.model.announcement import Reason, ThreadId
from notifier.model.board import Thread, Topic
from notifier.model.observation import Refusal
from notifier.model.verdict import Cause, Verdict
from tests.judgement.boards import (
    ACCEPTED,
    FINE,
    REPORTED,
    ago,
    announced,
    board,
    drafted,
    fails,
    good,
    keyed,
    on_board,
    stands,
    told,
    withdrawn,
    world,
)
from tests.stories.story import ALIVE, DEAD, GARBAGE, tool

CHATTY, CLAUDIA, CAMPUS = keyed("chatty"), keyed("claudia"), tool("campus")
SETTINGS = world(CHATTY, CLAUDIA, CAMPUS)


def aside(topic, *services, cause=None, id_="t-aside", **more):
    kept = Thread(ThreadId(id_), services, ago(600).utc, topic=topic, cause=cause)
    return replace(kept, **more)


def told_of(thread):
    return told(thread, Verdict())


def after(room, *threads, told=(), settings=SETTINGS, sights=(), **more):
    known = board(*sights, **on_board(*threads, told_of=told), **{"notice_count": 4, **more})
    draft = drafted(known, settings)
    room.tell(draft, beyond_outages(draft.board))
    return draft


def open_ones(draft, topic):
    return [one for one in draft.board.threads.values() if one.is_open(topic)]


def said(draft):
    return [
        (one.reason, [s.service.key for s in one.subjects], one.cause) for one in announced(draft)
    ]


class TestAnAccount:
    REJECTED = replace(FINE, account=Cause.KEY_REJECTED)

    def told(self, *threads, told=(), sights=(), settings=SETTINGS, **verdicts):
        return after(
            account, *threads, told=told, sights=sights, settings=settings,
            standings=stands(**verdicts),
        )  # fmt: skip

    @pytest.mark.parametrize("refusal", list(Refusal))
    def test_is_told_where_it_is_refused(self, refusal):
        cause = Cause(refusal.value)
        draft = self.told(chatty=replace(FINE, account=cause), claudia=FINE)
        assert said(draft) == [(Reason.ACCOUNT, ["chatty"], cause)]
        (thread,) = open_ones(draft, Topic.ACCOUNT)
        assert (thread.services, thread.cause) == (("chatty",), cause)

    def test_is_not_told_where_it_is_only_asked_to_slow_down(self):
        assert self.told(chatty=replace(FINE, account=Cause.RATE_LIMITED)).effects == []

    def test_is_told_whatever_else_goes_on(self):
        draft = self.told(chatty=replace(REPORTED, account=Cause.PAYMENT))
        assert said(draft) == [(Reason.ACCOUNT, ["chatty"], Cause.PAYMENT)]

    def test_is_told_once(self):
        known = aside(Topic.ACCOUNT, CHATTY.key, cause=Cause.KEY_REJECTED)
        assert self.told(known, told=(told_of(known),), chatty=self.REJECTED).effects == []

    def test_of_two_vendors_are_two_and_each_has_a_life_of_its_own(self):
        draft = self.told(chatty=self.REJECTED, claudia=replace(FINE, account=Cause.PAYMENT))
        assert said(draft) == [
            (Reason.ACCOUNT, ["chatty"], Cause.KEY_REJECTED),
            (Reason.ACCOUNT, ["claudia"], Cause.PAYMENT),
        ]
        known = aside(Topic.ACCOUNT, CHATTY.key, cause=Cause.KEY_REJECTED)
        draft = self.told(
            known, told=(told_of(known),), chatty=self.REJECTED, claudia=self.REJECTED
        )
        assert said(draft) == [(Reason.ACCOUNT, ["claudia"], Cause.KEY_REJECTED)]

    def test_that_several_services_share_is_one(self):
        shares = replace(CLAUDIA, account=CHATTY.account)
        settings = world(CHATTY, shares)
        draft = self.told(settings=settings, chatty=self.REJECTED, claudia=self.REJECTED)
        assert said(draft) == [(Reason.ACCOUNT, ["chatty", "claudia"], Cause.KEY_REJECTED)]

    def test_of_a_service_without_one_is_its_front_doors(self):
        region = replace(FINE, account=Cause.REGION)
        draft = self.told(campus=region)
        assert said(draft) == [(Reason.ACCOUNT, ["campus"], Cause.REGION)]

    def over(self, *sights, cause=Cause.KEY_REJECTED, service=CHATTY, settings=SETTINGS):
        known = aside(Topic.ACCOUNT, service.key, cause=cause)
        draft = self.told(
            known, told=(told_of(known),), sights=sights, settings=settings, chatty=FINE
        )
        return withdrawn(draft) == ["n-t-aside"]

    def test_is_over_when_it_is_accepted_again(self):
        assert self.over(good(CHATTY.account, ACCEPTED))
        assert self.over(good(CAMPUS.probe, ALIVE), service=CAMPUS)

    def test_is_not_over_while_nobody_could_ask(self):
        assert not self.over()
        assert not self.over(fails(CHATTY.account, GARBAGE, 5, good_ago=60))
        assert not self.over(good(CHATTY.probe, ALIVE))

    def test_is_over_for_a_service_that_is_watched_no_more_or_has_nothing_to_ask(self):
        assert self.over(settings=world(CLAUDIA))
        bare = tool("chatty", door=False)
        assert self.over(settings=world(bare))

    def test_of_several_is_over_when_all_are_accepted(self):
        known = aside(Topic.ACCOUNT, CHATTY.key, CLAUDIA.key, cause=Cause.PAYMENT)
        one = self.told(known, sights=(good(CHATTY.account, ACCEPTED),), chatty=FINE)
        assert open_ones(one, Topic.ACCOUNT) == [known]

    def test_refused_for_another_reason_is_told_anew(self):
        known = aside(Topic.ACCOUNT, CHATTY.key, cause=Cause.PAYMENT)
        draft = self.told(known, told=(told_of(known),), chatty=self.REJECTED)
        assert withdrawn(draft) == ["n-t-aside"]
        assert said(draft) == [(Reason.ACCOUNT, ["chatty"], Cause.KEY_REJECTED)]

    def test_of_another_is_no_end_of_this(self):
        known = aside(Topic.ACCOUNT, CLAUDIA.key, cause=Cause.PAYMENT)
        draft = self.told(
            known,
            told=(told_of(known),),
            chatty=self.REJECTED,
            claudia=replace(FINE, account=Cause.PAYMENT),
        )
        assert withdrawn(draft) == []

    def test_is_not_over_while_an_answer_refuses_it_without_a_reason(self):
        assert not self.over(fails(CHATTY.account, DEAD, 5))
