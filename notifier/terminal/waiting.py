"""The one line of a command that waits, beside its output; nothing of it where nobody watches."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from notifier.terminal.screen import drawable, put, screen, words

if TYPE_CHECKING:
    from rich.status import Status


class WaitingLine:
    """Drawn on a terminal from the first to the last moment of a `with` block."""

    def __init__(self, text: str) -> None:
        """`text` stands there until there is more to say."""
        self._stream = sys.stderr
        self._text = text
        self._watched = drawable(self._stream)
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if self._watched:
            self._status = screen(self._stream).status(words(self._text, "dim"))
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def says(self, text: str) -> None:
        """Put `text` in the place of what stands there."""
        if self._status is not None and text != self._text:
            self._text = text
            self._status.update(words(text, "dim"))

    def remarks(self, text: str) -> None:
        """Let a line run past; also after the end, when nothing is drawn any more."""
        if self._watched:
            self.warns(text)

    def warns(self, text: str) -> None:
        """The same, for what whoever reads a pipe is to know as well."""
        if self._status is not None:
            self._status.console.print(words(text, "dim"))
        else:
            put(text, self._stream)
