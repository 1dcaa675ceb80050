"""Services this network keeps from us alone: behind a VPN, a filter, a firewall."""

from collections.abc import Mapping

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.judgement.looks import bad
from notifier.model.announcement import Reason
from notifier.model.board import Topic
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import Cause, Verdict


def tell(draft: Draft, found: Mapping[ServiceKey, Verdict]) -> None:
    """Open, tell and end what there is to say of them: all of them in one thread."""
    shut_off = _shut_off(draft, found)
    thread = next(iter(life.under_way(draft, Topic.ROUTE)), None)
    if thread is not None and not shut_off and all(_reached(draft, key) for key in thread.services):
        life.end(draft, thread)
        return
    if not shut_off:
        return
    keys = tuple(service.key for service in shut_off)
    thread = thread or life.begun(draft, Topic.ROUTE, keys, Cause.ROUTE)
    thread = life.joined(draft, thread, shut_off)
    life.tell_once(draft, thread, Reason.OFFLINE, shut_off)


def _reached(draft: Draft, key: ServiceKey) -> bool:
    """Whether a service answered when it was last looked at, or concerns nobody any more.

    Not to have been looked at, after a sleep or while cut off, is not to have been reached.
    """
    service = draft.settings.by_key.get(key)
    if service is None or service.probe is None:
        return True
    sight = draft.board.sights.get(service.probe.id)
    return sight is not None and (sight.last is sight.good or bad(sight.last))


def _shut_off(draft: Draft, found: Mapping[ServiceKey, Verdict]) -> tuple[Service, ...]:
    keys = {key for key, verdict in found.items() if verdict.cause is Cause.ROUTE}
    if not keys:
        return ()
    return tuple(service for service in draft.settings.services if service.key in keys)
