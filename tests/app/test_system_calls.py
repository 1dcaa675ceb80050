"""Whichever system call fails in a start, a sweep or a save: it is survived, nothing is half."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.app import disturbed
from tests.traced import needs_strace

ROOT = Path(__file__).parents[2]

CALLS = (
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "unlink",
    "mkdir",
)
LEAVE_LITTER = {"openat", "write", "fsync", "rename", "unlink"}
"""The others are SQLite's alone, which sees to its own, or make folders."""

ERRORS = ("ENOSPC", "EIO", "EROFS")

CHOSEN = 'version = 1\n# mine\n\n[[service]]\nid = "claude"\n\n[[service]]\nid = "chatgpt"\n'
SAVED = CHOSEN + '\n[[service]]\nid = "perplexity"\n'

TRUTH = {"claude": "major_outage", "chatgpt": "operational"}


class Disturber:
    """A program whose children each have one call of a kind fail with one error."""

    def __init__(self, scratch: Path, call: str, error: str) -> None:
        scratch.mkdir()
        inject = f"{call}:error={error}:when={disturbed.turn(call)}"
        strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "signal=none"]
        program = [sys.executable, "-m", "tests.app.disturbed", call, str(scratch)]
        self._process = subprocess.Popen(
            [*strace, "-e", f"trace={call}", "-e", f"inject={inject}", *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.communicate(timeout=60)

    def lives(self, folder, fails):
        """What came of a start, a sweep and a save, the call of that number failing."""
        self._process.stdin.write(json.dumps({"folder": str(folder), "fails": fails}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the program that begins lives has ended"
        return json.loads(line)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """A profile in which all went well once: settings, their copy, a history, a log."""
    folder = tmp_path_factory.mktemp("before")
    profile = folder / "me"
    profile.mkdir(mode=0o700)
    (profile / "settings.toml").write_text(CHOSEN)
    with Disturber(folder / "scratch", "mkdir", "EIO") as undisturbed:
        assert undisturbed.lives(profile, disturbed.MOST)["untouched"]
    (profile / "settings.toml").write_text(CHOSEN)
    (profile / "settings.toml.good").write_text(CHOSEN)
    return profile


def survived(said, folder, *, first):
    """What must be true of a profile after a life in which one call failed."""
    assert "crashed" not in said, said
    assert said["owned"]
    assert said["states"] == TRUTH
    assert said["lamp"] == "trouble"
    assert said["told"] == ["outage"] or (not first and said["told"] == ["recovered", "reopened"])
    if not first:
        assert said["chosen"] == ["claude", "chatgpt"]
    settings = folder / "settings.toml"
    text = settings.read_text() if settings.exists() else ""
    new = 'version = 1\n\n[[service]]\nid = "perplexity"\n' if first else SAVED
    assert text in (("" if first else CHOSEN), new)
    assert said["saved"] or "settings.toml" in said["why"]
    if said["saved"]:
        assert text == new
    whole(folder / "data" / "history.db")
    for found in folder.rglob("*"):
        assert found.stat().st_mode & 0o077 == 0 or found == settings


def whole(path):
    """The history is whole, and no copy of it was set aside for a passing trouble."""
    if path.exists() and path.stat().st_size:
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert list(path.parent.glob("*.bad-*")) == []


def left(folder):
    """The names of all that lies in a profile, but what SQLite has beside an open database."""
    return {
        str(found.relative_to(folder))
        for found in folder.rglob("*")
        if not found.name.endswith(("-wal", "-shm", "-journal"))
    }


def whatever_fails(tmp_path, before, call, error, turns):
    """Let one call fail after the other; how many did, until a life was untouched."""
    count = 0
    with Disturber(tmp_path / "scratch", call, error) as disturber:
        for fails in turns:
            for first in (True, False):
                folder = tmp_path / "me"
                if not first:
                    shutil.copytree(before, folder)
                said = disturber.lives(folder, fails)
                try:
                    survived(said, folder, first=first)
                except AssertionError as error_:
                    raise AssertionError(f"{call} {fails} with {error}: {said}") from error_
                if not said["untouched"] and call in LEAVE_LITTER:
                    nothing_stays_behind(disturber, folder, before)
                shutil.rmtree(folder)
                if first:
                    untouched = said["untouched"]
            count = fails
            if untouched and said["untouched"]:
                break
    return count


def nothing_stays_behind(disturber, folder, before):
    """The next life, undisturbed, finds no litter and leaves none; the outage is still known."""
    disturber.lives(folder, disturbed.MOST)
    assert left(folder) <= left(before) | {"settings.toml.good"}


LONG = frozenset({"openat"})
"""There are so many of these that trying a few of them takes long too."""


@needs_strace
@pytest.mark.parametrize(
    "call", [pytest.param(one, marks=pytest.mark.slow) if one in LONG else one for one in CALLS]
)
def test_here_and_there_a_call_fails(tmp_path, before, call):
    """A sample: one error each, a few of the calls."""
    error = ERRORS[CALLS.index(call) % len(ERRORS)]
    whatever_fails(tmp_path, before, call, error, (1, 2, 4, 9))


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", CALLS)
def test_every_call_fails_once(tmp_path, before, capsys, call, error):
    """One after the other, until it passes untouched."""
    count = whatever_fails(tmp_path, before, call, error, range(1, disturbed.MOST))
    assert count < disturbed.MOST - 1
    with capsys.disabled():
        print(f"\n{call} failed with {error} {count - 1} times", end="")
