"""Upptime: the sites a repository on GitHub watches, from the summary its workflow writes there.

Seen: the summary of the makers' own repository, with sites up and down. Written from a description
(feeds.md 1.16): a site that is degraded. The summary says nothing of when it was written, so one
whose workflow has stopped cannot be told from one in which nothing happens.
"""

import re
from collections.abc import Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, address, base
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

TITLE = "Upptime"
ORIGIN = Origin.IN_PART

BRANCHES = ("master", "main")
"""Where the summary is looked for, where an address names no branch."""

_RAW = "https://raw.githubusercontent.com"

_REPOSITORIES = (
    re.compile(r"https?://github\.com/(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?"
               r"(?:/(?:tree|blob|raw)/(?P<branch>[^/]+)(?:/.*)?|/.*)?"),
    re.compile(r"https?://raw\.githubusercontent\.com/(?P<owner>[^/]+)/(?P<name>[^/]+)"
               r"(?:/(?:refs/heads/)?(?P<branch>[^/]+)(?:/.*)?)?"),
    re.compile(r"https?://(?P<owner>[^/.]+)\.github\.io/(?P<name>[^/]+)(?:/.*)?"),
)  # fmt: skip
"""Where a repository, its files and its page stand. A page at a name of its own names none."""


def plans(url: str) -> tuple[Plan, ...]:
    """The summary in the repository on each branch; elsewhere that which stands below `url`."""
    at = address(url).partition("?")[0].rstrip("/")
    for place in _REPOSITORIES:
        if found := place.fullmatch(at):
            branch = found.groupdict().get("branch")
            root = f"{_RAW}/{found['owner']}/{found['name']}"
            return tuple(_plan(one, f"{root}/{one}") for one in ((branch,) if branch else BRANCHES))
    return (_plan("summary", base(url)),)


def _plan(name: str, root: str) -> Plan:
    return Plan(name, (Want("summary", f"{root}/history/summary.json"),))


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a summary says. Every plan asks for the same document.

    Raises:
        Unreadable: it is not this vendor's document, or it lists no site.
    """
    del plan
    sites = shaped(document(body_of(bodies, "summary")), tuple[_Site, ...])
    if not sites:
        raise Unreadable("The summary lists no site.")
    return Report(
        engine="upptime",
        name=TITLE,
        home="",
        indicator=None,
        parts=tuple(map(_part, sites)),
        notes=unknown("status", {site.status for site in sites}, STATUSES),
    )


class _Site(msgspec.Struct, frozen=True):
    """One site. `uptime` (a percentage, as text) decides nothing: it tells whose document it is."""

    slug: str
    name: str
    status: str
    uptime: str


STATUSES: Mapping[str, Health] = {
    "up": Health.OPERATIONAL,
    "degraded": Health.DEGRADED,
    "down": Health.MAJOR_OUTAGE,
}


def _part(site: _Site) -> Part:
    health = STATUSES.get(site.status, Health.UNKNOWN)
    return Part(plain(site.slug, ID), plain(site.name, LINE), health)
