"""Watching a program's system calls, or letting them fail, with strace (Linux)."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

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


_MAKES = "trace=open,openat,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,bind"

_LINE = re.compile(
    r"(?P<pid>\d+)\s+(?P<call>\w+)\((?P<rest>.*)\)\s+= (?P<answer>-?\d+)(?:<(?P<real>[^>]*)>)?"
)
_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MODE = re.compile(r", (0[0-7]*)$")


@dataclass(frozen=True)
class Made:
    """A file or folder a program made, or opened to write: where, and with which rights."""

    path: Path
    mode: int | None
    folder: bool = False


def traced(out: Path, *command: str, umask: int = 0o022) -> list[str]:
    """`command`, run under a umask while all it opens and makes is written down in `out`.

    The process begun is the command itself, so that signals reach it; strace stands aside.
    """
    strace = ["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-s", "4096", "-y", "-o", str(out)]
    inner = ["sh", "-c", f'umask {umask:04o}; exec "$@"', "sh", *command]
    return [*strace, "-e", "signal=none", "-e", _MAKES, *inner]


def made(out: Path) -> list[Made]:
    """What the program made or opened to write, in order."""
    found = []
    for line in out.read_text("utf-8", "replace").splitlines():
        call = _LINE.match(line)
        if call is None or call["answer"].startswith("-"):
            continue
        one = _made(call["call"], call["rest"], call["real"])
        if one is not None:
            found.append(one)
    return found


def _made(call: str, rest: str, real: str | None) -> Made | None:
    names, mode = _NAME.findall(rest), _MODE.search(rest)
    rights = int(mode[1], 8) if mode else None
    if call in ("mkdir", "mkdirat"):
        return Made(Path(names[0]), rights, folder=True)
    if call == "bind":
        return Made(Path(names[0]), None) if "AF_UNIX" in rest and names else None
    if call.startswith("rename"):
        return Made(Path(names[-1]), None)
    if call in ("open", "openat") and not re.search("O_CREAT|O_WRONLY|O_RDWR|O_TMPFILE", rest):
        return None
    return Made(Path(real or names[0]), rights if "O_CREAT" in rest or call != "openat" else None)
