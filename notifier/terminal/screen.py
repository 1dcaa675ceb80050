"""Where a terminal's output goes: a screen that can be drawn on, or a pipe that takes lines."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, TextIO

from notifier.model.picture import Lamp
from notifier.wording import sink

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

CALM = frozenset({Lamp.CLEAR, Lamp.EMPTY})
"""Lamps of what needs no second look."""

_COLOURS = {
    Lamp.CLEAR: "green",
    Lamp.MAINTENANCE: "blue",
    Lamp.BLIND: "cyan",
    Lamp.WATCH: "yellow",
    Lamp.TROUBLE: "red",
    Lamp.PAUSED: "magenta",
    Lamp.EMPTY: "default",
}

_SHAPES = {
    Lamp.CLEAR: "●",
    Lamp.MAINTENANCE: "■",
    Lamp.BLIND: "○",
    Lamp.WATCH: "▲",
    Lamp.TROUBLE: "✖",
    Lamp.PAUSED: "‖",
    Lamp.EMPTY: "◌",
}
"""A shape of its own per lamp, as the icons have: colour alone tells a third of us nothing."""

_LETTERS = {
    Lamp.CLEAR: "o",
    Lamp.MAINTENANCE: "=",
    Lamp.BLIND: "?",
    Lamp.WATCH: "!",
    Lamp.TROUBLE: "X",
    Lamp.PAUSED: "|",
    Lamp.EMPTY: ".",
}
"""The same, where the encoding of the terminal has no shapes."""

_LONGEST = 4000


def screen(stream: TextIO | None = None, width: int | None = None) -> Console:
    """A console on `stream` that takes texts as they are: a name is never read as markup.

    NO_COLOR and the width of the terminal are honoured by rich itself, which costs a tenth of a
    second to load: only where something is drawn.
    """
    from rich.console import Console

    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def drawable(stream: TextIO) -> bool:
    """Whether somebody watches a terminal that can be drawn on; otherwise plain lines go out."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def busy(text: str) -> AbstractContextManager[object]:
    """Show beside the output that something takes its time; nothing where nobody watches."""
    if not drawable(sys.stderr):
        return nullcontext()
    return screen(sys.stderr).status(words(text, "dim"))


def put(text: str, stream: TextIO | None = None, *, whole: bool = False) -> None:
    """Write one plain line at once; what the encoding does not have becomes a question mark.

    A `whole` text is a document of ours: it is neither shortened nor put on one line.
    """
    indent = " " * (len(text) - len(text.lstrip(" ")))
    line = text if whole else indent + sink.line(text, _LONGEST)
    _write(line, stream or sys.stdout)


def put_cells(cells: Sequence[str], stream: TextIO | None = None) -> None:
    """Write one plain line of several cells, a tab between them."""
    _write("\t".join(sink.line(cell, _LONGEST) for cell in cells), stream or sys.stdout)


class Pipe:
    """A stream somebody reads while it goes on; once they have gone, all ends as at Ctrl-C."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream
        self.gone = False

    def put(self, text: str, *, whole: bool = False) -> None:
        """Write one line, as `put` does; `gone` tells whether nobody has read it."""
        try:
            put(text, self._stream, whole=whole)
        except BrokenPipeError:
            self.gone = True
            # Python writes what is left at its end, and would fail there once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            signal.raise_signal(signal.SIGINT)


def _write(line: str, stream: TextIO) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def words(text: str, style: str = "") -> Text:
    """A text of ours or of a vendor, harmless to the terminal."""
    from rich.text import Text

    return Text(sink.lines(text, _LONGEST), style)


def shape(lamp: Lamp, console: Console) -> Text:
    """The lamp: shape and colour."""
    from rich.text import Text

    try:
        _SHAPES[lamp].encode(console.encoding)
    except UnicodeEncodeError:
        return Text(_LETTERS[lamp], colour(lamp))
    return Text(_SHAPES[lamp], colour(lamp))


def colour(lamp: Lamp) -> str:
    """The lamp's colour, one of the terminal's own sixteen: people have chosen those to be read."""
    return _COLOURS[lamp]
