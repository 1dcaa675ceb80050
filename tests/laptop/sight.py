"""What of a life can be seen from this computer, when, and how often it is looked at."""

from bisect import bisect_right
from itertools import pairwise

from notifier.model.board import Machine
from tests.laptop.life import Life, Local, Turn
from tests.laptop.spans import Span, without
from tests.laptop.tools import vendor

OPEN_TO_SOME = frozenset({Local.SINGLE_RESETS, Local.BLOCKED})
"""What leaves the way out clear, but for a blocked vendor."""


def clear_for_all(life: Life) -> list[Span]:
    """When the way out is clear for everybody but a blocked vendor."""
    shut = [Span(one.begins, one.ends) for one in life.spells if one.kind not in OPEN_TO_SOME]
    shut += [
        Span(turn.t, then.t)
        for turn, then in pairwise([*life.turns, Turn(float("inf"), Machine())])
        if not turn.machine.in_front
    ]
    return without([Span(one.begins, one.ends) for one in life.sessions], shut)


def blocked(life: Life, n: int) -> list[Span]:
    """When the vendor of the n-th tool is kept from this computer."""
    return [
        Span(one.begins, one.ends)
        for one in life.spells
        if one.kind is Local.BLOCKED and one.vendor == vendor(n)
    ]


def slowest(life: Life, span: Span) -> float:
    """The longest interval in force at any time of `span`."""
    base = life.settings.interval
    machines = [one.machine for one in life.turns if one.t in span]
    place = bisect_right(life.turns, span.begins, key=lambda one: one.t)
    if place:
        machines.append(life.turns[place - 1].machine)
    return max((_in_force(base, one) for one in machines), default=base)


def _in_force(base: float, machine: Machine) -> float:
    """The interval that circumstances make of a quiet one of `base` seconds."""
    if not machine.in_front:
        return max(base, 600.0)
    if machine.locked:
        return 3 * base
    return 2 * base if machine.on_battery or machine.metered else base
