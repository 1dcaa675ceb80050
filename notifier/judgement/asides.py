"""What is told beside outages, quietly: a network's login page, and pages that cannot be read.

topic       begins                                      is told          ends
connection  when a login page answers for everybody     at once          when a host answers again,
                                                                         or nobody does any more
pages       when a page could not be read for a         with all that    when each of them can be
            quarter of an hour while we are online,     cannot be read   read again
            or three unrelated ones for an interval

Each is told once an episode and withdrawn at its end: nobody needs to hear that it is over.
"""

from dataclasses import replace

from notifier.judgement import delivery, telling
from notifier.judgement.draft import Draft
from notifier.judgement.sight import owner
from notifier.judgement.tell import against_an_aside
from notifier.judgement.threads import new_id
from notifier.judgement.verdict import page_says
from notifier.model.announcement import Announcement, Reason, Silence, Subject
from notifier.model.board import Link, Standing, Thread, Topic
from notifier.model.effect import Withdraw
from notifier.model.service import Service, ServiceKey
from notifier.model.settings_words import Level
from notifier.model.verdict import Cause, Whose

UNREAD_FOR = 900.0
"""Seconds a page may be unreadable, awake and online, before that is worth a word."""

MANY = 3
"""Unrelated pages unreadable at one time: something they share may have failed."""

_UNREAD = frozenset({Cause.PAGE_UNREADABLE, Cause.PAGE_MOVED})


def tell(draft: Draft) -> None:
    """Open, tell and end what there is beside outages."""
    _connection(draft)
    if draft.board.connection.link is Link.ONLINE:
        _pages(draft)


# -- our own connection ----------------------------------------------------------------------


def _connection(draft: Draft) -> None:
    link = draft.board.connection.link
    thread = _under_way(draft, Topic.CONNECTION)
    if link is Link.CAPTIVE_PORTAL:
        thread = thread or _begun(draft, Topic.CONNECTION, ())
        if _may_be_told(draft, thread, Reason.OFFLINE, draft.settings.level):
            _announce_connection(draft, thread)
    elif thread is not None and link is not Link.UNCLEAR:
        _end(draft, thread)


def _announce_connection(draft: Draft, thread: Thread) -> None:
    announcement = Announcement(
        id=delivery.next_notice(draft),
        at=draft.at,
        reason=Reason.OFFLINE,
        subjects=(),
        connection=thread.id,
        cause=Cause.CAPTIVE_PORTAL,
    )
    delivery.announce(draft, announcement)


# -- pages that cannot be read ---------------------------------------------------------------


def _pages(draft: Draft) -> None:
    unread = _unread(draft)
    thread = _under_way(draft, Topic.PAGES)
    if thread is None and _worth_a_word(draft, unread):
        thread = _begun(draft, Topic.PAGES, ())
    if thread is None:
        return
    thread = _joined(draft, thread, unread)
    if all(_readable(draft, key) for key in thread.services):
        _end(draft, thread)
    elif unread and _may_be_told(draft, thread, _reason(draft, unread), _loudest(draft, unread)):
        _announce_pages(draft, thread, unread)


def _joined(draft: Draft, thread: Thread, unread: tuple[Service, ...]) -> Thread:
    """The thread with all that cannot be read by now: it ends when all of it can."""
    services = tuple(dict.fromkeys((*thread.services, *(service.key for service in unread))))
    if services == thread.services:
        return thread
    thread = replace(thread, services=services)
    draft.keep(thread)
    return thread


def _unread(draft: Draft) -> tuple[Service, ...]:
    """The chosen services whose page cannot be read."""
    unread = {
        key
        for key, standing in draft.board.standings.items()
        if standing.verdict.cause in _UNREAD and standing.verdict.whose is Whose.UNCLEAR
    }
    if not unread:  # as nearly always, and this is asked at every look
        return ()
    return tuple(service for service in draft.settings.services if service.key in unread)


def _readable(draft: Draft, key: ServiceKey) -> bool:
    """Whether a page is read now, or concerns nobody any more."""
    service = draft.settings.by_key.get(key)
    if service is None or service.page is None:
        return True
    return page_says(service, draft.board, draft.settings, draft.at) is not None


def _worth_a_word(draft: Draft, unread: tuple[Service, ...]) -> bool:
    return bool(_for(UNREAD_FOR, draft, unread)) or (
        len(_for(draft.settings.interval, draft, unread)) >= MANY
    )


def _for(seconds: float, draft: Draft, unread: tuple[Service, ...]) -> set[str]:
    """Whose pages could not be read for so long."""
    return {
        owner(service.page.url)
        for service in unread
        if service.page is not None
        and (since := _standing(draft, service.key).since) is not None
        and draft.at.since(since) >= seconds
    }


def _reason(draft: Draft, unread: tuple[Service, ...]) -> Reason:
    causes = {_standing(draft, service.key).verdict.cause for service in unread}
    moved = causes == {Cause.PAGE_MOVED}
    return Reason.SOURCE_MOVED if moved else Reason.SOURCE_UNREADABLE


def _loudest(draft: Draft, unread: tuple[Service, ...]) -> Level:
    """The level that lets most through: one service to be told all of is enough."""
    levels = {service.level or draft.settings.level for service in unread}
    return Level.ALL if Level.ALL in levels else Level.OUTAGES


def _announce_pages(draft: Draft, thread: Thread, unread: tuple[Service, ...]) -> None:
    subjects = tuple(
        Subject(thread.id, service, _standing(draft, service.key).verdict, thread.opened)
        for service in unread
    )
    announcement = Announcement(
        id=delivery.next_notice(draft),
        at=draft.at,
        reason=_reason(draft, unread),
        subjects=subjects,
    )
    delivery.announce(draft, announcement)


def _standing(draft: Draft, key: ServiceKey) -> Standing:
    return draft.board.standings.get(key, Standing())


# -- the life of such a thread ---------------------------------------------------------------


def _under_way(draft: Draft, topic: Topic) -> Thread | None:
    return next((one for one in draft.board.threads.values() if one.is_open(topic)), None)


def _begun(draft: Draft, topic: Topic, services: tuple[ServiceKey, ...]) -> Thread:
    thread = Thread(id=new_id(draft), services=services, opened=draft.at.utc, topic=topic)
    draft.keep(thread)
    return thread


def _may_be_told(draft: Draft, thread: Thread, reason: Reason, level: Level) -> bool:
    """Whether it is time to tell: not told yet, not on its way, and nothing forbids it."""
    board = draft.board
    under_way = (*board.on_offer.values(), *board.owed.values())
    if thread.id in board.told or any(thread.id in one.threads for one in under_way):
        return False
    silence: Silence | None = against_an_aside(
        level=level,
        paused=board.paused_until is not None,
        settings=draft.settings,
        at=draft.at.utc,
    )
    if silence is not None:
        telling.note_silence(draft, thread, silence, reason)
    return silence is None


def _end(draft: Draft, thread: Thread) -> None:
    """It is over: what is shown of it is withdrawn, what was not delivered falls away."""
    board = draft.board
    shown = [told.notice for told in (board.told.get(thread.id),) if told is not None]
    shown += [id_ for id_, one in board.on_offer.items() if thread.id in one.threads]
    for notice in shown:
        draft.want(Withdraw(notice, thread.id, thread.services))
    delivery.drop_owed(draft, thread.id)
    draft.keep(replace(thread, closed=draft.at.utc))
    draft.drop_thread(thread.id)
