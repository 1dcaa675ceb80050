"""Compares what a person was told with the truth of the life.

A service *fails* while its page's own word on the chosen parts is one of failing, or its front
door answers everybody with trouble or not at all: what somebody would see who looks all the time
and from elsewhere. The way out is *clear* for a service while the computer is awake, its session
in front, and no spell (no route, a login page, a VPN that blocks this vendor, ...) stands between;
single resets and random failures leave it clear.

false      a notice of an outage (outage, suspected, worse, summary, reopened, while away) that
           says of a service that it fails, which at no moment of the last minute failed
missed     a service failed, for other reasons than an announced maintenance, over a clear stretch
           of two intervals and 40 s, and by five minutes (on a slower cadence: two intervals and
           three minutes) into it the person had not been told of this failing
unpaired   a service no longer failed over a clear stretch of ten minutes and two intervals, and
           the person still had been told no end of the last outage notice that names it: neither
           recovered, nor withdrawn; where it was told to be unstable, over two hours and more
early      an end was told of a service that had failed, for other reasons than an announced
           maintenance, throughout the last minute
chatter    more than six notices of outages and their ends named one service within an hour
slip       the program logged a defect of its own
storm      one source was looked at more than 80 times within five minutes

Detection: from a change of a page to failing, in a clear stretch and not told of already, to the
first notice that states it: at most the interval then in force and 5 s, where no look at the page
failed meanwhile. From the end of the first failed look at a front door, begun while the way out
was clear, to the suspicion: at most 45 s. Either may take longer where others that fell together
with it had been told just before: a minute, and with an outage that spreads as long as it has been
told, up to three.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from notifier.judgement.flapping import SETTLED_AT_MOST
from notifier.model.announcement import Reason
from notifier.model.service import Service, ServiceKey
from tests.laptop.life import Life
from tests.laptop.run import Lived, Told, shown
from tests.laptop.sight import blocked, clear_for_all, slowest
from tests.laptop.spans import Span, any_meets, both, joined, without
from tests.laptop.troubles import HOUR, REAL, Kind, Trouble

OUTAGE = frozenset(
    {Reason.OUTAGE, Reason.SUSPECTED, Reason.WORSE, Reason.SUMMARY, Reason.REOPENED}
    | {Reason.WHILE_AWAY}
)
_BELIEVED = OUTAGE | {Reason.UNSTABLE}
_SPOKEN = _BELIEVED | {Reason.RECOVERED, Reason.BETTER}
_STATED = OUTAGE - {Reason.SUSPECTED}

LATELY = 60.0
MOST_AN_HOUR = 6
TOLD_WITHIN = 300.0
ENDED_WITHIN = 600.0
SETTLED_WITHIN = SETTLED_AT_MOST.total_seconds()
PAGE_SLACK = 5.0
GATHERED = (60.0, 180.0)
SUSPECTED_WITHIN = 45.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should not be: of which kind, when in which life, about which service."""

    what: str
    seed: int
    t: float
    service: str
    why: str

    def __str__(self) -> str:
        return f"seed {self.seed} {shown(self.t)} {self.what} {self.service}: {self.why}"


@dataclass(slots=True)
class Judged:
    """What is to be said of one life. `visible` are the failings the person could be told of."""

    seed: int
    findings: list[Finding] = field(default_factory=list)
    page_to_notice: list[float] = field(default_factory=list)
    failure_to_suspicion: list[float] = field(default_factory=list)
    visible: int = 0
    incidents: int = 0
    notices: int = 0
    looks: int = 0
    seconds: float = 0.0

    def count(self, what: str) -> int:
        """How many findings are of this kind."""
        return sum(one.what == what for one in self.findings)


def judge(lived: Lived) -> Judged:
    """Everything that is wrong with what the person was told, and how fast it was."""
    return _Court(lived).judged()


class _Court:
    """One life before the judge."""

    def __init__(self, lived: Lived) -> None:
        self._lived = lived
        self._life = lived.life
        self._found = Judged(lived.life.seed, looks=lived.looks, seconds=lived.seconds)
        self._clear = clear_for_all(lived.life)
        self._named: dict[ServiceKey, list[Told]] = {s.key: [] for s in self._services}
        for told in lived.told:
            for key in dict.fromkeys(told.services):
                self._named[key].append(told)

    @property
    def _services(self) -> tuple[Service, ...]:
        return self._life.settings.services

    def judged(self) -> Judged:
        odd = [("slip", t, said) for t, said in self._lived.slips]
        odd += [("storm", t, id_) for id_, t in self._lived.storms.items()]
        for what, t, said in odd:
            self._found.findings.append(Finding(what, self._life.seed, t, "-", said))
        for told in self._lived.told:
            self._fair(told)
        for n, service in enumerate(self._services):
            clear = without(self._clear, blocked(self._life, n))
            believed = self._believed(service.key)
            self._missed(service, clear, believed)
            self._unpaired(service, clear, believed)
            self._page_detection(service, clear, believed)
            self._chatter(service.key)
        self._found.notices = sum(told.reason in _SPOKEN for told in self._lived.told)
        self._found.incidents = sum(self._heard_of(trouble) for trouble in self._life.troubles)
        return self._found

    def _find(self, what: str, t: float, service: ServiceKey, why: str) -> None:
        around = ", ".join(_around(self._life, t, service))
        self._found.findings.append(
            Finding(what, self._life.seed, t, service, f"{why} [{around or 'nothing around'}]")
        )

    def _fails(self, key: ServiceKey, begins: float, ends: float) -> bool:
        truth = self._lived.elsewhere
        return any(
            any_meets(spans[key], begins, ends) for spans in (truth.page_fails, truth.door_fails)
        )

    # -- each notice -------------------------------------------------------------------------

    def _fair(self, told: Told) -> None:
        for key in told.services:
            if key in told.over:
                if self._failed_all_along(key, told.t):
                    self._find("early", told.t, key, told.title)
                continue
            if told.reason in OUTAGE and not self._fails(key, told.t - LATELY, told.t):
                self._find("false", told.t, key, f"{told.reason.value}: {told.title}")
            if told.reason in OUTAGE and key in told.door_failed:
                self._suspicion(told, key)

    def _failed_all_along(self, key: ServiceKey, t: float) -> bool:
        truth = self._lived.elsewhere
        unexplained = without(truth.door_fails[key], self._explained(key))
        return any(
            t - LATELY in span and t in span
            for spans in (truth.page_fails[key], unexplained)
            for span in spans
        )

    def _explained(self, key: ServiceKey) -> list[Span]:
        """The times of an announced maintenance, which explains a closed door."""
        return [
            Span(one.begins, one.ends)
            for one in self._life.troubles
            if one.kind is Kind.MAINTENANCE and key in _keys(self._life, one.tools)
        ]

    def _suspicion(self, told: Told, key: ServiceKey) -> None:
        """Only the first word on it, and only where it rests on the door alone."""
        first = told.door_failed[key]
        first = max((one.ends for one in self._explained(key) if first in one), default=first)
        if told.reason not in {Reason.SUSPECTED, Reason.SUMMARY}:
            return
        if any_meets(self._lived.elsewhere.page_fails[key], first, told.t):
            return
        if not any(first in span and told.t in span for span in self._clear):
            return  # nobody sat before it meanwhile, or it could not be seen
        if any(belief.begins < told.t <= belief.ends for belief in self._believed(key)):
            return  # it was told of before
        took = told.t - first
        self._found.failure_to_suspicion.append(took)
        if took > SUSPECTED_WITHIN + self._gathered(told, key):
            self._find("slow suspicion", told.t, key, f"{took:.1f} s: {told.title}")

    def _chatter(self, key: ServiceKey) -> None:
        """Named once a service: where it begins is enough to look at it."""
        spoken = [told.t for told in self._named[key] if told.reason in _SPOKEN]
        for first, last in zip(spoken, spoken[MOST_AN_HOUR:], strict=False):
            if last - first < HOUR:
                self._find("chatter", first, key, f"{MOST_AN_HOUR + 1} in {last - first:.0f} s")
                break

    # -- each failing ------------------------------------------------------------------------

    def _believed(self, key: ServiceKey) -> list[Span]:
        """The times in which the person, by all that was told, takes the service to fail."""
        fails = [
            told for told in self._named[key] if told.reason in _BELIEVED and key not in told.over
        ]
        turns = [(told.t, True) for told in fails]
        turns += [(told.t, False) for told in self._named[key] if key in told.over]
        outages = {told.id for told in fails}
        turns += [(t, False) for t, gone in self._lived.withdrawn if gone.notice in outages]
        spans: list[Span] = []
        since: float | None = None
        for t, fails in sorted(turns):
            if fails and since is None:
                since = t
            elif not fails and since is not None:
                spans.append(Span(since, t))
                since = None
        return spans if since is None else [*spans, Span(since, float("inf"))]

    def _missed(self, service: Service, clear: list[Span], believed: list[Span]) -> None:
        unexplained = without(self._failing(service.key), self._explained(service.key))
        for failing in unexplained:
            for stretch in both([failing], clear):
                interval = slowest(self._life, stretch)
                if stretch.ends - stretch.begins < 2 * interval + 40:
                    continue
                self._found.visible += 1
                late = stretch.begins + max(TOLD_WITHIN, 2 * interval + 180)
                told = any_meets(believed, failing.begins, min(late, stretch.ends))
                if not told:
                    self._find("missed", stretch.begins, service.key, _long(failing, stretch))
                break

    def _failing(self, key: ServiceKey) -> list[Span]:
        truth = self._lived.elsewhere
        return joined([*truth.page_fails[key], *truth.door_fails[key]])

    def _unpaired(self, service: Service, clear: list[Span], believed: list[Span]) -> None:
        well = without([Span(0.0, float("inf"))], self._failing(service.key))
        good = both(well, clear)
        for belief in believed:
            for stretch in both([belief], good):
                within = ENDED_WITHIN + 2 * slowest(self._life, stretch)
                if self._unstable(service.key, stretch.begins):
                    within += SETTLED_WITHIN
                if stretch.ends - stretch.begins > within:
                    why = f"told {shown(belief.begins)}, well for {_minutes(stretch)}, no end told"
                    self._find("unpaired", stretch.begins, service.key, why)
                    break

    def _unstable(self, key: ServiceKey, t: float) -> bool:
        """Whether the last word on it before `t` was that it comes and goes."""
        spoken = [told for told in self._named[key] if told.reason in _SPOKEN and told.t <= t]
        return bool(spoken) and spoken[-1].reason is Reason.UNSTABLE

    # -- how fast ----------------------------------------------------------------------------

    def _page_detection(self, service: Service, clear: list[Span], believed: list[Span]) -> None:
        for change in self._lived.elsewhere.page_changes(service.key):
            stretch = next((span for span in clear if change in span), None)
            if stretch is None or any(change in belief for belief in believed):
                continue
            stated = self._stated(service.key, Span(change, stretch.ends))
            if stated is None:
                continue
            if stated.page_unread.get(service.key, 0.0) >= change:
                continue  # a look at it failed by chance, and said so
            took = stated.t - change
            bound = slowest(self._life, Span(change, stated.t)) + PAGE_SLACK
            bound += self._gathered(stated, service.key)
            self._found.page_to_notice.append(took)
            if took > bound:
                why = f"{took:.1f} s, allowed {bound:.0f}: {stated.title}"
                self._find("slow page", stated.t, service.key, why)

    def _gathered(self, stated: Told, key: ServiceKey) -> float:
        """For how long it may have waited to join others of its outage that had been told."""
        others = set(stated.services) - {key}
        least, most = GATHERED
        before = [
            told.t
            for told in self._lived.told
            if told.t < stated.t and told.reason in OUTAGE and others & set(told.services)
        ]
        if not before or stated.t - before[-1] > most + 1:
            return 0.0
        first = last = before[-1]
        for t in reversed(before):
            if first - t > most + 1:
                break
            first = t
        return min(max(least, last - first + least), most)

    def _stated(self, key: ServiceKey, span: Span) -> Told | None:
        """The first notice in `span` that states an outage, as a page does."""
        named = self._named[key]
        return next(
            (
                told
                for told in named
                if told.reason in _STATED and key not in told.over and told.t in span
            ),
            None,
        )

    def _heard_of(self, trouble: Trouble) -> bool:
        if trouble.kind not in REAL:
            return False
        return any(
            told.reason in OUTAGE and trouble.begins - 360 <= told.t <= trouble.ends + 60
            for key in _keys(self._life, trouble.tools)
            for told in self._named[key]
        )


def _keys(life: Life, numbers: Iterable[int]) -> set[ServiceKey]:
    return {life.settings.services[n].key for n in numbers}


def _around(life: Life, t: float, key: ServiceKey) -> Iterable[str]:
    """What was going on around `t`, for whoever reads a finding."""
    near = Span(t - 300, t + 60)
    for spell in life.spells:
        if spell.meets(near):
            yield f"{spell.kind.value} {spell.vendor}{shown(spell.begins)}-{shown(spell.ends)}"
    for trouble in life.troubles:
        if trouble.meets(near) and key in _keys(life, trouble.tools):
            yield f"{trouble.kind.value} {shown(trouble.begins)}-{shown(trouble.ends)}"
    for session in life.sessions:
        if session.begins in near:
            yield f"awake since {shown(session.begins)}"


def _long(failing: Span, stretch: Span) -> str:
    return f"failing for {_minutes(failing)}, in clear sight for {_minutes(stretch)}"


def _minutes(span: Span) -> str:
    return f"{(span.ends - span.begins) / 60:.1f} min"
