"""Following the engine in a terminal: a view that stays, plain lines, or one JSON object a line.

All three are an `Audience` of a rehearsal, whose times are seconds since its scenario began.
`Watching` makes any of them the face of a program that runs for real.
"""

import sys
from collections.abc import Callable
from datetime import tzinfo
from types import TracebackType
from typing import Protocol, Self, TextIO

from notifier.documents import When
from notifier.model.announcement import Notice, NoticeId, Withheld
from notifier.model.effect import Withdraw
from notifier.model.moment import Moment
from notifier.model.picture import Picture
from notifier.model.rung import Rung
from notifier.terminal.drawing import Drawing
from notifier.terminal.lines import Lines
from notifier.terminal.objects import Objects
from notifier.terminal.screen import drawable
from notifier.wording.say import Say

CHANNEL = Rung.TERMINAL.value

_REDRAW = 5.0
"""Seconds between two drawings while nothing happens: only ages change."""


class Follower(Protocol):
    """Whoever follows what the engine shows and tells, in a terminal or a pipe.

    It is entered before the first call and left after the last.
    """

    @property
    def gone(self) -> bool:
        """Whether nobody reads any more what is printed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> None: ...

    def notice(self, t: When, notice: Notice) -> None:
        """The person is told."""

    def withheld(self, t: When, withheld: Withheld) -> None:
        """The person is deliberately not told."""

    def closed(self, t: When, gone: Withdraw) -> None:
        """A notice is withdrawn."""

    def picture(self, t: When, picture: Picture) -> None:
        """How everything stands; called whenever it may have changed."""

    def caption(self, t: When, text: str) -> None:
        """A new act begins."""


def follower(
    say: Say,
    zone: tzinfo,
    now: Callable[[], Moment],
    *,
    as_json: bool = False,
    stream: TextIO | None = None,
    redraw: float = _REDRAW,
) -> Follower:
    """The follower that fits `stream`: drawn on a terminal, plain lines in a pipe, or JSON.

    `now` is the engine's own clock, so that ages run as fast as it does; `redraw` is in seconds.
    """
    stream = stream or sys.stdout
    if as_json:
        return Objects(stream)
    if drawable(stream):
        return Drawing(say, zone, now, stream, redraw)
    return Lines(say, zone, stream)


class Watching:
    """A follower as the face of a real engine. What it has printed counts as told."""

    def __init__(
        self,
        follower: Follower,
        now: Callable[[], Moment],
        heard: Callable[[NoticeId, str], None],
    ) -> None:
        """`heard` hears which notice was delivered, and by which channel."""
        self._follower = follower
        self._now = now
        self._heard = heard

    def show(self, picture: Picture) -> None:
        """Show how everything stands."""
        self._follower.picture(picture.at.utc, picture)

    def tell(self, notice: Notice) -> None:
        """Print a notice; from then on the person has been told."""
        self._follower.notice(notice.at, notice)
        if not self._follower.gone:
            self._heard(notice.id, CHANNEL)

    def withdraw(self, gone: Withdraw) -> None:
        """Say that a notice is no longer true."""
        self._follower.closed(self._now().utc, gone)

    def hush(self, withheld: Withheld) -> None:
        """Say what is not told, and why."""
        self._follower.withheld(withheld.at, withheld)
