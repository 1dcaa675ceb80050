"""What a person can use instead, right now, and why or why not."""

from collections.abc import Callable
from typing import TypeVar

from notifier.model.announcement import Against, Exclusion, Suggestion
from notifier.model.board import Board, Sight, Standing
from notifier.model.health import Health, failing
from notifier.model.moment import Moment
from notifier.model.service import Service, ServiceId, SourceId
from notifier.model.settings import Settings
from notifier.model.verdict import Override, Whose

MOST_CHECKED = 5
"""Alternatives looked at quietly while something fails (interfaces.md, Politeness)."""

RECENT = 180.0
"""Seconds within which an alternative must have been seen working to be offered."""

_MODELS = "-models"
"""How the id of a model family ends; every other id of `runs_on` names a service."""

_NOT_TOOLS = frozenset({"infra", "hosting"})


def rank(
    service: Service, board: Board, settings: Settings, at: Moment
) -> tuple[tuple[Suggestion, ...], tuple[Exclusion, ...]]:
    """Alternatives to `service`, best first, and what was left out and why.

    An alternative does the same job (shares the service's first ability), was seen operational,
    and does not stand on anything in doubt: what a failed service runs itself, and infrastructure
    whose own page or probe fails. The person's own order comes first, then the catalogue's.
    """
    broken = _failing_ids(board, settings)
    doubted = _doubted_families(service, broken, settings)
    opinions = [
        _opinion(candidate, service, board, doubted | broken, at)
        for candidate in candidates(service, settings)
    ]
    return (
        tuple(opinion for opinion in opinions if isinstance(opinion, Suggestion)),
        tuple(opinion for opinion in opinions if isinstance(opinion, Exclusion)),
    )


def worth_checking(service: Service, board: Board, settings: Settings) -> tuple[Service, ...]:
    """The alternatives to look at while `service` is in doubt, though nobody chose them.

    Those that stand on the same models can never be offered, so they are not asked.
    """
    broken, key = _failing_ids(board, settings), (worth_checking, service.key)
    known: tuple[frozenset[str], tuple[Service, ...]] | None = settings.memo.get(key)
    if known is None or known[0] != broken:  # while it fails this is asked at every look
        known = settings.memo[key] = broken, _worth_checking(service, broken, settings)
    return known[1]


def _worth_checking(
    service: Service, broken: frozenset[str], settings: Settings
) -> tuple[Service, ...]:
    doubted = _doubted_families(service, broken, settings)
    chosen = {watched.id for watched in settings.services}
    open_ones = (
        candidate
        for candidate in candidates(service, settings)
        if not _standing_on(candidate, doubted)
    )
    return tuple(c for c in list(open_ones)[:MOST_CHECKED] if c.id not in chosen)


def upstreams(service: Service, settings: Settings) -> tuple[Service, ...]:
    """The services `service` stands on, as far as the catalogue knows them."""
    return _once(_upstreams, service, settings)


def _upstreams(service: Service, settings: Settings) -> tuple[Service, ...]:
    known = {other.id: other for other in (*settings.others, *settings.services)}
    return tuple(known[id_] for id_ in known if id_ in service.runs_on)


def model_pages(service: Service, settings: Settings) -> tuple[SourceId, ...]:
    """The pages of the vendors whose models `service` resells."""
    return _once(_model_pages, service, settings)


def _model_pages(service: Service, settings: Settings) -> tuple[SourceId, ...]:
    resold = {ground for ground in service.runs_on if ground != service.family}
    pages = (
        one.page.id
        for one in (*settings.services, *settings.others)
        if one.family in resold and one.page is not None
    )
    return tuple(dict.fromkeys(pages))


def candidates(service: Service, settings: Settings) -> tuple[Service, ...]:
    """Every known service that can do the same job, in order of preference."""
    return _once(_candidates, service, settings)


T = TypeVar("T")


def _once(work: Callable[[Service, Settings], T], service: Service, settings: Settings) -> T:
    """What `work` makes of a service; while it fails this is asked at every look."""
    key = (work, service.key)
    if key not in settings.memo:
        settings.memo[key] = work(service, settings)
    found: T = settings.memo[key]
    return found


def _candidates(service: Service, settings: Settings) -> tuple[Service, ...]:
    """Every known service that can do the same job, in order of preference.

    Of model servers on this computer only those that somebody has named: few have any other.
    """
    first = {id_: place for place, id_ in enumerate(service.fallbacks)}
    then = {id_: place for place, id_ in enumerate(service.kin)}
    known: dict[ServiceId, Service] = {}
    unnamed = {one.id for one in settings.others if one.local and one.id not in {*first, *then}}
    for candidate in (*settings.services, *settings.others):
        if candidate.id in unnamed or candidate.id == service.id:
            continue
        if _same_job(candidate, service):
            known.setdefault(candidate.id, candidate)

    def place(candidate: Service) -> tuple[int, int, int]:
        shared = len(set(candidate.can) & set(service.can))
        return (first.get(candidate.id, len(known)), then.get(candidate.id, len(known)), -shared)

    return tuple(sorted(known.values(), key=place))


def _same_job(candidate: Service, service: Service) -> bool:
    if candidate.id in service.fallbacks:
        return True
    if not candidate.can or set(candidate.can) <= _NOT_TOOLS or "infra" in candidate.can:
        return False
    return not service.can or service.can[0] in candidate.can


def _doubted_families(
    service: Service, broken: frozenset[str], settings: Settings
) -> frozenset[str]:
    """The model families a failed service runs itself; the one asked for counts as failed."""
    everyone = (service, *settings.services, *settings.others)
    return frozenset(
        one.family
        for one in everyone
        if one.family is not None and (one is service or one.id in broken)
    )


def _failing_ids(board: Board, settings: Settings) -> frozenset[str]:
    failing = [key for key, standing in board.standings.items() if _fails(standing)]
    if not failing:
        return frozenset()
    everyone = (*settings.services, *settings.others)
    return frozenset(one.id for one in everyone if one.key in failing)


def _fails(standing: Standing) -> bool:
    if standing.override is Override.BROKEN:
        return True
    return standing.verdict.whose is Whose.THEM and failing(standing.verdict.health)


def _standing_on(candidate: Service, doubted: frozenset[str]) -> str:
    """What of the doubted `candidate` stands on; empty where nothing."""
    own = {candidate.family} if candidate.family else set()
    return next(iter(sorted((own | set(candidate.runs_on)) & doubted)), "")


_AGAINST = {
    Health.MAINTENANCE: Against.MAINTENANCE,
    Health.UNKNOWN: Against.NOT_READABLE,
}


def _opinion(
    candidate: Service, service: Service, board: Board, in_doubt: frozenset[str], at: Moment
) -> Suggestion | Exclusion:
    standing = board.standings.get(candidate.key)
    if standing is not None and _fails(standing):
        return Exclusion(candidate, Against.FAILING)
    if (ground := _standing_on(candidate, in_doubt)) and ground != candidate.id:
        models = ground.endswith(_MODELS)
        against = Against.SAME_MODELS if models else Against.SAME_INFRASTRUCTURE
        return Exclusion(candidate, against, ground)
    seen = _last_seen(candidate, board)
    if standing is None or seen is None or at.since(seen) > RECENT:
        in_vain = _looked_in_vain(candidate, board, at)
        return Exclusion(candidate, Against.NOT_READABLE if in_vain else Against.NOT_LOOKED_YET)
    health = standing.verdict.health
    if failing(health):
        return Exclusion(candidate, Against.FAILING)
    if health in _AGAINST:
        return Exclusion(candidate, _AGAINST[health])
    if _in_doubt(candidate, board):
        return Exclusion(candidate, Against.IN_DOUBT)
    shared = tuple(ability for ability in service.can if ability in candidate.can)
    return Suggestion(candidate, health, shared, seen, candidate.id in service.fallbacks)


def _last_seen(candidate: Service, board: Board) -> Moment | None:
    """When its page, or without a page its front door, was last read."""
    sight = _sight(candidate, board)
    return sight.good.at if sight is not None and sight.good is not None else None


def _looked_in_vain(candidate: Service, board: Board, at: Moment) -> bool:
    """Whether it was looked at of late, and nothing could be read."""
    sight = _sight(candidate, board)
    return sight is not None and sight.last is not sight.good and at.since(sight.last.at) <= RECENT


def _sight(candidate: Service, board: Board) -> Sight | None:
    source = candidate.page or candidate.probe
    return board.sights.get(source.id) if source is not None else None


def _in_doubt(candidate: Service, board: Board) -> bool:
    """Whether its front door has failed a look that is not yet settled."""
    sight = board.sights.get(candidate.probe.id) if candidate.probe is not None else None
    return sight is not None and sight.doubt is not None
