"""The program's own log: what it did, for whoever has to find out why. Not the history of notices.

One process writes it, the owner of the profile. Not `logging.handlers`, which brings pickle and
sockets along for what are a few lines here.
"""

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from notifier.storage import redaction
from notifier.storage.places import PlaceRefused, private_folder

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000
"""The log is begun anew at this size."""

KEPT = 3
"""Files in all: the log and those before it, `.1` the youngest of them."""

_QUIET = ("httpx", "httpcore", "asyncio")
"""Libraries that tell of every request; only their warnings are kept."""


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """Keep a log at `path`, readable by this person alone, until the end of the block."""
    writer = LogFile(path)
    root = logging.getLogger()
    root.addHandler(writer)
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    before, sys.excepthook = sys.excepthook, _uncaught
    in_threads, threading.excepthook = threading.excepthook, _uncaught_in_a_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, in_threads
        root.removeHandler(writer)
        writer.close()


@contextmanager
def heeded(slipped: Callable[[], None]) -> Iterator[None]:
    """Until the end of the block, have `slipped` called, in any thread, for each error logged.

    An error in the log is a defect of ours; what the world does to us is a warning at most.
    """
    alarm = _Alarm(slipped)
    root = logging.getLogger()
    root.addHandler(alarm)
    try:
        yield
    finally:
        root.removeHandler(alarm)


class _Alarm(logging.Handler):
    """Rings for errors, and writes nothing."""

    def __init__(self, ring: Callable[[], None]) -> None:
        super().__init__(logging.ERROR)
        self._ring = ring

    def emit(self, record: logging.LogRecord) -> None:
        """Ring."""
        del record
        with suppress(RuntimeError):  # whom it rings for has ended
            self._ring()


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A defect of ours in a click or a timer ends here: Qt goes on without a word."""
    if issubclass(kind, Exception):
        log.error("the program failed at something", exc_info=(kind, error, trace))
    # Standard error ends in a file of the session, or in a report: it is redacted like the log.
    if sys.stderr is not None:
        lines = "".join(traceback.format_exception(kind, error, trace)).splitlines()
        sys.stderr.write("".join(f"{redaction.line(one)}\n" for one in lines))


def _uncaught_in_a_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and not isinstance(failed.exc_value, SystemExit):
        _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)


class _Redacted(logging.Formatter):
    """A record as one line, what belongs to its failure indented below it; no secret in either.

    It sits here, not where something is logged: libraries log too, and exceptions quote anything.
    """

    def __init__(self) -> None:
        super().__init__("{asctime}Z {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S", style="{")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """The text of a record. What another formatter has kept in it is not used: it is raw."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record, self.datefmt)
        text = [redaction.line(self.formatMessage(record))]
        if record.exc_info:
            text.append(_below(self.formatException(record.exc_info)))
        if record.stack_info:
            text.append(_below(record.stack_info))
        return "\n".join(text)


def _below(text: str) -> str:
    return "\n".join(f"    {redaction.line(one)}" for one in text.splitlines())


class LogFile(logging.FileHandler):
    """A log of bounded size. Where it cannot be written the program goes on without it."""

    def __init__(self, path: Path) -> None:
        """The file is opened with the first line for it."""
        super().__init__(path, encoding="utf-8", delay=True)
        self.setFormatter(_Redacted())

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, in a new file where the old one is full."""
        with suppress(OSError, PlaceRefused):
            if self.stream is not None and self.stream.tell() >= MOST_BYTES:
                self._turn_over(self.stream)
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A full disk is no reason to fill standard error instead."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        private_folder(path.parent)
        # Path.open takes no opener.
        return open(path, "a", encoding="utf-8", opener=_private)

    def _turn_over(self, full: TextIOWrapper) -> None:
        full.close()
        self.stream = None  # the next line opens it anew
        names = [self.baseFilename, *(f"{self.baseFilename}.{age}" for age in range(1, KEPT))]
        for younger, older in reversed(tuple(pairwise(names))):
            with suppress(FileNotFoundError):
                os.replace(younger, older)  # noqa: PTH105 - names, as logging has them


def _private(name: str, flags: int) -> int:
    """Open for this person alone, whatever the umask."""
    descriptor = os.open(name, flags, 0o600)
    if sys.platform != "win32":
        os.fchmod(descriptor, 0o600)
    return descriptor
