"""The map of who runs on whom, several levels deep, and what of it is in doubt."""

from collections.abc import Callable
from typing import TypeVar

from notifier.model.board import Board, Standing
from notifier.model.health import failing
from notifier.model.service import Service, SourceId
from notifier.model.settings import Settings
from notifier.model.verdict import Override, Whose

T = TypeVar("T")


def once(work: Callable[[Service, Settings], T], service: Service, settings: Settings) -> T:
    """What `work` makes of a service; while it fails this is asked at every look."""
    key = (work, service.key)
    if key not in settings.memo:
        settings.memo[key] = work(service, settings)
    found: T = settings.memo[key]
    return found


def stands_on(service: Service, settings: Settings) -> tuple[str, ...]:
    """All `service` stands on, nearest first: ids of services, model families and clouds."""
    return once(_stands_on, service, settings)


def _stands_on(service: Service, settings: Settings) -> tuple[str, ...]:
    below = {one.id: one.runs_on for one in (*settings.others, *settings.services)}
    own = () if service.family is None else (service.family,)
    found: dict[str, None] = {}
    waiting = [*own, *service.runs_on]
    while waiting:
        ground = waiting.pop(0)
        if ground in found or ground == service.id:
            continue
        found[ground] = None
        waiting += below.get(ground, ())
    return tuple(found)


def upstreams(service: Service, settings: Settings) -> tuple[Service, ...]:
    """The services `service` stands on, however deep, as far as they are known."""
    return once(_upstreams, service, settings)


def _upstreams(service: Service, settings: Settings) -> tuple[Service, ...]:
    known = {other.id: other for other in (*settings.others, *settings.services)}
    grounds = stands_on(service, settings)
    return tuple(known[id_] for id_ in known if id_ in grounds)


def model_pages(service: Service, settings: Settings) -> tuple[SourceId, ...]:
    """The pages of the vendors whose models `service` resells."""
    return once(_model_pages, service, settings)


def _model_pages(service: Service, settings: Settings) -> tuple[SourceId, ...]:
    resold = {ground for ground in service.runs_on if ground != service.family}
    pages = (
        one.page.id
        for one in (*settings.services, *settings.others)
        if one.family in resold and one.page is not None
    )
    return tuple(dict.fromkeys(pages))


def in_doubt(service: Service, board: Board, settings: Settings) -> frozenset[str]:
    """What nobody should stand on while `service` fails: whatever fails by its own page or front
    door, and the models such a vendor runs itself. The one asked for counts as failed.
    """
    broken, key = failing_ids(board, settings), (in_doubt, service.key)
    known: tuple[frozenset[str], frozenset[str]] | None = settings.memo.get(key)
    if known is None or known[0] != broken:  # while it fails this is asked at every look
        known = settings.memo[key] = broken, broken | _families(service, broken, settings)
    return known[1]


def _families(service: Service, broken: frozenset[str], settings: Settings) -> frozenset[str]:
    everyone = (service, *settings.services, *settings.others)
    return frozenset(
        one.family
        for one in everyone
        if one.family is not None and (one is service or one.id in broken)
    )


def failing_ids(board: Board, settings: Settings) -> frozenset[str]:
    """The ids of whatever fails, by what was seen of it or by the person's word."""
    failing_keys = [key for key, standing in board.standings.items() if fails(standing)]
    if not failing_keys:
        return frozenset()
    everyone = (*settings.services, *settings.others)
    return frozenset(one.id for one in everyone if one.key in failing_keys)


def fails(standing: Standing) -> bool:
    """Whether it does not work, over there."""
    if standing.override is Override.BROKEN:
        return True
    return standing.verdict.whose is Whose.THEM and failing(standing.verdict.health)


def doubtful_ground(candidate: Service, doubted: frozenset[str], settings: Settings) -> str:
    """What of the doubted `candidate` stands on, the nearest first; empty where on nothing."""
    grounds = stands_on(candidate, settings)
    return next((ground for ground in grounds if ground in doubted), "")
