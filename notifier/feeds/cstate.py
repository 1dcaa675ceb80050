"""cState, a page that is built from files: /index.json. Knows nothing of the network.

Written from a description (feeds.md 1.16) and from the template that makes the document. It is
made anew when somebody writes something, so an old one is no less true.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import ID, LINE, body_of, decode, link, plain, unknown
from notifier.feeds.stamps import stamp
from notifier.model.health import Health
from notifier.model.observation import Incident, Part, PartName, Phase, Report

TITLE = "cState"
ORIGIN = Origin.DESCRIBED

_BELOW = re.compile(r"/(?:index\.(?:json|xml|html)|issues/.*|affected/.*)$")


def plans(url: str) -> tuple[Plan, ...]:
    """The one document of the page at `url`."""
    return (Plan("index", (Want("index", f"{_BELOW.sub('', base(url))}/index.json"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this program's document.
    """
    del plan
    return _report(decode(body_of(bodies, "index"), _Index))


# -- the document ----------------------------------------------------------------------------


class _Issue(msgspec.Struct, frozen=True, kw_only=True):
    """An issue that is not resolved. Times are as Go writes them: `… 10:00:00 +0000 UTC`."""

    title: str
    severity: str
    created: str = msgspec.field(name="createdAt", default="")
    touched: str = msgspec.field(name="lastMod", default="")
    permalink: str | None = None
    filename: str | None = None
    affected: tuple[str, ...] = ()


class _System(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    status: str
    category: str | None = None
    issues: tuple[_Issue, ...] = msgspec.field(name="unresolvedIssues", default=())


class _Index(msgspec.Struct, frozen=True, kw_only=True):
    summary: str = msgspec.field(name="summaryStatus")
    systems: tuple[_System, ...]
    title: str | None = None
    home: str | None = msgspec.field(name="baseURL", default=None)
    date: str = msgspec.field(name="buildDate", default="")
    time: str = msgspec.field(name="buildTime", default="")
    zone: str = msgspec.field(name="buildTimezone", default="")


STATUSES: Mapping[str, Health] = {
    "ok": Health.OPERATIONAL,
    "notice": Health.DEGRADED,
    "disrupted": Health.PARTIAL_OUTAGE,
    "down": Health.MAJOR_OUTAGE,
}


# -- what it says ----------------------------------------------------------------------------


def _report(index: _Index) -> Report:
    issues = tuple(dict.fromkeys(one for system in index.systems for one in system.issues))
    return Report(
        engine="cstate",
        name=plain(index.title or "", LINE),
        home=(link(index.home) or "").rstrip("/"),
        indicator=_health(index.summary),
        parts=tuple(map(_part, index.systems)),
        incidents=tuple(map(_incident, issues)),
        as_of=stamp(f"{index.date} {index.time} {index.zone}"),
        notes=unknown("status", _words(index, issues), STATUSES),
    )


def _words(index: _Index, issues: Iterable[_Issue]) -> Iterable[str]:
    yield index.summary
    yield from (system.status for system in index.systems)
    yield from (issue.severity for issue in issues)


def _health(word: str) -> Health:
    return STATUSES.get(word, Health.UNKNOWN)


def _part(system: _System) -> Part:
    """A system: it has no id, and its name is what issues call it by."""
    group = plain(system.category or "", LINE) or None
    return Part("", plain(system.name, LINE), _health(system.status), group=group)


def _incident(issue: _Issue) -> Incident:
    """An issue that goes on; its severity is what it does to the systems it names."""
    state = _health(issue.severity)
    began = stamp(issue.created[:_TO_THE_ZONE])
    return Incident(
        id=plain(issue.filename or issue.permalink or issue.title, ID),
        title=plain(issue.title, LINE),
        phase=Phase.INVESTIGATING,
        impact=state,
        floor=Health.DEGRADED if state is Health.OPERATIONAL else state,
        parts=tuple(PartName("", plain(name, LINE)) for name in issue.affected),
        started_at=began,
        updated_at=stamp(issue.touched[:_TO_THE_ZONE]) or began,
        url=link(issue.permalink),
    )


_TO_THE_ZONE = len("2026-08-01 12:00:00 +0000")
"""Behind it Go writes the zone a second time, by its name."""
