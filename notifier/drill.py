"""Which alternatives a test of them is about; asks nobody and ranks nothing itself."""

from collections.abc import Iterator

from notifier import fallbacks
from notifier.exposure import stands_on, tools
from notifier.model.drill import Alternative, Plan
from notifier.model.service import Needs, Service, ServiceKey
from notifier.model.settings import Settings

MOST = 5
"""Alternatives tested for each tool whose person has named none."""


def plan(settings: Settings) -> Plan:
    """What would stand in for each chosen tool: the person's own order, else the best there are."""
    chosen = tools(settings)
    found: dict[Service, list[ServiceKey]] = {}
    for tool in chosen:
        for one in _instead_of(tool, settings):
            found.setdefault(one, []).append(tool.key)
    return Plan(
        chosen,
        tuple(
            Alternative(one, tuple(keys), _is_open(one, settings)) for one, keys in found.items()
        ),
    )


def _instead_of(tool: Service, settings: Settings) -> tuple[Service, ...]:
    """The alternatives to one tool. One that stands on the same models falls with it.

    Without the person's own word those come first that are open to them.
    """
    allow = settings.instead.allow
    fit = [one for one in fallbacks.candidates(tool, settings) if allow is None or one.id in allow]
    if tool.fallbacks:
        return tuple(one for one in fit if one.id in tool.fallbacks)
    apart = [one for one in fit if tool.family not in stands_on(one, settings)]
    return tuple(sorted(apart, key=lambda one: not _is_open(one, settings))[:MOST])


def _is_open(service: Service, settings: Settings) -> bool:
    """Whether the person is known to have what it takes: their own word counts, in any form."""
    return (
        service.needs is Needs.NOTHING
        or service.account is not None
        or service.id in settings.instead.accounts
        or service.id in set(_named(settings))
    )


def _named(settings: Settings) -> Iterator[str]:
    for one in settings.services:
        yield one.id
        yield from one.fallbacks
