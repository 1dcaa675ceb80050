"""What the faces show: at once where there is news, a moment later where only ages are new."""

import logging
from collections.abc import Callable, Iterable

from notifier.model.board import Board
from notifier.model.picture import Picture
from notifier.model.service import ServiceKey
from notifier.model.settings import Settings
from notifier.watch.clock import Alarm, Clock
from notifier.watch.painter import Painter
from notifier.watch.roles import Face
from notifier.watch.schedule import Schedule

log = logging.getLogger(__name__)

SHOWN_WITHIN = 2.0
"""Seconds a picture waits for more in which only ages are new: where many are watched there is
always somebody just looked at."""


class Showing:
    """Keeps the last picture, and which rows of it are to be painted anew."""

    def __init__(
        self,
        face: Face,
        painter: Painter,
        schedule: Schedule,
        clock: Clock,
        *,
        stands: Callable[[], tuple[Board, Settings]],
        slipped: Callable[[], None],
    ) -> None:
        """Nothing shown yet. `stands` is how everything stands; `slipped` hears of our defects."""
        self._face, self._painter, self._schedule, self._clock = face, painter, schedule, clock
        self._stands, self._slipped = stands, slipped
        self._picture: Picture | None = None
        self._unseen: frozenset[ServiceKey] = frozenset()
        self._waits: Alarm | None = None

    @property
    def picture(self) -> Picture:
        """How everything stands now."""
        return self._paint() if self._picture is None or self._unseen else self._picture

    def anew(self, services: Iterable[ServiceKey]) -> Picture:
        """The picture at this moment, with the rows of `services` painted anew."""
        self._unseen = frozenset(services)
        return self._paint()

    def changed(self, services: frozenset[ServiceKey], *, news: bool) -> None:
        """The rows of `services` may be others now: to be shown at once, where that is news."""
        self._unseen |= services
        if news:
            self.show()
        elif self._unseen and self._waits is None:
            self._waits = self._clock.alarm(SHOWN_WITHIN, self._show_safely)

    def show(self, *, news: bool = True) -> None:
        """Show how everything stands."""
        self.wait_no_longer()
        self._face.show(self._paint(news=news))

    def wait_no_longer(self) -> None:
        """What waits to be shown is shown now, or never."""
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _show_safely(self) -> None:
        try:
            self.show(news=False)
        except Exception:
            self._slipped()
            log.exception("how everything stands could not be shown")

    def _paint(self, *, news: bool = True) -> Picture:
        board, settings = self._stands()
        at, unseen, self._unseen = self._clock.moment(), self._unseen, frozenset()
        self._picture = self._painter.paint(board, settings, self._schedule, at, unseen, news=news)
        return self._picture
