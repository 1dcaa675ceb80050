"""Statuspal: the page itself, for it has nothing else. Knows nothing of the network.

Written from a description (feeds.md 1.16) and from what two public clients look for: the class of
each service and of the whole, and a list of incidents in a script. No other text is read. What is
not exactly so is unknown, and a page that is not there to its end is none.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import ID, LINE, Unreadable, body_of, plain, shaped, unknown
from notifier.model.health import Health, worst
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Part,
    Phase,
    Report,
)

TITLE = "Statuspal"
ORIGIN = Origin.DESCRIBED


def plans(url: str) -> tuple[Plan, ...]:
    """The page at `url`."""
    return (Plan("page", (Want("page", f"{base(url)}/", web_page=True),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not one of this vendor's pages, or not whole.
    """
    del plan
    try:
        text = body_of(bodies, "page").decode()
    except UnicodeDecodeError:
        raise Unreadable("The page is not valid UTF-8.") from None
    if not _END.search(text[-_TAIL:]):
        raise Unreadable("The page breaks off before its end.")
    return _report(text)


# -- the page --------------------------------------------------------------------------------

_END = re.compile(r"</html>\s*$", re.IGNORECASE)
_TAIL = 2000

_TAG = re.compile(r"<[a-z]{1,9}\s[^<>]{1,2000}>", re.IGNORECASE)
_CLASS = re.compile(r"""\sclass="([^"]*)\"""", re.IGNORECASE)
_SERVICE = re.compile(r'\sid="service-([0-9]{1,18})"', re.IGNORECASE)
_TYPE = re.compile(r"(?:\A|[\s-])type-([a-z_-]{1,30})(?:\s|\Z)", re.IGNORECASE)
_NAME = re.compile(r'class="service-status--name"[^<>]{0,200}>([^<>]{1,600})<', re.IGNORECASE)
_INCIDENTS = re.compile(r"window\.incidents\s*=\s*(?=\[)")

TYPES: Mapping[str, Health] = {
    "none": Health.OPERATIONAL,
    "scheduled": Health.MAINTENANCE,
    "minor": Health.DEGRADED,
    "major": Health.MAJOR_OUTAGE,
}


class _Kind(msgspec.Struct, frozen=True):
    key: str


class _Event(msgspec.Struct, frozen=True):
    """An incident of the script. Its times have no zone: they say only whether it has ended."""

    id: int | str
    title: str
    kind: _Kind = msgspec.field(name="i_type")
    ended: str | None = msgspec.field(name="ends_at")


def _overall(text: str) -> Iterator[str]:
    """The words of the whole: those of every element that is the `system-status`."""
    for tag in _TAG.finditer(text):
        words = _classes(tag[0])
        if "system-status" in words.split():
            yield _type(words)


def _classes(tag: str) -> str:
    found = _CLASS.search(tag)
    return found[1] if found else ""


def _type(words: str) -> str:
    found = _TYPE.search(words)
    return found[1].lower() if found else ""


def _services(text: str) -> Iterator[tuple[str, str, str]]:
    """Id, name and word of each service, in the order of the page."""
    tiles = [(tag, found) for tag in _TAG.finditer(text) if (found := _SERVICE.search(tag[0]))]
    ends = (*(tag.start() for tag, _ in tiles[1:]), len(text))
    for (tag, found), end in zip(tiles, ends, strict=False):  # without a tile there is one end
        name = _NAME.search(text, tag.end(), end)
        yield found[1], plain(name[1] if name else found[1], LINE), _type(_classes(tag[0]))


def _events(text: str) -> tuple[_Event, ...]:
    """The incidents of the script; none where there is no script.

    Raises:
        Unreadable: there is one that cannot be read.
    """
    found = _INCIDENTS.search(text)
    if found is None:
        return ()
    try:
        tree, _ = json.JSONDecoder().raw_decode(text, found.end())
    except (ValueError, RecursionError):
        raise Unreadable("The incidents in the page cannot be read.") from None
    return shaped(tree, tuple[_Event, ...])


# -- what it says ----------------------------------------------------------------------------


def _report(text: str) -> Report:
    overall = tuple(_overall(text))
    services = tuple(_services(text))
    words = (*overall, *(word for _, _, word in services))
    if not any(words):
        raise Unreadable("A web page came, with no status in it that could be read.")
    events = _events(text)
    return Report(
        engine="statuspal",
        name="",
        home="",
        indicator=worst(map(_health, overall)) if overall else None,
        parts=tuple(Part(id_, name, _health(word)) for id_, name, word in services),
        incidents=tuple(_incidents(events)),
        maintenance=tuple(_maintenances(events)),
        notes=unknown("type", words, TYPES),
    )


def _health(word: str) -> Health:
    return TYPES.get(word, Health.UNKNOWN)


def _incidents(events: Iterable[_Event]) -> Iterator[Incident]:
    for one in events:
        if one.kind.key == "scheduled":
            continue
        state = _health(one.kind.key)
        worse = Health.DEGRADED if state is Health.OPERATIONAL else state
        yield Incident(
            id=plain(str(one.id), ID),
            title=plain(one.title, LINE),
            phase=Phase.RESOLVED if one.ended else Phase.INVESTIGATING,
            impact=state,
            floor=Health.OPERATIONAL if one.ended else worse,
        )


def _maintenances(events: Iterable[_Event]) -> Iterator[Maintenance]:
    """What is planned; that it has begun the types of the services say."""
    for one in events:
        if one.kind.key == "scheduled":
            title = plain(one.title, LINE)
            yield Maintenance(plain(str(one.id), ID), title, MaintenancePhase.SCHEDULED)
