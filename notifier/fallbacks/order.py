"""In which order alternatives stand: the person's own, then by what was seen of late."""

from notifier.fallbacks.kin import candidates
from notifier.model.board import Board
from notifier.model.service import Service
from notifier.model.settings import Settings

_USUAL = 99
"""Percent of the time that a service of which nothing is known is taken to work."""


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
