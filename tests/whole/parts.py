"""The real parts of a desktop, started, killed and started again in a session of its own."""

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.whole.desk import ROOT, said, until

RIG = ROOT / "tests" / "rig"

HOST = "org.kde.StatusNotifierWatcher"
DAEMON = "org.freedesktop.Notifications"
KEYS = "org.freedesktop.secrets"

_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def folder() -> Path:
    return Path(os.environ["RIG_DIR"])


def _panel() -> list[str]:
    known = Path(os.environ["XDG_CONFIG_HOME"], "xfce4/xfconf/xfce-perchannel-xml")
    known.mkdir(parents=True, exist_ok=True)
    shutil.copy(RIG / "xfce4-panel.xml", known)
    return ["xfce4-panel", "--disable-wm-check"]


def _dunst() -> list[str]:
    config = folder() / "dunstrc"
    config.write_text((RIG / "dunstrc").read_text().replace("@answer@", str(RIG / "answer-dmenu")))
    return ["dunst", "-config", str(config)]


def _notifyd() -> list[str]:
    return [str(next(Path("/usr").glob("lib*/*/xfce4/notifyd/xfce4-notifyd")))]


def _keys() -> list[str]:
    return ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]


def _bus() -> list[str]:
    return ["dbus-daemon", f"--config-file={folder()}/bus.conf", "--nofork", "--nosyslog"]


def _record() -> list[str]:
    return [str(RIG / "record-notes"), str(folder() / "log" / "notes.jsonl")]


COMMANDS: dict[str, Callable[[], list[str]]] = {
    "bus": _bus,
    "record": _record,
    "panel": _panel,
    "dunst": _dunst,
    "notifyd": _notifyd,
    "keys": _keys,
}


@dataclass
class Parts:
    """What the test has started; everything ends with the block."""

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        process = subprocess.Popen(COMMANDS[name](), stdin=subprocess.PIPE, **_QUIET)
        assert process.stdin is not None
        with suppress(BrokenPipeError), process.stdin as words:
            words.write(b"rig")  # the key store's password; nobody else listens
        self.running[name] = process

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def kill_all(self) -> None:
        for name in tuple(self.running):
            self.kill(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_all()


def owned(name: str) -> bool:
    """Whether somebody owns this name of the session bus."""
    question = ("gdbus", "call", "--session", "-d", "org.freedesktop.DBus")
    words = ("-o", "/org/freedesktop/DBus", "-m", "org.freedesktop.DBus.NameHasOwner", name)
    return "true" in said(*question, *words, check=False)


def there(name: str) -> None:
    """Wait for the owner of a name."""
    until(lambda: owned(name), within=20)


def descriptors(process: subprocess.Popen[str]) -> int:
    """How many files the process holds open."""
    return sum(1 for _ in Path(f"/proc/{process.pid}/fd").iterdir())
