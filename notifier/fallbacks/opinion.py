"""What is to be said of one alternative: offered, or why not. The table is in `__init__.py`."""

from notifier.fallbacks.grounds import doubtful_ground, fails
from notifier.model.announcement import Against, Exclusion, Suggestion
from notifier.model.board import Board, Sight
from notifier.model.health import Health, failing
from notifier.model.moment import Moment
from notifier.model.observation import Reading
from notifier.model.service import Needs, Service, Source
from notifier.model.settings import Settings
from notifier.model.verdict import Cause

RECENT = 60.0
"""Seconds within which an alternative must have been seen working to be offered."""

_MODELS = "-models"
"""How the id of a model family ends; every other id of `runs_on` names a service or a cloud."""

_NEEDED = {Needs.ACCOUNT: Against.NO_ACCOUNT, Needs.KEY: Against.NO_KEY}

_TAKEN_IN = {
    Cause.QUOTA_EXHAUSTED: Against.OUT_OF_QUOTA,
    Cause.RATE_LIMITED: Against.OUT_OF_QUOTA,
    Cause.PAYMENT: Against.REFUSED,
    Cause.KEY_REJECTED: Against.REFUSED,
    Cause.REGION: Against.REFUSED,
}
"""What is the matter with the person's own account there."""

_AGAINST = {
    Health.MAINTENANCE: Against.MAINTENANCE,
    Health.UNKNOWN: Against.NOT_READABLE,
}


def opinion_of(
    candidate: Service,
    service: Service,
    board: Board,
    settings: Settings,
    at: Moment,
    *,
    doubted: frozenset[str],
) -> Suggestion | Exclusion:
    """Whether `candidate` can be used instead of `service` now, and why or why not.

    On what is `doubted` nobody should stand.
    """
    standing = board.standings.get(candidate.key)
    against = barred(candidate, service, settings)
    if against is None and standing is not None and fails(standing):
        against = Against.FAILING
    if against is not None:
        return Exclusion(candidate, against)
    ground = doubtful_ground(candidate, doubted, settings)
    if ground:
        models = ground.endswith(_MODELS)
        how = Against.SAME_MODELS if models else Against.SAME_INFRASTRUCTURE
        return Exclusion(candidate, how, ground)
    checked = _checked(candidate, board)
    if checked is None or standing is None or at.since(checked) > RECENT:
        in_vain = _looked_in_vain(candidate, board, at)
        return Exclusion(candidate, Against.NOT_READABLE if in_vain else Against.NOT_LOOKED_YET)
    against = _as_it_stands(candidate, board)
    if against is not None:
        return Exclusion(candidate, against)
    shared = tuple(ability for ability in service.can if ability in candidate.can)
    return Suggestion(
        service=candidate,
        health=standing.verdict.health,
        can=shared,
        checked=checked,
        preferred=candidate.id in service.fallbacks,
        models=_models(candidate, board),
        needs_nothing=_needs_nothing(candidate, settings),
    )


def barred(candidate: Service, service: Service, settings: Settings) -> Against | None:
    """Why an alternative is not for this person, whatever its state; None where it is.

    What they watch, and what they put in order themselves, they are taken to have.
    """
    allow = settings.instead.allow
    if allow is not None and candidate.id not in allow:
        return Against.NOT_ALLOWED
    named = candidate.id in service.fallbacks or _known_to(candidate, settings)
    return None if named else _NEEDED.get(candidate.needs)


def _known_to(candidate: Service, settings: Settings) -> bool:
    """Whether the person has it: it is watched, a key is kept for it, or they have said so."""
    return candidate.key in settings.by_key or candidate.id in settings.instead.accounts


def _needs_nothing(candidate: Service, settings: Settings) -> bool:
    """Whether it is news that one can just begin: of what they have the person knows."""
    beside = candidate.local or _known_to(candidate, settings)
    return candidate.needs is Needs.NOTHING and not beside


def _checked(candidate: Service, board: Board) -> Moment | None:
    """When all that speaks for it was last seen: the older of page and front door."""
    sights = [board.sights.get(source.id) for source in _asked(candidate)]
    seen = [sight.good.at for sight in sights if sight is not None and sight.good is not None]
    if not seen or len(seen) < len(sights):
        return None
    return min(seen, key=lambda moment: moment.steady)


def _looked_in_vain(candidate: Service, board: Board, at: Moment) -> bool:
    """Whether it was looked at of late, and nothing could be read."""
    return any(
        sight.last is not sight.good and at.since(sight.last.at) <= RECENT
        for source in _asked(candidate)
        if (sight := board.sights.get(source.id)) is not None
    )


def _asked(candidate: Service) -> tuple[Source, ...]:
    return tuple(one for one in (candidate.page, candidate.probe) if one is not None)


def _as_it_stands(candidate: Service, board: Board) -> Against | None:
    verdict = board.standings[candidate.key].verdict
    if verdict.account in _TAKEN_IN:
        return _TAKEN_IN[verdict.account]
    door = board.sights.get(candidate.probe.id) if candidate.probe is not None else None
    if door is None:
        return Against.NO_DOOR
    if door.last is not door.good and door.confirmed is not None:
        return Against.NOT_REACHED
    if door.last is not door.good or door.doubt is not None or door.broken is not None:
        return Against.IN_DOUBT
    if failing(verdict.health):
        return Against.FAILING
    if verdict.health in _AGAINST:
        return _AGAINST[verdict.health]
    return None if _able(door) else Against.NO_MODEL


def _able(door: Sight) -> bool:
    outcome = door.last.outcome
    return not isinstance(outcome, Reading) or (outcome.able and outcome.ready)


def _models(candidate: Service, board: Board) -> tuple[str, ...]:
    """The models a server on this computer has loaded."""
    door = board.sights.get(candidate.probe.id) if candidate.probe is not None else None
    outcome = door.last.outcome if door is not None else None
    return outcome.models if isinstance(outcome, Reading) and candidate.local else ()
