"""Who can do the same job, in which order, and whom to look at while something fails."""

from collections.abc import Collection, Mapping, Sequence

from notifier.fallbacks.grounds import doubtful_ground, in_doubt, once
from notifier.fallbacks.opinion import barred
from notifier.model.board import Board
from notifier.model.service import Service, ServiceId, ServiceKey
from notifier.model.settings import Settings

MOST_CHECKED = 5
"""Alternatives looked at quietly while something fails (interfaces.md, Politeness)."""

MOST_STRANGERS = 8
"""Candidates that neither the catalogue nor the person names for it."""

_USUAL = 99
"""Percent of the time that a service of which nothing is known is taken to work."""

_NOT_TOOLS = frozenset({"infra", "hosting"})


def candidates(service: Service, settings: Settings) -> tuple[Service, ...]:
    """Every known service that can do the same job, in order of preference."""
    return once(_candidates, service, settings)


def _candidates(service: Service, settings: Settings) -> tuple[Service, ...]:
    """Those the catalogue names for it, and what the person has; others only if it names none.

    Of model servers on this computer only those that somebody has named: few have any other.
    """
    first = {id_: place for place, id_ in enumerate(service.fallbacks)}
    then = {id_: place for place, id_ in enumerate(service.kin)}
    known: dict[ServiceId, Service] = {}
    named = {*first, *then, *settings.instead.accounts, *(settings.instead.allow or ())}
    unnamed = {one.id for one in settings.others if one.id not in named and (then or one.local)}
    for candidate in (*settings.services, *settings.others):
        if candidate.id in unnamed or candidate.id == service.id:
            continue
        if _same_job(candidate, service):
            known.setdefault(candidate.id, candidate)

    def place(candidate: Service) -> tuple[int, int, int]:
        shared = len(set(candidate.can) & set(service.can))
        return (first.get(candidate.id, len(known)), then.get(candidate.id, len(known)), -shared)

    return _first(sorted(known.values(), key=place), named, settings)


def _first(
    found: Sequence[Service], named: Collection[str], settings: Settings
) -> tuple[Service, ...]:
    """Of candidates nobody has named only the first few: a list of thirty is read by nobody."""
    chosen = {one.id for one in settings.services}
    strangers = [one for one in found if one.id not in chosen and one.id not in named]
    left_out = {one.id for one in strangers[MOST_STRANGERS:]}
    return tuple(one for one in found if one.id not in left_out)


def _same_job(candidate: Service, service: Service) -> bool:
    """Whether it can do what the service is mainly used for, or the person says that it does."""
    if candidate.id in service.fallbacks:
        return True
    if not candidate.can or set(candidate.can) <= _NOT_TOOLS or "infra" in candidate.can:
        return False
    return not service.can or service.can[0] in candidate.can


def worth_checking(service: Service, board: Board, settings: Settings) -> tuple[Service, ...]:
    """The alternatives to look at while `service` is in doubt, chosen or not, best first.

    Those that can never be offered, standing on the same models or not open to this person, are
    not asked.
    """
    doubted, key = in_doubt(service, board, settings), (worth_checking, service.key)
    known: _Worth | None = settings.memo.get(key)
    # While it fails this is asked at every look.
    if known is None or known[0] != doubted or known[1] is not board.reliability:
        found = _worth_checking(service, board, settings, doubted)
        known = settings.memo[key] = doubted, board.reliability, found
    return known[2]


_Worth = tuple[frozenset[str], Mapping[ServiceKey, float], tuple[Service, ...]]
"""By what is in doubt, and how reliable each was of late: which are worth a look."""


def _worth_checking(
    service: Service, board: Board, settings: Settings, doubted: frozenset[str]
) -> tuple[Service, ...]:
    # What fails now may work again in a minute: it is looked at like the others.
    families = doubted - {one.id for one in (*settings.services, *settings.others)}
    open_ones = [
        candidate
        for candidate in in_order(service, board, settings)
        if barred(candidate, service, settings) is None
        and not doubtful_ground(candidate, families, settings)
    ]
    return tuple(open_ones[:MOST_CHECKED])


def in_order(service: Service, board: Board, settings: Settings) -> tuple[Service, ...]:
    """Every candidate, best first."""
    first = {id_: place for place, id_ in enumerate(service.fallbacks)}

    def place(candidate: Service) -> tuple[int, int]:
        own = first.get(candidate.id, len(first))
        return own, 0 if candidate.id in first else -_percent(candidate, board)

    return tuple(sorted(candidates(service, settings), key=place))  # ties stay as they are


def _percent(candidate: Service, board: Board) -> int:
    """How much of the time it worked of late, as far as we looked."""
    share = board.reliability.get(candidate.key)
    return _USUAL if share is None else round(100 * share)
