"""Azure DevOps: each service in each part of the world. Knows nothing of the network.

Seen: the document while all was well. Written from a description (feeds.md 1.11): its other words.
The date in it is that of the last change: an old one is no less true.
"""

import re
from collections.abc import Mapping

import msgspec

from notifier.feeds.memory import remembered
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    Unreadable,
    body_of,
    decode,
    moment,
    plain,
    unknown,
)
from notifier.model.health import Health, failing, worst
from notifier.model.observation import Incident, Part, PartName, Phase, Report

TITLE = "Azure DevOps"
ORIGIN = Origin.IN_PART

HOME = "https://status.dev.azure.com"

_BELOW = re.compile(r"/_[a-z]+(?:/.*)?$")


def plans(url: str) -> tuple[Plan, ...]:
    """The one document of the page at `url`."""
    page = _BELOW.sub("", base(url))
    return (Plan("health", (Want("health", f"{page}/_apis/status/health"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    return _report(decode(body_of(bodies, "health"), _Page))


# -- the document ----------------------------------------------------------------------------


class _Geography(msgspec.Struct, frozen=True):
    id: str
    name: str
    health: str


class _Service(msgspec.Struct, frozen=True):
    id: str
    geographies: tuple[_Geography, ...]


class _Status(msgspec.Struct, frozen=True):
    health: str
    message: str | None = None


class _Page(msgspec.Struct, frozen=True):
    status: _Status
    services: tuple[_Service, ...]
    changed: str | None = msgspec.field(name="lastUpdated", default=None)


HEALTHS: Mapping[str, Health] = {
    "healthy": Health.OPERATIONAL,
    "advisory": Health.DEGRADED,
    "degraded": Health.PARTIAL_OUTAGE,
    "unhealthy": Health.MAJOR_OUTAGE,
}


# -- what it says ----------------------------------------------------------------------------


def _report(page: _Page) -> Report:
    parts = tuple(part for service in page.services for part in _parts(service))
    if not parts:
        raise Unreadable("The document names no service.")
    places = (place for service in page.services for place in service.geographies)
    words = {page.status.health, *(place.health for place in places)}
    return Report(
        engine="azure_devops",
        name="Azure DevOps",
        home=HOME,
        indicator=_health(page.status.health),
        parts=parts,
        incidents=_incidents(page.status, parts),
        as_of=moment(page.changed),
        notes=unknown("health", words, HEALTHS),
    )


def _health(word: str) -> Health:
    return HEALTHS.get(word, Health.UNKNOWN)


@remembered
def _parts(service: _Service) -> tuple[Part, ...]:
    """A service, everywhere: the places stand under its name."""
    group = plain(service.id, LINE)
    return tuple(
        Part(
            id=plain(f"{service.id}/{place.id}", ID),
            name=plain(place.name, LINE),
            health=_health(place.health),
            group=group,
            group_id=group,
        )
        for place in service.geographies
    )


def _incidents(status: _Status, parts: tuple[Part, ...]) -> tuple[Incident, ...]:
    """What the page says in one sentence, unless that is that all is well: of what is worst."""
    state = _health(status.health)
    title = plain(status.message or "", LINE)
    if state is Health.OPERATIONAL or not title:
        return ()
    floor = worst(part.health for part in parts)
    of = tuple(PartName(part.id, part.name) for part in parts if part.health is floor)
    if not failing(floor):
        floor, of = state, ()
    return (Incident("status", title, Phase.INVESTIGATING, state, floor, of, url=HOME),)
