"""The end: signals and the session ask for it, and it comes within a second, whatever hangs."""

import faulthandler
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtGui import QSessionManager

WITHIN = 0.9
"""Seconds the whole end may take."""

STOP_WITHIN = 0.5
"""Seconds of them in which the engine may put its things away; the history is closed first."""

AFTER_THAT = 0.2
"""Seconds its thread may take then; a thread that hangs is left behind."""

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class Signals(QObject):
    """SIGTERM, SIGINT and SIGHUP end the program as *Quit* does.

    Python runs signal handlers only between its own instructions, and Qt's loop may not come back
    for hours; so the signal writes to a socket that Qt watches. What whoever started us has set to
    be ignored stays so (`nohup`).
    """

    def __init__(self, quit_: Callable[[], None]) -> None:
        """Call `quit_` when a signal comes."""
        super().__init__()
        self._quit = quit_
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)  # Windows knows no SIGHUP
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._came)

    @Slot()
    def _came(self) -> None:
        with suppress(BlockingIOError):
            self._near.recv(64)
        self._quit()

    def close(self) -> None:
        """Let go of the signals."""
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._near.close()
        self._far.close()


def leave_it(manager: QSessionManager) -> None:
    """The session is about to end: nothing of ours is in its way, for all is on disk already.

    It is told not to start us again: whoever wants that has autostart, and a second start would
    open the window.
    """
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)


def last_resort() -> None:
    """End the process in a moment, whatever hangs by then; where it hung goes to standard error.

    Not by a thread of Python's, which could not run while something holds its lock.
    """
    told = 2 if sys.stderr is None else sys.stderr  # without a console there is a number at least
    faulthandler.dump_traceback_later(WITHIN, exit=True, file=told)


def start_anew() -> None:
    """Become a new process of the same program. Everything is on disk, and all is closed."""
    sys.stdout.flush()
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - the same words, and no shell
