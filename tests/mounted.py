"""Disks of one's own: a folder that is read-only, or tiny, for one process alone (Linux)."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1" "$1"'
TINY = 'mount -t tmpfs -o size=1M,mode=0700 tmpfs "$1"'

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts of Linux")


def words(folder: Path, mount: str, *command: str) -> list[str]:
    """`command`, run where `mount` (shell) was done to `folder` first, in a world of its own."""
    probe = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("this system lets nobody make mounts of their own")
    return [
        "unshare",
        "-rm",
        "sh",
        "-ec",
        f'{mount}; shift; exec "$@"',
        "sh",
        str(folder),
        *command,
    ]


def on_a_mount(folder: Path, mount: str, script: str) -> list[str]:
    """The lines a script of Python prints there."""
    done = subprocess.run(
        words(folder, mount, sys.executable, "-c", script, str(folder)),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
