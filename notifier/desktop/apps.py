"""Finds the installed app of a service and starts it, as each system does. Opens no address.

Only Linux has been tried. What no system confirms to be installed is not started, and the page is
opened in its place.
"""

import os
import plistlib
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from notifier.model.service import Apps

_ENTRY = ".desktop"

_MOST = 65_536
"""Bytes of a desktop entry that are read; none is nearly as long."""


def installed(apps: Apps) -> str:
    """What this system knows the app by, where it is installed; empty where it is not."""
    if sys.platform == "win32":
        return apps.windows if _answers_to(apps.windows) else ""
    if sys.platform == "darwin":
        return apps.macos if apps.macos in _bundles() else ""
    return next((id_ for id_ in apps.linux if _entry(id_) is not None and _launcher(id_)), "")


def start(apps: Apps) -> bool:
    """Start it, detached; False where it is not installed, or cannot be started."""
    named = installed(apps)
    if not named:
        return False
    if sys.platform == "win32":
        return QDesktopServices.openUrl(QUrl(f"{named}:"))
    command = ["/usr/bin/open", "-b", named] if sys.platform == "darwin" else _launcher(named)
    return bool(QProcess.startDetached(command[0], command[1:])[0])


# ---------------------------------------------------------------------------------- Linux


def _entry(id_: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The desktop entry of that id (Desktop Entry Specification 1.5); None where it is not there.

    The first that is found counts; one that says `Hidden` stands for an app that was removed.
    """
    if not id_ or "/" in id_:
        return None
    for folder in _data_folders(environment):
        path = folder / "applications" / f"{id_.removesuffix(_ENTRY)}{_ENTRY}"
        if path.is_file():
            return None if _hidden(path) else path
    return None


def _data_folders(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where installed programs are entered (XDG Base Directory Specification), best first."""
    home = environment.get("XDG_DATA_HOME") or f"{environment.get('HOME', '')}/.local/share"
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for name in (home, *shared.split(":")):
        if Path(name).is_absolute():
            yield Path(name)


def _hidden(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST)
    except OSError:
        return True
    return any(line.replace(b" ", b"") == b"Hidden=true" for line in text.splitlines())


def _launcher(id_: str) -> list[str]:
    """The command that starts an entry as the desktop's own menu does; empty where none is here."""
    if (found := shutil.which("gtk-launch")) is not None:
        return [found, id_.removesuffix(_ENTRY)]
    if (found := shutil.which("gio")) is not None and (path := _entry(id_)) is not None:
        return [found, "launch", str(path)]
    return []


# ---------------------------------------------------------------------------------- macOS


def _bundles() -> Iterator[str]:
    """The ids of the apps in the two folders apps are put into. Not tried."""
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        for path in folder.glob("*.app/Contents/Info.plist"):
            try:
                yield str(plistlib.loads(path.read_bytes()).get("CFBundleIdentifier", ""))
            except (OSError, ValueError, plistlib.InvalidFileException):
                continue


# -------------------------------------------------------------------------------- Windows


def _answers_to(scheme: str) -> bool:
    """Whether a program is registered for addresses of that scheme. Not tried."""
    if sys.platform == "win32" and scheme.isalnum():
        import winreg

        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, scheme) as key,
        ):
            winreg.QueryValueEx(key, "URL Protocol")
            return True
    return False
