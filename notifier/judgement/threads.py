"""What notices are about: one thread per outage, from its first sign to its end."""

from dataclasses import replace
from datetime import datetime, timedelta

from notifier.judgement import flapping, joining
from notifier.judgement.draft import Draft
from notifier.judgement.known import over, page_says
from notifier.model.announcement import ThreadId
from notifier.model.board import Standing, Thread, Topic, going_on
from notifier.model.health import failing, well, worst
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import Cause

SAME_AGAIN = timedelta(minutes=10)
"""For so long after its end a relapse continues a thread; a vendor's incident that is opened
again continues it as long as the thread is remembered."""

REMEMBERED = timedelta(hours=24)
"""For so long a thread whose end was told stays on the board."""

EXPLAINED_WITHIN = timedelta(days=14)
"""For so long one stays whose vendor may yet publish what the cause was."""


def follow(draft: Draft, service: Service) -> None:
    """Open, move or close the thread of one service, as its standing demands."""
    standing = draft.board.standings.get(service.key)
    if standing is None:
        return
    verdict = standing.verdict
    thread = open_thread(draft, service.key)
    if verdict.tells and failing(verdict.health):
        _move(draft, service, standing, thread or _reopened(draft, service) or _new(draft, service))
    elif thread is not None and well(verdict.health) and _is_over(draft, service, thread):
        draft.keep(replace(_turned(thread, draft.at.utc), closed=draft.at.utc))


def _turned(thread: Thread, at: datetime) -> Thread:
    """The thread with one more beginning or end."""
    return replace(thread, turns=(*thread.turns, at)[-flapping.REMEMBERED :])


def _is_over(draft: Draft, service: Service, thread: Thread) -> bool:
    return over(service, draft.board, draft.at, thread.opened)


def open_thread(draft: Draft, key: ServiceKey) -> Thread | None:
    """The outage of a service that is not over."""
    for thread in going_on(draft.board.threads):
        if thread.is_open() and key in thread.services:
            return thread
    return None


def _incidents(draft: Draft, service: Service) -> tuple[str, ...]:
    page = page_says(service, draft.board, draft.settings, draft.at)
    return page.incidents if page is not None else ()


def _reopened(draft: Draft, service: Service) -> Thread | None:
    """A closed thread that goes on: ended minutes ago, of an incident opened again, or of a service
    whose outages come and go.
    """
    incidents = set(_incidents(draft, service))
    flaps = flapping.another_turn(draft.board, service.key, draft.at.utc)
    for thread in reversed(tuple(draft.board.threads.values())):
        if service.key not in thread.services or thread.closed is None:
            continue
        if thread.topic is not Topic.OUTAGE:
            continue
        soon = draft.at.utc - thread.closed <= SAME_AGAIN
        if soon or flaps or incidents & set(thread.incidents):
            return _turned(thread, draft.at.utc)
    return None


def _new(draft: Draft, service: Service) -> Thread:
    began = draft.at.utc
    return Thread(id=new_id(draft), services=(service.key,), opened=began, turns=(began,))


def new_id(draft: Draft) -> ThreadId:
    """An id no thread of any run has had."""
    number = draft.board.thread_count + 1
    draft.board = replace(draft.board, thread_count=number)
    return ThreadId(f"t-{draft.at.utc:%Y%m%d}-{number}")


def _move(draft: Draft, service: Service, standing: Standing, thread: Thread) -> None:
    """The thread as its service now stands; kept only where that changes it."""
    verdict = standing.verdict
    moved = replace(
        thread,
        opened=_opened(thread, verdict.since, draft.at.utc),
        incidents=tuple(dict.fromkeys((*thread.incidents, *_incidents(draft, service)))),
        worst=worst((thread.worst, verdict.health)),
        cause=_cause(draft, service, verdict.cause),
        closed=None,
    )
    moved = joining.joined(draft, moved)
    if moved != draft.board.threads.get(thread.id):
        draft.keep(moved)


def _cause(draft: Draft, service: Service, cause: Cause | None) -> Cause | None:
    """What it is told by: a page that reports it, though an upstream may be the deeper cause."""
    page = page_says(service, draft.board, draft.settings, draft.at)
    return Cause.PAGE_REPORTS if page is not None and failing(page.health) else cause


def _opened(thread: Thread, stated: datetime | None, now: datetime) -> datetime:
    """The vendor's stated start where there is one, else our first sight.

    A relapse keeps the first start; a start in the future is none.
    """
    if stated is None or stated > now:
        return thread.opened
    known = thread.incidents or thread.closed is not None
    return min(stated, thread.opened) if known else stated


def forget_old(draft: Draft) -> None:
    """Drop threads that are over, told so or never told at all, and old."""
    for id_, thread in tuple(draft.board.threads.items()):
        told = draft.board.told.get(id_)
        kept = EXPLAINED_WITHIN if thread.incidents and told is not None else REMEMBERED
        if thread.closed is None or draft.at.utc - thread.closed < kept:
            continue
        if told is None or told.over:
            draft.drop_thread(id_)
