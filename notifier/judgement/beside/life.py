"""The life of what is told beside outages: begun, told once, withdrawn at its end."""

from dataclasses import replace
from datetime import datetime

from notifier.judgement import ceiling, delivery, telling
from notifier.judgement.draft import Draft
from notifier.judgement.tell import against_an_aside
from notifier.judgement.threads import new_id
from notifier.model.announcement import Announcement, Reason, Silence, Subject
from notifier.model.board import Standing, Thread, Topic, going_on
from notifier.model.effect import Withdraw
from notifier.model.service import Service, ServiceKey
from notifier.model.settings_words import Level
from notifier.model.verdict import Cause

Span = tuple[datetime, datetime | None]
"""From when and until when; None where that is not known."""

_END = Reason.RECOVERED


def under_way(draft: Draft, topic: Topic) -> tuple[Thread, ...]:
    """What goes on of a topic."""
    return tuple(one for one in going_on(draft.board.threads) if one.topic is topic)


def begun(
    draft: Draft,
    topic: Topic,
    services: tuple[ServiceKey, ...] = (),
    cause: Cause | None = None,
    *,
    incidents: tuple[str, ...] = (),
    opened: datetime | None = None,
) -> Thread:
    """A new thread of a topic."""
    thread = Thread(
        id=new_id(draft),
        services=services,
        opened=opened or draft.at.utc,
        incidents=incidents,
        topic=topic,
        cause=cause,
    )
    draft.keep(thread)
    return thread


def joined(draft: Draft, thread: Thread, services: tuple[Service, ...]) -> Thread:
    """The thread with all it is about by now: it ends when all of it is over."""
    keys = tuple(dict.fromkeys((*thread.services, *(service.key for service in services))))
    if keys == thread.services:
        return thread
    thread = replace(thread, services=keys)
    draft.keep(thread)
    return thread


def standing(draft: Draft, key: ServiceKey) -> Standing:
    """How a service stands."""
    return draft.board.standings.get(key, Standing())


def loudest(draft: Draft, services: tuple[Service, ...]) -> Level:
    """The level that lets most through: one service to be told all of is enough."""
    levels = {service.level or draft.settings.level for service in services}
    return Level.ALL if Level.ALL in levels else Level.OUTAGES


def tell_once(
    draft: Draft,
    thread: Thread,
    reason: Reason,
    services: tuple[Service, ...],
    *,
    span: Span | None = None,
    asked: bool = False,
) -> None:
    """Announce a thread about `services`, unless it was, or something forbids it now.

    What the person has `asked` to be told passes their level and their quiet hours.
    """
    level = loudest(draft, services) if services else draft.settings.level
    if not _may_be_told(draft, thread, reason, level, asked=asked):
        return
    lasted = (draft.at.utc - thread.opened).total_seconds() if reason is _END else None
    subjects = tuple(
        Subject(thread.id, service, standing(draft, service.key).verdict, thread.opened, lasted)
        for service in services
    )
    announcement = Announcement(
        id=delivery.next_notice(draft),
        at=draft.at,
        reason=reason,
        subjects=subjects,
        connection=None if subjects else thread.id,
        cause=thread.cause,
        span=span,
    )
    delivery.announce(draft, announcement)


def _may_be_told(
    draft: Draft, thread: Thread, reason: Reason, level: Level, *, asked: bool
) -> bool:
    """Whether it is time to tell: not told yet, not on its way, and nothing forbids it."""
    board = draft.board
    on_their_way = (*board.on_offer.values(), *board.owed.values())
    if thread.id in board.told or any(thread.id in one.threads for one in on_their_way):
        return False
    silence: Silence | None = against_an_aside(
        level=level,
        paused=board.paused_until is not None,
        away=not board.machine.in_front,
        settings=draft.settings,
        at=draft.at.utc,
        asked=asked,
    )
    silence = silence or ceiling.full(draft)
    if silence is not None:
        telling.note_silence(draft, thread, silence, reason)
    return silence is None


def forget(draft: Draft, thread: Thread) -> None:
    """It was told, and that was all there is to it; what is shown of it stays."""
    draft.keep(replace(thread, closed=draft.at.utc))
    draft.drop_thread(thread.id)


def end(draft: Draft, thread: Thread) -> None:
    """It is over: what is shown of it is withdrawn, what was not delivered falls away."""
    board = draft.board
    shown = [told.notice for told in (board.told.get(thread.id),) if told is not None]
    shown += [id_ for id_, one in board.on_offer.items() if thread.id in one.threads]
    for notice in shown:
        draft.want(Withdraw(notice, thread.id, thread.services))
    delivery.drop_owed(draft, thread.id)
    draft.keep(replace(thread, closed=draft.at.utc))
    draft.drop_thread(thread.id)
