"""The lines of evidence behind a verdict: who was asked, what was said, what that proves."""

from notifier.judgement.looks import current
from notifier.judgement.weigh import fold
from notifier.model.board import Board, Sight
from notifier.model.moment import Moment
from notifier.model.observation import Answered, Failure, Observation, Reading, Report
from notifier.model.service import (
    FeedSource,
    KeySource,
    ProbeSource,
    ReferenceSource,
    Service,
    Source,
    host_of,
)
from notifier.model.settings import Settings
from notifier.model.verdict import Evidence, EvidenceKind

_KINDS: dict[type[Source], EvidenceKind] = {
    FeedSource: EvidenceKind.PAGE,
    ProbeSource: EvidenceKind.PROBE,
    KeySource: EvidenceKind.KEY,
    ReferenceSource: EvidenceKind.REFERENCE,
}


def evidence(
    service: Service, board: Board, settings: Settings, at: Moment
) -> tuple[Evidence, ...]:
    """Everything known of one service: its page, its front door, the references asked of late.

    Where the last look at a source failed, both stand there: what was last read, and that it
    could not be read again.
    """
    asked = (
        reference
        for reference in settings.references
        if (sight := board.sights.get(reference.id))
        and current(sight.last, reference, settings, at)
    )
    sources: tuple[Source, ...] = (*service.sources, *asked)
    return tuple(
        line
        for source in sources
        if (sight := board.sights.get(source.id)) is not None
        for line in _lines(source, sight, service)
    )


def _lines(source: Source, sight: Sight, service: Service) -> tuple[Evidence, ...]:
    lines = () if sight.good is None else (_line(source, sight.good, service),)
    if sight.last is sight.good:
        return lines
    return (_line(source, sight.last, service), *lines)


def _line(source: Source, seen: Observation, service: Service) -> Evidence:
    says, detail = _said(seen, service)
    outcome = seen.outcome
    return Evidence(
        kind=_KINDS[type(source)],
        id=host_of(source.url),
        at=seen.at,
        says=says,
        detail=detail,
        stage=outcome.stage if isinstance(outcome, Reading) else None,
        fresh=seen.fresh,
        proves=outcome.proves if isinstance(outcome, Reading) else "",
        latency=seen.latency,
        stages=seen.stages,
        stopped=seen.stopped,
    )


def _said(seen: Observation, service: Service) -> tuple[str, str]:
    """What was said, in a word of `interfaces.md`, and the detail of it."""
    match seen.outcome:
        case Report() as report:
            return fold(report, service.parts).health.value, "; ".join(report.notes)
        case Reading() as reading:
            return reading.says.value, reading.detail
        case Answered() as answered:
            return "reachable", answered.detail
        case Failure() as failure:
            return "unreadable", failure.detail
