"""What the tests of the tray do to a desktop session: start the small tray, look as a host does,
let a panel come and go. Run as a program it plays one story inside a session of its own."""

import json
import subprocess
import sys
from typing import Any, Self

PANEL = ("xfce4-panel", "--disable-wm-check")


class SmallTray:
    """`small_tray.py` as a process: a word in, a line out."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.small_tray"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, word: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self.line()

    def end(self) -> None:
        self.process.communicate("quit\n", timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end()


def seen(seconds: float = 5) -> dict[str, Any] | None:
    """The icon as a tray host sees it, within so many seconds; more than one is none."""
    asked = subprocess.run(
        ["tray", "--wait", str(seconds), "--match", "AI Notifier"],
        check=False,
        capture_output=True,
        text=True,
    )
    items = json.loads(asked.stdout or "[]")
    return items[0] if len(items) == 1 else None


def labels(entries: list[dict[str, Any]]) -> list[str]:
    """Labels as a host draws them."""
    shown = (entry["label"] for entry in entries if not entry.get("separator"))
    return [label.replace("__", "\0").replace("_", "").replace("\0", "_") for label in shown]


def late_host() -> dict[str, Any]:
    """The panel comes after the tray, is killed, comes back, five times over."""
    found: list[bool] = []
    with SmallTray() as tray:
        tray.ask("outage")
        for _ in range(6):
            panel = subprocess.Popen(PANEL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            icon = seen(8)
            found.append(icon is not None and icon["tooltip"].startswith("ChatGPT is down"))
            panel.kill()
            panel.wait()
    return {"found": found}


def no_host() -> dict[str, Any]:
    """Nobody ever shows the icon."""
    with SmallTray() as tray:
        return {"said": tray.line(), "balloon": tray.ask("balloon")}


def xembed_host() -> dict[str, Any]:
    """The host knows XEmbed only."""
    with SmallTray() as tray:
        tray.ask("outage")
        return {"balloon": tray.ask("balloon"), "next": tray.ask("well")}


if __name__ == "__main__":
    story = {"late": late_host, "none": no_host, "xembed": xembed_host}[sys.argv[1]]
    print(json.dumps(story()))
