"""A person's account in a folder: a home, what packages laid down, and a program to start."""

import stat
from pathlib import Path

from notifier.autostart.linux import Linux

NAME = "ai-notifier.desktop"


class Account:
    """An account whose home and whose /etc/xdg lie in `root`."""

    def __init__(self, root: Path) -> None:
        self.home = root / "home"
        self.home.mkdir()
        self.package = root / "xdg" / "autostart" / NAME
        self.entry = self.home / ".config" / "autostart" / NAME
        self.environment = {
            "HOME": str(self.home),
            "XDG_CONFIG_DIRS": str(root / "xdg"),
            "PATH": str(root / "bin"),
        }
        self.program = self.installs(root / "bin" / "notifier-tray")
        self.autostart = Linux(self.environment, lambda: (str(self.program),))

    def installs(self, program: Path) -> Path:
        """Lay a program down where anybody may run it and only the owner change it."""
        for folder in reversed((program.parent, *program.parent.parents)):
            if not folder.exists():
                folder.mkdir(mode=0o755)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        return program

    def packaged(self, text: str = "Exec=notifier-tray\nTryExec=notifier-tray\n") -> None:
        """A package lays an entry for every account down."""
        self.package.parent.mkdir(parents=True)
        self.package.write_text(f"[Desktop Entry]\nType=Application\n{text}")

    def finds(self, text: str) -> None:
        """Somebody else has put an entry under our name."""
        self.entry.parent.mkdir(parents=True, exist_ok=True)
        self.entry.write_text(text)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
