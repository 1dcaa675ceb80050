"""The picture of the board, painted anew only where it may have changed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from notifier import view
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import Service, ServiceKey
from notifier.model.settings import Settings
from notifier.watch.logbook import Logbook
from notifier.watch.schedule import Schedule
from notifier.wording.say import Say

ADVICE_WITHIN = 10.0
"""Seconds after which advice is painted anew where nothing in it has changed but its age."""

Hints = Callable[[Settings, Say], tuple[str, ...]]


class Painter:
    """Keeps the rows of the last picture. `complaints` are about the settings file, `tested` is
    when alternatives were last tested.
    """

    def __init__(
        self, say: Say, logbook: Logbook | None = None, hints: Hints | None = None
    ) -> None:
        """Nothing painted yet; words by `say`, what was told by `logbook`.

        `hints` says of settings what most of the tools may stand on; None: nobody wants to know.
        """
        self._hints = hints
        self._say = say
        self._logbook = logbook or Logbook()
        self._rows: dict[ServiceKey, Row] = {}
        self._advised: dict[ServiceKey, Moment] = {}
        """When each row with advice was painted."""
        self._last: Picture | None = None
        self._around: object = None
        self.complaints: tuple[str, ...] = ()
        self.tested: datetime | None = None

    def forget(self) -> None:
        """Paint every row anew next time: the settings are others."""
        self._rows.clear()
        self._advised.clear()
        self._last = None

    def paint(
        self,
        board: Board,
        settings: Settings,
        schedule: Schedule,
        at: Moment,
        touched: frozenset[ServiceKey],
        *,
        news: bool = True,
    ) -> Picture:
        """The picture at `at`, where `touched` may have changed.

        Rows with advice depend on other services: they are painted at any `news`. Without, only
        how long ago those were looked at has changed, which can wait a little.
        """
        alike = True
        for service in self._stale(settings, touched, None if news else at):
            log, outage = self._logbook.lines(service.key), self._logbook.outage(service.key)
            row = view.row(
                board, settings, service, at, self._say, schedule.next_looks, log, outage
            )
            alike = alike and _alike(self._rows.get(service.key), row)
            self._rows[service.key] = row
            self._advised.pop(service.key, None)
            if row.fallbacks or row.excluded:
                self._advised[service.key] = at
        around = (board.connection, board.paused_until, self.complaints, self.tested)
        told_until = board.paused_until is not None  # by the clock, which goes on
        if not alike or told_until or self._last is None or around != self._around:
            rows = tuple(self._rows.values())  # in the person's order, as they were first painted
            whole = view.compose(
                rows,
                board,
                settings,
                at,
                self._say,
                complaints=self.complaints,
                exposure=() if self._hints is None else self._hints(settings, self._say),
                tested=self.tested,
            )
        else:
            rows = tuple(self._rows[row.key] for row in self._last.rows)
            whole = replace(self._last, at=at, rows=rows, owed=len(board.owed))
        self._last, self._around = whole, around
        return whole

    def _stale(
        self, settings: Settings, touched: frozenset[ServiceKey], without_news: Moment | None
    ) -> Iterable[Service]:
        """The services whose rows are to be painted anew; all of them the first time."""
        if not self._rows:
            return settings.services
        chosen, at = settings.by_key, without_news
        advised = {
            key
            for key, painted in self._advised.items()
            if at is None or at.since(painted) >= ADVICE_WITHIN or _waits(self._rows[key])
        }
        return [chosen[key] for key in touched | advised if key in chosen]


def _waits(row: Row) -> bool:
    """Whether an alternative is just being looked at: what is said of it holds for a moment."""
    return any(one.awaited for one in row.excluded)


def _alike(before: Row | None, now: Row) -> bool:
    """Whether a row painted anew leaves the whole as it was: the order, the lamp, the headline."""
    return before is not None and (
        before.lamp is now.lamp
        and before.verdict.health is now.verdict.health
        and before.verdict.cause is now.verdict.cause
        and before.verdict.whose is now.verdict.whose
        and before.brief == now.brief
    )
