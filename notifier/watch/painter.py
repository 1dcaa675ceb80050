"""The picture of the board, painted anew only where it may have changed."""

from collections.abc import Iterable

from notifier import view
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import Service, ServiceKey
from notifier.model.settings import Settings
from notifier.watch.schedule import Schedule
from notifier.wording.say import Say


class Painter:
    """Keeps the rows of the last picture. `complaints` are about the settings file."""

    def __init__(self, say: Say) -> None:
        """Nothing painted yet; words by `say`."""
        self._say = say
        self._rows: dict[ServiceKey, Row] = {}
        self._advised: set[ServiceKey] = set()
        self.complaints: tuple[str, ...] = ()

    def forget(self) -> None:
        """Paint every row anew next time: the settings are others."""
        self._rows.clear()
        self._advised.clear()

    def paint(
        self,
        board: Board,
        settings: Settings,
        schedule: Schedule,
        at: Moment,
        touched: frozenset[ServiceKey],
    ) -> Picture:
        """The picture at `at`; rows with advice depend on other services and are always painted."""
        for service in self._stale(settings, touched):
            looks = schedule.next_looks(service, at)
            row = view.row(board, settings, service, at, self._say, looks)
            self._rows[service.key] = row
            self._advised.discard(service.key)
            if row.fallbacks or row.excluded:
                self._advised.add(service.key)
        rows = tuple(self._rows.values())  # in the person's order, as they were first painted
        return view.compose(rows, board, settings, at, self._say, complaints=self.complaints)

    def _stale(self, settings: Settings, touched: frozenset[ServiceKey]) -> Iterable[Service]:
        """The services whose rows are to be painted anew; all of them the first time."""
        if not self._rows:
            return settings.services
        chosen = settings.by_key
        return [chosen[key] for key in touched | self._advised if key in chosen]
