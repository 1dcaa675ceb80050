"""What whoever works here waits for: from a fresh clone to the first line of the demo, and `test`.

usage: python -m tests.bench.patience

Both are printed and bounded by nobody. The clone makes an environment of its own, for which the
packages come out of pip's own cache where it has one: what a network costs is no doing of ours.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LONGEST = 1800.0
"""Seconds waited for either."""

FIRST_LINE = re.compile(r"[0-9]{2}:[0-9]{2} ")
"""How a line of a rehearsal begins, in a pipe: with its time."""


def bare() -> dict[str, str]:
    """The environment without any desktop: the demo then plays in the terminal."""
    desktop = ("DISPLAY", "WAYLAND_DISPLAY", "VIRTUAL_ENV", "RIG_DIR")
    return {name: value for name, value in os.environ.items() if name not in desktop}


def clone_to_demo() -> float:
    """Seconds from `git clone` to the first line of the demo; raises OSError."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ai-notifier-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        command = [sys.executable, "-u", "dev.py", "demo"]
        with subprocess.Popen(
            command, cwd=clone, env=bare(), stdout=subprocess.PIPE, text=True
        ) as demo:
            limit = threading.Timer(LONGEST, demo.kill)
            limit.start()
            try:
                if any(FIRST_LINE.match(line) for line in demo.stdout):
                    return time.monotonic() - began
            finally:
                limit.cancel()
                demo.terminate()
    raise OSError(f"the demo ended with {demo.returncode} and said nothing")


def tests() -> float:
    """Seconds `dev.py test` takes; raises TimeoutExpired."""
    began = time.monotonic()
    command = [sys.executable, "dev.py", "test", "-q"]
    subprocess.run(command, cwd=ROOT, check=False, timeout=LONGEST, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def main() -> None:
    """Print both; what cannot be measured is said, and is nobody's failure."""
    waits = {"a fresh clone to the first line of the demo": clone_to_demo, "`dev.py test`": tests}
    for what, wait in waits.items():
        try:
            print(f"{what:<58} {wait():10.1f} s", flush=True)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{what:<58} not measured: {error}", flush=True)


if __name__ == "__main__":
    main()
