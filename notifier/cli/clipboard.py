"""Filling the clipboard without Qt, by the program a system has for it. It is never read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

WITHIN = 3.0
"""Seconds such a program may take; it goes on by itself where the clipboard needs an owner."""

_X11 = (("xclip", "-selection", "clipboard", "-in"), ("xsel", "--clipboard", "--input"))


def put_on(text: str) -> str:
    """Put `text` onto the clipboard; by which program, empty where there was none that did."""
    for command in _commands(sys.platform, os.environ):
        found = shutil.which(command[0])
        if found is not None and _filled((found, *command[1:]), _encoded(text, sys.platform)):
            return os.path.basename(command[0])  # noqa: PTH119 - of a name, no file is meant
    return ""


def _commands(system: str, around: Mapping[str, str]) -> tuple[Sequence[str], ...]:
    """The programs to try, first choice first; none where no screen is there to have one."""
    if system == "darwin":
        return (("pbcopy",),)
    if system == "win32":
        root = around.get("SYSTEMROOT", r"C:\Windows")
        return ((rf"{root}\System32\clip.exe",),)
    wayland = (("wl-copy",),) if around.get("WAYLAND_DISPLAY") else ()
    return (*wayland, *(_X11 if around.get("DISPLAY") else ()))


def _encoded(text: str, system: str) -> bytes:
    """As the program reads it: `clip` knows UTF-16 by its mark, the others are told UTF-8."""
    return text.encode("utf-16" if system == "win32" else "utf-8")


def _filled(command: Sequence[str], text: bytes) -> bool:
    """Whether the program took it. Its own output would be kept open by the part that stays."""
    try:
        done = subprocess.run(
            command,
            input=text,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=WITHIN,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
