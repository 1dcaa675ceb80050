"""Status pages that cannot be read, which is nobody's outage."""

from collections.abc import Mapping

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.judgement.known import page_says
from notifier.judgement.sight import owner
from notifier.model.announcement import Reason
from notifier.model.board import Topic
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import Cause, Verdict, Whose

UNREAD_FOR = 900.0
"""Seconds a page may be unreadable, awake and online, before that is worth a word."""

MANY = 3
"""Unrelated pages unreadable at one time: something they share may have failed."""

UNREAD = frozenset({Cause.PAGE_UNREADABLE, Cause.PAGE_MOVED, Cause.PARTS_GONE})
"""Why a page says nothing, where a person may want to know it."""


def tell(draft: Draft, found: Mapping[ServiceKey, Verdict]) -> None:
    """Open, tell and end what there is to say of them: all of them in one thread."""
    unread = _unread(draft, found)
    thread = next(iter(life.under_way(draft, Topic.PAGES)), None)
    if thread is None and _worth_a_word(draft, unread):
        thread = life.begun(draft, Topic.PAGES)
    if thread is None:
        return
    thread = life.joined(draft, thread, unread)
    if all(_readable(draft, key) for key in thread.services):
        life.end(draft, thread)
    elif unread:
        life.tell_once(draft, thread, _reason(draft, unread), unread)


def _unread(draft: Draft, found: Mapping[ServiceKey, Verdict]) -> tuple[Service, ...]:
    """The chosen services whose page cannot be read."""
    unread = {
        key
        for key, verdict in found.items()
        if verdict.cause in UNREAD and verdict.whose is Whose.UNCLEAR
    }
    if not unread:
        return ()
    return tuple(service for service in draft.settings.services if service.key in unread)


def _readable(draft: Draft, key: ServiceKey) -> bool:
    """Whether a page is read now, with what was chosen of it, or concerns nobody any more."""
    service = draft.settings.by_key.get(key)
    if service is None or service.page is None:
        return True
    page = page_says(service, draft.board, draft.settings, draft.at)
    return page is not None and page.matched


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
        and (since := life.standing(draft, service.key).since) is not None
        and draft.at.since(since) >= seconds
    }


def _reason(draft: Draft, unread: tuple[Service, ...]) -> Reason:
    causes = {life.standing(draft, service.key).verdict.cause for service in unread}
    moved = causes == {Cause.PAGE_MOVED}
    return Reason.SOURCE_MOVED if moved else Reason.SOURCE_UNREADABLE
