"""When to look at a source again: the pace, what was asked of us, and a little chance."""

from notifier.judgement import pace
from notifier.judgement.orders import doubted, extra_sources
from notifier.model.board import Board
from notifier.model.observation import Failure, Observation, Reading
from notifier.model.service import FeedSource, ReferenceSource, Source, SourceId
from notifier.model.settings import LEAST_INTERVAL, Settings

LEAST_SHARE = 0.8
"""Each wait is 80 to 100 % of the interval, so that many machines do not fall into step."""

LEAST_RETRY = 15.0
MOST_RETRY = 3600.0


def wait(
    source: Source,
    seen: Observation,
    board: Board,
    settings: Settings,
    chance: float,
    *,
    beside: bool = False,
) -> float:
    """Seconds from one look at `source` to the next; `chance` lies in [0, 1).

    `beside` are the sources looked at because something else fails. Retry-After only lengthens a
    wait; a probe's own least wait is never shortened.
    """
    share = LEAST_SHARE + (1.0 - LEAST_SHARE) * chance
    least = LEAST_INTERVAL
    if not isinstance(source, (FeedSource, ReferenceSource)):
        least = max(least, source.least_wait)
    interval = _interval(source, board, settings)
    if beside:
        interval = min(interval, pace.interval_beside(board))
    return max(interval * share, least, _asked_for(seen))


def _interval(source: Source, board: Board, settings: Settings) -> float:
    """Seconds between two looks: fewer for what speaks of something that fails."""
    if any(doubted(board, key) for key in settings.by_source.get(source.id, ())):
        return pace.interval_in_trouble(board, settings)
    return pace.interval(board, settings)


def _asked_for(seen: Observation) -> float:
    outcome = seen.outcome
    asked = outcome.retry_after if isinstance(outcome, (Failure, Reading)) else None
    if asked is None:
        return 0.0
    return min(max(asked, LEAST_RETRY), MOST_RETRY)


def regular(board: Board, settings: Settings) -> tuple[SourceId, ...]:
    """Every source looked at in turn now: what was chosen, then what doubt adds."""
    return tuple(dict.fromkeys((*settings.by_source, *extra_sources(board, settings))))
