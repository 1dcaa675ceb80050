"""The engines a page may be of, in the order in which they are asked for (feeds.md 0.2). Pure."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from notifier import feeds
from notifier.feeds.recognise.steps import Found
from notifier.feeds.recognise.trail import Seen
from notifier.feeds.shape import Unreadable
from notifier.feeds.syndication import guard
from notifier.model.observation import Report
from notifier.model.service import host_of


class Candidate(NamedTuple):
    """An engine, and the document that shows a page to be one of its.

    `want` is its name in the engine's plans. `alone` is the plan by which it is read alone; without
    one, the plan that asks for it.
    """

    engine: str
    want: str
    alone: str | None = None


ANYWHERE = (
    Candidate("incident_io", "summary", "native"),
    Candidate("instatus", "summary", "summary"),
    Candidate("betterstack", "index"),
    Candidate("cstate", "index"),
    Candidate("datadog", "config"),
    Candidate("rootly", "status"),
    Candidate("sorry", "status", "status"),
    Candidate("flashduty", "summary"),
    Candidate("gatus", "statuses"),
    Candidate("kuma", "page", "monitors"),
    Candidate("cachet", "components", "components"),
    Candidate("firehydrant", "payload"),
)
"""Asked for at any page, as far as the requests reach. Statuspage is asked for by itself."""

WITH_REASON = (
    Candidate("aws", "events"),
    Candidate("slack", "current"),
    Candidate("statusio", "status"),
    Candidate("alertmanager", "status", "status"),
    Candidate("upptime", "summary"),
    Candidate("healthchecks", "checks"),
    Candidate("healthchecks", "badge"),
    Candidate("heroku", "current"),
    Candidate("salesforce", "instances"),
    Candidate("azure_devops", "health"),
    Candidate("openstatus", "status"),
    Candidate("onlineornot", "feed"),
    Candidate("statuspal", "page"),
    Candidate("google", "incidents", "incidents"),
    Candidate("microsoft", "posts"),
    Candidate("microsoft", "feed"),
    Candidate("xai", "feed"),
    Candidate("betterstack", "feed"),
)
"""Asked for only where the address or the page itself speaks for them."""

FEED = Candidate("syndication", "feed")

BY_ENGINE: Mapping[str, tuple[Candidate, ...]] = {
    engine: tuple(one for one in (*ANYWHERE, *WITH_REASON, FEED) if one.engine == engine)
    for engine in feeds.ENGINES
}


def asked_for(candidate: Candidate, url: str) -> Iterator[tuple[str, str]]:
    """The addresses of its document for the page at `url`, each with the plan that reads it."""
    for plan in feeds.plans(candidate.engine, url):
        for want in plan.wants:
            if want.name == candidate.want:
                yield want.url, candidate.alone or plan.name


def found_by(candidate: Candidate, plan: str, given: str, seen: Seen) -> Found | None:
    """The page whose document was `seen`, asked for as that of the page at `given`."""
    if not seen.body:
        return None
    try:
        report = feeds.read(candidate.engine, plan, {candidate.want: seen.body})
    except Unreadable:
        return None
    if candidate is FEED and guard.guarded(seen.body).damage:
        return None
    url = _leading(candidate.engine, given, seen.url) or given
    return Found(candidate.engine, url, report.name or host_of(url))


def found_alone(given: str, seen: Seen) -> tuple[Report | None, Found | None]:
    """What the document at the pasted address itself says, and the page it leads to.

    A page for people may say whose it is and still be none that is asked over the network.
    """
    try:
        report = feeds.read_alone(seen.body)
    except Unreadable:
        return None, None
    try:
        url = _leading(report.engine, given, seen.url)
    except Unreadable:
        url = None
    found = None if url is None else Found(report.engine, url, report.name or host_of(url))
    return report, found


def _leading(engine: str, given: str, document: str) -> str | None:
    """The shortest address from which the engine comes to `document`."""
    for url in dict.fromkeys((*_upwards(given), *_upwards(document))):
        wanted = {want.url for plan in feeds.plans(engine, url) for want in plan.wants}
        if document in wanted or f"{document}/" in wanted:
            return url
    return None


def _upwards(url: str) -> list[str]:
    """The host of an address, then one piece of its path more each time, then all of it."""
    bare = url.partition("?")[0].rstrip("/")
    root = urljoin(bare, "/").rstrip("/")
    pieces = [piece for piece in bare[len(root) :].split("/") if piece]
    steps = ["/".join((root, *pieces[:count])) for count in range(len(pieces) + 1)]
    return [*steps, url]
