"""Which first notices wait a moment, and for what: for advice, or for others like them."""

from collections.abc import Iterable
from dataclasses import replace

from notifier.fallbacks import RECENT, model_pages, rank, upstreams, worth_checking
from notifier.judgement import orders
from notifier.judgement.draft import Draft
from notifier.judgement.sight import settles
from notifier.judgement.threads import open_thread
from notifier.model.announcement import Against
from notifier.model.board import going_on
from notifier.model.moment import Moment
from notifier.model.service import Service, ServiceId, ServiceKey, Source, SourceId

ADVICE_WITHIN = 4.0
"""Seconds a first notice waits for the alternatives to be looked at."""

MORE_WITHIN = 1.5
"""Seconds it waits for the rest of them, where one can be offered already: the best of them may be
the last to answer, and a person with two ways to go on is better off than with one."""

LOOKED_AT = 90.0
"""Seconds after which what was read of an upstream says nothing of a cause any more."""

TOGETHER_WITHIN = 12.0
"""Seconds a suspicion waits for others that began with it: a confirming look starts 10 to 20 s
after the first, so whatever fell together is confirmed within so long."""

SAME_TIME = 30.0
"""Front doors that fail within so many seconds of each other may have fallen together."""


def held(draft: Draft) -> frozenset[ServiceKey]:
    """The services whose first notice waits a moment: for advice, or for others like it."""
    doubted = orders.in_doubt(draft.board, draft.settings) if _untold(draft) else ()
    first = _first_of_late(draft, doubted)
    ends = {
        service.key: end
        for service in doubted
        if (end := _waits_until(draft, service, first)) is not None
    }
    settled = settles(draft.board, draft.at)
    times = (*ends.values(), *(() if settled is None else (settled,)))
    until = min(times, default=None, key=_steady)
    if until != draft.board.held_until:
        draft.board = replace(draft.board, held_until=until)
    return frozenset(ends)


def _untold(draft: Draft) -> bool:
    """Whether anything goes on that was not told yet."""
    board = draft.board
    return any(one.is_open() and one.id not in board.told for one in going_on(board.threads))


def _first_of_late(draft: Draft, doubted: Iterable[Service]) -> Moment:
    """When the first of those began that may have fallen together, and now: what falls a moment
    later waits no longer for advice than that one, or it would be told after it, by itself.
    """
    began = (draft.board.standings[service.key].since for service in doubted)
    late = (since for since in began if since and draft.at.since(since) < TOGETHER_WITHIN)
    return min((draft.at, *late), key=_steady)


def _steady(moment: Moment) -> float:
    return moment.steady


def _waits_until(draft: Draft, service: Service, first: Moment) -> Moment | None:
    """Until when the first notice of a service waits; None where it does not."""
    standing = draft.board.standings[service.key]
    thread = open_thread(draft, service.key)
    if standing.since is None or standing.override or thread is None:
        return None
    if thread.id in draft.board.told:
        return None
    began = min(first, standing.since, key=_steady)
    waited = draft.at.since(began)
    ends = []
    if waited < ADVICE_WITHIN and waited < (within := _advice_within(draft, service)):
        ends.append(began.later(within))
    if waited < ADVICE_WITHIN and _waits_for_a_cause(draft, service):
        ends.append(began.later(ADVICE_WITHIN))
    if draft.at.since(standing.since) < TOGETHER_WITHIN and _waits_for_company(draft, service):
        ends.append(standing.since.later(TOGETHER_WITHIN))
    return max(ends, key=_steady, default=None)


def _advice_within(draft: Draft, service: Service) -> float:
    """Seconds a notice waits for the alternatives that are just being looked at.

    That it can say what works is worth a few seconds. Where something can be offered already none
    waits so long, and where nothing can be asked not at all.
    """
    unseen = _unseen_alternatives(draft, service)
    if not unseen:
        return 0.0
    offered, refused = rank(service, draft.board, draft.settings, draft.at)
    awaited = {one.service.id for one in refused if one.against is Against.NOT_LOOKED_YET}
    if not awaited & unseen:
        return 0.0
    return MORE_WITHIN if offered else ADVICE_WITHIN


def _unseen_alternatives(draft: Draft, service: Service) -> frozenset[ServiceId]:
    """Those worth a look whose page or front door has not answered of late."""
    return frozenset(
        other.id
        for other in worth_checking(service, draft.board, draft.settings)
        if any(
            source is not None and _not_looked_at(draft, source)
            for source in (other.page, other.probe)
        )
    )


def _not_looked_at(draft: Draft, source: Source) -> bool:
    sight = draft.board.sights.get(source.id)
    return sight is None or draft.at.since(sight.last.at) > RECENT


def _waits_for_a_cause(draft: Draft, service: Service) -> bool:
    """Whether what a service runs on is just being looked at: that may be the whole story."""
    others = upstreams(service, draft.settings)
    pages = (
        *(source.id for other in others for source in other.sources[:1]),
        *model_pages(service, draft.settings),
    )
    return any(_unread(draft, id_) for id_ in pages)


def _unread(draft: Draft, id_: SourceId) -> bool:
    sight = draft.board.sights.get(id_)
    return sight is None or draft.at.since(sight.last.at) > LOOKED_AT


def _waits_for_company(draft: Draft, service: Service) -> bool:
    """Whether other front doors that failed at the same time are still being looked at again."""
    own = draft.board.sights.get(service.probe.id) if service.probe is not None else None
    if own is None or own.doubt is None or own.confirmed is None:
        return False
    began = own.doubt.at.steady
    return any(
        sight.confirm_ordered
        and sight.confirmed is None
        and sight.doubt is not None
        and abs(sight.doubt.at.steady - began) <= SAME_TIME
        for id_, sight in draft.board.sights.items()
        if id_ in draft.settings.by_source
    )
