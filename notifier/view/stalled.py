"""The picture while nobody looks: the engine is silent, so nothing is known any more."""

from dataclasses import replace
from datetime import datetime, tzinfo

from notifier.model.board import Connection, Link
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.picture import Lamp, Picture, Row, ShownPart
from notifier.model.verdict import Verdict
from notifier.wording import stalled as words
from notifier.wording.say import Say
from notifier.wording.times import clock


def stalled(last: Picture | None, since: datetime, at: Moment, say: Say, zone: tzinfo) -> Picture:
    """What is to be seen at `at` when nobody has looked `since`; `last` is the last real picture.

    Never the lamp of before: a green that is not renewed is a lie. What was told is kept.
    """
    time = clock(since, at.utc, zone, say)
    silent = Connection(Link.UNCLEAR, at)
    blank = Picture(
        at=at,
        lamp=Lamp.BLIND,
        overall=Health.UNKNOWN,
        headline=words.headline(time, say),
        connection=silent,
        connection_words=words.connection(say),
    )
    if last is None:
        return blank
    return replace(
        blank,
        rows=tuple(_row(row, time, say) for row in last.rows),
        paused_until=last.paused_until,
        owed=last.owed,
        complaints=last.complaints,
    )


def _row(row: Row, time: str, say: Say) -> Row:
    """One service nobody looks at: nothing of it counts for now but when it was last seen."""
    return replace(
        row,
        lamp=Lamp.BLIND,
        verdict=Verdict(cause=None),
        since=None,
        next_look=None,
        summary=words.summary(row.service.name, time, say),
        state_words=words.state(say),
        next_step=words.next_step(say),
        brief=words.headline(time, say),
        parts=tuple(_part(shown) for shown in row.parts),
        fallbacks=(),
        excluded=(),
        account=None,
        server=None,
    )


def _part(shown: ShownPart) -> ShownPart:
    return replace(shown, part=replace(shown.part, health=Health.UNKNOWN))
