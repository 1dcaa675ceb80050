"""The picture of the board, painted anew only where it may have changed."""

from notifier import view
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import ServiceKey
from notifier.model.settings import Settings
from notifier.watch.schedule import Schedule
from notifier.wording.say import Say


class Painter:
    """Keeps the rows of the last picture. `complaints` are about the settings file."""

    def __init__(self, say: Say) -> None:
        """Nothing painted yet; words by `say`."""
        self._say = say
        self._rows: dict[ServiceKey, Row] = {}
        self.complaints: tuple[str, ...] = ()

    def forget(self) -> None:
        """Paint every row anew next time: the settings are others."""
        self._rows.clear()

    def paint(
        self,
        board: Board,
        settings: Settings,
        schedule: Schedule,
        at: Moment,
        touched: frozenset[ServiceKey],
    ) -> Picture:
        """The picture at `at`; rows with advice depend on other services and are always painted."""
        next_looks = schedule.next_looks(at)
        for service in settings.services:
            row = self._rows.get(service.key)
            if row is None or service.key in touched or row.fallbacks or row.excluded:
                self._rows[service.key] = view.row(
                    board, settings, service, at, self._say, next_looks
                )
        rows = tuple(self._rows[service.key] for service in settings.services)
        return view.compose(rows, board, settings, at, self._say, complaints=self.complaints)
