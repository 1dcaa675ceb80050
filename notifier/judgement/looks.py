"""What one more look changes in what is known of its source: good, failed, doubted, confirmed."""

from dataclasses import replace

from notifier.model.board import Board, Sight
from notifier.model.moment import Moment
from notifier.model.observation import (
    CONNECTION_KINDS,
    Answered,
    Failure,
    FailureKind,
    Observation,
    Reading,
    Report,
)
from notifier.model.service import ProbeSource, Source, SourceId, host_of
from notifier.model.settings import Settings

LEAST_AGE = 180.0
"""Seconds a good reading stays true at least, however short the interval."""


_NO_WAY_OUT = frozenset({FailureKind.OFFLINE, FailureKind.DNS})


def fresh_for(source: Source, settings: Settings) -> float:
    """Seconds a good reading of `source` may be old: two intervals, at least three minutes."""
    interval = settings.interval
    if isinstance(source, ProbeSource):
        interval = max(interval, source.least_wait)
    return max(2 * interval, LEAST_AGE)


def current(
    observation: Observation | None, source: Source, settings: Settings, at: Moment
) -> bool:
    """Whether a look is young enough to stand for now."""
    return observation is not None and at.since(observation.at) <= fresh_for(source, settings)


def silent(observation: Observation) -> bool:
    """Whether the host said nothing at all: over there, or our own connection."""
    match observation.outcome:
        case Failure(kind=kind):
            return kind in CONNECTION_KINDS
        case Reading() as reading:
            return reading.bad and reading.status is None
        case Report() | Answered():
            return False


def no_way_out(observation: Observation) -> bool:
    """Whether it never left this computer: no route, or no name looked up."""
    return isinstance(observation.outcome, Failure) and observation.outcome.kind in _NO_WAY_OUT


def bad(observation: Observation) -> bool:
    """Whether a front door answered with trouble, or not at all."""
    return isinstance(observation.outcome, Reading) and observation.outcome.bad


def remember(board: Board, seen: Observation, settings: Settings) -> Board:
    """The board with one more look on it."""
    before = board.sights.get(seen.source)
    if isinstance(seen.outcome, Failure):
        sight = _failed(before, seen)
    elif bad(seen):
        sight = _doubted(before, seen, board, settings)
    else:
        sight = Sight(last=seen, good=seen)
    return replace(board, sights={**board.sights, seen.source: sight})


def _failed(before: Sight | None, seen: Observation) -> Sight:
    if before is None:
        return Sight(last=seen, failures=1)
    return replace(
        before,
        last=seen,
        confirm_ordered=before.confirm_ordered and not seen.confirming,
        failures=before.failures + 1,
    )


def _doubted(before: Sight | None, seen: Observation, board: Board, settings: Settings) -> Sight:
    """A bad reading is a doubt; a later confirming look that is bad, with a control between,
    confirms it.
    """
    sight = before or Sight(last=seen)
    doubt = sight.doubt
    agrees = (
        doubt is not None
        and seen.confirming
        and seen.began.since(doubt.at) > 0
        and control_answered(board, seen.source, settings, since=doubt.at)
    )
    return replace(
        sight,
        last=seen,
        doubt=doubt or seen,
        confirmed=seen if agrees or sight.confirmed else None,
        confirm_ordered=sight.confirm_ordered and not seen.confirming,
        failures=sight.failures + 1,
    )


def control_answered(board: Board, doubted: SourceId, settings: Settings, *, since: Moment) -> bool:
    """Whether another host answered with what was asked after `since`."""
    source = settings.sources.get(doubted)
    host = host_of(source.url) if source else None
    return any(
        sight.good is not None
        and sight.good.at.steady >= since.steady
        and (other := settings.sources.get(id_)) is not None
        and host_of(other.url) != host
        for id_, sight in board.sights.items()
    )
