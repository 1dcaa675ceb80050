"""Many lives, one per core, and what they amount to."""

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.laptop.judge import Judged, judge
from tests.laptop.life import draw
from tests.laptop.run import live

COUNTED = (
    "false",
    "missed",
    "unpaired",
    "early",
    "chatter",
    "slip",
    "storm",
    "slow page",
    "slow suspicion",
)


def lived(seed: int, days: float = 30, count: int = 40, *, busy: float = 1.0) -> Judged:
    """One life, lived and judged."""
    return judge(live(draw(seed, days, count, busy=busy)))


def lived_in_parallel(
    seeds: Iterable[int], days: float = 30, count: int = 40, *, busy: float = 1.0
) -> Iterator[Judged]:
    """Each as soon as it is over."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        lives = [pool.submit(lived, seed, days, count, busy=busy) for seed in seeds]
        for done in as_completed(lives):
            yield done.result()


def at_most(found: int, lives: int) -> float:
    """The most there can be in a life, at 95 %, where `found` were found in so many.

    With none found that is the rule of three; else the usual bound of a Poisson count.
    """
    if not found:
        return 3 / lives
    return (found + 1.645 * math.sqrt(found) + 1.5) / lives


def spread(seconds: Sequence[float]) -> str:
    """Median, 95th percentile and the longest."""
    if not seconds:
        return "none"
    ranked = sorted(seconds)
    p95 = ranked[min(len(ranked) - 1, math.ceil(0.95 * len(ranked)) - 1)]
    return f"p50 {ranked[len(ranked) // 2]:.0f} s, p95 {p95:.0f} s, max {ranked[-1]:.0f} s"


def lines(judged: Sequence[Judged]) -> Iterator[str]:
    """What all lives together amount to."""
    lives = len(judged)
    for what in COUNTED:
        found = count(judged, what)
        most = at_most(found, lives)
        yield f"{what:16} {found:4} in {lives} lives: at most {most:.2f} in one (95 %)"
    yield f"failings in clear sight {sum(one.visible for one in judged)}"
    yield f"notices per real incident {notices_per_incident(judged):.2f}"
    pages, doors = page_to_notice(judged), failure_to_suspicion(judged)
    yield f"page's change to notice: {spread(pages)} ({len(pages)})"
    yield f"first failed look to suspicion: {spread(doors)} ({len(doors)})"
    looks = sum(one.looks for one in judged)
    took = sum(one.seconds for one in judged)
    each = took / max(1, looks) * 1e6
    yield f"{looks} looks, {took / max(1, lives):.0f} s a life, {each:.0f} us a look"


def count(judged: Sequence[Judged], *what: str) -> int:
    """How many findings there are of these kinds."""
    return sum(one.count(kind) for one in judged for kind in what)


def notices_per_incident(judged: Sequence[Judged]) -> float:
    """Notices of outages and their ends, shared among the real incidents that were told of."""
    incidents = sum(one.incidents for one in judged)
    return sum(one.notices for one in judged) / max(1, incidents)


def page_to_notice(judged: Sequence[Judged]) -> list[float]:
    """Seconds from a page's change to its notice."""
    return [took for one in judged for took in one.page_to_notice]


def failure_to_suspicion(judged: Sequence[Judged]) -> list[float]:
    """Seconds from the first failed look at a front door to the suspicion."""
    return [took for one in judged for took in one.failure_to_suspicion]
