"""What goes wrong elsewhere in some days: outages of every shape, and what is none."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from tests.laptop.spans import Span
from tests.laptop.tools import has_door, has_page, on_the_edge, vendor

DAY = 86400.0
HOUR = 3600.0
MINUTE = 60.0


class Kind(Enum):
    """What goes wrong elsewhere, in the order of how it is drawn."""

    BOTH = "page and door"
    PAGE = "page only"
    DOOR = "door only"
    SHARED = "shared upstream"
    FLAPPING = "flapping door"
    PAGE_HOST = "page host down"
    MAINTENANCE = "maintenance"
    LIMITED = "page asks to come less often"


REAL = {Kind.BOTH: 8, Kind.PAGE: 6, Kind.DOOR: 7, Kind.SHARED: 2, Kind.FLAPPING: 1}
"""The 24 real outages of 30 days."""

OTHERS = {Kind.PAGE_HOST: 5, Kind.MAINTENANCE: 2, Kind.LIMITED: 2}
"""No outages, in 30 days."""


@dataclass(frozen=True, slots=True)
class Trouble(Span):
    """Something wrong at some tools, by number; `chance` (0 to 1) decides its details."""

    kind: Kind = Kind.BOTH
    tools: tuple[int, ...] = ()
    chance: float = 0.0


def draw_troubles(
    rng: random.Random, days: float, count: int, sessions: Sequence[Span], busy: float
) -> list[Trouble]:
    """As many of each kind as the days deserve; no tool has two within half an hour."""
    troubles: list[Trouble] = []
    for kind, many in (*REAL.items(), *OTHERS.items()):
        for _ in range(_share(rng, busy * many * days / 30)):
            for _ in range(30):
                trouble = _trouble(rng, kind, days, count, sessions)
                if trouble.tools and not any(_near(trouble, other) for other in troubles):
                    troubles.append(trouble)
                    break
    return troubles


def _trouble(
    rng: random.Random, kind: Kind, days: float, count: int, sessions: Sequence[Span]
) -> Trouble:
    """Two thirds begin while the laptop is awake, for else few would be seen at all."""
    begins = rng.uniform(0, days * DAY)
    if rng.random() < 0.67:
        session = rng.choice(sessions)
        begins = rng.uniform(session.begins, session.ends)
    long = min(max(about(rng, 45 * MINUTE, 1.0), 3 * MINUTE), 12 * HOUR)
    if rng.random() < 0.1:
        long = rng.uniform(0.5, 4) * MINUTE
    able = _ABLE.get(kind, lambda n: True)
    numbers = [n for n in range(count) if able(n)]
    hit = numbers if kind is Kind.SHARED else rng.sample(numbers, k=min(1, len(numbers)))
    return Trouble(begins, begins + long, kind, tuple(hit), rng.random())


_ABLE: dict[Kind, Callable[[int], bool]] = {
    Kind.BOTH: lambda n: has_page(n) and has_door(n),
    Kind.PAGE: has_page,
    Kind.DOOR: has_door,
    Kind.SHARED: on_the_edge,
    Kind.FLAPPING: has_door,
    Kind.PAGE_HOST: has_page,
    Kind.MAINTENANCE: lambda n: has_page(n) and has_door(n),
    Kind.LIMITED: has_page,
}


def _near(one: Trouble, other: Trouble) -> bool:
    """Whether two troubles concern one vendor at nearly one time."""
    vendors = {vendor(n) for n in one.tools} & {vendor(n) for n in other.tools}
    wide = Span(one.begins - 30 * MINUTE, one.ends + 30 * MINUTE)
    return bool(vendors) and wide.meets(other)


def _share(rng: random.Random, many: float) -> int:
    """`many`, with the fraction left to chance."""
    return int(many) + (rng.random() < many % 1)


def about(rng: random.Random, median: float, spread: float) -> float:
    """Somewhere around the median; `spread` is that of the logarithm."""
    return median * math.exp(rng.gauss(0, spread))
