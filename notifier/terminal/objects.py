"""Following the engine as one JSON object per line, as interfaces.md has them."""

from typing import Self, TextIO

from notifier import documents
from notifier.documents import Document, When
from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.terminal.screen import Pipe


class Objects:
    """Prints every notice, silence and withdrawal, and each picture that differs."""

    def __init__(self, stream: TextIO) -> None:
        self._pipe = Pipe(stream)
        self._last: Document | None = None

    @property
    def gone(self) -> bool:
        """Whether nobody reads any more."""
        return self._pipe.gone

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is kept open."""

    def notice(self, t: When, notice: Notice) -> None:
        """Print a notice."""
        self._print(documents.notice(notice, t))

    def withheld(self, t: When, withheld: Withheld) -> None:
        """Print a silence."""
        self._print(documents.withheld(withheld, t))

    def closed(self, t: When, gone: Withdraw) -> None:
        """Print that a notice was withdrawn."""
        self._print(documents.closed(gone.thread, gone.services, t))

    def picture(self, t: When, picture: Picture) -> None:
        """Print how everything stands, if that has changed."""
        glimpse = documents.picture(picture, 0.0)
        if glimpse != self._last:
            self._last = glimpse
            self._print(documents.picture(picture, t))

    def caption(self, t: When, text: str) -> None:
        """Captions are for people."""

    def _print(self, document: Document) -> None:
        self._pipe.put(documents.dumps(document, one_line=True), whole=True)
