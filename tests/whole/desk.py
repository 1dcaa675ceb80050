"""The tray program as a process on the rig's desktop, and everything a person sees and does there.

Nothing here waits for a fixed time: every wait is a question asked until it is answered, or given
up with what was seen last.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtGui import QImage

from notifier.desktop.drawing import draw
from notifier.desktop.lamps import SIZES
from notifier.model.picture import Lamp
from notifier.owner import client
from notifier.owner.transport import NotAvailable
from notifier.storage.places import places
from tests.whole.feed_server import Vendor

T = TypeVar("T")

ROOT = Path(__file__).parents[2]

HEAD = """version = 1
[network]
references = []
proxy = "none"
[polling]
interval = "30s"
"""


def until(question: Callable[[], T], right: Callable[[T], bool] = bool, within: float = 10.0) -> T:
    """The first answer that is right; fails with the last one where none comes in time."""
    end = time.monotonic() + within
    while not right(answer := question()):
        assert time.monotonic() < end, f"after {within:.0f} s it was still {answer!r}"
        time.sleep(0.05)
    return answer


def said(*words: str, check: bool = True) -> str:
    """What a command of the rig says."""
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0 or not check, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def settings_of(*vendors: Vendor) -> str:
    """A settings file that watches `vendors`, each the fallback of the one before it."""
    entries = [HEAD]
    for vendor, other in zip(vendors, (*vendors[1:], *vendors[:1]), strict=True):
        entries.append(vendor.entry(other.id))
    return "".join(entries)


@contextmanager
def stopped(part: str) -> Iterator[None]:
    """A part of the rig hangs until the end of the block."""
    pid = int(Path(os.environ["RIG_DIR"], "pid", part).read_text())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


class Notes:
    """The notices of this test: what was raised since it began."""

    def __init__(self) -> None:
        self._before = len(self._all())

    def __call__(self) -> list[dict[str, Any]]:
        return self._all()[self._before :]

    def wait(self, count: int) -> list[dict[str, Any]]:
        """As soon as there are so many, and not one more."""
        return until(self, lambda notes: len(notes) == count)

    @staticmethod
    def _all() -> list[dict[str, Any]]:
        return [note for note in json.loads(said("notes")) if note["app"] == "AI Notifier"]


class Person:
    """One profile, the program of it, and the desktop around."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = folder / "settings.toml"
        self.log = folder / "state" / "notifier.log"
        self.processes: list[subprocess.Popen[str]] = []
        self.notes = Notes()

    # -- the program -----------------------------------------------------------------------

    def chooses(self, *vendors: Vendor, door: bool = False) -> None:
        """Watch them; with a `door` the last one has a front door, so that it can be offered."""
        more = f'probe = {{ url = "{vendors[-1].url}door" }}\n' if door else ""
        self.settings.write_text(settings_of(*vendors) + more)

    def reaches_the_door(self) -> None:
        """Have everything looked at until the front door has answered."""
        self.checks()
        until(lambda: any(line["kind"] == "probe" for line in self.evidence()))

    def evidence(self) -> list[dict[str, str]]:
        return [line for row in self.knows()["rows"] for line in row["verdict"]["evidence"]]

    def run(
        self, *words: str, python: Sequence[str] = (), module: str = "notifier", **more: Any
    ) -> subprocess.Popen[str]:
        """Start the program with `words` in this profile; `module` is its beginning."""
        command = [sys.executable, *python, "-m", module, *words, "--profile", self.folder]
        # A proxy that refuses: whatever a profile names, nothing here reaches beyond this machine.
        environment = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", **more.pop("env", {})}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **more)
        self.processes.append(process)
        return process

    def starts(self, **more: Any) -> subprocess.Popen[str]:
        """Start the tray, and wait for its icon."""
        process = self.run("tray", **more)
        until(self.icon)
        return process

    def notifier(self, *words: str) -> tuple[int, str]:
        """Run a command of the terminal; its exit code and what it printed."""
        process = self.run(*words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text, _ = process.communicate(timeout=40)
        return process.returncode, text

    def checks(self) -> dict[str, Any]:
        """*Check now*, as the command line asks for it; answers the picture."""
        return self.asks(ask="check", services=())["document"]

    def knows(self) -> dict[str, Any]:
        """What the running program knows now."""
        return self.asks(ask="document")["document"]

    def asks(self, **request: object) -> dict[str, Any]:
        socket = places(self.folder).socket

        def ask() -> dict[str, Any] | None:
            try:
                return client.ask(socket, request, 40)
            except NotAvailable:
                return None

        answer = until(ask)
        assert answer is not None
        assert "error" not in answer, answer
        return answer

    # -- the tray --------------------------------------------------------------------------

    def icon(self) -> dict[str, Any] | None:
        """The icon as a host sees it; None while there is none, or more than one."""
        items = json.loads(said("tray", "--match", "AI Notifier", check=False) or "[]")
        return items[0] if len(items) == 1 else None

    def tooltip(self) -> str:
        icon = self.icon()
        return "" if icon is None else icon["tooltip"]

    def first_line(self) -> str:
        """The first line of the menu."""
        icon = self.icon()
        return "" if icon is None or not icon.get("menu") else icon["menu"][0]["label"]

    def pictures(self) -> dict[int, QImage]:
        """The icon's pictures, by size."""
        with tempfile.TemporaryDirectory() as folder:
            said("tray", "--match", "AI Notifier", "--png", folder, check=False)
            found = {int(png.stem.partition("-")[2]): png for png in Path(folder).iterdir()}
            return {size: QImage(str(png)) for size, png in found.items()}

    def lamp(self) -> tuple[Lamp | None, bool]:
        """The lamp every size of the icon shows, and whether it bears the mark of a notice owed."""
        pictures = self.pictures()
        for lamp in Lamp:
            for owed in (False, True):
                drawn = {size: draw(lamp, size, owed=owed) for size in SIZES}
                if pictures.keys() == drawn.keys() and all(
                    alike(pictures[size], drawn[size]) for size in SIZES
                ):
                    return lamp, owed
        return None, False

    def shows(self, lamp: Lamp, *, owed: bool = False, within: float = 10.0) -> None:
        """Wait until the icon is just this lamp."""
        until(self.lamp, lambda seen: seen == (lamp, owed), within)

    def clicks(self, label: str) -> None:
        """Choose an entry of the menu."""
        said("tray", "--match", "AI Notifier", "--click", label)

    # -- the screen ------------------------------------------------------------------------

    def windows(self, title: str) -> list[str]:
        """The windows in sight whose title is this."""
        found = said("xdotool", "search", "--onlyvisible", "--name", f"^{title}$", check=False)
        return found.split()

    def types(self, *keys: str) -> None:
        """Press keys, one after the other, in whichever window has the keyboard."""
        said("xdotool", "key", "--delay", "30", *keys)

    @property
    def opened(self) -> list[str]:
        """Every address the browser was asked to open."""
        return Path(os.environ["RIG_DIR"], "opened").read_text().split()

    def on_screen(self) -> int:
        """How many notices hang on the screen."""
        return int(said("dunstctl", "count", "displayed"))

    # -- the end ---------------------------------------------------------------------------

    def kills(self, process: subprocess.Popen[str]) -> None:
        """End the program as a crash would, and wait until its icon is gone."""
        process.kill()
        process.wait()
        until(self.icon, lambda icon: icon is None)

    def ends(self) -> None:
        """End whatever still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        if self.log.exists():
            sys.stderr.write(self.log.read_text())  # shown with a test that failed
        until(self.icon, lambda icon: icon is None)


@contextmanager
def at_the_desk(folder: Path) -> Iterator[Person]:
    """A person with an empty profile in `folder`; everything they started ends."""
    person = Person(folder)
    try:
        yield person
    finally:
        person.ends()


def alike(one: QImage, other: QImage) -> bool:
    """Whether two pictures are the same but for rounding."""
    pair = [picture.convertToFormat(QImage.Format.Format_ARGB32) for picture in (one, other)]
    if pair[0].size() != pair[1].size():
        return False
    a, b = (bytes(picture.constBits()) for picture in pair)
    return all(abs(x - y) <= 8 for x, y in zip(a, b, strict=True))


def silhouette(picture: QImage) -> list[bool]:
    """Where a picture covers what lies under it: its shape without its colours."""
    return [
        picture.pixelColor(x, y).alpha() > 127
        for y in range(picture.height())
        for x in range(picture.width())
    ]
