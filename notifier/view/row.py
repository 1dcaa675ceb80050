"""One service as it stands, whole: the row every face shows."""

from collections.abc import Mapping
from datetime import datetime

from notifier.model.board import Board, Mute, Standing, Thread, Topic, going_on
from notifier.model.health import failing
from notifier.model.moment import Moment
from notifier.model.picture import Row, ToldLine
from notifier.model.record import LogLine
from notifier.model.service import Service, ServiceKey, SourceId
from notifier.model.settings import Settings
from notifier.model.trace import LastOutage
from notifier.model.verdict import Cause, Override, Verdict, Whose
from notifier.view import account as own
from notifier.view import page
from notifier.view.alternatives import alternatives, ground_name
from notifier.view.lamp import lamp_of
from notifier.wording import verdicts
from notifier.wording.say import Say

_BY_DOOR = frozenset({Cause.PAGE_SILENT, Cause.NO_PAGE})
_NOT_JUDGED = Standing()
_NO_ANSWER = Mute()


def row(  # noqa: PLR0917 - the engine hands all it has, in the order of `picture`
    board: Board,
    settings: Settings,
    service: Service,
    at: Moment,
    say: Say,
    next_looks: Mapping[SourceId, float],
    log: tuple[LogLine, ...] = (),
    outage: LastOutage | None = None,
) -> Row:
    """One service as it stands, what was told of it, and when its last outage began.

    Alternatives are ranked only where it fails, for that is costly.
    """
    standing = board.standings.get(service.key, _NOT_JUDGED)
    verdict, override = standing.verdict, standing.override
    thread = _open_thread(board, service.key)
    mute = board.mutes.get(thread.id, _NO_ANSWER) if thread is not None else _NO_ANSWER
    checked = _checked(board, service, verdict)
    report = page.last_report(board, service)
    words = verdicts.put(
        say,
        service,
        verdict,
        override,
        upstream=ground_name(verdict.upstream, settings) if verdict.upstream else "",
        unread_since=verdicts.unread_since(say, verdict, checked, at.utc, settings.zone),
    )
    troubled = failing(verdict.health) or override is Override.BROKEN
    offered, excluded = alternatives(board, settings, service, at, say) if troubled else ((), ())
    return Row(
        key=service.key,
        service=service,
        lamp=lamp_of(verdict, override),
        verdict=verdict,
        override=override,
        since=_since(standing, thread),
        checked=checked,
        next_look=_next_look(service, next_looks, at),
        last_known=standing.last_known,
        last_known_at=standing.last_known_at,
        summary=words.summary,
        state_words=words.state,
        next_step=words.next_step,
        brief=words.brief,
        thread=thread.root if thread else None,
        thread_incidents=thread.incidents if thread else (),
        told=_told(board, thread),
        snoozed_until=mute.until if mute.until and mute.until > at.utc else None,
        acknowledged=mute.acknowledged,
        awaited=_open_thread(board, service.key, Topic.AWAITED) is not None,
        parts=page.parts(report, service, verdict),
        gone=page.lost_parts(report, service),
        incidents=page.incidents(report, service, at.utc),
        maintenance=page.maintenance(report, service),
        fallbacks=offered,
        excluded=excluded,
        account=own.account(board, service, at, say, settings.zone),
        server=own.server(board, service, say),
        words=standing.words,
        log=log,
        outage=outage,
    )


def _open_thread(board: Board, key: ServiceKey, topic: Topic = Topic.OUTAGE) -> Thread | None:
    for thread in going_on(board.threads):
        if thread.is_open(topic) and key in thread.services:
            return thread
    return None


def _checked(board: Board, service: Service, verdict: Verdict) -> Moment | None:
    """When what the verdict rests on was last seen: the page, or a front door that fails.

    A page that could not be read again keeps the time it was last read, so a stale state looks
    stale.
    """
    by_door = verdict.whose is Whose.THEM and verdict.cause in _BY_DOOR
    if by_door and service.probe is not None and (door := board.sights.get(service.probe.id)):
        return door.last.at
    source = service.page or service.probe
    sight = board.sights.get(source.id) if source is not None else None
    return sight.good.at if sight is not None and sight.good is not None else None


def _since(standing: Standing, thread: Thread | None) -> datetime | None:
    """Since when it stands like this: the vendor's stated start, else our own first sight."""
    if standing.verdict.since is not None:
        return standing.verdict.since
    if thread is not None:
        return thread.opened
    return standing.since.utc if standing.since is not None else None


def _next_look(service: Service, next_looks: Mapping[SourceId, float], at: Moment) -> Moment | None:
    due = [next_looks[source.id] for source in service.sources if source.id in next_looks]
    return at.later(min(due) - at.steady) if due else None


def _told(board: Board, thread: Thread | None) -> ToldLine | None:
    told = board.told.get(thread.id) if thread is not None else None
    return None if told is None else ToldLine(told.reason.value, told.at, told.kept_back)
