"""The picture of everything: rows in order of urgency, one lamp, one headline."""

from collections.abc import Mapping
from datetime import datetime

from notifier.model.board import Board
from notifier.model.health import Health, gravity, worst
from notifier.model.moment import Moment
from notifier.model.picture import Lamp, Picture, Row
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
    next_looks: Mapping[SourceId, float],
) -> Picture:
    """Everything a face needs at `at`. `next_looks` is when (steady) each source is asked next."""
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
    exposure: tuple[str, ...] = (),
    tested: datetime | None = None,
) -> Picture:
    """The whole from its rows, handed in the person's own order.

    Apart from `row`, so that whoever keeps rows paints only those anew that an event touched.
    `complaints` say what is wrong with the settings, `exposure` what most of the tools may stand
    on; `tested` is when alternatives were last tested.
    """
    kinds = {(one.lamp, one.verdict.health) for one in rows}
    ordered = _in_order(rows, kinds)
    lamp = lamp_of_all((lamp for lamp, _ in kinds), paused=board.paused_until is not None)
    paused = headlines.pause_ends(say, board.paused_until, at.utc, settings.zone)
    return Picture(
        at=at,
        lamp=lamp,
        overall=worst(health for _, health in kinds),
        headline=headlines.headline(
            say, lamp, ordered, board.connection, paused=paused, complaints=complaints
        ),
        connection=board.connection,
        connection_words=headlines.connection_sentence(say, board.connection),
        rows=ordered,
        paused_until=board.paused_until,
        owed=len(board.owed),
        complaints=complaints,
        exposure=exposure,
        fallbacks_tested=tested,
    )


_Kind = tuple[Lamp, Health]


def _in_order(rows: tuple[Row, ...], kinds: set[_Kind]) -> tuple[Row, ...]:
    """The rows by urgency of their kind; a sort keeps the person's own order among equals.

    There are few kinds and perhaps hundreds of rows: only the kinds are compared.
    """
    if len(kinds) < 2:
        return rows
    place = {kind: place for place, kind in enumerate(sorted(kinds, key=_urgency))}
    return tuple(sorted(rows, key=lambda one: place[one.lamp, one.verdict.health]))


def _urgency(kind: _Kind) -> tuple[int, int]:
    """By lamp, then by state."""
    lamp, health = kind
    return URGENCY.index(lamp), -gravity(health)
