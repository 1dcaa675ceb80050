"""The log as the picture shows it: what the diary is told, newest first, per service."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifier.model.announcement import Notice, NoticeId, Reason, Silence, ThreadId, Withheld
from notifier.model.board import Thread, Topic
from notifier.model.record import (
    NoticeHeard,
    NoticeIntended,
    NoticeKeptBack,
    NoticeOwed,
    NoticeWithdrawn,
    SilenceKept,
    ThreadKept,
)
from notifier.model.service import ServiceKey
from notifier.model.trace import LastOutage
from notifier.watch.logbook import MOST_LINES, Logbook

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHATGPT, CLAUDE = ServiceKey("chatgpt"), ServiceKey("claude")


def notice(number: int = 1, services=(CHATGPT,), title="ChatGPT is down") -> Notice:
    return Notice(
        id=NoticeId(f"n-{number}"),
        at=NOON,
        threads=(ThreadId("t-1"),),
        reason=Reason.OUTAGE,
        services=services,
        title=title,
        body="",
        actions=(),
        labels=(),
        whose="them",
        cause=None,
        confidence=None,
    )


def silence(minutes: float, reason=Silence.UNCONFIRMED, services=(CHATGPT,)) -> SilenceKept:
    at = NOON + timedelta(minutes=minutes)
    return SilenceKept(Withheld(at, None, services, reason, Reason.SUSPECTED))


def said(logbook: Logbook, service=CHATGPT) -> list[tuple[str, str, str]]:
    return [
        (line.kind, line.title or line.reason, line.channel or line.why)
        for line in logbook.lines(service)
    ]


@pytest.fixture
def logbook():
    return Logbook()


def test_a_notice_stands_there_once_it_was_answered_for_with_its_channel(logbook):
    logbook.note([NoticeIntended(notice())])
    assert said(logbook) == []
    later = NOON + timedelta(seconds=2)
    touched = logbook.note([NoticeHeard(NoticeId("n-1"), later, "freedesktop", "7", ())])
    assert touched == {CHATGPT}
    assert said(logbook) == [("told", "ChatGPT is down", "freedesktop")]
    assert said(logbook, CLAUDE) == []


@pytest.mark.parametrize("services", [(CHATGPT,), ()], ids=["of one", "of all"])
def test_of_one_that_is_kept_back_its_own_line_says_so_and_no_later_one(logbook, services):
    logbook.note([silence(-1)])
    logbook.note([NoticeIntended(notice(services=services))])
    logbook.note([NoticeHeard(NoticeId("n-1"), NOON, "freedesktop", "7", ())])
    assert logbook.note([NoticeKeptBack(NoticeId("n-1"), NOON, "dunst")]) == {CHATGPT}
    logbook.note([NoticeWithdrawn(NoticeId("n-1"), NOON + timedelta(minutes=1))])
    assert [(line.kind, line.kept_back_by) for line in logbook.lines(CHATGPT)] == [
        ("withdrawn", ""),
        ("told", "dunst"),
        ("withheld", ""),
    ]


def test_of_one_forgotten_long_ago_nobody_is_said_to_keep_it_back(logbook):
    assert logbook.note([NoticeKeptBack(NoticeId("n-1"), NOON, "dunst")]) == frozenset()


def test_one_that_nobody_took_says_why_and_one_taken_back_stands_there_too(logbook):
    logbook.note([NoticeIntended(notice())])
    logbook.note([NoticeOwed(NoticeId("n-1"), NOON, "nobody answered")])
    logbook.note([NoticeWithdrawn(NoticeId("n-1"), NOON + timedelta(minutes=1))])
    assert said(logbook) == [
        ("withdrawn", "ChatGPT is down", ""),
        ("owed", "ChatGPT is down", "nobody answered"),
    ]


def test_of_what_an_earlier_run_told_it_knows_the_words_when_it_is_taken_back(logbook):
    earlier = Logbook()
    earlier.note([NoticeIntended(notice())])
    earlier.note([NoticeHeard(NoticeId("n-1"), NOON, "freedesktop", "7", ())])
    logbook.open_with(earlier.lines(CHATGPT), {})
    logbook.note([NoticeWithdrawn(NoticeId("n-1"), NOON + timedelta(hours=1))])
    assert [kind for kind, _, _ in said(logbook)] == ["withdrawn", "told"]


def test_a_silence_about_all_stands_with_each(logbook):
    logbook.note([silence(1, Silence.OFFLINE, (CHATGPT, CLAUDE))])
    assert len(said(logbook)) == len(said(logbook, CLAUDE)) == 1


def test_what_names_no_service_concerns_every_one(logbook):
    logbook.note([silence(1), silence(1, services=(CLAUDE,))])
    ours = notice(2, (), "You are offline")
    touched = logbook.note([NoticeIntended(ours), NoticeHeard(ours.id, NOON, "balloon", "", ())])
    assert touched == {CHATGPT, CLAUDE}
    for service in (CHATGPT, CLAUDE):
        assert ("told", "You are offline", "balloon") in said(logbook, service)


def test_the_newest_come_first_and_the_oldest_go(logbook):
    logbook.note([silence(minute) for minute in range(MOST_LINES + 5)])
    times = [line.at for line in logbook.lines(CHATGPT)]
    assert times == sorted(times, reverse=True)
    assert (len(times), times[0]) == (MOST_LINES, NOON + timedelta(minutes=MOST_LINES + 4))


def test_the_last_outage_is_known_and_whether_it_ended(logbook):
    thread = Thread(ThreadId("t-1"), (CHATGPT,), NOON)
    assert logbook.note([ThreadKept(thread)]) == {CHATGPT}
    assert logbook.outage(CHATGPT) == LastOutage(thread.id, None)
    logbook.note([ThreadKept(replace(thread, closed=NOON + timedelta(hours=1)))])
    assert logbook.outage(CHATGPT) == LastOutage(thread.id, NOON + timedelta(hours=1))


def test_what_is_no_outage_leaves_nothing_to_prove(logbook):
    logbook.note([ThreadKept(Thread(ThreadId("t-2"), (CHATGPT,), NOON, topic=Topic.PAGES))])
    assert logbook.outage(CHATGPT) is None
