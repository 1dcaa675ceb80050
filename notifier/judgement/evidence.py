"""The lines of evidence behind a verdict: who was asked, what was said, what that proves."""

from notifier.judgement.looks import current
from notifier.judgement.weigh import fold
from notifier.model.board import Board, Sight
from notifier.model.health import FAILING
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
    is_local,
)
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Evidence, EvidenceKind, Verdict, Whose

_KINDS: dict[type[Source], EvidenceKind] = {
    FeedSource: EvidenceKind.PAGE,
    ProbeSource: EvidenceKind.PROBE,
    KeySource: EvidenceKind.KEY,
    ReferenceSource: EvidenceKind.REFERENCE,
}

_FAILING_WORDS = frozenset(health.value for health in FAILING)

_MATTERS_TO = {
    Cause.PAGE_REPORTS: frozenset({EvidenceKind.PROBE, EvidenceKind.KEY}),
    Cause.PAGE_SILENT: frozenset({EvidenceKind.PAGE}),
}
"""Whose good word contradicts a verdict."""


def evidence(
    service: Service, board: Board, settings: Settings, at: Moment, cause: Cause | None = None
) -> tuple[Evidence, ...]:
    """Everything known of one service: its page, its front door, its account, what it runs on, and
    the references asked of late.

    Where the last look at a source failed, both stand there: what was last read, and that it
    could not be read again. What speaks against `cause`, the verdict's, is marked.
    """
    asked = (
        reference
        for reference in settings.references
        if (sight := board.sights.get(reference.id))
        and current(sight.last, reference, board, settings, at)
    )
    against = _MATTERS_TO.get(cause, frozenset()) if cause is not None else frozenset()
    own = (line for source in service.sources for line in _of(source, board, service, against))
    neutral = (line for source in asked for line in _of(source, board, service, frozenset()))
    return (*own, *_grounds(service, board, settings), *neutral)


def neutral(verdict: Verdict) -> tuple[Moment, ...]:
    """The times of the lines of neutral hosts under a verdict."""
    return tuple(line.at for line in verdict.evidence if line.kind is EvidenceKind.REFERENCE)


def references(board: Board, settings: Settings, at: Moment) -> tuple[Moment, ...]:
    """The times of those lines as they would be now."""
    return tuple(
        moment
        for reference in settings.references
        if (sight := board.sights.get(reference.id)) is not None
        and current(sight.last, reference, board, settings, at)
        for moment in dict.fromkeys((sight.last.at, (sight.good or sight.last).at))
    )


def _of(
    source: Source, board: Board, service: Service, against: frozenset[EvidenceKind]
) -> tuple[Evidence, ...]:
    sight = board.sights.get(source.id)
    return () if sight is None else _lines(source, sight, service, against)


def _lines(
    source: Source, sight: Sight, service: Service, against: frozenset[EvidenceKind]
) -> tuple[Evidence, ...]:
    lines = () if sight.good is None else (_line(source, sight.good, service, against),)
    if sight.last is sight.good:
        return lines
    return (_line(source, sight.last, service, frozenset()), *lines)


def _line(
    source: Source, seen: Observation, service: Service, against: frozenset[EvidenceKind]
) -> Evidence:
    says, detail = _said(seen, service)
    outcome = seen.outcome
    kind = _kind(source)
    return Evidence(
        kind=kind,
        id=host_of(source.url),
        at=seen.at,
        says=says,
        detail=detail,
        stage=outcome.stage if isinstance(outcome, Reading) else None,
        fresh=seen.fresh,
        proves=outcome.proves if isinstance(outcome, Reading) else "",
        latency=seen.latency,
        contradicts=kind in against and says not in _FAILING_WORDS,
        stages=seen.stages,
        stopped=seen.stopped,
    )


def _kind(source: Source) -> EvidenceKind:
    return EvidenceKind.LOCAL if is_local(source) else _KINDS[type(source)]


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


def _grounds(service: Service, board: Board, settings: Settings) -> tuple[Evidence, ...]:
    """What the service runs on, where that fails: a doubt, whether or not the service fails too."""
    lines = []
    for ground in service.runs_on:
        for one in settings.keepers_of(ground):
            standing = board.standings.get(one.key)
            if standing is None or one.id == service.id or ground == service.family:
                continue
            verdict = standing.verdict
            if verdict.whose is Whose.THEM and verdict.health in FAILING and standing.since:
                says = verdict.health.value
                lines.append(
                    Evidence(EvidenceKind.UPSTREAM, one.id, standing.since, says, one.name)
                )
    return tuple(lines)
