"""Following the engine on a terminal that can be drawn on: a view that stays, cards that pass."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Self, TextIO

from rich.console import Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from notifier.documents import When
from notifier.model.announcement import Notice, ThreadId, Withheld
from notifier.model.effect import Withdraw
from notifier.model.moment import Moment
from notifier.model.picture import Picture
from notifier.model.service import ServiceKey
from notifier.terminal.cards import card, silence
from notifier.terminal.drawn import table
from notifier.terminal.screen import screen, words
from notifier.wording import terminal as said
from notifier.wording.glance import Glance
from notifier.wording.say import Say


class Drawing:
    """Caption, lamp and table stay at the foot of the terminal; everything told runs past them."""

    def __init__(
        self, say: Say, zone: tzinfo, now: Callable[[], Moment], stream: TextIO, redraw: float
    ) -> None:
        self._say = say
        self._zone = zone
        self._now = now
        self._console = screen(stream)
        self._picture: Picture | None = None
        self._caption = ""
        self._seen: tuple[When, Moment] | None = None
        self._names: dict[ServiceKey, str] = {}
        self._titles: dict[ThreadId, str] = {}
        self._live = Live(
            console=self._console,
            get_renderable=self._drawn,
            refresh_per_second=1 / redraw,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    @property
    def gone(self) -> bool:
        """Never: with its terminal the whole command ends."""
        return False

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def notice(self, t: When, notice: Notice) -> None:
        """Let a card run past."""
        self._titles |= dict.fromkeys(notice.threads, notice.title)
        self._past(t, card(notice, self._console))

    def withheld(self, t: When, withheld: Withheld) -> None:
        """Let a quiet line run past."""
        self._past(t, silence(withheld, self._names, self._say))

    def closed(self, t: When, gone: Withdraw) -> None:
        """Let it run past that a notice was withdrawn."""
        title = self._titles.pop(gone.thread, gone.thread)
        self._past(t, words(said.withdrawn(title, self._say), "dim"))

    def picture(self, t: When, picture: Picture) -> None:
        """Draw anew how everything stands."""
        self._names = {row.key: row.service.name for row in picture.rows}
        self._picture = picture
        self._seen = (t, self._now())
        self._live.refresh()

    def caption(self, t: When, text: str) -> None:
        """Put a new caption over the table, and into what runs past."""
        self._caption = text
        self._seen = (t, self._now())
        self._past(t, words(text, "bold"))

    def _past(self, t: When, what: RenderableType) -> None:
        time = words(said.time(t, self._zone, self._say), "dim")
        self._console.print(Group(time, Padding(what, (0, 0, 1, 2))))
        self._live.refresh()

    def _drawn(self) -> RenderableType:
        if self._picture is None:
            return Text()
        now = self._now()
        caption = [self._captioned(now)] if self._caption else []
        glance = Glance(now, self._zone, self._say)
        return Group(*caption, table(self._picture, glance, self._console))

    def _captioned(self, now: Moment) -> Text:
        """The caption, with the time of the scenario running on between two events."""
        t, seen = self._seen or (0.0, now)
        ran = now.since(seen)
        t = t + timedelta(seconds=ran) if isinstance(t, datetime) else t + ran
        return words(f" {said.time(t, self._zone, self._say)}  {self._caption} ", "reverse")
