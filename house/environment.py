"""The .venv: made once, filled from locks/ with hashes checked, and left alone while they agree."""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from house.children import follow
from house.system import ROOT, ensure_venv_module
from house.words import Progress, Trouble, say

VENV = ROOT / ".venv"
LOCKS = ROOT / "locks"


@dataclass(frozen=True, slots=True)
class Group:
    """One lock file, and what it brings."""

    name: str
    brings: str
    megabytes: int
    """What it downloads to an empty .venv, as measured on Linux x86-64."""


CORE = Group("core", "the program without a window", 3)
DESKTOP = Group("desktop", "the program with Qt (PySide6-Essentials)", 84)
DEV = Group("dev", "the tools of this workshop", 37)


def python() -> Path:
    """The .venv's interpreter, whether or not it is there yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(lock: bytes) -> str:
    """What a stamp says of the lock file it was installed from."""
    return hashlib.sha256(lock).hexdigest()


def count_packages(lock: str) -> int:
    """How many packages a lock file pins, on all systems together."""
    return len(re.findall(r"^[\w.-]+==", lock, flags=re.MULTILINE))


def is_fresh(group: Group, venv: Path, locks: Path) -> bool:
    """Whether the group was installed into this .venv from the lock file as it is now."""
    stamp = _stamp(group, venv)
    lock = (locks / f"{group.name}.txt").read_bytes()
    return stamp.exists() and stamp.read_text("ascii").strip() == digest(lock)


def ensure(*groups: Group) -> Path:
    """Make the .venv hold these groups exactly as locked; return its interpreter.

    Costs a few milliseconds where nothing is to be done. Raises Trouble where it cannot be.
    """
    if _ready(groups):
        return python()
    say(f"Setting up .venv: {', '.join(group.name for group in groups)}…")
    with _alone():
        if not _ready(groups):
            _make_venv()
            for group in groups:
                if not is_fresh(group, VENV, LOCKS):
                    _install(group)
    return python()


def explain(said: Sequence[str], group: Group) -> str:
    """Turn pip's failure into what happened, to what, and what to do."""
    text = "\n".join(said)
    package = next((found[1] for line in reversed(said) if (found := _PACKAGE.search(line))), "")
    what = package or f"locks/{group.name}.txt"
    if "DO NOT MATCH THE HASHES" in text:
        return (
            f"{what} was fetched, but it is not the file that locks/{group.name}.txt names.\n"
            "Nothing was installed. Somebody between you and the package index changes files, or\n"
            "an old pip cache does: try again with PIP_NO_CACHE_DIR=1."
        )
    if _NO_NETWORK.search(text):
        return (
            f"{what} could not be fetched: the package index did not answer.\n"
            "Nothing was changed. Check the network (or PIP_INDEX_URL and your proxy), "
            "then run it again."
        )
    last = "\n  ".join(said[-6:])
    return f"pip could not install {what}; nothing was stamped as done. It said:\n  {last}"


_PACKAGE = re.compile(r"(?:Collecting|requirement|distribution found for) ([\w.-]+)==")
_NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|getaddrinfo failed|NewConnectionError"
    r"|Network is unreachable|timed out|No matching distribution|ProxyError|Connection refused"
)


def _stamp(group: Group, venv: Path) -> Path:
    return venv / f"ai-notifier-{group.name}.stamp"


def _ready(groups: Sequence[Group]) -> bool:
    return all(is_fresh(group, VENV, LOCKS) for group in groups) and _alive()


def _alive() -> bool:
    """Whether the .venv's interpreter runs and still finds its pip.

    Neither holds after an interrupted start, nor after the system's Python moved to a new version.
    """
    asked = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
    try:
        return subprocess.run([python(), "-I", "-c", asked], check=False).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the set-up lock; a second dev.py waits here until the first is done."""
    with (ROOT / ".venv.lock").open("a") as file:
        _wait_for_turn(file.fileno())
        yield  # closing the file lets go of it, and so does any kind of end


def _wait_for_turn(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        _until_taken(lambda: msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1))
    else:
        import fcntl

        _until_taken(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB))


def _until_taken(take: Callable[[], None]) -> None:
    told = False
    while True:
        try:
            take()
        except OSError:
            if not told:
                say("  Another dev.py is setting up .venv: waiting for it…")
            told = True
            time.sleep(0.2)
        else:
            return


def _make_venv() -> None:
    if not _alive():
        ensure_venv_module()
        progress = Progress()
        status, said = follow(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            on_line=lambda _: None,
            on_tick=lambda: progress.show("Making an empty .venv"),
        )
        if status:
            raise Trouble("No .venv could be made. Python said:\n  " + "\n  ".join(said[-6:]))
        progress.end("An empty .venv is made")
    _point_at_checkout()


def _point_at_checkout() -> None:
    """Let the .venv find `notifier` here from any folder, without installing it."""
    places = {"base": str(VENV), "platbase": str(VENV)}
    packages = Path(sysconfig.get_path("purelib", "venv", places))
    if packages.is_dir():
        (packages / "notifier-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def _install(group: Group) -> None:
    lock = LOCKS / f"{group.name}.txt"
    content = lock.read_bytes()
    count = count_packages(content.decode())
    say(f"  {group.brings}: {count} packages, at most about {group.megabytes} MB to fetch")
    steps = PipSteps()
    progress = Progress()
    with tempfile.TemporaryDirectory(prefix="ai-notifier-") as fetching:
        status, said = follow(
            [str(python()), "-m", "pip", *_PIP, "--require-hashes", "-r", str(lock)],
            on_line=steps.read,
            on_tick=lambda: progress.show(steps.subject, _fetched(Path(fetching))),
            env=os.environ | {"TMPDIR": fetching, "PYTHONUNBUFFERED": "1"},
        )
    if status:
        raise Trouble(explain(said, group))
    _stamp(group, VENV).write_text(digest(content) + "\n", encoding="ascii")
    progress.end(f"{group.name} is installed")


_PIP = (
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
    "--retries=2",
    "--only-binary=:all:",
)


def _fetched(folder: Path) -> str:
    """How much pip has in its temporary folder; its own bar says nothing through a pipe."""
    size = 0
    for place, _, files in os.walk(folder):  # says nothing of folders that vanish under it
        for file in files:
            with contextlib.suppress(OSError):  # pip removes them as it goes
                size += Path(place, file).stat().st_size
    return f": {size / 1e6:.0f} MB so far" if size > 1e6 else ""


class PipSteps:
    """Reads pip's lines and knows what it is doing."""

    def __init__(self) -> None:
        self.subject = "Asking the package index"

    def read(self, line: str) -> None:
        """Take one line of pip's output."""
        if found := re.match(r"\s*(Downloading|Using cached) (\S+?)-\S+\.whl \((.+)\)", line):
            verb = "Fetching" if found[1] == "Downloading" else "Unpacking from pip's cache"
            self.subject = f"{verb}: {found[2].replace('_', '-')}, {found[3]}"
        elif line.startswith("Installing collected packages"):
            self.subject = "Unpacking"
