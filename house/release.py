"""What leaves the workshop: the wheel, and the locks that pin what it stands on."""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from house.environment import LOCKS
from house.system import ROOT
from house.words import Trouble, say

LOCKED = {
    "core": ["pyproject.toml"],
    "desktop": ["pyproject.toml", "--extra=desktop", "--constraint=locks/core.txt"],
    "dev": ["--group=pyproject.toml:dev", "--constraint=locks/desktop.txt"],
}
"""What `uv pip compile` reads for each lock; each follows the versions of the one before it."""

_LOCK_STYLE = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def build_wheel(interpreter: Path) -> None:
    """Build the wheel into dist/ and look into it. Raises Trouble if it lacks anything."""
    say("Building the wheel…")
    dist = ROOT / "dist"
    command = [str(interpreter), "-m", "build", "--wheel", "--no-isolation", f"--outdir={dist}"]
    done = subprocess.run([*command, str(ROOT)], check=False, capture_output=True, text=True)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise Trouble(f"The wheel could not be built. The builder said:\n{said}")
    wheel = max(dist.glob("*.whl"), key=lambda file: file.stat().st_mtime)
    with zipfile.ZipFile(wheel) as archive:
        absent = left_out(archive.namelist(), wanted_in_wheel(ROOT))
    if absent:
        raise Trouble(f"{wheel.name} was built, but it lacks:\n  " + "\n  ".join(absent))
    say(f"dist/{wheel.name}: {wheel.stat().st_size / 1e6:.2f} MB, nothing left out")


def wanted_in_wheel(root: Path) -> list[str]:
    """The names under which a wheel must hold the program's code and its resources."""
    code = sorted((root / "notifier").rglob("*.py"))
    resources = sorted(file for file in (root / "resources").rglob("*") if file.is_file())
    return [
        *(file.relative_to(root).as_posix() for file in code),
        *(f"notifier/_{file.relative_to(root).as_posix()}" for file in resources),
    ]


def left_out(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """What is wanted and not there, sorted."""
    return sorted(set(wanted) - set(names))


def pin(arguments: Sequence[str]) -> None:
    """Write each lock anew from pyproject.toml; the arguments go to `uv pip compile` too.

    uv is fetched into a throw-away environment: the project does not depend on it.
    """
    with tempfile.TemporaryDirectory(prefix="ai-notifier-") as folder:
        say("Fetching uv (used for this alone)…")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        programs = Path(folder, "bin" if os.name == "posix" else "Scripts")
        fetched = subprocess.run([programs / "pip", "install", "--quiet", "uv"], check=False)
        if fetched.returncode:
            raise Trouble("uv could not be fetched. Check the network; no lock was changed.")
        for group, sources in LOCKED.items():
            say(f"Pinning locks/{group}.txt…")
            compiler = [str(programs / "uv"), "pip", "compile", *_LOCK_STYLE]
            _compile([*compiler, *sources, *arguments], group)


def _compile(command: Sequence[str], group: str) -> None:
    target = f"--output-file={LOCKS.relative_to(ROOT)}/{group}.txt"
    done = subprocess.run([*command, target], check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"locks/{group}.txt could not be pinned. uv said:\n{done.stderr.strip()}")
