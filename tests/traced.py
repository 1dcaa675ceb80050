"""Watching a program's system calls, or letting them fail, with strace (Linux)."""

import os
import shutil
import subprocess

import pytest


def _why_not() -> str | None:
    """Why there is no strace here; None where there is."""
    if shutil.which("strace") is None:
        return "needs strace: `python3 dev.py rig`, or tests/rig/apt-packages.txt"
    tried = subprocess.run(
        ["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False
    )
    return None if tried.returncode == 0 else "this system lets nobody trace a process"


_WHY_NOT = _why_not()

needs_strace = pytest.mark.skipif(
    _WHY_NOT is not None and not os.environ.get("CI"), reason=str(_WHY_NOT)
)
"""Skips where there is no strace; where CI is set, missing it is a failure."""
