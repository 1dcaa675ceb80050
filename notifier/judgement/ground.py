"""What a service stands on, and whether that fails by its own page or probe. Asks no catalogue."""

from msgspec import Struct

from notifier.model.board import Board
from notifier.model.health import Health, failing
from notifier.model.service import Service
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Verdict, Whose

_BY_ITSELF = frozenset({Cause.PAGE_REPORTS, Cause.PAGE_SILENT, Cause.NO_PAGE})
"""Findings that rest on a service's own page or probe, and so can be somebody else's cause."""


class Ground(Struct, frozen=True):
    """What fails under a service: an id of `runs_on`, and whether that is more than a suspicion."""

    id: str
    sure: bool


def failing_ground(service: Service, board: Board, settings: Settings) -> Ground | None:
    """What `service` runs on that fails now, the deepest of a chain; None where nothing does.

    A service, or a family of models that this service only resells. A family fails with any of
    those that run it themselves, if it is sure of that one: a front door that is silent may stand
    on the same ground as ours, and says nothing of the models behind it. Where it is not known how
    a service stands, what that runs on is asked in its place; what is seen to work carries nobody
    down, and models do not stand on the front doors of those that run them.
    """
    waiting, seen = [service], set[str]((service.id,))
    while waiting:
        one = waiting.pop(0)
        for ground in one.runs_on:
            if ground == one.family or ground in seen:
                continue
            seen.add(ground)
            found = _found_at(ground, service, board, settings)
            if found is not None:
                return found
            waiting += [
                below
                for below in settings.keepers_of(ground)
                if below.id == ground and _in_the_dark(below, board)
            ]
    return None


def _found_at(ground: str, service: Service, board: Board, settings: Settings) -> Ground | None:
    others = (one for one in settings.keepers_of(ground) if one.id != service.id)
    found = (_fails_at(one, ground, board) for one in others)
    return next((ground for ground in found if ground is not None), None)


def _in_the_dark(one: Service, board: Board) -> bool:
    """Whether nobody has looked at it, or in vain."""
    standing = board.standings.get(one.key)
    return standing is None or standing.verdict.health is Health.UNKNOWN


def _fails_at(one: Service, ground: str, board: Board) -> Ground | None:
    """What fails under `ground`, where `one` shows that it fails: itself, or what it stands on."""
    standing = board.standings.get(one.key)
    if standing is None or not _theirs(standing.verdict):
        return None
    verdict = standing.verdict
    sure = verdict.confidence is Confidence.CONFIRMED
    if verdict.upstream is not None:
        return Ground(verdict.upstream, sure)
    if verdict.cause not in _BY_ITSELF or (one.id != ground and not sure):
        return None
    return Ground(ground, sure)


def _theirs(verdict: Verdict) -> bool:
    return verdict.whose is Whose.THEM and failing(verdict.health)
