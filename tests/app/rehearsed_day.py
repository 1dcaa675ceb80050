"""A rehearsed day lived by a program that is killed again and again; a history on a real disk.

Run as a program it is the place lives begin: each line it reads starts one more life of the day, in
a process of its own, and each line it prints says what that life saw, in the moment it saw it. What
stands in the pipe has happened, whatever becomes of the process: so a daemon keeps what it shows.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notifier.app.profile import open_profile
from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.model.record import Entry, NoticeHeard, NoticeIntended, Remembered
from notifier.model.service import ServiceKey
from notifier.rehearsal.memory import MemoryLooker
from notifier.rehearsal.scenario import Scenario, parse
from notifier.rehearsal.stage import set_up
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.storage.history import History
from notifier.watch.engine import Engine
from notifier.wording.say import English

ROOT = Path(__file__).parents[2]

HOUR = 3600.0
DAY = 24 * HOUR

DAEMON = 0.001
"""Seconds a notice takes to a daemon, and its answer back; so long, too, is the time to die in."""

SERVICES = ("chatgpt", "claude", "perplexity")


@dataclass(frozen=True)
class Outage:
    """One trouble of the day, in seconds since it began."""

    service: str
    begins: float
    ends: float


_OUTAGES = tuple(
    Outage(SERVICES[number % 3], (number + 0.5) * 2 * HOUR, (number + 0.75) * 2 * HOUR)
    for number in range(12)
)


def outages(length: float) -> tuple[Outage, ...]:
    """Those that begin and end within the first `length` seconds."""
    return tuple(one for one in _OUTAGES if one.ends < length)


def scenario(length: float) -> Scenario:
    """The day, or its first `length` seconds: every two hours another service fails."""
    lines = ['title = "A day"', 'about = ""', 'start = "2026-11-23T00:00:00Z"']
    lines.append(f'length = "{length:.0f}s"')
    lines += [f'[[service]]\nid = "{service}"' for service in SERVICES]
    for one in outages(length):
        for t, state in ((one.begins, "major_outage"), (one.ends, "operational")):
            lines.append(f'[[at]]\nt = "{t:.0f}s"\npage.{one.service} = {{ state = "{state}" }}')
    return parse("day.toml", "\n".join(lines).encode())


# -- one life ---------------------------------------------------------------------------------


class Diary:
    """The history on disk; says of each notice when its intent, and its answer, are on the disk."""

    def __init__(self, history: History, report: Callable[..., None]) -> None:
        self._history = history
        self._report = report

    def load(self) -> Remembered:
        return self._history.load()

    def write(self, entries: Sequence[Entry]) -> None:
        self._history.write(entries)
        for entry in entries:
            if isinstance(entry, NoticeIntended):
                self._report(intended=entry.notice.id)
            if isinstance(entry, NoticeHeard):
                self._report(kept=entry.notice)

    def reliability(self, services: Sequence[ServiceKey]) -> dict[ServiceKey, float]:
        return self._history.reliability(services)

    def close(self) -> None:
        self._history.close()


class Life:
    """One run of the program, from some time of the day on. Its daemon's ids are not ours."""

    def __init__(
        self, folder: Path, begins: float, length: float, report: Callable[..., None]
    ) -> None:
        day = scenario(length)
        (folder / "stage").mkdir(exist_ok=True)
        self._stage = set_up(day, open_profile(folder).catalogue, folder / "stage", {})
        self._clock = StagedClock(day.start)
        self._begins = begins
        self._report = report
        self._number = 0
        path = folder / "data" / "history.db"
        self._engine = Engine(
            looker=MemoryLooker(self._stage.world, lambda: self._stage.settings, self._clock),
            clock=self._clock,
            diary=lambda: Diary(History(path, lambda: self._clock.moment().utc), report),
            settings=self._stage.settings,
            face=self,
            say=English(),
        )

    async def live(self) -> None:
        """To the end of the day, if nothing comes in between."""
        self._clock.begin()
        self._clock.sleep_through(self._begins)
        steps = self._stage.scenario.steps
        self._happen(step for step in steps if step.t <= self._begins)
        running = asyncio.get_running_loop().create_task(self._engine.run())
        for step in (step for step in steps if step.t > self._begins):
            await self._until(step.t)
            self._happen([step])
        await self._until(self._stage.scenario.length)
        self._engine.stop()
        await running

    def _happen(self, steps: Any) -> None:
        for step in steps:
            for change in step.changes:
                self._stage.world.apply(change, self._clock.true_utc)

    async def _until(self, t: float) -> None:
        while (left := t - self._clock.t) > 0:
            self._report(at=self._clock.t)
            await self._clock.sleep(min(left, 60.0))

    def show(self, picture: Picture) -> None:
        """Nobody looks."""

    def tell(self, notice: Notice) -> None:
        self._number += 1
        time.sleep(DAEMON)
        self._report(
            shown=notice.id, reason=notice.reason.value, of=notice.services, t=self._clock.t
        )
        time.sleep(DAEMON)
        self._engine.heard(notice.id, "plain", str(self._number))

    def withdraw(self, gone: Withdraw) -> None:
        """The screen is nobody's business here."""

    def hush(self, withheld: Withheld) -> None:
        """Nor is a silence."""


def report(**said: object) -> None:
    """Say what has just happened; it is out of the process when this returns."""
    os.write(1, json.dumps(said).encode() + b"\n")


def main() -> None:
    """Begin a life for each line, and say when it has ended."""
    open_profile(Path(tempfile.gettempdir()))  # what is loaded now, each life is spared
    for line in sys.stdin:
        wanted = json.loads(line)
        life = os.fork()
        if life == 0:
            report(born=os.getpid())
            with asyncio.Runner(loop_factory=VirtualLoop) as runner:
                folder = Path(wanted.pop("folder"))
                runner.run(Life(folder, **wanted, report=report).live())
            os._exit(0)
        _, status = os.waitpid(life, 0)
        report(gone=status)


# -- the day as somebody outside sees it ----------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A notice somebody saw: when, why, about what, and whether the program knew it afterwards."""

    id: str
    reason: str
    of: tuple[str, ...]
    t: float
    kept: bool


@dataclass
class Seen:
    """What came of a life: its notices, its last sign of life, and whether the day was over."""

    shown: list[Shown] = field(default_factory=list)
    at: float = 0.0
    over: bool = False


class Births:
    """Where lives begin; ends with its block."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def life(
        self,
        folder: Path,
        *,
        begins: float,
        length: float,
        ends: Callable[[dict[str, Any]], bool],
        linger: float = 0.0,
    ) -> Seen:
        """A life that is killed `linger` seconds after something it says makes it end."""
        assert self._process.stdin is not None
        wanted = {"folder": str(folder), "begins": begins, "length": length}
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        said: list[dict[str, Any]] = []
        pid, killed = 0, False
        for one in self._heard():
            pid = one.get("born", pid)
            said.append(one)
            if not killed and ends(one):
                time.sleep(linger)
                os.kill(pid, 9)
                killed = True
        return _seen(said, begins)

    def _heard(self) -> Iterator[dict[str, Any]]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            one = json.loads(line)
            yield one
            if "gone" in one:
                assert one["gone"] in (0, 9), "the program failed by itself"
                return


def _seen(said: Sequence[dict[str, Any]], begins: float) -> Seen:
    kept = {one["kept"] for one in said if "kept" in one}
    shown = [
        Shown(one["shown"], one["reason"], tuple(one["of"]), one["t"], one["shown"] in kept)
        for one in said
        if "shown" in one
    ]
    times = [one.get("at", one.get("t", begins)) for one in said]
    return Seen(shown, max(times, default=begins), said[-1]["gone"] == 0)


@contextmanager
def births() -> Iterator[Births]:
    """A process that begins lives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.app.rehearsed_day"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        yield Births(process)
        assert process.stdin is not None
        process.stdin.close()


if __name__ == "__main__":
    main()
