"""What a run that died left on the screen is found again, and reading it disturbs nothing."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from notifier.model.announcement import Action, Notice, NoticeId, Reason, ThreadId
from notifier.model.record import NoticeHeard, NoticeIntended, NoticeOwed, NoticeWithdrawn
from notifier.model.service import ServiceKey
from notifier.storage.history import History
from notifier.storage.on_screen import Left, left_on_screen
from notifier.storage.rows import micros
from notifier.storage.steps import STEPS, climb

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BETA = "https://beta.example/app"


def notice(number: int, *, open_url: str | None = BETA) -> Notice:
    return Notice(
        id=NoticeId(f"n-{number}"),
        at=NOON,
        threads=(ThreadId("t-20261123-1"),),
        reason=Reason.OUTAGE,
        services=(ServiceKey("alpha"),),
        title="Alpha is down",
        body="",
        actions=(Action.GOT_IT,),
        labels=("Got it",),
        whose="them",
        cause="page_reports",
        confidence="confirmed",
        open_url=open_url,
    )


def heard(number: int, handle: str) -> NoticeHeard:
    return NoticeHeard(NoticeId(f"n-{number}"), NOON, "freedesktop", handle, ())


def left(number: int, handle: str, open_url: str | None = BETA) -> Left:
    return Left(NoticeId(f"n-{number}"), handle, (ServiceKey("alpha"),), open_url)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "history.db"


@pytest.fixture
def history(path):
    """A run that is never closed before it is looked at, as one that was killed."""
    with closing(History(path, lambda: NOON)) as run:
        run.load()
        yield run


def test_a_notice_a_daemon_took_is_found_with_what_its_buttons_need(path, history):
    history.write([NoticeIntended(notice(1)), heard(1, "bus:1.4#7")])
    history.write([NoticeIntended(notice(2, open_url=None)), heard(2, "bus:1.4#8")])
    assert left_on_screen(path) == (left(1, "bus:1.4#7"), left(2, "bus:1.4#8", None))


def test_what_is_not_on_any_screen_is_left_out(path, history):
    history.write([NoticeIntended(notice(number)) for number in (1, 2, 3, 4)])
    history.write([heard(1, "bus:1.4#7"), NoticeWithdrawn(NoticeId("n-1"), NOON)])
    history.write([NoticeOwed(NoticeId("n-2"), NOON, "no daemon"), heard(3, "")])
    assert left_on_screen(path) == ()


def test_of_several_under_one_handle_the_last_stands_last(path, history):
    history.write([NoticeIntended(notice(1)), heard(1, "bus:1.4#7")])
    history.write([NoticeIntended(notice(2)), heard(2, "bus:1.4#7")])
    assert [one.notice for one in left_on_screen(path)] == ["n-1", "n-2"]


def test_where_there_is_no_history_there_is_nothing_and_none_is_made(path):
    assert left_on_screen(path) == ()
    assert not path.exists()


@pytest.mark.parametrize("body", [b"", b"no database at all" * 100], ids=["empty", "torn"])
def test_a_file_that_is_no_history_is_no_trouble(path, body):
    path.parent.mkdir()
    path.write_bytes(body)
    assert left_on_screen(path) == ()
    assert path.read_bytes() == body


def test_a_history_from_before_addresses_were_kept_is_read_after_its_next_start(path):
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        climb(db, STEPS[:1])
        db.execute(
            "INSERT INTO notices (id, threads, reason, title, body, services, intended_at, outcome,"
            " handle) VALUES ('n-1', '[]', 'outage', '', '', '[\"alpha\"]', ?, 'told', 'b:1.4#7')",
            (micros(NOON),),
        )
    assert left_on_screen(path) == ()
    with closing(History(path, lambda: NOON)) as run:
        run.load()
        assert run.problem is None
    assert left_on_screen(path) == (left(1, "b:1.4#7", None),)
