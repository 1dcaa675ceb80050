"""Healthchecks.io, and Healthchecks on a server of one's own: checks that ought to call in.

Written from a description (feeds.md 1.16) and the makers' reference; nothing was captured. The
list of checks wants the project's key (a read-only one will do) in the header `X-Api-Key`:
`status_auth = "x-api-key"`. A badge wants none.
"""

import re
from collections.abc import Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, address
from notifier.feeds.shape import (
    ID,
    LINE,
    Unreadable,
    body_of,
    document,
    plain,
    shaped,
    unknown,
)
from notifier.model.health import Health
from notifier.model.observation import Part, Report

TITLE = "Healthchecks"
ORIGIN = Origin.DESCRIBED

_BADGE = re.compile(r"(/(?:badge/.+|b/[23]/[^/]+))\.(?:json|svg|shields)$")
_LIST = re.compile(r"/api/v[1-9]/checks$")
_BELOW = re.compile(r"(?<!/)/(?:api|projects|checks|badge|docs|accounts)(?:/.*)?$")


def plans(url: str) -> tuple[Plan, ...]:
    """The badge at `url` as data, or the list of checks; `?tag=` in its address narrows it."""
    at, mark, query = address(url).partition("?")
    at = at.rstrip("/")
    if badge := _BADGE.search(at):
        return (Plan("badge", (Want("badge", f"{at[: badge.start()]}{badge[1]}.json"),)),)
    if _LIST.search(at):
        return (Plan("checks", (Want("checks", f"{at}/{mark}{query}"),)),)
    checks = f"{_BELOW.sub('', at)}/api/v3/checks/"
    return (Plan("checks", (Want("checks", checks),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the checks say, or a badge.

    Raises:
        Unreadable: it is not this vendor's document, or it lists no check.
    """
    match plan:
        case "checks":
            return _of_checks(shaped(document(body_of(bodies, "checks")), _Checks).checks)
        case "badge":
            return _of_badge(shaped(document(body_of(bodies, "badge")), _Badge))
        case _:
            raise Unreadable(f"Healthchecks has no documents called “{plan}”.")


# -- the documents ---------------------------------------------------------------------------


class _Check(msgspec.Struct, frozen=True):
    """`checks[]`. Only a read-only key is shown `unique_key`; an address to ping is a secret.

    `grace` is how many seconds late it may be: it tells whose document this is.
    """

    name: str
    status: str
    grace: int
    slug: str | None = None
    unique_key: str | None = None


class _Checks(msgspec.Struct, frozen=True):
    """`/api/v3/checks/`; versions 1 and 2 differ in nothing that is read here."""

    checks: tuple[_Check, ...]


class _Badge(msgspec.Struct, frozen=True):
    """A badge as JSON: the word of `total` checks, of which so many are late or down."""

    status: str
    total: int
    grace: int
    down: int


# -- what they say ---------------------------------------------------------------------------

STATUSES: Mapping[str, Health] = {
    "up": Health.OPERATIONAL,
    "grace": Health.DEGRADED,
    "late": Health.DEGRADED,  # what a badge calls it
    "down": Health.MAJOR_OUTAGE,
    "new": Health.UNKNOWN,  # it has never called in
    "started": Health.UNKNOWN,  # version 1: it runs, and has not said how it went
    "paused": Health.UNKNOWN,
}


def _of_checks(checks: tuple[_Check, ...]) -> Report:
    if not checks:
        raise Unreadable("The project has no check, or none with that tag.")
    return Report(
        engine="healthchecks",
        name=TITLE,
        home="",
        indicator=None,
        parts=tuple(map(_part, checks)),
        notes=unknown("status", {check.status for check in checks}, STATUSES),
    )


def _part(check: _Check) -> Part:
    """One check; one without a name is called by its slug."""
    id_ = plain(check.unique_key or check.slug or "", ID)
    name = plain(check.name, LINE) or plain(check.slug or "", LINE) or "(unnamed)"
    return Part(id_, name, STATUSES.get(check.status, Health.UNKNOWN))


def _of_badge(badge: _Badge) -> Report:
    """A badge's word, which is `up` where it stands for no check at all."""
    health = STATUSES.get(badge.status, Health.UNKNOWN) if badge.total else Health.UNKNOWN
    return Report(
        engine="healthchecks",
        name=TITLE,
        home="",
        indicator=health,
        notes=unknown("status", (badge.status,), STATUSES),
    )
