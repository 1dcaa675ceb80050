"""What a service stands on, and whether that fails by its own page or probe. Asks no catalogue."""

from notifier.model.board import Board
from notifier.model.health import failing
from notifier.model.service import Service
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Verdict, Whose

_BY_ITSELF = frozenset({Cause.PAGE_REPORTS, Cause.PAGE_SILENT, Cause.NO_PAGE})
"""Findings that rest on a service's own page or probe, and so can be somebody else's cause."""


def failing_ground(service: Service, board: Board, settings: Settings) -> str | None:
    """The id of what `service` runs on that fails now, the deepest of a chain; None where nothing.

    An id of `runs_on`: a service, or a family of models that this service only resells. A family
    fails with any of those that run it themselves.
    """
    for ground in service.runs_on:
        if ground == service.family:
            continue
        for one in settings.keepers_of(ground):
            found = _fails_at(one, ground, board) if one.id != service.id else None
            if found is not None:
                return found
    return None


def _fails_at(one: Service, ground: str, board: Board) -> str | None:
    """What fails under `ground`, where `one` shows that it fails: itself, or what it stands on."""
    standing = board.standings.get(one.key)
    if standing is None or not _theirs(standing.verdict):
        return None
    if standing.verdict.cause is Cause.SHARED_UPSTREAM:
        return standing.verdict.upstream
    return ground if standing.verdict.cause in _BY_ITSELF else None


def _theirs(verdict: Verdict) -> bool:
    return verdict.whose is Whose.THEM and failing(verdict.health)
