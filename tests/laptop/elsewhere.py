"""What every page and front door says when, made of a life's troubles: ready outcomes, and truth.

The truth is what somebody sees who looks all the time and from everywhere: when the page's own
word on the chosen parts is one of failing, and when the front door answers with trouble or not at
all. It is read off here once more and plainly, so that no rule of the program judges itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import itemgetter

from notifier import probes
from notifier.feeds.incident import floor
from notifier.model.health import Health, failing, worst
from notifier.model.observation import (
    Answered,
    Failure,
    FailureKind,
    Incident,
    Maintenance,
    MaintenancePhase,
    Outcome,
    Part,
    PartName,
    Phase,
    Reading,
    Refusal,
    Report,
    Says,
    Stage,
    Update,
)
from notifier.model.service import ReferenceSource, Service, ServiceKey, Source, SourceId
from tests.laptop.life import Life
from tests.laptop.spans import Span
from tests.laptop.tools import EDGE, PARTS, vendor
from tests.laptop.troubles import MINUTE, Kind, Trouble

START = datetime(2026, 11, 2, 6, tzinfo=UTC)

GOOD_DOOR = Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 401 in 95 ms", "what is behind it", 401)
GOOD_KEY = Reading(Says.ALIVE, Stage.ACCOUNT, "HTTP 200 in 140 ms", "the key is accepted", 200)
BAD_KEY = Reading(
    Says.ACCOUNT,
    Stage.ACCOUNT,
    "HTTP 401 in 130 ms",
    "the key is refused",
    401,
    refusal=Refusal.KEY_REJECTED,
)
ONLINE = Answered("HTTP 204")
SLOW = 20.0
"""Seconds a look takes to which nobody answers."""

BAD_DOORS: tuple[tuple[float, Outcome], ...] = (
    (0.50, Reading(Says.FAILING, Stage.FRONT, "HTTP 503 in 120 ms", "the front door", 503)),
    (0.70, Reading(Says.FAILING, Stage.FRONT, "HTTP 500 in 120 ms", "the front door", 500)),
    (0.75, Reading(Says.OVERLOADED, Stage.FRONT, "HTTP 529 in 120 ms", "the front door", 529)),
    (0.93, probes.silent(FailureKind.TIMEOUT, "No answer within 20 s.", Stage.FRONT)),
    (1.00, probes.silent(FailureKind.RESET, "The connection was cut.", Stage.FRONT)),
)
"""How a front door fails, up to which share of all."""

_GONE = Failure(FailureKind.HTTP, "The page cannot answer (HTTP 503).", status=503)
_UNREACHED = Failure(FailureKind.TIMEOUT, "The page did not answer within 20 s.")
_FEWER = Failure(FailureKind.RATE_LIMITED, "Asked to come less often.", 120.0, 429)


@dataclass(slots=True)
class Script:
    """What one source says from when on; asked in the order of time, each step costs nothing."""

    steps: list[tuple[float, Outcome]]
    _next: int = field(default=1)

    def at(self, t: float) -> Outcome:
        """What it says at `t`, never before the last `t` asked for."""
        while self._next < len(self.steps) and self.steps[self._next][0] <= t:
            self._next += 1
        return self.steps[self._next - 1][1]


class Elsewhere:
    """All of a life's sources with what they say, and all services with the truth about them."""

    def __init__(self, life: Life) -> None:
        self.scripts: dict[SourceId, Script] = {}
        self._steps: dict[SourceId, list[tuple[float, Outcome]]] = {}
        for source in life.settings.sources.values():
            self._steps[source.id] = [(float("-inf"), _well(source))]
        for trouble in life.troubles:
            for n in trouble.tools:
                self._befall(life, trouble, n)
            if trouble.kind is Kind.SHARED:
                self._page(life, trouble, f"page:https://status.{EDGE}.test/", ())
        for service in life.settings.services:
            if service.account is not None:
                self._steps[service.account.id].append((life.key_expires, BAD_KEY))
        for id_, steps in self._steps.items():
            self.scripts[id_] = Script(sorted(steps, key=itemgetter(0)))
        services = life.settings.services
        self.page_fails = {one.key: self._page_truth(one) for one in services}
        self.door_fails = {one.key: self._door_truth(one) for one in services}

    def page_changes(self, key: ServiceKey) -> list[float]:
        """When the page's word on a service becomes one of failing."""
        return [span.begins for span in self.page_fails[key]]

    # -- what befalls ------------------------------------------------------------------------

    def _befall(self, life: Life, trouble: Trouble, n: int) -> None:
        service = life.settings.services[n]
        page = service.page.id if service.page is not None else None
        match trouble.kind:
            case Kind.BOTH:
                self._door(service, trouble, trouble.begins - 6 * MINUTE * trouble.chance)
                self._page(life, trouble, page, _names(n))
            case Kind.PAGE:
                self._page(life, trouble, page, _names(n))
            case Kind.DOOR:
                self._door(service, trouble, trouble.begins)
            case Kind.SHARED:
                self._shared(life, trouble, n)
            case Kind.FLAPPING:
                self._flap(service, trouble)
            case Kind.PAGE_HOST:
                self._silence(page, trouble, _GONE if trouble.chance < 0.5 else _UNREACHED)
            case Kind.LIMITED:
                self._silence(page, trouble, _FEWER)
            case Kind.MAINTENANCE:
                self._door(service, trouble, trouble.begins + min(MINUTE, _half(trouble)))
                self._maintain(service, trouble)

    def _shared(self, life: Life, trouble: Trouble, n: int) -> None:
        """Every door falls within a minute; of the pages one half says so later, some fall too."""
        service = life.settings.services[n]
        own = (trouble.chance * 997 + n * 0.37) % 1
        self._door(service, trouble, trouble.begins + MINUTE * own)
        page = service.page.id if service.page is not None else None
        if own < 0.3:
            self._silence(page, trouble, _GONE)
        elif own < 0.8:
            later = Trouble(trouble.begins + 12 * MINUTE * own, trouble.ends, Kind.PAGE, (n,), own)
            if later.ends - later.begins > 2 * MINUTE:
                self._page(life, later, page, _names(n))

    def _door(self, service: Service, trouble: Trouble, begins: float) -> None:
        if service.probe is not None:
            how = next(one for share, one in BAD_DOORS if trouble.chance <= share)
            ends = trouble.ends - 0.1 * trouble.chance * (trouble.ends - trouble.begins)
            self._steps[service.probe.id] += [(begins, how), (ends, GOOD_DOOR)]

    def _flap(self, service: Service, trouble: Trouble) -> None:
        """Down for 20-90 s, up for 30-120 s, for at most an hour."""
        assert service.probe is not None
        t, turn, steps = trouble.begins, trouble.chance, self._steps[service.probe.id]
        while t < min(trouble.ends, trouble.begins + 60 * MINUTE):
            steps += [(t, BAD_DOORS[0][1]), (t + 20 + 70 * turn, GOOD_DOOR)]
            t += 20 + 70 * turn + 30 + 90 * ((turn * 7.3) % 1)
            turn = (turn * 5.7 + 0.31) % 1

    def _silence(self, page: SourceId | None, trouble: Trouble, why: Failure) -> None:
        if page is not None:
            before = self._steps[page][0][1]
            self._steps[page] += [(trouble.begins, why), (trouble.ends, before)]

    def _page(self, life: Life, trouble: Trouble, page: str | None, names: tuple[str, ...]) -> None:
        if page is not None:
            base = self._steps[SourceId(page)][0][1]
            assert isinstance(base, Report)
            self._steps[SourceId(page)] += _told(base, trouble, names, life.seed)

    def _maintain(self, service: Service, trouble: Trouble) -> None:
        assert service.page is not None
        steps = self._steps[service.page.id]
        base = steps[0][1]
        assert isinstance(base, Report)
        planned = Maintenance(
            f"m-{trouble.begins:.0f}",
            "Database upgrade",
            MaintenancePhase.IN_PROGRESS,
            tuple(PartName(part.id, part.name) for part in base.parts),
            starts_at=utc(trouble.begins),
            ends_at=utc(trouble.ends),
        )
        steps += [(trouble.begins, replace(base, maintenance=(planned,))), (trouble.ends, base)]

    # -- the truth ---------------------------------------------------------------------------

    def _page_truth(self, service: Service) -> list[Span]:
        if service.page is None:
            return []
        return _spans(
            (t, isinstance(said, Report) and _speaks_of_trouble(said, service))
            for t, said in self.scripts[service.page.id].steps
        )

    def _door_truth(self, service: Service) -> list[Span]:
        if service.probe is None:
            return []
        return _spans(
            (t, isinstance(said, Reading) and said.bad)
            for t, said in self.scripts[service.probe.id].steps
        )


def _half(trouble: Trouble) -> float:
    return (trouble.ends - trouble.begins) / 2


def _speaks_of_trouble(report: Report, service: Service) -> bool:
    """Whether a chosen part fails, or an open incident that names one says so."""
    meant = {ref.name for ref in service.parts} or {part.name for part in report.parts}
    parts = any(part.name in meant and failing(part.health) for part in report.parts)
    return parts or any(
        one.open and failing(one.floor) and any(part.name in meant for part in one.parts)
        for one in report.incidents
    )


def utc(t: float) -> datetime:
    """The true time at `t` seconds of a life."""
    return START + timedelta(seconds=t)


def _spans(steps: Iterable[tuple[float, bool]]) -> list[Span]:
    """The times in which it was true, from steps in order; what touches is one."""
    spans: list[Span] = []
    for (t, true), (then, _) in pairwise([*steps, (float("inf"), False)]):
        if not true or t == then:
            continue
        if spans and spans[-1].ends == t:
            spans[-1] = Span(spans[-1].begins, then)
        else:
            spans.append(Span(t, then))
    return spans


def _well(source: Source) -> Outcome:
    if source.id.startswith("page:"):
        return _report(source.url)
    if source.id.startswith("key:"):
        return GOOD_KEY
    return ONLINE if isinstance(source, ReferenceSource) else GOOD_DOOR


def _report(url: str) -> Report:
    parts = tuple(Part(f"id-{name}", name, Health.OPERATIONAL) for name in PARTS)
    return Report("statuspage", "Vendor", url, Health.OPERATIONAL, parts)


def _names(n: int) -> tuple[str, ...]:
    """The parts of its page that a trouble of the n-th tool is about."""
    return (PARTS[n],) if vendor(n) == vendor(0) else PARTS[: 1 + n % 2]


_PHASES = (
    (0.0, Phase.INVESTIGATING),
    (0.3, Phase.IDENTIFIED),
    (0.75, Phase.MONITORING),
    (1.0, Phase.RESOLVED),
)
_STATES = (Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE)


def _told(
    base: Report, trouble: Trouble, names: tuple[str, ...], seed: int
) -> list[tuple[float, Outcome]]:
    """The story of an incident as the page tells it, step by step; a fifth get worse midway."""
    state = _STATES[int(trouble.chance * 2.999)]
    long, steps, updates = trouble.ends - trouble.begins, [], ()
    for share, phase in _PHASES:
        at = trouble.begins + share * long
        updates = (Update(utc(at), phase, f"We are {phase.value}."), *updates)
        if phase is Phase.IDENTIFIED and trouble.chance * 10 % 1 < 0.2:
            state = Health.MAJOR_OUTAGE
        mended = phase is Phase.RESOLVED or (
            phase is Phase.MONITORING and trouble.chance * 100 % 1 < 0.5
        )
        now = Health.OPERATIONAL if mended else state
        incident = Incident(
            id=f"i-{seed}-{trouble.begins:.0f}",
            title="Elevated errors",
            phase=phase,
            impact=state,
            floor=floor(state, phase.value),
            parts=tuple(PartName(part.id, part.name) for part in base.parts if part.name in names),
            started_at=utc(trouble.begins),
            updated_at=utc(at),
            resolved_at=utc(at) if phase is Phase.RESOLVED else None,
            updates=updates,
        )
        parts = tuple(
            replace(part, health=now) if part.name in names else part for part in base.parts
        )
        indicator = worst((*(part.health for part in parts), incident.floor))
        steps.append((at, replace(base, parts=parts, incidents=(incident,), indicator=indicator)))
    return steps
