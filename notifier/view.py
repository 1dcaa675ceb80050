"""Board to picture, announcement to notice: what any face may show, already in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from notifier import fallbacks
from notifier.model.announcement import Announcement, Exclusion, Notice, Suggestion
from notifier.model.board import Board, Mute, Sight, Standing, Thread
from notifier.model.health import Health, failing, gravity, worst
from notifier.model.moment import Moment
from notifier.model.observation import Incident, Maintenance, MaintenancePhase, PartName, Report
from notifier.model.picture import (
    Lamp,
    Picture,
    Row,
    ShownExclusion,
    ShownFallback,
    ShownPart,
    ToldLine,
)
from notifier.model.selection import chosen
from notifier.model.service import Service, ServiceKey, SourceId
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Override, Verdict, Whose
from notifier.wording import fallbacks as fallback_words
from notifier.wording import headlines, notices, verdicts
from notifier.wording.say import Say

STILL_SHOWN = timedelta(hours=24)
"""For so long an incident stays in the picture after its end."""

_URGENCY = (
    Lamp.TROUBLE,
    Lamp.WATCH,
    Lamp.BLIND,
    Lamp.MAINTENANCE,
    Lamp.CLEAR,
    Lamp.EMPTY,
)
"""The lamp of the whole is the first of these that any row has; rows stand in the same order."""

_BY_STATE = {
    Health.OPERATIONAL: Lamp.CLEAR,
    Health.MAINTENANCE: Lamp.MAINTENANCE,
    Health.UNKNOWN: Lamp.BLIND,
    Health.DEGRADED: Lamp.WATCH,
    Health.PARTIAL_OUTAGE: Lamp.TROUBLE,
    Health.MAJOR_OUTAGE: Lamp.TROUBLE,
}


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
    rows: tuple[Row, ...], board: Board, settings: Settings, at: Moment, say: Say
) -> Picture:
    """The whole from its rows, which are handed in the person's own order.

    Separate from `row`, so that the engine paints only those anew that an event touched.
    """
    ordered = tuple(sorted(rows, key=_urgency))
    lamp = _lamp_of_all(ordered, paused=board.paused_until is not None)
    paused = headlines.pause_ends(say, board.paused_until, at.utc, settings.zone)
    return Picture(
        at=at,
        lamp=lamp,
        overall=worst(one.verdict.health for one in rows),
        headline=headlines.headline(say, lamp, ordered, board.connection, paused=paused),
        connection=board.connection,
        connection_words=headlines.connection_sentence(say, board.connection),
        rows=ordered,
        paused_until=board.paused_until,
        owed=len(board.owed),
    )


def row(
    board: Board,
    settings: Settings,
    service: Service,
    at: Moment,
    say: Say,
    next_looks: Mapping[SourceId, Moment],
) -> Row:
    """One service as it stands. Alternatives are ranked only where it fails: that is costly."""
    standing = board.standings.get(service.key, Standing())
    verdict, override = standing.verdict, standing.override
    thread = _open_thread(board, service.key)
    mute = board.mutes.get(thread.id, Mute()) if thread is not None else Mute()
    checked = _checked(board, service, verdict)
    upstream = _name_of(verdict.upstream, settings)
    unread = verdicts.unread_since(
        say, verdict, checked.utc if checked else None, at.utc, settings.zone
    )
    report = _report(board, service)
    wanted = failing(verdict.health) or override is Override.BROKEN
    offers, exclusions = (
        alternatives(board, settings, service, at, say) if wanted else ((), ())
    )
    return Row(
        key=service.key,
        service=service,
        lamp=lamp_of(verdict, override),
        verdict=verdict,
        override=override,
        since=_since(standing, thread),
        checked=checked,
        next_look=min(
            (next_looks[s.id] for s in service.sources if s.id in next_looks),
            key=lambda moment: moment.steady,
            default=None,
        ),
        last_known=standing.last_known,
        last_known_at=standing.last_known_at,
        summary=verdicts.summary(
            say, service, verdict, override, upstream=upstream, since=unread
        ),
        state_words=verdicts.state(say, service, verdict, override),
        next_step=verdicts.next_step(say, service, verdict, override, upstream=upstream),
        brief=verdicts.brief(say, service, verdict, override, upstream=upstream),
        thread=thread.id if thread else None,
        thread_incidents=thread.incidents if thread else (),
        told=_told(board, thread),
        snoozed_until=mute.until if mute.until and mute.until > at.utc else None,
        acknowledged=mute.acknowledged,
        parts=_parts(report, service),
        incidents=_incidents(report, service, at.utc),
        maintenance=_maintenance(report, service),
        fallbacks=offers,
        excluded=exclusions,
    )
