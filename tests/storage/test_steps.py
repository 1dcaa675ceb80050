"""The schema's steps: each whole or not at all, whatever stops them."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from notifier.storage.steps import STEPS, NewerDatabase, climb, version

ROOT = Path(__file__).parents[2]

BAD_STEP = (
    "CREATE TABLE half (x)",
    "INSERT INTO meta (name, value) VALUES ('half', 1)",
    "CREATE TABLE half (y)",
)


def opened(path):
    return closing(sqlite3.connect(path, isolation_level=None))


def schema(db):
    return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def after(number):
    """The schema after so many steps."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        climb(db, STEPS[:number])
        return schema(db)


def test_a_step_that_fails_half_way_leaves_the_version_before_it(tmp_path):
    with opened(tmp_path / "h.db") as db:
        climb(db)
        before = schema(db)
        with pytest.raises(sqlite3.OperationalError, match="half"):
            climb(db, (*STEPS, BAD_STEP))
        assert not db.in_transaction
        assert version(db) == len(STEPS)
        assert schema(db) == before
        assert db.execute("SELECT * FROM meta").fetchall() == []


def test_good_steps_before_a_bad_one_are_kept(tmp_path):
    good = ("CREATE TABLE later (x)",)
    with opened(tmp_path / "h.db") as db:
        with pytest.raises(sqlite3.OperationalError):
            climb(db, (*STEPS, good, BAD_STEP))
        assert version(db) == len(STEPS) + 1
        climb(db, (*STEPS, good, ("CREATE TABLE half (x)",)))
        assert version(db) == len(STEPS) + 2


def test_a_newer_database_is_named_and_not_touched(tmp_path):
    path = tmp_path / "h.db"
    with opened(path) as db:
        climb(db)
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with opened(path) as db, pytest.raises(NewerDatabase, match="newer version") as newer:
        climb(db)
    assert (newer.value.found, newer.value.known) == (99, len(STEPS))
    assert path.read_bytes() == before


KILLED = """
import os, signal, sqlite3, sys
from notifier.storage.steps import climb
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL").fetchall()
left = int(sys.argv[2])
def count(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
db.set_trace_callback(count)
climb(db)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_any_statement_it_is_whole_and_starts_again(tmp_path):
    for statement in range(1, 100):
        path = tmp_path / f"{statement}.db"
        done = subprocess.run(
            [sys.executable, "-c", KILLED, path, str(statement)], check=False, cwd=ROOT
        )
        with opened(path) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            taken = version(db)
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
                climb(model, STEPS[:taken])
                assert schema(db) == schema(model), "a step is taken whole or not at all"
            climb(db)
            assert version(db) == len(STEPS)
        if done.returncode == 0:
            assert statement > sum(len(step) for step in STEPS)
            return
        assert done.returncode == -signal.SIGKILL
    pytest.fail("it never came to an end")


def test_a_history_from_before_do_not_disturb_was_known_claims_nothing(tmp_path):
    before = next(n for n, step in enumerate(STEPS) if any("kept_back_by" in one for one in step))
    with opened(tmp_path / "h.db") as db:
        climb(db, STEPS[:before])
        db.execute(
            "INSERT INTO notices (id, threads, reason, title, body, services, intended_at)"
            " VALUES ('n-1', '[]', 'outage', 'Down', '', '[]', 0)"
        )
        db.execute("INSERT INTO told VALUES ('t-1', 'degraded', 0, 'outage', 0, 'n-1', 0, '', '')")
        climb(db)
        assert db.execute("SELECT kept_back_by FROM notices").fetchall() == [("",)]
        assert db.execute("SELECT kept_back FROM told").fetchall() == [(0,)]
