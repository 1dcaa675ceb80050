"""xfce4-notifyd as a process of a test's own, with its settings: what hangs on the screen."""

import subprocess
from pathlib import Path

PROGRAM = next(Path("/usr").glob("lib*/*/xfce4/notifyd/xfce4-notifyd"), None)
SETTINGS = next(Path("/usr").glob("lib*/*/xfce4/xfconf/xfconfd"), None)

_XFCONF = ("gdbus", "call", "--session", "-d", "org.xfce.Xfconf", "-o", "/org/xfce/Xfconf")


class Xfce:
    """It draws a window per notice, and says nothing of what is in it."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        assert PROGRAM is not None
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([PROGRAM], **quiet)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def on_screen(self) -> int:
        words = ["xdotool", "search", "--onlyvisible", "--pid", str(self._process.pid)]
        found = subprocess.run(words, check=False, capture_output=True, text=True)
        return len(found.stdout.split())

    def do_not_disturb(self, *, on: bool) -> None:
        """As the switch in its settings does it."""
        value = "<true>" if on else "<false>"
        what = ("org.xfce.Xfconf.SetProperty", "xfce4-notifyd", "/do-not-disturb", value)
        subprocess.run([*_XFCONF, "-m", *what], check=True, capture_output=True)
