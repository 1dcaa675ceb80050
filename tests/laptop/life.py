"""One person's days as data, drawn from a seed: sessions, networks, and what fails elsewhere.

    life = draw(seed=7, days=30, count=40)

The figures are those of faults.md, section 2 (30 days of laptop life): 0-6 sessions a day, no
network at waking (median 6 s), a login page in 10 % of them for 1-15 minutes, a gap every 2 h
awake, 24 real outages in 30 days, 0.3 % random failures. All times are seconds since the start,
on a clock that counts sleep.
"""

import math
import random
from dataclasses import dataclass, replace
from enum import Enum

from notifier.model.board import Machine
from notifier.model.settings import Settings
from tests.laptop.spans import Span
from tests.laptop.tools import has_page, tools, vendor
from tests.laptop.troubles import DAY, HOUR, MINUTE, Trouble, about, draw_troubles

MOST_SESSIONS = 6
SESSION = (55 * MINUTE, 0.6)
"""Median of a session, and the spread of its logarithm: some 65 minutes on average."""
GAP_EVERY = 2 * HOUR
PORTAL_SHARE = 0.1
SIGNALLED = 0.8
"""Share of wakings of which the desktop tells; the others only the clock shows."""


@dataclass(frozen=True, slots=True)
class Session(Span):
    """Awake. `signalled` is whether the desktop tells of its beginning."""

    signalled: bool = True


class Local(Enum):
    """What stands between this computer and everybody, or one vendor."""

    NO_ROUTE = "no route"
    NO_NAMES = "no names"
    SWALLOWED = "packets swallowed"
    SINGLE_RESETS = "single resets"
    PORTAL = "login page"
    WRONG_CLOCK = "wrong clock"
    INTERCEPTED = "TLS intercepted"
    PROXY = "proxy asks for a password"
    BLOCKED = "one vendor blocked"


@dataclass(frozen=True, slots=True)
class Spell(Span):
    """A time in which the way out is not as it should be; for one `vendor` where one is named."""

    kind: Local = Local.NO_ROUTE
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Leap:
    """The wall clock is set `seconds` forward or back."""

    t: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The computer comes into other circumstances."""

    t: float
    machine: Machine


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that happens to one laptop, and everything that happens elsewhere meanwhile."""

    seed: int
    days: float
    settings: Settings
    sessions: tuple[Session, ...]
    spells: tuple[Spell, ...]
    leaps: tuple[Leap, ...]
    turns: tuple[Turn, ...]
    troubles: tuple[Trouble, ...]
    key_expires: float


def draw(seed: int, days: float = 30, count: int = 40, *, busy: float = 1.0) -> Life:
    """The life of this seed; the same again whenever it is asked for.

    In a `busy` one, that many times more goes wrong elsewhere: for a short life worth living.
    """
    rng = random.Random(seed)
    sessions = _sessions(rng, days)
    spells, leaps = _spells(rng, sessions, count)
    troubles = draw_troubles(rng, days, count, sessions, busy)
    return Life(
        seed=seed,
        days=days,
        settings=tools(count),
        sessions=sessions,
        spells=tuple(sorted(spells, key=lambda one: one.begins)),
        leaps=tuple(leaps),
        turns=tuple(_turns(rng, sessions)),
        troubles=tuple(sorted(troubles, key=lambda one: one.begins)),
        key_expires=rng.uniform(0.1, 0.9) * days * DAY,
    )


# -- being awake -----------------------------------------------------------------------------


def _sessions(rng: random.Random, days: float) -> tuple[Session, ...]:
    """0 to 6 a day, never overlapping; the first begins with the life itself."""
    found = [Session(0.0, 40 * MINUTE)]
    for day in range(math.ceil(days)):
        begins = sorted(rng.uniform(7, 23.5) for _ in range(rng.randint(0, MOST_SESSIONS)))
        for hour in begins:
            at = day * DAY + hour * HOUR
            if at < found[-1].ends + MINUTE:
                at = found[-1].ends + rng.uniform(MINUTE, 20 * MINUTE)
            long = min(about(rng, *SESSION), 6 * HOUR)
            found.append(Session(at, at + long, rng.random() < SIGNALLED))
    return tuple(one for one in found if one.begins < days * DAY)


def _turns(rng: random.Random, sessions: tuple[Session, ...]) -> list[Turn]:
    """Often on battery, for a while behind a locked screen, rarely in the back."""
    turns = []
    for session in sessions:
        machine = Machine(on_battery=rng.random() < 0.3, metered=rng.random() < 0.05)
        turns.append(Turn(session.begins, machine))
        away = {"locked": True} if rng.random() < 0.8 else {"in_front": False}
        if rng.random() < 0.3:
            span = _within(rng, session, rng.uniform(5, 40) * MINUTE)
            turns += [Turn(span.begins, replace(machine, **away)), Turn(span.ends, machine)]
    return turns


# -- the way out -----------------------------------------------------------------------------


def _spells(
    rng: random.Random, sessions: tuple[Session, ...], count: int
) -> tuple[list[Spell], list[Leap]]:
    """What stands in the way when, and how the clock goes wrong and is set right."""
    spells: list[Spell] = []
    for session in sessions:
        spells += _arrival(rng, session)
        spells += _gaps(rng, session)
    leaps: list[Leap] = []
    if len(sessions) > 3:
        odd = rng.sample(sessions[1:], k=min(5, len(sessions) - 1))
        spells, leaps = _odd_places(rng, odd, spells, count)
    return spells, leaps


def _arrival(rng: random.Random, session: Session) -> list[Spell]:
    """No route at first, then perhaps no names yet, perhaps a login page."""
    linked = session.begins + min(about(rng, 6, 0.9), 120)
    spells = [Spell(session.begins, linked, Local.NO_ROUTE)]
    if rng.random() < 0.3:
        named = linked + rng.uniform(0.5, 6)
        spells.append(Spell(linked, named, Local.NO_NAMES))
        linked = named
    if rng.random() < PORTAL_SHARE:
        spells.append(Spell(linked, linked + rng.uniform(1, 15) * MINUTE, Local.PORTAL))
    return [replace(one, ends=min(one.ends, session.ends)) for one in spells]


_GAPS: tuple[tuple[Local, float, float], ...] = (
    (Local.NO_ROUTE, 3, 40),
    (Local.NO_NAMES, 5, 120),
    (Local.SWALLOWED, 5, 90),
    (Local.SINGLE_RESETS, 60, 600),
)
"""Roaming, a resolver that is gone, a VPN that reconnects, IPv6 that comes and goes."""


def _gaps(rng: random.Random, session: Session) -> list[Spell]:
    spells, t = [], session.begins + rng.expovariate(1 / GAP_EVERY)
    while t < session.ends:
        kind, least, most = rng.choice(_GAPS)
        ends = min(t + rng.uniform(least, most), session.ends)
        spells.append(Spell(t, ends, kind))
        t = ends + rng.expovariate(1 / GAP_EVERY)
    return spells


def _odd_places(
    rng: random.Random, odd: list[Session], spells: list[Spell], count: int
) -> tuple[list[Spell], list[Leap]]:
    """One session each with a wrong clock, an office that intercepts, a proxy, a VPN that blocks.

    What was to happen there otherwise does not.
    """
    clock, office, proxied, *blocked = [*odd, odd[-1], odd[-1], odd[-1]][:5]
    spells = [one for one in spells if not any(one.begins in place for place in odd[:4])]
    wrong = _within(rng, Session(clock.begins, clock.ends), rng.uniform(5, 40) * MINUTE)
    wrong = Span(clock.begins, clock.begins + (wrong.ends - wrong.begins))
    days = rng.choice((-400, -30, 400)) * DAY
    asks = _within(rng, proxied, rng.uniform(10, 60) * MINUTE)
    spells += [
        Spell(wrong.begins, wrong.ends, Local.WRONG_CLOCK),
        Spell(office.begins, office.ends, Local.INTERCEPTED),
        Spell(asks.begins, asks.ends, Local.PROXY),
    ]
    # Of a tool without a page nobody here could tell a wall on the way from an outage over there.
    paged = [vendor(n) for n in range(count) if has_page(n)]
    spells += [Spell(one.begins, one.ends, Local.BLOCKED, rng.choice(paged)) for one in blocked]
    return spells, [Leap(wrong.begins, days), Leap(wrong.ends, -days)]


def _within(rng: random.Random, session: Span, long: float) -> Span:
    long = min(long, 0.8 * (session.ends - session.begins))
    begins = rng.uniform(session.begins, session.ends - long)
    return Span(begins, begins + long)
