"""Killed at random points of a day: the history stays whole, and no outage is lost."""

import random
import shutil
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from notifier.storage.history import History
from tests.app.rehearsed_day import DAY, HOUR, Outage, Seen, Shown, births, outages

BEGINNINGS = {"suspected", "outage", "worse", "while_away", "summary", "reopened"}
ENDINGS = {"recovered"}

RESTART = (1.0, 20.0)
"""Seconds until the program is started again, at least and at most."""

SEEN_WITHIN = 120.0
"""Seconds after its end in which an outage may still be told: a look is a minute old."""


@dataclass
class Day:
    """A day lived through, and what was seen of it from outside."""

    lives: list[Seen] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return sum(not life.over for life in self.lives)

    def of(self, outage: Outage, reasons: set[str]) -> list[Shown]:
        """The notices of a kind about one outage, in the order they were seen."""
        return [
            one
            for life in self.lives
            for one in life.shown
            if one.reason in reasons and outage.service in one.of and _about(outage, one.t)
        ]


def _about(outage: Outage, t: float) -> bool:
    return outage.begins <= t < outage.begins + HOUR


def lived(folder, length, kills, seed):
    """Live the day with so many kills, spread over it at random; then to its end."""
    chance, day, t = random.Random(seed), Day(), 0.0
    with births() as begin:
        for left in range(kills, -1, -1):
            point = t + chance.uniform(0, 2 * (length - t) / (left + 1)) if left else DAY
            aim = chance.choice(AIMS) if left and chance.random() < 0.25 else None
            ends = Death(point, aim)
            linger = 0.0 if aim else chance.uniform(0, 0.005)
            day.lives.append(begin.life(folder, begins=t, length=length, ends=ends, linger=linger))
            day.broken += _damage(folder, len(day.lives))
            if day.lives[-1].over:
                break
            t = min(day.lives[-1].at + chance.uniform(*RESTART), length - 1)
    return day


AIMS = ("intended", "shown", "kept")
"""What a life may end over: the intent of a notice is on the disk, it is seen, its answer is."""


@dataclass(frozen=True)
class Death:
    """When a life ends: once its time has come, or over the first it is aimed at in two hours."""

    point: float
    aim: str | None = None

    def __call__(self, said):
        if self.aim in said:
            return True
        return said.get("at", 0.0) >= self.point + (2 * HOUR if self.aim else 0.0)


def _damage(folder, life):
    """What SQLite finds wrong in a copy; the original is left for the next life to find so."""
    copy = folder / "copy"
    shutil.copytree(folder / "data", copy) if (folder / "data").exists() else copy.mkdir()
    try:
        if not (copy / "history.db").exists():
            return []
        with closing(sqlite3.connect(copy / "history.db")) as db:
            found = db.execute("PRAGMA integrity_check").fetchone()[0]
        return [] if found == "ok" else [f"life {life}: {found}"]
    finally:
        shutil.rmtree(copy)


def account_for(day, length, folder):
    """Everything that must be true of a day, and its numbers."""
    assert day.broken == []
    assert list((folder / "data").glob("*.bad-*")) == []
    lost = doubles = unended = 0
    for outage in outages(length):
        begun, ended = day.of(outage, BEGINNINGS), day.of(outage, ENDINGS)
        lost += not begun
        assert len(ended) <= 1, f"{outage} ended {len(ended)} times"
        unended += not ended
        for again, before in zip(begun[1:], begun, strict=False):
            doubles += 1
            assert not before.kept, f"{again} was told already, and that was on the disk"
        for told in begun:
            assert told.t <= outage.ends + SEEN_WITHIN, f"{told} is long over"
    assert lost == 0
    shown = Counter(one.reason for life in day.lives for one in life.shown)
    assert sum(shown.values()) == sum(
        len(day.of(one, BEGINNINGS | ENDINGS)) for one in outages(length)
    ), f"nothing was told but what happened: {shown}"
    return Counter(
        days=1,
        outages=len(outages(length)),
        kills=day.kills,
        doubles=doubles,
        ends_not_told=unended,
    )


def same_as_without_a_kill(folder, length):
    """Property 8 of faults.md: what is known at the end is what would have been known anyway."""
    end = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=length)
    history = History(folder / "data" / "history.db", lambda: end)
    known = history.load()
    history.close()
    assert history.problem is None
    assert known.thread_count == len(outages(length))
    assert all(thread.closed is not None for thread in known.threads.values())
    assert all(told.over for told in known.told.values())


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize(
    ("length", "kills"),
    [
        (5 * HOUR, 15),
        pytest.param(DAY, 200, marks=[pytest.mark.slow, pytest.mark.timeout(600)]),
        pytest.param(DAY, 1000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)]),
    ],
)
def test_no_outage_is_lost_and_told_twice_only_if_killed_over_it(tmp_path, capsys, length, kills):
    numbers: Counter[str] = Counter()
    while (
        numbers["kills"] < kills
    ):  # a life that reaches the end of its day leaves some for another
        folder = tmp_path / str(numbers["days"])
        folder.mkdir()
        day = lived(folder, length, kills - numbers["kills"], seed=kills + numbers["days"])
        numbers += account_for(day, length, folder)
        same_as_without_a_kill(folder, length)
    with capsys.disabled():
        print(f"\n{dict(numbers)}")
