"""Which alternatives a test of them is about; asks nobody and ranks nothing itself."""

from notifier import fallbacks
from notifier.exposure import stands_on, tools
from notifier.fallbacks.opinion import barred
from notifier.model.announcement import Against
from notifier.model.drill import Alternative, Plan
from notifier.model.service import Service
from notifier.model.settings import Settings

MOST = 5
"""Alternatives tested for each tool whose person has named none."""


def plan(settings: Settings) -> Plan:
    """What would stand in for each chosen tool: the person's own order, else the best there are."""
    chosen = tools(settings)
    found: dict[Service, list[Service]] = {}
    for tool in chosen:
        for one in _instead_of(tool, settings):
            found.setdefault(one, []).append(tool)
    return Plan(chosen, tuple(_alternative(one, found[one], settings) for one in found))


def _alternative(one: Service, instead_of: list[Service], settings: Settings) -> Alternative:
    keys = tuple(tool.key for tool in instead_of)
    return Alternative(one, keys, any(_is_open(one, tool, settings) for tool in instead_of))


def _instead_of(tool: Service, settings: Settings) -> tuple[Service, ...]:
    """The alternatives to one tool. One that stands on the same models falls with it.

    Without the person's own word those are tested that are open to them; where none is, the
    others, so that they see what each of these would want of them.
    """
    fit = [
        one
        for one in fallbacks.candidates(tool, settings)
        if barred(one, tool, settings) is not Against.NOT_ALLOWED
    ]
    if tool.fallbacks:
        return tuple(one for one in fit if one.id in tool.fallbacks)
    apart = [one for one in fit if tool.family not in stands_on(one, settings)]
    return tuple([one for one in apart if _is_open(one, tool, settings)] or apart)[:MOST]


def _is_open(one: Service, tool: Service, settings: Settings) -> bool:
    """Whether the person is known to have what it takes; to keep a key for it says so, too."""
    return one.account is not None or barred(one, tool, settings) is None
