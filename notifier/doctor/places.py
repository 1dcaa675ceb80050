"""The folders and files of a profile: there, ours alone, and with room."""

import os
import shutil
import stat
import sys
from pathlib import Path

from notifier.doctor.finding import Finding, Notes
from notifier.storage.mounts import is_local
from notifier.storage.places import Places
from notifier.wording import doctor as said

_LEAST_FREE = 50_000_000
"""Bytes: what the history may take at most."""


def look(notes: Notes, places: Places) -> list[Finding]:
    """One line per place, then the disk."""
    each = {
        "settings": places.settings,
        "data": places.data,
        "state": places.state,
        "cache": places.cache,
        "log": places.log,
        "socket": places.socket,
    }
    return [*(_place(notes, name, path) for name, path in each.items()), *_disk(notes, places)]


def tilde(path: Path) -> str:
    """A path without the name of who lives there."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def _place(notes: Notes, name: str, path: Path) -> Finding:
    values = {"name": notes.say(said.NAMES[name]), "path": tilde(path)}
    try:
        found = path.stat()
    except FileNotFoundError:
        return notes.ok(said.NOT_YET, **values)
    except OSError as error:
        return notes.attention(said.CLOSED, why=error.strerror or "", **values)
    if sys.platform != "win32":
        if found.st_uid != os.getuid():
            return notes.attention(said.NOT_OURS, **values)
        mode = stat.S_IMODE(found.st_mode)
        if mode & 0o077 and _reachable(path.parent):
            wanted = "700" if stat.S_ISDIR(found.st_mode) else "600"
            return notes.attention(said.OPEN_TO_OTHERS, mode=f"{mode:04o}", wanted=wanted, **values)
    if not os.access(path, os.W_OK):
        return notes.attention(said.NOT_WRITABLE, **values)
    return notes.ok(said.THERE, **values)


def _reachable(folder: Path) -> bool:
    """Whether others get as far as into `folder`: every folder above lets them pass."""
    try:
        return all(one.stat().st_mode & 0o011 for one in (folder, *folder.parents))
    except OSError:
        return False


def _disk(notes: Notes, places: Places) -> list[Finding]:
    there = next(one for one in (places.data, *places.data.parents) if one.exists())
    findings = []
    try:
        free = shutil.disk_usage(there).free
    except OSError:
        return []
    message = said.SPACE if free >= _LEAST_FREE else said.NO_SPACE
    note = notes.ok if free >= _LEAST_FREE else notes.attention
    findings.append(note(message, free=said.size(free, notes.say)))
    if sys.platform.startswith("linux") and not is_local(there):
        findings.append(notes.unknown(said.NETWORK_DISK))
    return findings
