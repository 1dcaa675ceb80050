"""Gatus: endpoints in groups, each as its newest result says.

Written from a description (feeds.md 1.16) and from what the program itself writes out (its public
source); no page was captured.
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
    document,
    moment,
    newest,
    plain,
    shaped,
)
from notifier.model.health import Health
from notifier.model.observation import Part, Report

TITLE = "Gatus"
ORIGIN = Origin.DESCRIBED

_BELOW = re.compile(r"(?<!/)/(?:api/v1/.*|(?:endpoints|suites)/[^/]+)$")


def plans(url: str) -> tuple[Plan, ...]:
    """Every endpoint with its newest result: the first page of results holds the newest."""
    page = _BELOW.sub("", base(url))
    statuses = f"{page}/api/v1/endpoints/statuses?page=1&pageSize=1"
    return (Plan("statuses", (Want("statuses", statuses),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the endpoints say. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document, or it lists no endpoint.
    """
    del plan
    endpoints = shaped(document(body_of(bodies, "statuses")), tuple[_Endpoint, ...])
    if not endpoints:
        raise Unreadable("The document lists no endpoint.")
    return Report(
        engine="gatus",
        name=TITLE,
        home="",
        indicator=None,
        parts=tuple(map(_part, endpoints)),
        as_of=newest(*(moment(one.results[-1].timestamp) for one in endpoints if one.results)),
    )


# -- the document ----------------------------------------------------------------------------


class _Condition(msgspec.Struct, frozen=True):
    """`conditionResults[]`: what was demanded, such as `[STATUS] == 200`."""

    condition: str
    success: bool


class _Result(msgspec.Struct, frozen=True):
    """`results[]`, oldest first."""

    success: bool
    timestamp: str
    conditions: tuple[_Condition, ...] | None = msgspec.field(name="conditionResults", default=None)
    errors: tuple[str, ...] | None = None


class _Endpoint(msgspec.Struct, frozen=True):
    """One endpoint. `results` is null or empty where it was never asked."""

    key: str
    results: tuple[_Result, ...] | None
    name: str | None = None
    group: str | None = None


# -- what it says ----------------------------------------------------------------------------

_ANSWERED = ("[RESPONSE_TIME]", "[CERTIFICATE_EXPIRATION]", "[DOMAIN_EXPIRATION]")
"""Demands that are not met by an endpoint which works: it is slow, or will stop some day."""


def _part(endpoint: _Endpoint) -> Part:
    return Part(
        id=plain(endpoint.key, ID),
        name=plain(endpoint.name or endpoint.key, LINE),
        health=_health(endpoint.results[-1]) if endpoint.results else Health.UNKNOWN,
        group=plain(endpoint.group or "", LINE) or None,
    )


def _health(result: _Result) -> Health:
    """Down unless all demands are met; where it answered as it should, only late, degraded."""
    unmet = [one.condition for one in result.conditions or () if not one.success]
    if result.success:
        return Health.UNKNOWN if unmet else Health.OPERATIONAL  # it contradicts itself, or is well
    answered = unmet and all(one.startswith(_ANSWERED) for one in unmet)
    return Health.DEGRADED if answered and not result.errors else Health.MAJOR_OUTAGE
