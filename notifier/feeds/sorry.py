"""Sorry™ pages: the page's own word, and its parts beside it. Knows nothing of the network.

Written from a description (feeds.md 0.2 and 1.16). Names of parts repeat, so their ids count.
"""

import re
from collections.abc import Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    Unreadable,
    body_of,
    decode,
    document,
    link,
    moment,
    plain,
    shaped,
    unknown,
)
from notifier.model.health import Health
from notifier.model.observation import Part, Report

TITLE = "Sorry™"
ORIGIN = Origin.DESCRIBED

_BELOW = re.compile(r"/(?:api/v1/.*|notices/.*)$")


def plans(url: str) -> tuple[Plan, ...]:
    """The page's word and its parts; else its word alone."""
    page = _BELOW.sub("", base(url))
    status = Want("status", f"{page}/api/v1/status.json")
    return (
        Plan("parts", (status, Want("components", f"{page}/api/v1/components"))),
        Plan("status", (status,)),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    page = decode(body_of(bodies, "status"), _Status).page
    match plan:
        case "parts":
            return _report(page, _listed(document(body_of(bodies, "components"))))
        case "status":
            return _report(page, ())
        case _:
            raise Unreadable(f"Sorry™ pages have no documents called “{plan}”.")


# -- the documents ---------------------------------------------------------------------------


class _Page(msgspec.Struct, frozen=True):
    state: str
    name: str | None = None
    url: str | None = None
    updated_at: str | None = None


class _Status(msgspec.Struct, frozen=True):
    page: _Page


class _Component(msgspec.Struct, frozen=True):
    """A part; one with a `parent_id` belongs to that other part."""

    id: int | str
    name: str
    state: str
    parent_id: int | str | None = None


class _Components(msgspec.Struct, frozen=True):
    components: tuple[_Component, ...]


class _Response(msgspec.Struct, frozen=True):
    """The same list, as the vendor's own host gives it."""

    response: tuple[_Component, ...]


STATES: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "partially-degraded": Health.DEGRADED,
    "partially_degraded": Health.DEGRADED,
    "degraded": Health.PARTIAL_OUTAGE,
    "under_maintenance": Health.MAINTENANCE,
    "under-maintenance": Health.MAINTENANCE,
}


def _listed(tree: object) -> tuple[_Component, ...]:
    if isinstance(tree, list):
        return shaped(tree, tuple[_Component, ...])
    if isinstance(tree, dict) and "response" in tree:
        return shaped(tree, _Response).response
    return shaped(tree, _Components).components


# -- what they say ---------------------------------------------------------------------------


def _report(page: _Page, listed: tuple[_Component, ...]) -> Report:
    names = {str(one.id): plain(one.name, LINE) for one in listed}
    return Report(
        engine="sorry",
        name=plain(page.name or "", LINE),
        home=(link(page.url) or "").rstrip("/"),
        indicator=_health(page.state),
        parts=tuple(_part(one, names) for one in listed),
        as_of=moment(page.updated_at),
        notes=unknown("state", (page.state, *(one.state for one in listed)), STATES),
    )


def _health(word: str) -> Health:
    return STATES.get(word, Health.UNKNOWN)


def _part(one: _Component, names: Mapping[str, str]) -> Part:
    parent = None if one.parent_id is None else str(one.parent_id)
    return Part(
        plain(str(one.id), ID),
        plain(one.name, LINE),
        _health(one.state),
        group=names.get(parent or ""),
        group_id=plain(parent, ID) if parent in names and parent is not None else None,
    )
