"""What the history holds on an outage: the right one, whole, also in files of before."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.model.board import Topic
from notifier.model.dossier import Spell
from notifier.model.observation import FailureKind, Stage
from notifier.model.record import LookCounted, RunBegan, ThreadKept
from notifier.model.service import SourceId
from notifier.model.trace import Break, Vouched
from notifier.storage import retention
from notifier.storage.dossier import last_outage_in_file
from notifier.storage.history import History
from notifier.storage.rows import micros
from notifier.storage.steps import STEPS, climb
from tests.storage.test_history import CHATGPT, CLAUDE, NOON, PAGE, Clock, thread

DOOR = SourceId("probe:chatgpt.com")
SOURCES = (PAGE, DOOR)
BROKE = Break(Stage.TLS, FailureKind.TIMEOUT)


def later(minutes):
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def clock():
    return Clock(later(60))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "history.db"


@pytest.fixture
def history(path, clock):
    opened = History(path, clock)
    opened.load()
    yield opened
    opened.close()


def test_looks_are_counted_in_the_run_they_were_made_in(history):
    history.write(
        [
            RunBegan(DOOR, "operational", later(-5)),
            RunBegan(DOOR, "major_outage", later(0)),
            ThreadKept(thread()),
            *(LookCounted(DOOR, later(minute), BROKE) for minute in range(3)),
            LookCounted(DOOR, later(3), Break(status=503)),
            RunBegan(DOOR, "operational", later(4)),
            LookCounted(DOOR, later(4)),
            Vouched(thread().id, later(1), 3, 3),
        ]
    )
    found = history.last_outage(CHATGPT, SOURCES)
    (door,) = found.doors
    assert door.spells == (
        Spell("operational", later(-5), later(0)),
        Spell("major_outage", later(0), later(4), 4, later(3), BROKE, Break(status=503)),
        Spell("operational", later(4), None, 1, later(4)),
    )
    assert found.vouched == (Vouched(thread().id, later(1), 3, 3),)
    assert (found.closed, found.until, found.watched) == (None, later(60), True)


def test_the_one_that_goes_on_comes_first_and_then_the_one_that_ended_last(history):
    first = thread(1, closed=later(10))
    second = thread(2, at=later(20), closed=later(30))
    running = thread(3, at=later(5))
    others = thread(4, key=CLAUDE, at=later(50))
    pages = thread(5, at=later(55), topic=Topic.PAGES)
    history.write([ThreadKept(one) for one in (second, first, running, others, pages)])
    assert history.last_outage(CHATGPT, SOURCES).thread == running.id
    history.write([ThreadKept(replace(running, closed=later(12)))])
    assert history.last_outage(CHATGPT, SOURCES).thread == second.id
    assert history.last_outage("nobody", SOURCES) is None


def test_a_history_of_before_keeps_what_it_has_and_proves_what_it_can(path, clock):
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        climb(db, STEPS[:4])
        named = (DOOR, micros(later(0)), micros(later(9)), "major_outage")
        db.execute("INSERT INTO runs (subject, began, until, state) VALUES (?, ?, ?, ?)", named)
        db.execute(
            "INSERT INTO threads (id, services, opened, incidents, worst, closed)"
            """ VALUES ('t-1', '["chatgpt"]', ?, '[]', 'major_outage', ?)""",
            (micros(later(0)), micros(later(9))),
        )
        db.execute("INSERT INTO meta VALUES ('alive_at', ?)", (micros(later(20)),))
    before = path.read_bytes()
    unowned = last_outage_in_file(path, CHATGPT, SOURCES)
    assert path.read_bytes() == before, "who does not own it changes nothing"
    history = History(path, clock)
    history.load()
    owned = history.last_outage(CHATGPT, SOURCES)
    history.close()
    for found in (unowned, owned):
        assert found.doors[0].spells == (Spell("major_outage", later(0), later(9)),)
        assert (found.vouched, found.watched) == ((), found is owned)


def test_a_file_that_is_no_history_is_said_to_be_unreadable(path):
    path.parent.mkdir()
    path.write_bytes(b"no database " * 999)
    with pytest.raises(OSError, match="cannot be read"):
        last_outage_in_file(path, CHATGPT, SOURCES)


def test_whoever_vouched_for_an_outage_that_is_forgotten_is_forgotten_too(history, path):
    old = thread(1, closed=later(10))
    history.write([ThreadKept(old), Vouched(old.id, later(0), 3, 3)])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        retention.prune(db, NOON + timedelta(days=3 * 365))
        assert db.execute("SELECT COUNT(*) FROM vouched").fetchone() == (1,)
        retention.prune(db, NOON + timedelta(days=3 * 365 + 3))
        assert db.execute("SELECT COUNT(*) FROM vouched").fetchone() == (0,)


def test_what_names_no_service_stands_in_the_log_of_each(history, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "INSERT INTO notices (id, threads, reason, title, body, services, intended_at,"
            " answered_at, outcome, channel) VALUES ('n-1', '[]', 'offline',"
            " 'This network wants you to sign in first', '', '[]', 1, 1, 'told', 'freedesktop')"
        )
    for service in (CHATGPT, CLAUDE, None):
        (line,) = history.log(service, 5)
        assert line.title == "This network wants you to sign in first"
        assert line.channel == "freedesktop"
