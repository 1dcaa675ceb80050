"""A start, a sweep and a save, over and over, the system failing one call later each time.

Run as a program under `strace -f -e inject=CALL:error=E:when=TURN`. The counter of calls is each
process's own, so a child that has made all but the last few of them chooses which of its further
ones fails. Whether one did shows afterwards: else one of those it makes then does.
"""

import asyncio
import json
import logging
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from notifier.app import logs
from notifier.app.followed import Followed
from notifier.app.profile import Profile
from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.last_reading import LastReading
from notifier.model.picture import Picture
from notifier.model.service import SourceId
from notifier.model.settings import Watched
from notifier.owner.lock import Kind, acquire
from notifier.owner.transport import OwnerError
from notifier.rehearsal.memory import MemoryLooker
from notifier.rehearsal.scenario import parse
from notifier.rehearsal.stage import Stage, set_up
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.storage import settings_file
from notifier.storage.cache import Cache
from notifier.storage.history import History
from notifier.storage.places import places
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.watch.engine import Engine
from notifier.wording.say import English

MOST = 300
"""Calls of one kind; no start, sweep and save makes so many."""


def turn(call: str) -> int:
    """The call that fails, counted from a process's birth; loading the program takes fewer."""
    return 4000 if call == "openat" else 2 * MOST


DAY = """title = "Disturbed"
about = ""
start = "2026-11-23T12:00:00Z"
length = "3m"
[[service]]
id = "claude"
[[service]]
id = "chatgpt"
[[at]]
t = "1m"
page.claude = { state = "major_outage" }
"""


class Face:
    """Takes every notice at once."""

    def __init__(self) -> None:
        self.engine: Engine | None = None
        self.told: list[str] = []

    def show(self, picture: Picture) -> None:
        """Nobody looks."""

    def tell(self, notice: Notice) -> None:
        assert self.engine is not None
        self.told.append(notice.reason.value)
        self.engine.heard(notice.id, "memory", "1")

    def withdraw(self, gone: Withdraw) -> None:
        """Nothing hangs anywhere."""

    def hush(self, withheld: Withheld) -> None:
        """Nothing to say."""


def lived(folder: Path, profile: Profile, stage: Stage) -> dict[str, Any]:
    """A start, a sweep and a save in the profile at `folder`: what a person would notice."""
    place = places(folder)
    said: dict[str, Any] = {"owned": True}
    with logs.kept(place.log):
        try:
            lock = acquire(place.run, Kind.WATCH)
        except OwnerError as error:
            return {"owned": False, "why": str(error)}
        logging.getLogger("notifier").info("a line")
        followed = Followed(Profile(place, profile.catalogue), English(), asyncio.sleep)
        followed.keep_copies()
        said["chosen"] = [one.id for one in followed.meant.choices.watched]
        said |= _swept(place.history, stage)
        try:
            settings_file.add(place.settings, Watched("perplexity"))
            said["saved"] = True
        except (SettingsRefused, SettingsUnreadable) as error:
            said |= {"saved": False, "why": str(error)}
        reading = LastReading(
            SourceId("https://a.test/"), datetime(2026, 11, 23, tzinfo=UTC), "", {}
        )
        Cache(place.cache).keep(reading)
        if lock is not None:
            lock.release()
    return said


def _swept(path: Path, stage: Stage) -> dict[str, Any]:
    """Three minutes of watching, in which a page turns red."""
    clock, face = StagedClock(stage.scenario.start), Face()
    history = History(path, lambda: clock.moment().utc)
    engine = face.engine = Engine(
        looker=MemoryLooker(stage.world, lambda: stage.settings, clock),
        clock=clock,
        diary=lambda: history,
        settings=stage.settings,
        face=face,
        say=English(),
    )

    async def watch() -> Picture:
        clock.begin()
        running = asyncio.get_running_loop().create_task(engine.run())
        for step in stage.scenario.steps:
            await clock.sleep(step.t - clock.t)
            for change in step.changes:
                stage.world.apply(change, clock.true_utc)
        await clock.sleep(stage.scenario.length - clock.t)
        picture = engine.picture_now()
        engine.stop()
        await running
        return picture

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        picture = runner.run(watch())
    states = {row.key: row.verdict.health.value for row in picture.rows}
    return {"lamp": picture.lamp.value, "states": states, "told": face.told}


# -- the calls that are counted --------------------------------------------------------------


def _calls(call: str, scratch: Path) -> Callable[[], None]:
    """A call of the kind that does no harm, once."""
    file = os.open(scratch, os.O_RDWR | os.O_CREAT, 0o600)
    null = os.open("/dev/null", os.O_WRONLY)

    def opens() -> None:
        os.close(os.open("/dev/null", os.O_RDONLY))

    def renames() -> None:
        with suppress(FileNotFoundError):
            os.rename("/nowhere/a", "/nowhere/b")  # noqa: PTH104 - the plain call is meant

    def unlinks() -> None:
        with suppress(FileNotFoundError):
            os.unlink("/nowhere/a")  # noqa: PTH108 - the plain call is meant

    def makes() -> None:
        with suppress(FileExistsError):
            os.mkdir("/")  # noqa: PTH102 - the plain call is meant

    return {
        "openat": opens,
        "write": lambda: os.write(null, b"") and None,
        "pwrite64": lambda: os.pwrite(null, b"x", 0) and None,
        "fsync": lambda: os.fsync(file),
        "fdatasync": lambda: os.fdatasync(file),
        "ftruncate": lambda: os.ftruncate(file, 0),
        "rename": renames,
        "unlink": unlinks,
        "mkdir": makes,
    }[call]


def main(call: str, scratch: Path) -> None:
    """For each line (a folder, and which of its calls fails) a child lives and tells."""
    day = parse("disturbed.toml", DAY.encode())
    from notifier.app.profile import open_profile

    profile = open_profile(scratch)
    _warm_up(scratch, profile, day)
    harmless = _calls(call, scratch / "s")
    for line in sys.stdin:
        wanted = json.loads(line)
        (scratch / "stage").mkdir(exist_ok=True)
        stage = set_up(day, profile.catalogue, scratch / "stage", {})
        child = os.fork()
        if child == 0:
            for _ in range(turn(call) - wanted["fails"]):
                harmless()
            _child(Path(wanted["folder"]), harmless, profile, stage)
        _, status = os.waitpid(child, 0)
        assert status == 0, "a child says what became of it, whatever it was"


def _warm_up(scratch: Path, profile: Profile, day: Any) -> None:
    """Everything is loaded once, so that no call of the child is Python's own."""
    (scratch / "stage").mkdir()
    stage = set_up(day, profile.catalogue, scratch / "stage", {})
    lived(scratch / "warm", profile, stage)
    shutil.rmtree(scratch / "warm")


def _child(folder: Path, harmless: Callable[[], None], profile: Profile, stage: Stage) -> None:
    try:
        said = lived(folder, profile, stage)
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the test wants to know
        said = {"crashed": traceback.format_exc()}
    said["untouched"] = False
    try:
        for _ in range(MOST):
            harmless()
    except OSError:
        said["untouched"] = True
    os.write(1, json.dumps(said).encode() + b"\n")
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
