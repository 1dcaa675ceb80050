"""The lines of evidence behind a verdict: who was asked, what was said, what that proves."""

from collections.abc import Iterator

from notifier.judgement.looks import current
from notifier.judgement.weigh import fold
from notifier.model.board import Board, Sight
from notifier.model.health import FAILING
from notifier.model.moment import Moment
from notifier.model.observation import Answered, Failure, Observation, Reading, Report
from notifier.model.service import (
    FeedSource,
    KeySource,
    PartRef,
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

_NONE: frozenset[EvidenceKind] = frozenset()

Parts = tuple[PartRef, ...]


def evidence(
    service: Service, board: Board, settings: Settings, at: Moment, cause: Cause | None = None
) -> tuple[Evidence, ...]:
    """Everything known of one service: its page, its front door, its account, what it runs on, and
    the references asked of late.

    Where the last look at a source failed, both stand there: what was last read, and that it
    could not be read again. What speaks against `cause`, the verdict's, is marked.
    """
    against = _MATTERS_TO.get(cause, _NONE) if cause is not None else _NONE
    lines: list[Evidence] = []
    for source in service.sources:
        if (sight := board.sights.get(source.id)) is not None:
            lines += _lines(source, sight, service.parts, against)
    lines += _grounds(service, board, settings)
    for reference, sight in _asked(board, settings, at):
        lines += _lines(reference, sight, (), _NONE)
    return tuple(lines)


def neutral(verdict: Verdict) -> tuple[Moment, ...]:
    """The times of the lines of neutral hosts under a verdict."""
    return tuple([line.at for line in verdict.evidence if line.kind is EvidenceKind.REFERENCE])


def references(board: Board, settings: Settings, at: Moment) -> tuple[Moment, ...]:
    """The times of those lines as they would be now."""
    return tuple(
        moment
        for _, sight in _asked(board, settings, at)
        for moment in dict.fromkeys((sight.last.at, (sight.good or sight.last).at))
    )


def _asked(board: Board, settings: Settings, at: Moment) -> Iterator[tuple[ReferenceSource, Sight]]:
    """The neutral hosts asked of late."""
    for reference in settings.references:
        sight = board.sights.get(reference.id)
        if sight is not None and current(sight.last, reference, board, settings, at):
            yield reference, sight


def _lines(
    source: Source, sight: Sight, parts: Parts, against: frozenset[EvidenceKind]
) -> tuple[Evidence, ...]:
    """What a source says of `parts`: of all that was seen of one service only one is new."""
    lines: tuple[Evidence, ...] | None = sight.memo.get((parts, against))
    if lines is None:
        lines = () if sight.good is None else (_line(source, sight.good, parts, against),)
        if sight.last is not sight.good:
            lines = (_line(source, sight.last, parts, _NONE), *lines)
        sight.memo[parts, against] = lines
    return lines


def _line(
    source: Source, seen: Observation, parts: Parts, against: frozenset[EvidenceKind]
) -> Evidence:
    says, detail = _said(seen, parts)
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


def _said(seen: Observation, parts: Parts) -> tuple[str, str]:
    """What was said, in a word of `interfaces.md`, and the detail of it."""
    match seen.outcome:
        case Report() as report:
            return fold(report, parts).health.value, "; ".join(report.notes)
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
