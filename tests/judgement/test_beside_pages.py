"""Pages that cannot be read, the life of what is told beside outages, and all of it together."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifier.judgement import beside
from notifier.judgement.beside import beyond_outages, life, pages, route
from notifier.judgement.beside.pages import MANY, UNREAD_FOR
from notifier.judgement.sight import TO_BE_MENDED
from notifier.model.announcement import Announcement, NoticeId, Reason, Silence, ThreadId
from notifier.model.board import Link, Machine, Thread, Topic
from notifier.model.effect import Hush, Record, Withdraw
from notifier.model.health import Health
from notifier.model.record import NoticeWithdrawn, ThreadKept
from notifier.model.settings import Quiet
from notifier.model.settings_words import Level
from notifier.model.verdict import Cause, Verdict, Whose
from tests.judgement.boards import (
    ACCEPTED,
    FINE,
    NOW,
    UNREAD,
    UP,
    ago,
    announced,
    board,
    drafted,
    good,
    keyed,
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
    found = () if room is beside else (beyond_outages(draft.board),)
    room.tell(draft, *found)
    return draft


def open_ones(draft, topic):
    return [one for one in draft.board.threads.values() if one.is_open(topic)]


def said(draft):
    return [
        (one.reason, [s.service.key for s in one.subjects], one.cause) for one in announced(draft)
    ]


class TestUnreadPages:
    def told(self, *threads, told=(), sights=(), settings=SETTINGS, since=None, **verdicts):
        standings = stands(**verdicts)
        if since is not None:
            standings = {key: replace(one, since=ago(since)) for key, one in standings.items()}
        return after(
            pages, *threads, told=told, sights=sights, settings=settings, standings=standings
        )

    def test_is_worth_a_word_after_a_quarter_of_an_hour(self):
        assert self.told(chatty=UNREAD, since=UNREAD_FOR - 1).effects == []
        draft = self.told(chatty=UNREAD, claudia=FINE, since=UNREAD_FOR)
        assert said(draft) == [(Reason.SOURCE_UNREADABLE, ["chatty"], None)]
        (thread,) = open_ones(draft, Topic.PAGES)
        assert thread.services == ("chatty",)

    def test_of_three_unrelated_ones_after_an_interval(self):
        three = {"chatty": UNREAD, "claudia": UNREAD, "campus": UNREAD}
        assert MANY == 3
        assert len(announced(self.told(**three, since=60))) == 1
        assert announced(self.told(**three, since=59)) == []
        two = {"chatty": UNREAD, "claudia": UNREAD}
        assert announced(self.told(**two, since=60)) == []
        settings = world(CHATTY, CLAUDIA, replace(CAMPUS, page=CLAUDIA.page))
        assert announced(self.told(**three, since=60, settings=settings)) == []
        slow = replace(SETTINGS, interval=600.0)
        assert announced(self.told(**three, since=599, settings=slow)) == []

    def test_is_told_with_all_others_that_cannot_be_read(self):
        draft = self.told(chatty=UNREAD, claudia=UNREAD, since=UNREAD_FOR)
        assert said(draft) == [(Reason.SOURCE_UNREADABLE, ["chatty", "claudia"], None)]

    def test_that_have_all_moved_are_called_that(self):
        moved = replace(UNREAD, cause=Cause.PAGE_MOVED)
        draft = self.told(chatty=moved, claudia=moved, since=UNREAD_FOR)
        assert announced(draft)[0].reason is Reason.SOURCE_MOVED
        draft = self.told(chatty=moved, claudia=UNREAD, since=UNREAD_FOR)
        assert announced(draft)[0].reason is Reason.SOURCE_UNREADABLE

    @pytest.mark.parametrize(
        "verdict",
        [
            FINE,
            replace(UNREAD, cause=Cause.NOT_LOOKED_YET),
            replace(UNREAD, whose=Whose.ACCOUNT),
            replace(UNREAD, whose=Whose.THEM),
        ],
    )
    def test_is_nothing_else(self, verdict):
        assert self.told(chatty=verdict, since=9000).effects == []

    def test_is_nothing_of_a_service_without_a_page(self):
        bare = tool("chatty", page=False)
        assert self.told(chatty=UNREAD, since=9000, settings=world(bare)).effects == []

    def test_joins_those_that_were_told_without_a_word(self):
        known = aside(Topic.PAGES, CHATTY.key)
        draft = self.told(known, told=(told_of(known),), chatty=UNREAD, claudia=UNREAD, since=1)
        (thread,) = open_ones(draft, Topic.PAGES)
        assert thread.services == ("chatty", "claudia")
        assert announced(draft) == []

    def test_is_over_when_each_of_them_can_be_read(self):
        known = aside(Topic.PAGES, CHATTY.key, CLAUDIA.key)
        read = (good(CHATTY.page, UP), good(CLAUDIA.page, UP))
        draft = self.told(known, told=(told_of(known),), sights=read[:1], chatty=FINE)
        assert draft.effects == []
        draft = self.told(known, told=(told_of(known),), sights=read, chatty=FINE)
        assert withdrawn(draft) == ["n-t-aside"]
        assert announced(draft) == []

    def test_is_over_for_those_that_are_watched_no_more(self):
        known = aside(Topic.PAGES, CHATTY.key, CLAUDIA.key)
        read = (good(CLAUDIA.page, UP),)
        settings = world(CLAUDIA)
        draft = self.told(known, told=(told_of(known),), sights=read, settings=settings)
        assert withdrawn(draft) == ["n-t-aside"]


class TestTheLife:
    """Begun, told once, withdrawn at its end: the same for every topic."""

    def told(self, settings=SETTINGS, *threads, told=(), **more):
        return after(
            route, *threads, told=told, settings=settings, standings=stands(chatty=SHUT), **more
        )

    @pytest.mark.parametrize(
        ("settings", "more", "silence"),
        [
            (replace(SETTINGS, level=Level.OUTAGES), {}, Silence.LEVEL),
            (SETTINGS, {"paused_until": NOON + timedelta(hours=1)}, Silence.PAUSED),
            (SETTINGS, {"machine": Machine(in_front=False)}, Silence.AWAY),
            (replace(SETTINGS, quiet=(Quiet(time(11), time(13)),)), {}, Silence.QUIET_HOURS),
        ],
    )
    def test_is_held_back_as_everything_else(self, settings, more, silence):
        draft = self.told(settings, **more)
        assert announced(draft) == []
        (withheld,) = of(Hush, draft)
        assert (withheld.reason, withheld.would_be) == (silence, Reason.OFFLINE)
        (thread,) = open_ones(draft, Topic.ROUTE)
        assert withheld.thread == thread.id

    def test_goes_by_the_level_of_those_it_is_about_and_not_by_that_of_all(self):
        loud = world(replace(CHATTY, level=Level.ALL), level=Level.NONE)
        assert len(announced(self.told(loud))) == 1
        quiet = world(replace(CHATTY, level=Level.NONE))
        assert announced(self.told(quiet)) == []

    def test_goes_by_the_level_that_lets_most_through_of_those_it_is_about(self):
        loud = replace(CHATTY, level=Level.ALL)
        quiet = replace(CLAUDIA, level=Level.NONE)
        some = replace(CAMPUS, level=Level.OUTAGES)
        draft = drafted(board(), replace(SETTINGS, level=Level.NONE))
        assert life.loudest(draft, (quiet, loud, some)) is Level.ALL
        assert life.loudest(draft, (quiet, some)) is Level.OUTAGES
        assert life.loudest(draft, (CHATTY,)) is Level.OUTAGES, "no less than outages"
        everything = drafted(board(), SETTINGS)
        assert life.loudest(everything, (CHATTY, quiet)) is Level.ALL

    def test_is_not_told_twice_while_it_is_on_its_way_or_owed(self):
        known = aside(Topic.ROUTE, CHATTY.key, cause=Cause.ROUTE)
        mine = Announcement(NoticeId("n-1"), NOW, Reason.OFFLINE, (), connection=known.id)
        assert self.told(SETTINGS, known, on_offer={mine.id: mine}).effects == []
        assert self.told(SETTINGS, known, owed={mine.id: mine}).effects == []
        other = notice(outage("claudia"))
        assert len(announced(self.told(SETTINGS, known, on_offer={other.id: other}))) == 1

    def test_at_its_end_takes_back_what_is_on_its_way_and_drops_what_is_owed(self):
        known = aside(Topic.ROUTE, CHATTY.key, cause=Cause.ROUTE)
        offered = Announcement(NoticeId("n-1"), NOW, Reason.OFFLINE, (), connection=known.id)
        owed = replace(offered, id=NoticeId("n-2"))
        other = notice(outage("claudia"), id_="n-3")
        draft = after(
            route,
            known,
            standings=stands(chatty=FINE),
            sights=(good(CHATTY.probe),),
            on_offer={offered.id: offered, other.id: other},
            owed={owed.id: owed},
        )
        assert of(Withdraw, draft) == [Withdraw(NoticeId("n-1"), known.id, (CHATTY.key,))]
        assert draft.board.owed == {}
        assert of(Record, draft) == [
            NoticeWithdrawn(NoticeId("n-2"), NOON),
            ThreadKept(replace(known, closed=NOON)),
        ]

    def test_under_way_is_what_goes_on_of_one_topic(self):
        threads = (
            aside(Topic.ROUTE, id_="t-1"),
            aside(Topic.ROUTE, id_="t-2", closed=NOON),
            aside(Topic.PAGES, id_="t-3"),
            outage("chatty"),
        )
        draft = drafted(board(**on_board(*threads)), SETTINGS)
        assert life.under_way(draft, Topic.ROUTE) == threads[:1]


class TestAllOfIt:
    def test_is_told_while_we_are_online(self):
        verdicts = stands(
            chatty=SHUT,
            claudia=replace(FINE, account=Cause.PAYMENT),
            campus=UNREAD,
        )
        old = {key: replace(one, since=ago(UNREAD_FOR)) for key, one in verdicts.items()}
        draft = after(beside, standings=old)
        assert [one.reason for one in announced(draft)] == [
            Reason.OFFLINE, Reason.ACCOUNT, Reason.SOURCE_UNREADABLE,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [
            (SHUT, Reason.OFFLINE),
            (replace(FINE, account=Cause.PAYMENT), Reason.ACCOUNT),
            (UNREAD, Reason.SOURCE_UNREADABLE),
        ],
    )
    def test_is_told_where_it_is_all_there_is(self, verdict, reason):
        old = {
            key: replace(one, since=ago(UNREAD_FOR)) for key, one in stands(chatty=verdict).items()
        }
        assert [one.reason for one in announced(after(beside, standings=old))] == [reason]

    @pytest.mark.parametrize("link", set(Link) - {Link.ONLINE} - TO_BE_MENDED)
    def test_is_not_while_we_are_not(self, link):
        draft = after(beside, standings=stands(chatty=SHUT), link=link)
        assert draft.effects == []

    @pytest.mark.parametrize("topic", [Topic.CONNECTION, Topic.ROUTE, Topic.ACCOUNT, Topic.PAGES])
    def test_ends_though_all_is_well_and_whatever_outage_goes_on(self, topic):
        known = aside(topic, CHATTY.key, cause=Cause.DNS)
        read = (good(CHATTY.page, UP), good(CHATTY.probe), good(CHATTY.account, ACCEPTED))
        standings = stands(chatty=FINE)
        draft = after(beside, outage("claudia"), known, sights=read, standings=standings)
        assert open_ones(draft, topic) == []

    def test_our_own_connection_is_told_then_and_nothing_else(self):
        shut = stands(chatty=SHUT)
        draft = after(beside, standings=shut, link=Link.DNS)
        assert said(draft) == [(Reason.OFFLINE, [], Cause.DNS)]
