"""Status pages that became another kind, or went elsewhere, and are read there: told once each."""

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.judgement.weigh import last_report
from notifier.model.announcement import Reason
from notifier.model.board import Thread, Topic
from notifier.model.service import Service

Moved = dict[str, tuple[Service, ...]]
"""By the page and the address it is read at now: the chosen services whose page it is."""


def tell(draft: Draft) -> None:
    """Open, tell and end what there is to say of each."""
    moved = _moved(draft)
    for thread in life.under_way(draft, Topic.MOVED):
        if not set(thread.incidents) & moved.keys() and _is_known(draft, thread):
            life.end(draft, thread)
    for id_, services in moved.items():
        thread = _about(draft, id_) or life.begun(
            draft, Topic.MOVED, tuple(service.key for service in services), incidents=(id_,)
        )
        life.tell_once(draft, thread, Reason.SOURCE_MOVED, services)


def _moved(draft: Draft) -> Moved:
    found: Moved = {}
    for service in draft.settings.services:
        report = last_report(service, draft.board)
        if report is None or not report.moved or service.page is None:  # as nearly always
            continue
        id_ = f"{service.page.id} {report.moved}"
        found[id_] = (*found.get(id_, ()), service)
    return found


def _about(draft: Draft, id_: str) -> Thread | None:
    known = life.under_way(draft, Topic.MOVED)
    return next((thread for thread in known if id_ in thread.incidents), None)


def _is_known(draft: Draft, thread: Thread) -> bool:
    """Whether the page was read in this run: before that nobody can say where it is."""
    services = (draft.settings.by_key.get(key) for key in thread.services)
    return all(one is None or last_report(one, draft.board) is not None for one in services)
