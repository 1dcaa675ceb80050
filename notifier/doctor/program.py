"""Versions, and whether Qt can be loaded: asked of a process of its own, never loaded here."""

import os
import platform
import ssl
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

from notifier import __version__
from notifier.doctor.finding import Finding, Notes
from notifier.storage.database import SQLITE
from notifier.wording import doctor as said

_PATIENCE = 10.0
"""Seconds loading Qt may take on a slow disk."""

_QT = "PySide6_Essentials"
_LIBRARIES = ("httpx", "msgspec", "jeepney", "apprise")


def look(notes: Notes) -> list[Finding]:
    """What runs here, on what."""
    system = f"{platform.system()} {platform.release()} ({platform.machine()})"
    python = platform.python_version()
    return [
        notes.ok(said.VERSIONS, version=__version__, python=python, system=system),
        notes.ok(said.LIBRARIES, libraries=" · ".join(_libraries())),
        _qt(notes),
        _session(notes),
    ]


def _libraries() -> list[str]:
    named = [f"{name} {found}" for name in _LIBRARIES if (found := _version(name)) is not None]
    return [*named, f"SQLite {SQLITE}", ssl.OPENSSL_VERSION]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _qt(notes: Notes) -> Finding:
    found = _version(_QT)
    if found is None:
        return notes.ok(said.QT_MISSING)
    if getattr(sys, "frozen", False):  # a bundle has no Python to ask, and brings Qt along
        return notes.ok(said.QT, version=found)
    words = [sys.executable, "-c", "import PySide6.QtWidgets, PySide6.QtDBus"]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=_PATIENCE, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return notes.unknown(said.QT_UNKNOWN, why=type(error).__name__)
    if done.returncode == 0:
        return notes.ok(said.QT, version=found)
    why = (done.stderr.strip().splitlines() or ["it ended by itself"])[-1]
    note = notes.attention if _wants_qt() else notes.unknown
    return note(said.QT_BROKEN, version=found, why=why)


def _wants_qt() -> bool:
    """Whether there is a desktop here on which the tray could run."""
    return sys.platform in ("win32", "darwin") or has_display()


def _session(notes: Notes) -> Finding:
    """Which desktop it is, by the session's own variables."""
    names = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
    named = [value for name in names if (value := os.environ.get(name, ""))]
    if named:
        return notes.ok(said.SESSION, desktop=" · ".join(named))
    if sys.platform in ("win32", "darwin") or has_display():
        return notes.ok(said.SESSION, desktop=sys.platform)
    return notes.unknown(said.NO_SESSION)


def has_display() -> bool:
    """Whether this shell can show windows."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
