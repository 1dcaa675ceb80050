"""A return the person asked to be told: what can be waited for, and when it has come."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifier.judgement import beside
from notifier.judgement.beside import awaited
from notifier.model.announcement import Reason, Silence
from notifier.model.board import Link, Machine, Topic
from notifier.model.effect import Hush, Record
from notifier.model.health import Health
from notifier.model.record import ThreadKept
from notifier.model.settings import Calm, Quiet
from notifier.model.settings_words import Level
from notifier.model.verdict import Verdict, Whose
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    UNREAD,
    announced,
    board,
    drafted,
    notice,
    of,
    on_board,
    outage,
    stands,
    told,
    withdrawn,
    world,
)
from tests.stories.story import NOON, tool

CHATTY, CLAUDIA = tool("chatty"), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
PLANNED = Verdict(Health.MAINTENANCE, Whose.NONE, None)

FALLEN = outage("chatty")
WAITING = outage("chatty", "t-awaited", topic=Topic.AWAITED)


def open_ones(draft):
    return [one for one in draft.board.threads.values() if one.is_open(Topic.AWAITED)]


class TestToWait:
    def waits(self, *threads, told_of=(), **verdicts):
        known = board(standings=stands(**verdicts), **on_board(*threads, told_of=told_of))
        draft = drafted(known, SETTINGS)
        awaited.wait_for(draft, CHATTY)
        return open_ones(draft)

    def test_for_an_outage_that_was_not_told_begins_with_that(self):
        (one,) = self.waits(FALLEN, chatty=REPORTED)
        assert (one.services, one.opened) == (("chatty",), FALLEN.opened)

    def test_for_what_is_no_outage_begins_now(self):
        (one,) = self.waits(chatty=UNREAD)
        assert one.opened == NOON
        (one,) = self.waits()
        assert one.opened == NOON, "nobody has looked yet"
        (one,) = self.waits(outage("claudia"), chatty=UNREAD)
        assert one.opened == NOON, "that is another's"

    @pytest.mark.parametrize("well", [FINE, PLANNED])
    def test_for_what_works_is_nothing(self, well):
        assert self.waits(chatty=well) == []

    def test_for_what_was_told_is_nothing_for_its_end_is_told_anyway(self):
        assert self.waits(FALLEN, told_of=(told(FALLEN),), chatty=REPORTED) == []

    def test_for_what_was_told_to_be_over_and_fails_again_is_something(self):
        over = told(FALLEN, over=True)
        assert len(self.waits(FALLEN, told_of=(over,), chatty=REPORTED)) == 1

    def test_twice_is_to_wait_once(self):
        assert self.waits(FALLEN, WAITING, chatty=REPORTED) == [WAITING]
        other = replace(WAITING, services=("claudia",))
        assert len(self.waits(FALLEN, other, chatty=REPORTED)) == 2


def after(*threads, told_of=(), settings=SETTINGS, room=awaited, **more):
    """A draft after it was asked who is back; Chatty works, if not said otherwise."""
    known = {"standings": stands(chatty=FINE), "notice_count": 4, **more}
    draft = drafted(board(**on_board(*threads, told_of=told_of), **known), settings)
    room.tell(draft)
    return draft


class TestTheReturn:
    def test_is_told_with_how_long_it_took(self):
        draft = after(WAITING)
        (said,) = announced(draft)
        assert said.reason is Reason.RECOVERED
        (subject,) = said.subjects
        assert (subject.service, subject.verdict, subject.duration) == (CHATTY, FINE, 600.0)
        assert open_ones(draft) == [WAITING], "until somebody has heard it"

    @pytest.mark.parametrize(
        ("verdict", "back"), [(FINE, 1), (PLANNED, 1), (UNREAD, 0), (REPORTED, 0)]
    )
    def test_is_that_it_works(self, verdict, back):
        draft = after(WAITING, standings=stands(chatty=verdict))
        assert len(announced(draft)) == back
        assert open_ones(draft) == [WAITING]

    def test_is_none_of_what_nobody_has_judged(self):
        assert after(WAITING, standings={}).effects == []

    def test_is_none_while_its_outage_is_not_known_to_be_over(self):
        assert after(FALLEN, WAITING).effects == []
        over = replace(FALLEN, closed=NOON)
        assert len(announced(after(over, WAITING))) == 1
        assert len(announced(after(outage("claudia"), WAITING))) == 1, "that is another's"

    def test_is_that_of_each(self):
        other = outage("claudia", "t-other", topic=Topic.AWAITED)
        both = after(WAITING, other, standings=stands(chatty=FINE, claudia=FINE))
        assert len(announced(both)) == 2

    @pytest.mark.parametrize(
        "settings",
        [
            replace(SETTINGS, level=Level.NONE),
            world(replace(CHATTY, level=Level.OUTAGES)),
            replace(SETTINGS, quiet=(Quiet(time(11), time(13)),)),
        ],
        ids=["level", "level of its own", "quiet hours"],
    )
    def test_passes_what_forbids_to_tell_of_the_failing(self, settings):
        assert len(announced(after(WAITING, settings=settings))) == 1

    @pytest.mark.parametrize(
        ("more", "silence"),
        [
            ({"paused_until": NOON + timedelta(hours=1)}, Silence.PAUSED),
            ({"machine": Machine(in_front=False)}, Silence.AWAY),
            ({"shown_at": (NOW.steady - 1,) * 3}, Silence.UNSETTLED),
            ({"settings": replace(SETTINGS, calm=Calm(ceiling=0))}, Silence.CEILING),
        ],
    )
    def test_waits_until_it_can_be_heard(self, more, silence):
        draft = after(WAITING, **more)
        assert announced(draft) == []
        assert [(one.reason, one.would_be) for one in of(Hush, draft)] == [
            (silence, Reason.RECOVERED)
        ]
        assert open_ones(draft) == [WAITING]

    def test_is_told_once_though_it_is_still_on_its_way(self):
        offer = notice(WAITING)
        assert after(WAITING, on_offer={offer.id: offer}).effects == []

    def test_that_was_heard_is_forgotten_and_stays_to_be_seen(self):
        draft = after(WAITING, told_of=(told(WAITING, over=True),))
        assert (announced(draft), withdrawn(draft)) == ([], [])
        assert WAITING.id not in draft.board.threads
        assert of(Record, draft) == [ThreadKept(replace(WAITING, closed=NOON))]

    def test_is_told_while_we_are_online(self):
        assert len(announced(after(WAITING, room=beside))) == 1
        assert announced(after(WAITING, room=beside, link=Link.OFFLINE)) == []


class TestTheOutageThatWasToldAfterAll:
    """Then so was its end, and there is nothing more to say."""

    OVER = replace(FALLEN, closed=NOON)

    def ended(self, thread=None, **more):
        thread = thread or self.OVER
        known = told(thread, **{"over": True, "at": NOON, **more})
        draft = after(thread, WAITING, told_of=(known,))
        return not announced(draft) and not open_ones(draft)

    def test_ends_the_waiting(self):
        assert self.ended()
        assert self.ended(at=WAITING.opened)

    def test_does_not_where_its_end_was_told_before_or_not_yet(self):
        assert not self.ended(at=WAITING.opened - timedelta(seconds=1))
        assert not self.ended(over=False)

    def test_does_not_where_it_was_anothers_or_no_outage(self):
        assert not self.ended(replace(self.OVER, services=("claudia",)))
        assert not self.ended(replace(self.OVER, topic=Topic.ROUTE))

    def test_takes_back_what_is_on_its_way(self):
        offer = notice(WAITING)
        draft = after(
            self.OVER, WAITING, told_of=(told(self.OVER, over=True, at=NOON),),
            on_offer={offer.id: offer},
        )  # fmt: skip
        assert withdrawn(draft) == [offer.id]

    def test_is_found_though_what_was_told_first_is_no_more(self):
        gone = told(outage("gone"), over=True, at=NOON)
        known = on_board(self.OVER, WAITING, told_of=(told(self.OVER, over=True, at=NOON),))
        known["told"] = {gone.thread: gone, **known["told"]}
        draft = drafted(board(standings=stands(chatty=FINE), **known), SETTINGS)
        awaited.tell(draft)
        assert not announced(draft)
        assert open_ones(draft) == []


def test_who_is_watched_no_more_is_waited_for_no_more():
    draft = after(replace(WAITING, services=("gone",)), told_of=(told(WAITING),))
    assert withdrawn(draft) == ["n-t-awaited"]
    assert open_ones(draft) == []
    assert announced(draft) == []


def test_nothing_beside_it_is_touched():
    others = [outage("chatty", f"t-{topic.value}", topic=topic) for topic in Topic]
    draft = after(*[one for one in others if one.topic is not Topic.AWAITED])
    assert draft.effects == []
