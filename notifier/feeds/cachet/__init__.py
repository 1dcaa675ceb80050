"""Cachet, which offices run themselves: its parts and incidents, in the form of version 2 or 3.

Written from a description (feeds.md 1.16) and from what its source lists. Its times have no zone,
so none is read.
"""

import re
from collections.abc import Mapping

from notifier.feeds import incident
from notifier.feeds.cachet import version_2, version_3
from notifier.feeds.cachet.listed import STATUSES, Event, Listed
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import ID, LINE, TEXT, Unreadable, body_of, document, plain, unknown
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    PartName,
    Report,
    Update,
)

TITLE = "Cachet"
ORIGIN = Origin.DESCRIBED

_BELOW = re.compile(r"/(?:api(?:/v[0-9])?/[^?#]*|dashboard.*|schedules/[^/]+)$")


def plans(url: str) -> tuple[Plan, ...]:
    """The parts, the newest incidents and the names of groups; a page has one of both versions."""
    page = _BELOW.sub("", base(url))
    two, three = f"{page}/api/v1", f"{page}/api"
    return (
        Plan(
            "v2",
            (
                Want("components", f"{two}/components?per_page=1000"),
                Want("incidents", f"{two}/incidents?sort=id&order=desc&per_page=50"),
                Want("groups", f"{two}/components/groups?per_page=1000", required=False),
            ),
        ),
        Plan(
            "v3",
            (
                Want("components", f"{three}/components?include=group&per_page=1000"),
                Want("incidents", f"{three}/incidents?include=components&per_page=50"),
            ),
        ),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says; the plan `components` reads a list of parts alone, of either version.

    Raises:
        Unreadable: it is not this program's document.
    """
    components = document(body_of(bodies, "components"))
    match plan:
        case "v2":
            groups = bodies.get("groups")
            names = {} if groups is None else version_2.group_names(groups)
            events = version_2.events(body_of(bodies, "incidents"))
            return _report(version_2.parts(components, names), events)
        case "v3":
            events = version_3.events(body_of(bodies, "incidents"))
            return _report(version_3.parts(components), events)
        case "components":
            return _report(_either(components), ())
        case _:
            raise Unreadable(f"Cachet has no documents called “{plan}”.")


def _either(components: object) -> Listed:
    try:
        return version_2.parts(components, {})
    except Unreadable:
        return version_3.parts(components)


_SCHEDULED = "0"

_WORDS: Mapping[str, str] = {
    "1": "investigating",
    "2": "identified",
    "3": "monitoring",
    "4": "resolved",
}


def _report(listed: Listed, events: tuple[Event, ...]) -> Report:
    """The page. Where parts stand on other pages nobody can say that all is well.

    Raises:
        Unreadable: it lists no part.
    """
    if not listed.parts:
        raise Unreadable("The page lists no part.")
    names = {part.id: part.name for part in listed.parts}
    told = [one for one in events if one.word != _SCHEDULED]
    return Report(
        engine="cachet",
        name="",
        home="",
        indicator=None if listed.whole else Health.UNKNOWN,
        parts=listed.parts,
        incidents=tuple(_incident(one, names) for one in told),
        maintenance=tuple(_planned(one, names) for one in events if one.word == _SCHEDULED),
        complete=listed.whole,
        notes=(
            *(() if listed.whole else ("more parts stand on other pages",)),
            *unknown("status", listed.words, STATUSES),
            *unknown("incident status", (one.word for one in told), _WORDS),
        ),
    )


def _of(event: Event, names: Mapping[str, str]) -> tuple[PartName, ...]:
    ids = dict.fromkeys((str(event.component_id or ""), *event.others))
    return tuple(PartName(id_, names[id_]) for id_ in ids if id_ in names)


def _incident(event: Event, names: Mapping[str, str]) -> Incident:
    """An incident. Cachet knows no severity: one that is open is degraded."""
    word = _WORDS.get(event.word, "")
    text = plain(event.message or "", TEXT)
    return Incident(
        id=plain(str(event.id), ID),
        title=plain(event.name, LINE),
        phase=incident.phase(word),
        impact=Health.DEGRADED,
        floor=incident.floor(Health.DEGRADED, word),
        parts=_of(event, names),
        updates=(Update(None, incident.phase(word), text),) if text else (),
    )


def _planned(event: Event, names: Mapping[str, str]) -> Maintenance:
    """What is planned; whether it has begun no time without a zone can say."""
    title = plain(event.name, LINE)
    return Maintenance(
        plain(str(event.id), ID), title, MaintenancePhase.SCHEDULED, _of(event, names)
    )
