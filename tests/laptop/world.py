"""The network of a life: answers at the look, with ready outcomes, after a little while."""

import random
from dataclasses import dataclass, field

from notifier import probes
from notifier.model.observation import Failure, FailureKind, Outcome, Reading, Stage
from notifier.model.service import ProbeSource, Source, SourceId
from notifier.rehearsal.virtual import StagedClock
from notifier.watch.looker import Looked
from tests.laptop.elsewhere import SLOW, Elsewhere
from tests.laptop.life import Life, Local, Spell
from tests.laptop.sight import OPEN_TO_SOME

UNLUCKY = 0.003
"""Share of requests that fail by chance."""

RESETS = 0.1
"""Share of connections that are reset where single ones are; each look tries twice."""

LATENCY = (0.05, 0.4)
"""Seconds to the last byte: at least, and how much more at most."""

WINDOW = 300.0
MOST_LOOKS = 80
"""Looks at one source in a window: one every 5 s while nothing finds a way out, and some more."""

ROUNDED = 1e-6
"""Seconds by which a time may be off that was added up from others."""

SOON = 0.02
"""Seconds it takes to find that nothing goes out at all."""


Met = tuple[Failure, Outcome]
"""What a page makes of one failure on the way, and what a front door does."""


def _both(kind: FailureKind, detail: str) -> Met:
    failure = Failure(kind, detail)
    return failure, probes.silent(kind, detail, Stage.FRONT)


NO_ROUTE = _both(FailureKind.OFFLINE, "This computer has no way there.")
NO_NAMES = _both(FailureKind.DNS, "The name could not be looked up.")
SILENCE = _both(FailureKind.TIMEOUT, "No answer within 20 s.")
CUT = _both(FailureKind.RESET, "The connection was cut.")
LOGIN = _both(FailureKind.WEB_PAGE, "A web page came instead of data.")
OLD = _both(FailureKind.CERTIFICATE_DATE, "The certificate is not valid now, by this clock.")
FOREIGN = _both(FailureKind.CERTIFICATE_ISSUER, "The certificate is by nobody known here.")
PASSWORD = _both(FailureKind.PROXY, "The proxy asks for a name and password.")
BUSY = (
    Failure(FailureKind.HTTP, "It cannot answer at the moment (HTTP 502).", status=502),
    probes.read("plain", probes.Answer(502, {}, b"", 0.2)),
)

_MEETS: dict[Local, tuple[Met, float]] = {
    Local.NO_ROUTE: (NO_ROUTE, SOON),
    Local.NO_NAMES: (NO_NAMES, 2.0),
    Local.SWALLOWED: (SILENCE, SLOW),
    Local.PORTAL: (LOGIN, 0.2),
    Local.WRONG_CLOCK: (OLD, 0.2),
    Local.INTERCEPTED: (FOREIGN, 0.2),
    Local.PROXY: (PASSWORD, 0.1),
}
"""What every look meets there, and after how many seconds."""

_SECURE_ONLY = frozenset({Local.WRONG_CLOCK, Local.INTERCEPTED})

_BY_CHANCE: tuple[tuple[float, Met, float], ...] = (
    (0.3, SILENCE, SLOW),
    (0.5, NO_NAMES, 5.0),
    (0.7, BUSY, 0.2),
    (1.0, CUT, 0.1),
)
"""How a request fails by chance, up to which share."""

_ASKED_TWICE = (SILENCE, BUSY)
"""What the look that settles a doubt does not believe at once (`watch/visit.py`)."""

_BLOCKED = ((SILENCE, SLOW), (CUT, 0.1), (NO_NAMES, 0.1))
"""How a VPN keeps one vendor out, by turns."""


@dataclass(slots=True)
class World:
    """A life's network, as a `Looker`. Asked in the order of time only."""

    life: Life
    elsewhere: Elsewhere
    clock: StagedClock
    rng: random.Random
    looks: int = 0
    bad_since: dict[SourceId, float] = field(default_factory=dict)
    """Since when (the end of the first bad look) a front door has failed look after look.

    A look that began while the way out was not clear says nothing of it.
    """
    failed_at: dict[SourceId, float] = field(default_factory=dict)
    """When a source last could not be looked at, whatever was true of it."""
    storms: dict[SourceId, float] = field(default_factory=dict)
    """When a source was first looked at more often than anybody could want."""
    _looked: dict[SourceId, tuple[int, int]] = field(default_factory=dict)
    """The last five minutes in which each source was looked at, and how often in them."""
    _next: int = 0
    _under_way: list[Spell] = field(default_factory=list)

    async def look(self, source: Source, *, fresh: bool = False) -> Looked:
        """Ask `source` once."""
        began = self.clock.t
        outcome, takes, stumbled = self._meets(source, began, fresh=fresh)
        clear = all(spell.kind in OPEN_TO_SOME for spell in self._under_way)
        await self.clock.sleep(takes)
        if self.clock.t - began > takes + 1:
            outcome = _for(source, CUT)  # the computer slept meanwhile
        self._count(source)
        self._note(source, outcome, clear=clear)
        failed = isinstance(outcome, Failure)
        return Looked(outcome, None if failed else takes, stumbled=stumbled)

    async def forget(self) -> None:
        """No connection is kept, and all doubts of before a sleep are forgotten."""
        self.bad_since.clear()

    async def close(self) -> None:
        """Nothing is open."""

    def _meets(self, source: Source, t: float, *, fresh: bool) -> tuple[Outcome, float, bool]:
        """What comes, after how many seconds, and whether it took a second connection."""
        stumbled = False
        for spell in self._spells(t):
            met = self._stopped(spell, source)
            if met is not None:
                return _for(source, met[0]), met[1], met[0] is CUT
            stumbled |= spell.kind is Local.SINGLE_RESETS and self.rng.random() < RESETS
        if stumbled and self.rng.random() < RESETS:
            return _for(source, CUT), 0.1, True
        if self.rng.random() < UNLUCKY and (met := self._by_chance(fresh=fresh)) is not None:
            return _for(source, met[0]), met[1], stumbled
        said = self.elsewhere.scripts[source.id].at(t)
        return said, SLOW if _nobody_answers(said) else self._latency(), stumbled

    def _stopped(self, spell: Spell, source: Source) -> tuple[Met, float] | None:
        if spell.kind is Local.SINGLE_RESETS:
            return None
        if spell.kind is Local.BLOCKED:
            ours = f".{spell.vendor}.test/" in source.url
            return _BLOCKED[int(spell.begins) % len(_BLOCKED)] if ours else None
        if spell.kind in _SECURE_ONLY and source.url.startswith("http://"):
            return None
        return _MEETS[spell.kind]

    def _by_chance(self, *, fresh: bool) -> tuple[Met, float] | None:
        """How a look fails; None where it asks twice and is lucky the second time."""
        draw = self.rng.random()
        met, takes = next((met, takes) for share, met, takes in _BY_CHANCE if draw <= share)
        twice = met is CUT or (fresh and met in _ASKED_TWICE)
        return None if twice and self.rng.random() >= UNLUCKY else (met, takes)

    def _latency(self) -> float:
        least, more = LATENCY
        return least + more * self.rng.random() ** 3

    def _spells(self, t: float) -> list[Spell]:
        """What stands in the way at `t`."""
        known, t = self.life.spells, t + ROUNDED  # a session and its spells begin in one moment
        while self._next < len(known) and known[self._next].begins <= t:
            self._under_way.append(known[self._next])
            self._next += 1
        if self._under_way and any(one.ends <= t for one in self._under_way):
            self._under_way = [one for one in self._under_way if one.ends > t]
        return self._under_way

    def _count(self, source: Source) -> None:
        self.looks += 1
        now, (then, often) = int(self.clock.t // WINDOW), self._looked.get(source.id, (-1, 0))
        often = often + 1 if now == then else 1
        self._looked[source.id] = now, often
        if often > MOST_LOOKS:
            self.storms.setdefault(source.id, self.clock.t)

    def _note(self, source: Source, outcome: Outcome, *, clear: bool) -> None:
        if isinstance(outcome, Failure):
            self.failed_at[source.id] = self.clock.t
        elif isinstance(outcome, Reading) and outcome.bad:
            if clear:  # else our own line failed, and may have failed in another way
                self.bad_since.setdefault(source.id, self.clock.t)
        elif isinstance(source, ProbeSource):
            self.bad_since.pop(source.id, None)


def _for(source: Source, met: Met) -> Outcome:
    return met[1] if isinstance(source, ProbeSource) else met[0]


def _nobody_answers(said: Outcome) -> bool:
    silent = isinstance(said, Reading) and said.bad and said.status is None
    return silent or (isinstance(said, Failure) and said.kind is FailureKind.TIMEOUT)
