"""The process ends whatever hangs, and nobody starts it again behind the person's back."""

import subprocess
import sys

from PySide6.QtGui import QSessionManager

from notifier.tray import leaving

HANGS = """
import time
from notifier.tray import leaving
leaving.last_resort()
def hung(): time.sleep(60)
hung()
"""


def test_what_hangs_at_the_end_is_named_and_left():
    said = subprocess.run(
        [sys.executable, "-c", HANGS], check=False, capture_output=True, text=True, timeout=30
    )
    assert said.returncode != 0
    assert "in hung" in said.stderr


class Manager:
    """A session manager that remembers what it was told."""

    hint = QSessionManager.RestartHint.RestartIfRunning

    def setRestartHint(self, hint: QSessionManager.RestartHint) -> None:
        self.hint = hint


def test_a_session_that_ends_is_told_not_to_start_us_again():
    leaving.leave_it(manager := Manager())
    assert manager.hint is QSessionManager.RestartHint.RestartNever
