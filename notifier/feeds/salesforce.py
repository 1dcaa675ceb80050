"""Salesforce Trust: the instances of one product, or all. Counts active ones in production only.

Seen: the instances of a product that was well, and all of them with a small incident, in real
captures. Written from a description (feeds.md 1.14): the other words.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, address, base
from notifier.feeds.shape import (
    ID,
    LINE,
    Unreadable,
    body_of,
    document,
    moment,
    newest,
    plain,
    shaped,
    unknown,
)
from notifier.model.health import Health
from notifier.model.observation import Incident, Part, PartName, Phase, Report

TITLE = "Salesforce Trust"
ORIGIN = Origin.IN_PART

HOME = "https://status.salesforce.com"
API = "https://api.status.salesforce.com"

_PRODUCT = re.compile(r"/products/([A-Za-z0-9_.-]+)")
_ON_PAGE = re.compile(r"/(?:products|instances|current|calendar)(?:/.*)?$")
_OWN = re.compile(r"https?://(?:status|trust)\.salesforce\.com")


def plans(url: str) -> tuple[Plan, ...]:
    """The instances of the product in the address; without one all of them, which are many."""
    if "/v1/" in url:
        return (Plan("instances", (Want("instances", address(url)),)),)
    page = base(url)
    product = _PRODUCT.search(page)
    api = _OWN.sub(API, _ON_PAGE.sub("", page))
    path = f"products/{product[1]}" if product else "incidents/active"
    return (Plan("instances", (Want("instances", f"{api}/v1/{path}"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the instances say. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    tree = document(body_of(bodies, "instances"))
    if isinstance(tree, dict):
        product = shaped(tree, _Product)
        return _report(product.instances, product.name)
    return _report(shaped(tree, tuple[_Instance, ...]), "")


# -- the documents ---------------------------------------------------------------------------


class _Impact(msgspec.Struct, frozen=True):
    started: str | None = msgspec.field(name="startTime", default=None)
    ended: str | None = msgspec.field(name="endTime", default=None)
    kind: str | None = msgspec.field(name="type", default=None)
    severity: str | None = None


class _Event(msgspec.Struct, frozen=True):
    """An incident of an instance. It has no title: what it does stands in its impacts."""

    id: int | str
    touched: str | None = msgspec.field(name="updatedAt", default=None)
    text: str | None = msgspec.field(name="additionalInformation", default=None)
    impacts: tuple[_Impact, ...] = msgspec.field(name="IncidentImpacts", default=())


class _Instance(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    status: str
    environment: str
    active: bool = msgspec.field(name="isActive")
    location: str | None = None
    events: tuple[_Event, ...] = msgspec.field(name="Incidents", default=())


class _Product(msgspec.Struct, frozen=True):
    instances: tuple[_Instance, ...] = msgspec.field(name="Instances")
    name: str = ""


STATUSES: Mapping[str, Health] = {
    "OK": Health.OPERATIONAL,
    "MAINTENANCE_NONCORE": Health.MAINTENANCE,
    "MAINTENANCE_CORE": Health.MAINTENANCE,
    "MINOR_INCIDENT_NONCORE": Health.DEGRADED,
    "MINOR_INCIDENT_CORE": Health.DEGRADED,
    "MAJOR_INCIDENT_NONCORE": Health.PARTIAL_OUTAGE,
    "MAJOR_INCIDENT_CORE": Health.MAJOR_OUTAGE,
}

_FOR_TRIAL = frozenset({"sandbox"})
"""The environments that are not in production; one with a new name counts."""


# -- what they say ---------------------------------------------------------------------------


def _report(listed: tuple[_Instance, ...], name: str) -> Report:
    counted = [one for one in listed if one.active and one.environment not in _FOR_TRIAL]
    if not counted:
        raise Unreadable("The document lists no active instance in production.")
    told = tuple(_incidents(counted))
    return Report(
        engine="salesforce",
        name=plain(name, LINE) or "Salesforce",
        home=HOME,
        indicator=None,
        parts=tuple(map(_part, counted)),
        incidents=told,
        as_of=newest(*(one.updated_at for one in told)),
        notes=unknown("status", (one.status for one in counted), STATUSES),
    )


def _part(one: _Instance) -> Part:
    """An instance, in the part of the world it lies in."""
    group = plain(one.location or "", LINE) or None
    return Part(plain(one.key, ID), plain(one.key, LINE), _health(one), group=group)


def _health(one: _Instance) -> Health:
    return STATUSES.get(one.status, Health.UNKNOWN)


def _incidents(counted: Iterable[_Instance]) -> Iterable[Incident]:
    """Each incident once, with the instances it stands at."""
    events: dict[str, _Event] = {}
    where: dict[str, list[_Instance]] = {}
    for one in counted:
        for event in one.events:
            id_ = plain(str(event.id), ID)
            events.setdefault(id_, event)
            where.setdefault(id_, []).append(one)
    for id_, event in events.items():
        yield _incident(id_, event, where[id_])


def _incident(id_: str, event: _Event, where: list[_Instance]) -> Incident:
    """One incident. How bad it is each instance says of itself."""
    over = bool(event.impacts) and all(moment(one.ended) for one in event.impacts)
    parts = tuple(PartName(plain(one.key, ID), plain(one.key, LINE)) for one in where)
    began = min((at for one in event.impacts if (at := moment(one.started))), default=None)
    ended = newest(*(moment(one.ended) for one in event.impacts))
    return Incident(
        id=id_,
        title=_title(event, parts),
        phase=Phase.RESOLVED if over else Phase.INVESTIGATING,
        impact=Health.DEGRADED,
        floor=Health.OPERATIONAL if over else Health.DEGRADED,
        parts=parts,
        started_at=began,
        updated_at=newest(moment(event.touched), began, ended if over else None),
        resolved_at=ended if over else None,
        url=f"{HOME}/incidents/{id_}" if id_.isalnum() and id_.isascii() else None,
    )


_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _title(event: _Event, parts: tuple[PartName, ...]) -> str:
    """What is said of it, else what kind it is: `performanceDegradation` on these instances."""
    said = plain(event.text or "", LINE)
    kinds = (_WORDS.sub(" ", one.kind).lower() for one in event.impacts if one.kind)
    names = ", ".join(part.name for part in parts[:3])
    return said or plain(f"{next(kinds, 'incident').capitalize()}: {names}", LINE)
