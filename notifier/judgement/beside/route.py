"""Services this network keeps from us alone: behind a VPN, a filter, a firewall."""

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.model.announcement import Reason
from notifier.model.board import Topic
from notifier.model.service import Service
from notifier.model.verdict import Cause


def tell(draft: Draft) -> None:
    """Open, tell and end what there is to say of them: all of them in one thread."""
    shut_off = _shut_off(draft)
    thread = next(iter(life.under_way(draft, Topic.ROUTE)), None)
    if thread is not None and not shut_off:
        life.end(draft, thread)
        return
    if not shut_off:
        return
    keys = tuple(service.key for service in shut_off)
    thread = thread or life.begun(draft, Topic.ROUTE, keys, Cause.ROUTE)
    thread = life.joined(draft, thread, shut_off)
    life.tell_once(draft, thread, Reason.OFFLINE, shut_off)


def _shut_off(draft: Draft) -> tuple[Service, ...]:
    keys = {
        key
        for key, standing in draft.board.standings.items()
        if standing.verdict.cause is Cause.ROUTE
    }
    if not keys:  # as nearly always, and this is asked at every look
        return ()
    return tuple(service for service in draft.settings.services if service.key in keys)
