"""Following the engine in plain lines, one fact each, for a pipe or a log."""

from datetime import tzinfo
from typing import Self, TextIO

from notifier.documents import When
from notifier.model.announcement import Notice, ThreadId, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture, Row
from notifier.model.service import ServiceKey
from notifier.model.verdict import Cause
from notifier.terminal.screen import Pipe
from notifier.wording import terminal as said
from notifier.wording.say import Say


class Lines:
    """Says only what changes."""

    def __init__(self, say: Say, zone: tzinfo, stream: TextIO) -> None:
        self._say = say
        self._zone = zone
        self._pipe = Pipe(stream)
        self._headline = ""
        self._facts: dict[ServiceKey, tuple[str, ...]] = {}
        self._names: dict[ServiceKey, str] = {}
        self._titles: dict[ThreadId, str] = {}

    @property
    def gone(self) -> bool:
        """Whether nobody reads any more."""
        return self._pipe.gone

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is kept open."""

    def notice(self, t: When, notice: Notice) -> None:
        """Print a notice with its buttons."""
        self._titles |= dict.fromkeys(notice.threads, notice.title)
        self._put(t, said.told(notice, self._say))

    def withheld(self, t: When, withheld: Withheld) -> None:
        """Print a silence with its reason."""
        self._put(t, said.silence(withheld, self._names, self._say))

    def closed(self, t: When, gone: Withdraw) -> None:
        """Print that a notice was withdrawn."""
        title = self._titles.pop(gone.thread, gone.thread)
        self._put(t, said.withdrawn(title, self._say))

    def picture(self, t: When, picture: Picture) -> None:
        """Print each tool whose state has changed, and the headline where it has.

        A tool nobody has looked at yet is no news.
        """
        self._names = {row.key: row.service.name for row in picture.rows}
        for row in picture.rows:
            if row.verdict.cause is not Cause.NOT_LOOKED_YET:
                self._changed(t, row)
        if picture.headline != self._headline:
            self._headline = picture.headline
            self._put(t, said.headline(picture, self._say))

    def _changed(self, t: When, row: Row) -> None:
        facts = (said.changed(row, self._say), said.advice(row, self._say))
        before = self._facts.get(row.key, ())
        for fact in facts:
            if fact and fact not in before:
                self._put(t, fact)
        self._facts[row.key] = facts

    def caption(self, t: When, text: str) -> None:
        """Print the caption of a new act."""
        self._put(t, text)

    def _put(self, t: When, text: str) -> None:
        self._pipe.put(f"{said.time(t, self._zone, self._say)} {text}")
