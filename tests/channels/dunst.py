"""dunst as a process of a test's own: what hangs on the screen, and what was read there."""

import json
import os
import subprocess


class Dunst:
    """dunst on the session's screen and a bus of our own, so that it may be killed."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        config = f"{os.environ['RIG_DIR']}/dunstrc"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(["dunst", "-config", config], **quiet)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def do_not_disturb(self, *, on: bool) -> None:
        self.ask("set-paused", str(on).lower())

    def ask(self, *words: str) -> str:
        return subprocess.run(
            ["dunstctl", *words], check=True, capture_output=True, text=True
        ).stdout

    def on_screen(self) -> int:
        return int(self.ask("count", "displayed"))

    def shown(self) -> list[dict[str, object]]:
        """What it shows, by what it keeps of it once everything is closed; newest first."""
        self.ask("close-all")
        kept = json.loads(self.ask("history"))["data"][0]
        return [{key: value["data"] for key, value in notice.items()} for notice in kept]
