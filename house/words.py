"""How dev.py speaks to a person: lines, progress, troubles. Knows nothing of what is done."""

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

PIPED_PAUSE = 15.0
"""Seconds between two lines about the same thing where nobody watches a terminal."""


class Trouble(Exception):
    """What happened, to what, and what to do: sentences for a person, printed as they are."""


def say(text: str) -> None:
    """Print one line now, so that it stands before what a child process prints."""
    print(text, flush=True)


class Progress:
    """Where a long work stands: one changing line on a terminal, plain lines when piped."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream or sys.stdout
        self._clock = clock
        self._live = self._stream.isatty()
        self._began = clock()
        self._subject = ""
        self._printed_at = 0.0

    def show(self, subject: str, detail: str = "") -> None:
        """Say what is being done; call it as often as you like, it prints only what is worth it."""
        line = f"  {subject}{detail} ({self._elapsed():.0f} s)"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r{line[:width]:<{width}}")
        elif subject != self._subject or self._clock() - self._printed_at >= PIPED_PAUSE:
            self._stream.write(line + "\n")
            self._printed_at = self._clock()
        self._subject = subject
        self._stream.flush()

    def end(self, text: str) -> None:
        """Replace the changing line by a last one that stays."""
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r{'':<{width}}\r")
        self._stream.write(f"  {text} ({self._elapsed():.0f} s)\n")
        self._stream.flush()

    def _elapsed(self) -> float:
        return self._clock() - self._began
