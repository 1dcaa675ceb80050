"""Microsoft's posts: the consumer services one by one (Copilot among them), or Azure as a whole.

Seen: both forms, every row of which was well, and Azure's feed without an item. Written from a
description (feeds.md 1.11): the words of a row that is not, and what is told of Azure in trouble.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from notifier.feeds import incident, syndication
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
from notifier.model.address import place
from notifier.model.health import Health, worst
from notifier.model.observation import Incident, Part, PartName, Phase, Report, Update

TITLE = "Microsoft's service posts"
ORIGIN = Origin.IN_PART

HOME = "https://status.cloud.microsoft"
CONSUMER = f"{HOME}/api/posts/m365Consumer"

FRESH = timedelta(minutes=30)
"""How long a document speaks for now: the vendor makes it anew every few minutes."""

AZURE = "https://azure.status.microsoft/en-us/status"
AZURE_FEED = "https://rssfeed.azure.status.microsoft/en-us/status/feed/"

_AZURE_HOSTS = ("azure.status.microsoft", "rssfeed.azure.status.microsoft")

_POSTS = re.compile(r"/api/posts/([A-Za-z0-9]+)$")


def plans(url: str) -> tuple[Plan, ...]:
    """The posts at `url` itself, else those of the consumer services on that page.

    For Azure's own page those of Azure, and its feed after that.
    """
    page = base(url)
    if (place(page) or ("", ""))[0] in _AZURE_HOSTS:
        feed = Plan("azure_feed", (Want("feed", AZURE_FEED),))
        return (Plan("azure", (Want("posts", f"{HOME}/api/posts/azure"),)), feed)
    found = _POSTS.search(page)
    posts = page if found else f"{page}/api/posts/m365Consumer"
    name = "azure" if found and found[1].lower() == "azure" else "posts"
    return (Plan(name, (Want("posts", posts),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the posts say, or Azure's feed.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    match plan:
        case "posts":
            return _posts(bodies)
        case "azure":
            return _of_azure(_posts(bodies))
        case "azure_feed":
            return _azure_feed(bodies)
        case _:
            raise Unreadable(f"Microsoft has no documents called “{plan}”.")


def _posts(bodies: Mapping[str, bytes]) -> Report:
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


# -- Azure -----------------------------------------------------------------------------------

AZURE_SERVICES: Mapping[str, re.Pattern[str]] = {
    "Azure OpenAI": re.compile(r"\bopenai\b", re.IGNORECASE),
    "Foundry": re.compile(r"\bfoundry\b", re.IGNORECASE),
}
"""What may be chosen of Azure, and by what a text speaks of it: no service has a state there."""

FRESH_FEED = timedelta(hours=1)
"""How long the feed speaks for now: it is made anew every minute, and empty when all is well."""


def _azure_feed(bodies: Mapping[str, bytes]) -> Report:
    told = syndication.read("feed", bodies)
    if (place(told.home) or ("", ""))[0] not in _AZURE_HOSTS:
        raise Unreadable("The feed is not Azure's.")
    fresh = replace(told, engine="microsoft", fresh_until=later(told.as_of, FRESH_FEED))
    return _of_azure(fresh)


def _of_azure(told: Report) -> Report:
    """Azure as a whole, and the services that its texts may name.

    What is posted is broad. A service that it does not name may yet be touched by it, so it is
    unknown how that is as long as anything goes on.
    """
    incidents = tuple(replace(one, parts=tuple(_spoken_of(one))) for one in told.incidents)
    goes_on = [one for one in incidents if one.open]
    quiet = told.indicator is Health.OPERATIONAL and not goes_on
    unnamed = Health.OPERATIONAL if quiet else Health.UNKNOWN
    said = {
        name: [one.floor for one in goes_on if PartName("", name) in one.parts]
        for name in AZURE_SERVICES
    }
    parts = tuple(Part("", name, worst((unnamed, *states))) for name, states in said.items())
    return replace(told, name="Azure", home=AZURE, parts=parts, incidents=incidents)


def _spoken_of(one: Incident) -> Iterator[PartName]:
    text = "\n".join((one.title, *(update.text for update in one.updates)))
    for name, words in AZURE_SERVICES.items():
        if words.search(text):
            yield PartName("", name)
