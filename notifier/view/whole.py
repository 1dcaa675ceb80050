"""The picture of everything: rows in order of urgency, one lamp, one headline."""

from collections.abc import Mapping

from notifier.model.board import Board
from notifier.model.health import gravity, worst
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import SourceId
from notifier.model.settings import Settings
from notifier.view.lamp import URGENCY, lamp_of_all
from notifier.view.row import row
from notifier.wording import headlines
from notifier.wording.say import Say


def picture(
    board: Board,
    settings: Settings,
    at: Moment,
    say: Say,
    next_looks: Mapping[SourceId, Moment],
) -> Picture:
    """Everything a face needs at `at`. `next_looks` is when each source is asked next."""
    rows = tuple(
        row(board, settings, service, at, say, next_looks) for service in settings.services
    )
    return compose(rows, board, settings, at, say)


def compose(
    rows: tuple[Row, ...],
    board: Board,
    settings: Settings,
    at: Moment,
    say: Say,
    *,
    complaints: tuple[str, ...] = (),
) -> Picture:
    """The whole from its rows, handed in the person's own order.

    Apart from `row`, so that whoever keeps rows paints only those anew that an event touched.
    `complaints` say what is wrong with the settings.
    """
    ordered = tuple(sorted(rows, key=_urgency))
    lamp = lamp_of_all((one.lamp for one in rows), paused=board.paused_until is not None)
    paused = headlines.pause_ends(say, board.paused_until, at.utc, settings.zone)
    return Picture(
        at=at,
        lamp=lamp,
        overall=worst(one.verdict.health for one in rows),
        headline=headlines.headline(
            say, lamp, ordered, board.connection, paused=paused, complaints=complaints
        ),
        connection=board.connection,
        connection_words=headlines.connection_sentence(say, board.connection),
        rows=ordered,
        paused_until=board.paused_until,
        owed=len(board.owed),
        complaints=complaints,
    )


def _urgency(one: Row) -> tuple[int, int]:
    """By lamp, then by state; a sort keeps the person's own order among equals."""
    return URGENCY.index(one.lamp), -gravity(one.verdict.health)
