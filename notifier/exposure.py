"""What carries how many of a person's tools, before anything fails; knows no board and no clock.

The map of who runs on whom is what vendors and others have published: it says what tools may
share, and never that they do.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from notifier import fallbacks
from notifier.model.service import Service
from notifier.model.settings import Settings

_GROUND = frozenset({"infra", "hosting"})
"""Abilities of what tools stand on: who watches it does not work with it."""

MOST_FREE = 3
"""Alternatives named that stand elsewhere, where everything stands on one ground."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What carries more than half of the tools: ids of `runs_on`, which carry the same ones.

    `free` would not fall with it: tools of the person, or, where all of them would, alternatives
    that they may use. `carried` are the others.
    """

    grounds: tuple[str, ...]
    carried: tuple[Service, ...]
    free: tuple[Service, ...] = ()
    all: bool = False


def exposures(settings: Settings) -> tuple[Exposure, ...]:
    """What several of the chosen tools may share, the most of it first.

    Nothing is said of what carries one tool only, or no more than half of them: that is how it
    should be.
    """
    if exposures not in settings.memo:
        settings.memo[exposures] = _exposures(settings)
    found: tuple[Exposure, ...] = settings.memo[exposures]
    return found


def tools(settings: Settings) -> tuple[Service, ...]:
    """What the person works with: each once, and nothing that only carries others."""
    chosen = {one.id: one for one in reversed(settings.services) if not _only_carries(one)}
    return tuple(reversed(chosen.values()))


def stands_on(service: Service, settings: Settings) -> frozenset[str]:
    """Everything under `service`, however deep, and itself: others may stand on it."""
    return frozenset((service.id, *fallbacks.stands_on(service, settings)))


def _exposures(settings: Settings) -> tuple[Exposure, ...]:
    mine = tools(settings)
    under = {one.id: stands_on(one, settings) for one in mine}
    carried: dict[tuple[Service, ...], list[str]] = {}
    for ground in sorted(frozenset().union(*under.values())):
        on_it = tuple(one for one in mine if ground in under[one.id])
        if len(on_it) > 1 and len(on_it) * 2 > len(mine):
            carried.setdefault(on_it, []).append(ground)
    worst_first = sorted(carried.items(), key=lambda one: -len(one[0]))
    return tuple(_exposure(tuple(grounds), on_it, settings) for on_it, grounds in worst_first)


def _exposure(
    grounds: tuple[str, ...], carried: tuple[Service, ...], settings: Settings
) -> Exposure:
    free = tuple(one for one in tools(settings) if one not in carried)
    if free:
        return Exposure(grounds, carried, free)
    elsewhere = _elsewhere(frozenset(grounds), carried, settings)
    return Exposure(grounds, carried, elsewhere, all=True)


def _elsewhere(
    grounds: frozenset[str], tools: Iterable[Service], settings: Settings
) -> tuple[Service, ...]:
    """The first alternatives to `tools` that may be used and stand on none of `grounds`.

    Whoever carries others is no alternative, and what the person said first comes first.
    """
    allow = settings.instead.allow
    found = {
        one.id: one
        for tool in tools
        for one in fallbacks.candidates(tool, settings)
        if (allow is None or one.id in allow) and not grounds & stands_on(one, settings)
    }
    return tuple(found.values())[:MOST_FREE]


def _only_carries(service: Service) -> bool:
    return bool(service.can) and set(service.can) <= _GROUND
