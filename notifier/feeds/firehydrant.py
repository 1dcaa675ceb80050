"""FireHydrant's status pages: /data/payload.json. Knows nothing of the network.

Written from a description that names the document and its two lists and little more (feeds.md 0.2
and 1.16): whatever it calls a part's condition must be a known word, or nobody knows it.
"""

import re
from collections.abc import Mapping

import msgspec

from notifier.feeds import incident
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    Unreadable,
    body_of,
    decode,
    moment,
    newest,
    plain,
    unknown,
)
from notifier.model.health import Health
from notifier.model.observation import Incident, Part, Report

TITLE = "FireHydrant"
ORIGIN = Origin.DESCRIBED

_BELOW = re.compile(r"/data/.*$")


def plans(url: str) -> tuple[Plan, ...]:
    """The one document of the page at `url`."""
    page = _BELOW.sub("", base(url))
    return (Plan("payload", (Want("payload", f"{page}/data/payload.json"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    return _report(decode(body_of(bodies, "payload"), _Payload))


# -- the document ----------------------------------------------------------------------------


class _Condition(msgspec.Struct, frozen=True):
    """A condition that parts of this page may be in, as its owner calls it."""

    id: str
    name: str


class _Component(msgspec.Struct, frozen=True, kw_only=True):
    """A part. Its condition is a word, or one of the page's conditions, by its id or whole."""

    name: str
    condition: str | _Condition
    id: str | None = None
    group: str | None = None


class _Event(msgspec.Struct, frozen=True, kw_only=True):
    """An incident; the milestone it has reached is what others call a phase."""

    id: str
    name: str
    milestone: str = msgspec.field(name="current_milestone")
    started: str | None = msgspec.field(name="started_at", default=None)
    touched: str | None = msgspec.field(name="updated_at", default=None)


class _Payload(msgspec.Struct, frozen=True, kw_only=True):
    components: tuple[_Component, ...]
    conditions: tuple[_Condition, ...]
    incidents: tuple[_Event, ...] = ()
    title: str | None = None


CONDITIONS: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "under maintenance": Health.MAINTENANCE,
    "degraded": Health.DEGRADED,
    "degraded performance": Health.DEGRADED,
    "partial outage": Health.PARTIAL_OUTAGE,
    "major outage": Health.MAJOR_OUTAGE,
    "offline": Health.MAJOR_OUTAGE,
    "unavailable": Health.MAJOR_OUTAGE,
}

_MILESTONES: Mapping[str, str] = {
    "started": "investigating",
    "detected": "investigating",
    "acknowledged": "investigating",
    "investigating": "investigating",
    "identified": "identified",
    "mitigated": "monitoring",
    "resolved": "resolved",
    "postmortem_started": "postmortem",
    "postmortem_completed": "postmortem",
    "closed": "resolved",
}


# -- what it says ----------------------------------------------------------------------------


def _report(payload: _Payload) -> Report:
    if not payload.components:
        raise Unreadable("The page lists no part.")
    names = {one.id: one.name for one in payload.conditions}
    words = [_word(one, names) for one in payload.components]
    told = tuple(map(_incident, payload.incidents))
    return Report(
        engine="firehydrant",
        name=plain(payload.title or "", LINE),
        home="",
        indicator=None,
        parts=tuple(map(_part, payload.components, words)),
        incidents=told,
        as_of=newest(*(one.updated_at for one in told)),
        notes=(
            *unknown("condition", words, CONDITIONS),
            *unknown("milestone", (one.milestone for one in payload.incidents), _MILESTONES),
        ),
    )


def _word(component: _Component, names: Mapping[str, str]) -> str:
    """What its condition is called, in the one way of writing it that is known."""
    said = component.condition
    name = said.name if isinstance(said, _Condition) else names.get(said, said)
    return plain(name, LINE).lower().replace("_", " ")


def _part(component: _Component, word: str) -> Part:
    return Part(
        plain(component.id or "", ID),
        plain(component.name, LINE),
        CONDITIONS.get(word, Health.UNKNOWN),
        group=plain(component.group or "", LINE) or None,
    )


def _incident(event: _Event) -> Incident:
    """An incident. What it does the conditions of the parts say: it is degraded at least."""
    word = _MILESTONES.get(event.milestone, "")
    at = newest(moment(event.touched), moment(event.started))
    return Incident(
        id=plain(event.id, ID),
        title=plain(event.name, LINE),
        phase=incident.phase(word),
        impact=Health.DEGRADED,
        floor=incident.floor(Health.DEGRADED, word),
        started_at=moment(event.started),
        updated_at=at,
    )
