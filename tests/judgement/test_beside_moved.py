"""Pages that are read elsewhere, or as another kind: one quiet line, and never again."""

from dataclasses import replace

from notifier.judgement import beside
from notifier.model.announcement import Reason, ThreadId
from notifier.model.board import Link, Thread, Topic
from notifier.model.verdict import Verdict
from tests.judgement.boards import (
    UP,
    ago,
    announced,
    board,
    drafted,
    good,
    keyed,
    on_board,
    told,
    withdrawn,
    world,
)

CHATTY, CLAUDIA = keyed("chatty"), keyed("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
NEW = "https://status.chatty.example"
MOVED = replace(UP, moved=NEW)
ID = f"{CHATTY.page.id} {NEW}"


def after(report, *threads, told_of=(), settings=SETTINGS, link=Link.ONLINE):
    known = board(good(CHATTY.page, report, 60), link=link, **on_board(*threads, told_of=told_of))
    draft = drafted(known, settings)
    beside.tell_ahead(draft)
    return draft


def thread(id_=ID):
    kept = Thread(ThreadId("t-moved"), (CHATTY.key,), ago(600).utc, topic=Topic.MOVED)
    return replace(kept, incidents=(id_,))


def test_is_told_once():
    (said,) = announced(after(MOVED))
    assert said.reason is Reason.SOURCE_MOVED
    assert [one.service.key for one in said.subjects] == [CHATTY.key]
    known = thread()
    assert announced(after(MOVED, known, told_of=[told(known, Verdict())])) == []


def test_is_nothing_of_a_page_that_is_where_it_was():
    assert after(UP).effects == []


def test_ends_where_it_is_back_or_somewhere_else():
    known = thread()
    assert withdrawn(after(UP, known, told_of=[told(known, Verdict())]))
    elsewhere = after(replace(UP, moved="https://other.example"), known, told_of=[])
    assert len(announced(elsewhere)) == 1


def test_of_two_tools_on_one_page_is_one_notice():
    both = world(CHATTY, replace(CLAUDIA, page=CHATTY.page))
    (said,) = announced(after(MOVED, settings=both))
    assert [one.service.key for one in said.subjects] == [CHATTY.key, CLAUDIA.key]


def test_waits_until_we_are_online():
    assert announced(after(MOVED, link=Link.OFFLINE)) == []
