"""Amazon's events to a report: every region, with what is named of it and the rest of it.

The document names nothing that is well. So every region has a part that stands for all of it that
no event names, and a few services are listed in each to be chosen from, event or none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from notifier.feeds import incident
from notifier.feeds.aws.document import (
    MANY,
    REGIONS,
    RESOLVED,
    STATUSES,
    Entry,
    Event,
    Impacted,
    end,
    is_over,
    region,
    state,
    time,
)
from notifier.feeds.memory import remembered
from notifier.feeds.shape import ID, LINE, TEXT, decode, newest, plain, unknown
from notifier.model.health import Health, gravity, worst
from notifier.model.observation import Incident, Part, PartName, Phase, Report, Update

HOME = "https://health.aws.amazon.com/health/status"

SERVICES: Mapping[str, str] = {"bedrock": "Amazon Bedrock", "sagemaker": "Amazon SageMaker"}
"""What is listed in every region: keys and names."""

GLOBAL = "Global"
"""The group of the services that have no region."""

_REST = "other-"
"""How the id of the rest of a region begins, which no event names."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """An event and what it touches: services by their keys, with names, else all of its region.

    Without a region it is felt in every one. `words` are those it has for how its services are.
    """

    incident: Incident
    region: str | None
    services: Mapping[str, Health]
    names: Mapping[str, str]
    words: frozenset[str]

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return not self.incident.open


_Listed = Mapping[str | None, Mapping[str, str]]
"""By region, None for what has none: the names of its services by their keys."""


def report(events: Iterable[bytes]) -> Report:
    """What the events say of all regions together; there is no overall word.

    Raises:
        Unreadable: one of them is none of this vendor's.
    """
    seen = tuple(map(_seen, events))
    listed = _listed(seen)
    told = tuple(_told(one, listed) for one in seen)
    return Report(
        engine="aws",
        name="AWS",
        home=HOME,
        indicator=None,
        parts=tuple(_parts(listed, seen)),
        incidents=told,
        as_of=newest(*(one.updated_at for one in told)),
        notes=_notes(seen),
    )


@remembered  # one that goes on for months is told the same for weeks
def _seen(piece: bytes) -> _Seen:
    event = decode(piece, Event)
    where = region(event.service)
    services = _services(event, where)
    names = _names(event, where)
    return _Seen(
        incident=_incident(event, where, services),
        region=where,
        services=services,
        names={key: names.get(key) or key for key in services},
        words=frozenset({event.status, *(each.current for each in _impacted(event).values())}),
    )


def _services(event: Event, where: str | None) -> Mapping[str, Health]:
    """A service without a region counts in that of an event that has one, and in no other."""
    services = {
        _within(key, where): state(one.current)
        for key, one in _impacted(event).items()
        if one.current != "0"
    }
    if not event.service.startswith(MANY):
        own = services.get(event.service, Health.OPERATIONAL)
        services[event.service] = worst((own, state(event.status)))
    return services


def _names(event: Event, where: str | None) -> Mapping[str, str | None]:
    """What the services are called that an event touches."""
    called = {_within(key, where): each.service_name for key, each in _impacted(event).items()}
    return {**called, event.service: event.service_name}


def _impacted(event: Event) -> Mapping[str, Impacted]:
    return event.impacted_services or {}


def _within(key: str, where: str | None) -> str:
    return key if where is None or region(key) is not None else f"{key}-{where}"


def _notes(seen: Iterable[_Seen]) -> tuple[str, ...]:
    """A note for each word of an event that goes on that is none of the vendor's."""
    words = frozenset[str]().union(*(one.words for one in seen if not one.over))
    return unknown("event status", words, STATUSES)


# -- parts -----------------------------------------------------------------------------------


def _listed(seen: Iterable[_Seen]) -> _Listed:
    """Every region, with what may always be chosen of it and what is named of it now."""
    every: dict[str | None, dict[str, str]] = {
        code: {f"{key}-{code}": name for key, name in SERVICES.items()} for code in REGIONS
    }
    every[None] = {}
    for one in seen:
        if not one.over:
            every.setdefault(one.region, {})
            for key, name in one.names.items():
                every.setdefault(region(key), {}).setdefault(key, name)
    return every


def _parts(listed: _Listed, seen: Iterable[_Seen]) -> Iterator[Part]:
    """What is listed, each as the worst that is said of it, and the rest of each region."""
    said: dict[str, list[Health]] = defaultdict(list)
    for one in seen:
        if one.over:
            continue
        for key, health in one.services.items():
            said[key].append(health)
        if not one.services:
            for key in _whole(one, listed):
                said[key].append(one.incident.floor)
    for code, names in listed.items():
        group = code or GLOBAL
        for key, name in {**names, **_rest(code)}.items():
            healths = said.get(key)
            yield _part(key, name, worst(healths) if healths else Health.OPERATIONAL, group)


def _rest(code: str | None) -> dict[str, str]:
    return {f"{_REST}{(code or GLOBAL).lower()}": "Other services"}


@lru_cache(maxsize=2048)  # the same few hundred at every look
def _part(key: str, name: str, health: Health, group: str) -> Part:
    rest = key.startswith(_REST)
    return Part(plain(key, ID), plain(name, LINE), health, plain(group, ID), rest=rest)


def _whole(one: _Seen, listed: _Listed) -> Mapping[str, str]:
    """All of the region an event is of; of all regions where it has none."""
    if one.region is not None:
        return {**listed[one.region], **_rest(one.region)} if one.region in listed else {}
    whole: dict[str, str] = {}
    for code, names in listed.items():
        whole |= names
        whole |= _rest(code)
    return whole


# -- incidents -------------------------------------------------------------------------------


def _incident(event: Event, where: str | None, services: Mapping[str, Health]) -> Incident:
    """One event, before what it touches is known by name. It goes on, or it is over: the vendor
    has no phases.
    """
    over = is_over(event)
    updates = incident.newest_first(map(_update, reversed(event.event_log or ())))
    at = newest(time(event.date), end(event), *(update.at for update in updates))
    floor = Health.OPERATIONAL if over else _floor(event, where, services)
    return Incident(
        id=_id(event),
        title=_title(event, where),
        phase=Phase.RESOLVED if over else Phase.INVESTIGATING,
        impact=worst((floor, *_suffered(event))),
        floor=floor,
        started_at=time(event.date),
        updated_at=at,
        resolved_at=(end(event) or at) if over else None,
        url=HOME,
        updates=updates,
    )


def _floor(event: Event, where: str | None, services: Mapping[str, Health]) -> Health:
    """The least that is so of everything it names; the services themselves say the rest.

    What fails without a region is felt in all of them; nobody says that nothing works there.
    """
    states = services.values()
    least = min(states, key=gravity) if states else state(event.status)
    return least if where is not None else min(least, Health.DEGRADED, key=gravity)


def _suffered(event: Event) -> Iterator[Health]:
    """All that was said of it while it lasted."""
    yield state(event.status)
    for entry in event.event_log or ():
        yield STATUSES.get(str(entry.status), Health.OPERATIONAL)
    for each in _impacted(event).values():
        yield STATUSES.get(each.max or "0", Health.OPERATIONAL)


def _told(one: _Seen, listed: _Listed) -> Incident:
    """The incident by what it touches, which is all of its region where it names none or has none
    itself.
    """
    names = one.names
    if not names or one.region is None:
        names = {**names, **_whole(one, listed)}
    return replace(one.incident, parts=tuple([_part_name(*named) for named in names.items()]))


@lru_cache(maxsize=2048)
def _part_name(key: str, name: str) -> PartName:
    return PartName(plain(key, ID), plain(name, LINE))


def _id(event: Event) -> str:
    """The end of its long name, which alone is its own."""
    return plain((event.arn or "").rpartition("/")[2] or f"{event.service} {event.date}", ID)


def _title(event: Event, where: str | None) -> str:
    place = f" ({event.region_name})" if event.region_name and where else ""
    said = event.summary.removeprefix(RESOLVED).strip()
    return plain(f"{event.service_name or event.service}{place}: {said}", LINE)


def _update(entry: Entry) -> Update:
    return Update(time(entry.timestamp), None, plain(entry.message or "", TEXT))
