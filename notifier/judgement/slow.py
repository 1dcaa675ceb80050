"""Does a front door take long? Only above a floor, and beside what is usual for its host.

slow    at least four seconds, and four times the usual time: the median of its last answers,
        of which there must be eight
a row   three slow answers make a front door slow; two that are not slow end that
"""

from notifier.model.board import Sight
from notifier.model.observation import Observation, Reading

SLOW_FLOOR = 4.0
"""Seconds an answer takes at least before anybody would call it slow."""

SLOW_TIMES = 4.0
"""How many times its own usual time a slow answer takes at least."""

USUAL_AFTER = 8
"""Answers after which a front door has a usual time."""

SLOW_AFTER = 3
"""Slow answers in a row that make a front door slow."""

_REMEMBERED = 40
"""Answers of which the usual time is taken."""


def timed(before: Sight, seen: Observation) -> tuple[tuple[float, ...], int]:
    """The usual answers with this one, and how many slow ones stand in a row.

    A slow answer is no part of what is usual; two that are not slow end the row of them.
    """
    if seen.latency is None or not isinstance(seen.outcome, Reading):
        return before.latencies, before.slow
    if is_slow(seen.latency, before.latencies):
        slow = before.slow + 1
        return before.latencies, SLOW_AFTER + 1 if slow >= SLOW_AFTER else slow
    return with_answer(before.latencies, seen), SLOW_AFTER if before.slow > SLOW_AFTER else 0


def with_answer(latencies: tuple[float, ...], seen: Observation) -> tuple[float, ...]:
    """The last answers with this one, where it was one that took time."""
    if seen.latency is None or not isinstance(seen.outcome, Reading):
        return latencies
    return (*latencies[1 - _REMEMBERED :], seen.latency)


def is_slow(latency: float, usual: tuple[float, ...]) -> bool:
    """Whether an answer took long by itself, and long beside what is usual for its host."""
    if latency < SLOW_FLOOR or len(usual) < USUAL_AFTER:
        return False
    from statistics import median  # few answers are that slow: not loaded before

    return latency >= SLOW_TIMES * median(usual)
