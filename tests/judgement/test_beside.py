"""What is told beside outages: the table at the head of beside, topic by topic."""

from dataclasses import replace

import pytest

from notifier.judgement.beside import account, beyond_outages, route
from notifier.judgement.beside import connection as our_connection
from notifier.judgement.sight import SETTLED_AFTER, TO_BE_MENDED
from notifier.model.announcement import Reason, ThreadId
from notifier.model.board import Connection, Link, Thread, Topic
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.record import ThreadKept
from notifier.model.verdict import Cause, Verdict, Whose
from tests.judgement.boards import (
    FINE,
    NOW,
    UP,
    ago,
    announced,
    board,
    drafted,
    failed,
    fails,
    good,
    keyed,
    of,
    on_board,
    stands,
    told,
    withdrawn,
    world,
)
from tests.stories.story import DEAD, NOON, tool

CHATTY, CLAUDIA, CAMPUS = keyed("chatty"), keyed("claudia"), tool("campus")
SETTINGS = world(CHATTY, CLAUDIA, CAMPUS)

SHUT = Verdict(Health.UNKNOWN, Whose.YOU, Cause.ROUTE)


def aside(topic, *services, cause=None, id_="t-aside", **more):
    kept = Thread(ThreadId(id_), services, ago(600).utc, topic=topic, cause=cause)
    return replace(kept, **more)


def told_of(thread):
    return told(thread, Verdict())


def after(room, *threads, told=(), settings=SETTINGS, sights=(), **more):
    known = board(*sights, **on_board(*threads, told_of=told), **{"notice_count": 4, **more})
    draft = drafted(known, settings)
    found = () if room is our_connection else (beyond_outages(draft.board),)
    room.tell(draft, *found)
    return draft


def open_ones(draft, topic):
    return [one for one in draft.board.threads.values() if one.is_open(topic)]


def said(draft):
    return [
        (one.reason, [s.service.key for s in one.subjects], one.cause) for one in announced(draft)
    ]


class TestOurConnection:
    def told(self, link, *threads, seconds=SETTLED_AFTER, **more):
        return after(our_connection, *threads, connection=Connection(link, ago(seconds)), **more)

    @pytest.mark.parametrize("link", TO_BE_MENDED)
    def test_is_told_where_a_person_can_mend_it(self, link):
        draft = self.told(link)
        (notice,) = announced(draft)
        assert (notice.reason, notice.subjects, notice.cause) == (
            Reason.OFFLINE, (), Cause(link.value),
        )  # fmt: skip
        (thread,) = open_ones(draft, Topic.CONNECTION)
        assert (notice.connection, notice.id, notice.at) == (thread.id, "n-5", NOW)
        assert (thread.cause, thread.services, thread.opened) == (Cause(link.value), (), NOON)
        assert of(Record, draft) == [ThreadKept(thread)]

    @pytest.mark.parametrize("link", set(Link) - TO_BE_MENDED)
    def test_is_not_told_else(self, link):
        assert self.told(link).effects == []

    def test_is_told_once_it_has_settled_and_a_login_page_at_once(self):
        assert self.told(Link.DNS, seconds=SETTLED_AFTER - 1).effects == []
        assert len(announced(self.told(Link.CAPTIVE_PORTAL, seconds=0))) == 1

    def test_is_told_once(self):
        known = aside(Topic.CONNECTION, cause=Cause.DNS)
        draft = self.told(Link.DNS, known, told=(told_of(known),))
        assert draft.effects == []
        assert open_ones(draft, Topic.CONNECTION) == [known]

    @pytest.mark.parametrize("link", [Link.ONLINE, Link.OFFLINE])
    def test_is_withdrawn_at_its_end_and_no_more_is_said(self, link):
        known = aside(Topic.CONNECTION, cause=Cause.DNS)
        draft = self.told(link, known, told=(told_of(known),))
        assert withdrawn(draft) == ["n-t-aside"]
        assert announced(draft) == []
        assert draft.board.threads == {}
        assert of(Record, draft) == [ThreadKept(replace(known, closed=NOON))]

    def test_is_not_over_while_that_is_unclear(self):
        known = aside(Topic.CONNECTION, cause=Cause.DNS)
        assert self.told(Link.UNCLEAR, known, told=(told_of(known),)).effects == []

    def test_that_is_something_else_now_is_told_anew(self):
        known = aside(Topic.CONNECTION, cause=Cause.DNS)
        draft = self.told(Link.PROXY, known, told=(told_of(known),))
        assert withdrawn(draft) == ["n-t-aside"]
        assert said(draft) == [(Reason.OFFLINE, [], Cause.PROXY)]


class TestAShutOffService:
    def told(self, *threads, told=(), sights=(), **verdicts):
        return after(route, *threads, told=told, sights=sights, standings=stands(**verdicts))

    def test_is_told_at_once(self):
        draft = self.told(chatty=SHUT, claudia=FINE)
        assert said(draft) == [(Reason.OFFLINE, ["chatty"], Cause.ROUTE)]
        (thread,) = open_ones(draft, Topic.ROUTE)
        assert (thread.services, thread.cause) == (("chatty",), Cause.ROUTE)
        assert announced(draft)[0].connection is None
        (subject,) = announced(draft)[0].subjects
        assert (subject.since, subject.verdict) == (thread.opened, SHUT)

    def test_is_told_with_all_others(self):
        draft = self.told(chatty=SHUT, campus=SHUT)
        assert said(draft) == [(Reason.OFFLINE, ["chatty", "campus"], Cause.ROUTE)]

    def test_joins_those_that_were_told_without_a_word(self):
        known = aside(Topic.ROUTE, CHATTY.key, cause=Cause.ROUTE)
        draft = self.told(known, told=(told_of(known),), chatty=SHUT, claudia=SHUT)
        assert announced(draft) == []
        (thread,) = open_ones(draft, Topic.ROUTE)
        assert thread.services == ("chatty", "claudia")
        assert of(Record, draft) == [ThreadKept(thread)]

    def test_that_goes_on_writes_nothing(self):
        known = aside(Topic.ROUTE, CHATTY.key, cause=Cause.ROUTE)
        assert self.told(known, told=(told_of(known),), chatty=SHUT).effects == []

    def test_is_over_when_none_is(self):
        known = aside(Topic.ROUTE, CHATTY.key, CLAUDIA.key, cause=Cause.ROUTE)
        open_again = (good(CHATTY.probe), good(CLAUDIA.probe))
        one = {"told": (told_of(known),), "sights": open_again, "chatty": FINE}
        assert withdrawn(self.told(known, **one, claudia=SHUT)) == []
        draft = self.told(known, **one, claudia=FINE)
        assert withdrawn(draft) == ["n-t-aside"]
        assert announced(draft) == []

    def over(self, *sights, settings=SETTINGS):
        known = aside(Topic.ROUTE, CHATTY.key, cause=Cause.ROUTE)
        draft = after(route, known, sights=sights, settings=settings, standings=stands(chatty=FINE))
        return open_ones(draft, Topic.ROUTE) == []

    def test_is_not_over_while_it_was_not_reached(self):
        assert not self.over()
        assert not self.over(fails(CHATTY.probe, failed(FailureKind.REFUSED), 5, good_ago=60))
        assert not self.over(good(CHATTY.page, UP))
        assert self.over(good(CHATTY.probe))
        assert self.over(fails(CHATTY.probe, DEAD, 5)), "trouble over there is no way shut off"

    def test_is_over_for_a_service_that_is_watched_no_more_or_has_no_front_door(self):
        assert self.over(settings=world(CLAUDIA))
        assert self.over(settings=world(tool("chatty", door=False)))

    def test_is_nothing_while_there_is_none(self):
        assert self.told(chatty=FINE).effects == []


def test_a_door_that_fails_is_no_answer_about_an_account():
    known = aside(Topic.ACCOUNT, CHATTY.key, cause=Cause.PAYMENT)
    for sight in (
        fails(CHATTY.account, DEAD, 5),
        fails(CHATTY.account, failed(FailureKind.TIMEOUT), 5, good_ago=60),
    ):
        draft = after(account, known, sights=(sight,), standings=stands(chatty=FINE))
        assert open_ones(draft, Topic.ACCOUNT) == [known]
