"""Services whose return a person asked to be told, though they were not told of their failing."""

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.judgement.threads import open_thread
from notifier.model.announcement import Reason
from notifier.model.board import Standing, Thread, Topic
from notifier.model.health import well
from notifier.model.service import Service, ServiceKey


def wait_for(draft: Draft, service: Service) -> None:
    """Remember that the end of what is the matter with `service` is to be told, whatever forbids
    it else. Where it works, or its end is told anyway, there is nothing to wait for.
    """
    outage = open_thread(draft, service.key)
    told = draft.board.told.get(outage.id) if outage is not None else None
    standing = draft.board.standings.get(service.key, Standing())
    if well(standing.verdict.health) or (told is not None and not told.over):
        return
    if _awaited(draft, service.key) is None:
        began = outage.opened if outage is not None else draft.at.utc
        life.begun(draft, Topic.AWAITED, (service.key,), opened=began)


def tell(draft: Draft) -> None:
    """Tell of each that works again."""
    for thread in life.under_way(draft, Topic.AWAITED):
        service = draft.settings.by_key.get(thread.services[0])
        if service is None:
            life.end(draft, thread)
        elif _is_back(draft, service):
            _say_so(draft, thread, service)


def _say_so(draft: Draft, thread: Thread, service: Service) -> None:
    if _told_of_its_end(draft, service, thread):
        life.end(draft, thread)
    elif thread.id in draft.board.told:
        life.forget(draft, thread)
    else:
        life.tell_once(draft, thread, Reason.RECOVERED, (service,), asked=True)


def _awaited(draft: Draft, key: ServiceKey) -> Thread | None:
    known = life.under_way(draft, Topic.AWAITED)
    return next((thread for thread in known if key in thread.services), None)


def _is_back(draft: Draft, service: Service) -> bool:
    """Whether it works, and nothing else is known to go on."""
    standing = draft.board.standings.get(service.key, Standing())
    return well(standing.verdict.health) and open_thread(draft, service.key) is None


def _told_of_its_end(draft: Draft, service: Service, thread: Thread) -> bool:
    """Whether it became an outage that was told after all, and so was its end."""
    return any(
        told.over and told.at >= thread.opened and service.key in other.services
        for id_, told in draft.board.told.items()
        if (other := draft.board.threads.get(id_)) is not None and other.topic is Topic.OUTAGE
    )
