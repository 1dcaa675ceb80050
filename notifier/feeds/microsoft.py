"""Microsoft's posts: the consumer services one by one (Copilot among them), or one service alone.

Seen: both forms, every row of which was well. Written from a description (feeds.md 1.11): the
words of a row that is not.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from notifier.feeds import incident
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    Unreadable,
    body_of,
    document,
    moment,
    newest,
    plain,
    shaped,
    unknown,
)
from notifier.feeds.stamps import later
from notifier.model.health import Health
from notifier.model.observation import Incident, Part, PartName, Phase, Report, Update

TITLE = "Microsoft's service posts"
ORIGIN = Origin.IN_PART

HOME = "https://status.cloud.microsoft"
CONSUMER = f"{HOME}/api/posts/m365Consumer"

FRESH = timedelta(minutes=30)
"""How long a document speaks for now: the vendor makes it anew every few minutes."""

_POSTS = re.compile(r"/api/posts/[A-Za-z0-9]+$")


def plans(url: str) -> tuple[Plan, ...]:
    """The posts at `url` itself, else those of the consumer services on that page."""
    page = base(url)
    posts = page if _POSTS.search(page) else f"{page}/api/posts/m365Consumer"
    return (Plan("posts", (Want("posts", posts),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the posts say. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    del plan
    tree = document(body_of(bodies, "posts"))
    if isinstance(tree, dict):
        return _alone(shaped(tree, _Post))
    rows = shaped(tree, tuple[_Row, ...])
    if not rows:
        raise Unreadable("The document lists no service.")
    return _of_all(rows)


# -- the documents ---------------------------------------------------------------------------


class _Post(msgspec.Struct, frozen=True, kw_only=True):
    """One service's post. `Message` is HTML. A date of the year 1 means that there is none."""

    status: str = msgspec.field(name="Status")
    last_updated: str = msgspec.field(name="LastUpdatedTime")
    authored: str | None = msgspec.field(name="AuthoredDateTime", default=None)
    id: str | None = msgspec.field(name="Id", default=None)
    title: str | None = msgspec.field(name="Title", default=None)
    message: str | None = msgspec.field(name="Message", default=None)


class _Row(_Post, frozen=True, kw_only=True):
    """The same, of a service that is named."""

    name: str = msgspec.field(name="ServiceDisplayName")
    workload: str = msgspec.field(name="ServiceWorkloadName")


STATUSES: Mapping[str, Health] = {
    "Operational": Health.OPERATIONAL,
    "Available": Health.OPERATIONAL,
    "Restored": Health.OPERATIONAL,
    "Advisory": Health.DEGRADED,
    "Investigating": Health.DEGRADED,
    "Degraded": Health.DEGRADED,
    "Incident": Health.PARTIAL_OUTAGE,
    "Interruption": Health.MAJOR_OUTAGE,
}

_WELL = frozenset({"Operational", "Available"})


# -- what they say ---------------------------------------------------------------------------


def _of_all(rows: tuple[_Row, ...]) -> Report:
    """A part for each service, and what is posted of those that are not well."""
    parts = tuple(
        Part(plain(row.workload, ID), plain(row.name, LINE), _health(row)) for row in rows
    )
    told = tuple(
        _incident(row, part.name, (PartName(part.id, part.name),))
        for row, part in zip(rows, parts, strict=True)
        if row.status not in _WELL
    )
    return _report(rows, None, parts, told)


def _part(row: _Row) -> Part:
    return Part(plain(row.workload, ID), plain(row.name, LINE), _health(row))


def _alone(post: _Post) -> Report:
    """One service without a name; its word is the page's own."""
    told = () if post.status in _WELL else (_incident(post, "Service issue", ()),)
    return _report((post,), _health(post), (), told)


def _report(
    posts: Iterable[_Post],
    indicator: Health | None,
    parts: tuple[Part, ...],
    told: tuple[Incident, ...],
) -> Report:
    posts = tuple(posts)
    as_of = newest(*(_time(post.last_updated) for post in posts))
    return Report(
        engine="microsoft",
        name="Microsoft",
        home=HOME,
        indicator=indicator,
        parts=parts,
        incidents=told,
        as_of=as_of,
        fresh_until=later(as_of, FRESH),
        notes=unknown("status", {post.status for post in posts}, STATUSES),
    )


def _health(post: _Post) -> Health:
    return STATUSES.get(post.status, Health.UNKNOWN)


def _incident(post: _Post, name: str, parts: tuple[PartName, ...]) -> Incident:
    """What is posted of a service that is not well; without a title, its name and the word."""
    health = _health(post)
    phase = Phase.RESOLVED if health is Health.OPERATIONAL else Phase.INVESTIGATING
    begun, at = _time(post.authored), _time(post.last_updated)
    text = plain(post.message or "", TEXT)
    title = plain(post.title or "", LINE) or plain(f"{name}: {post.status}", LINE)
    return Incident(
        id=plain(post.id or "", ID) or (parts[0].id if parts else title),
        title=title,
        phase=phase,
        impact=health,
        floor=health,
        parts=parts,
        started_at=begun,
        updated_at=begun or at,
        resolved_at=at if phase is Phase.RESOLVED else None,
        url=HOME,
        updates=incident.newest_first([Update(begun or at, None, text)] if text else []),
    )


def _time(text: str | None) -> datetime | None:
    at = moment(text)
    return None if at is None or at.year == 1 else at
