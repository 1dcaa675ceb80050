"""Which outages are one: a thread joins an older one that goes on, and is told as part of it.

one incident of one vendor           it is named by the page for both
one page, and parts in common        of what was chosen of it
one upstream, which fails            it is the cause of both, or of one of them

A vendor's incident that is opened again, and a relapse, continue a thread: see `threads.py`.
"""

from dataclasses import replace

from notifier.judgement.draft import Draft
from notifier.judgement.weigh import last_report
from notifier.model.board import Standing, Thread
from notifier.model.selection import chosen
from notifier.model.service import Service


def joined(draft: Draft, thread: Thread) -> Thread:
    """The thread, as part of the oldest that goes on with which it is one outage."""
    if thread.part_of is not None:
        return thread
    elder = _elder(draft, thread)
    if elder is None:
        return thread
    for other in tuple(draft.board.threads.values()):
        if other.part_of == thread.id:
            draft.keep(replace(other, part_of=elder.root))
    return replace(thread, part_of=elder.root)


def ground(draft: Draft, thread: Thread) -> str | None:
    """What a thread's service fell with: what it runs on, or itself where others run on it."""
    service = draft.settings.by_key.get(thread.services[0])
    if service is None:
        return None
    upstream = _standing(draft, thread).verdict.upstream
    if upstream is not None:
        return upstream
    fell = (draft.board.standings.get(one.key) for one in draft.settings.standing_on(service))
    grounds = {one.verdict.upstream for one in fell if one is not None}
    return next((own for own in (service.id, service.family) if own in grounds), None)


def _elder(draft: Draft, thread: Thread) -> Thread | None:
    for other in draft.board.threads.values():
        if other.id == thread.id:
            return None  # those that follow are younger
        if other.is_open() and other.root != thread.id and _one_outage(draft, thread, other):
            return other
    return None


def _one_outage(draft: Draft, thread: Thread, other: Thread) -> bool:
    one = draft.settings.by_key.get(thread.services[0])
    two = draft.settings.by_key.get(other.services[0])
    if one is None or two is None:
        return False
    if one.page is not None and two.page is not None and one.page.id == two.page.id:
        shared = set(thread.incidents) & set(other.incidents)
        if shared or _parts(draft, one) & _parts(draft, two):
            return True
    fell_with = ground(draft, thread)
    return fell_with is not None and fell_with == ground(draft, other)


def _parts(draft: Draft, service: Service) -> set[tuple[str, str]]:
    """The parts of its page that were chosen, by id and name."""
    report = last_report(service, draft.board)
    if report is None:
        return set()
    return {(part.id, part.name) for part in chosen(report.parts, service.parts)}


def _standing(draft: Draft, thread: Thread) -> Standing:
    return draft.board.standings.get(thread.services[0], Standing())
