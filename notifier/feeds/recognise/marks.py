"""What speaks for an engine before its document is asked for: an address, headers, a page. Pure.

A mark proves nothing: it moves a candidate to the front, so that eight requests reach it.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from notifier.feeds import discovery
from notifier.feeds.recognise.trail import Seen
from notifier.model.address import place

_MOST_LOOKED_AT = 300_000

# Of the address as it was pasted: host and path. What is made for one vendor stands first.
_ADDRESSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (engine, re.compile(pattern))
    for engine, pattern in (
        ("google", r"www\.google\.com/appsstatus|status\.cloud\.google\.com"),
        ("microsoft", r"status\.cloud\.microsoft|(?:rssfeed\.)?azure\.status\.microsoft"),
        ("aws", r"(?:health|status)\.aws\.amazon\.com"),
        ("slack", r"slack-status\.com|status\.slack\.com"),
        ("datadog", r"[^/]+\.statuspage\.datadoghq\.com"),
        ("statusio", r"(?:api|status|hosted)?\.?status\.io/|status-api\.hostedstatus\.com"),
        ("xai", r"status\.x\.ai"),
        ("heroku", r"status\.heroku\.com"),
        ("salesforce", r"(?:(?:api\.)?status|trust)\.salesforce\.com"),
        ("azure_devops", r"status\.dev\.azure\.com"),
        ("openstatus", r"[^/]+\.openstatus\.dev"),
        ("onlineornot", r"[^/]+\.onlineornot\.com"),
        ("statuspal", r"[^/]+\.statuspal\.(?:io|eu)"),
        ("sorry", r"[^/]+\.sorryapp\.com"),
        ("instatus", r"[^/]+\.instatus\.com"),
        ("betterstack", r"[^/]+\.(?:betteruptime|betterstack)\.com"),
        ("upptime", r"(?:raw\.githubusercontent|github)\.com/[^/]+/[^/]+"),
        ("kuma", r"[^/]+(?:/.*)?/(?:status|status-page)/[^/]+(?:/rss)?$|.*/api/status-page(?:/|$)"),
        ("healthchecks", r".*/(?:badge/|api/v[123]/checks)"),
        ("alertmanager", r".*/api/v2/(?:alerts|status$)"),
    )
)

# Of the headers, one a line, and of the page: feeds.md 0.2, or as the makers' own pages name them.
_PAGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (engine, re.compile(pattern, re.IGNORECASE))
    for engine, pattern in (
        ("incident_io", r"incident-io|incident\.io\b"),
        ("instatus", r"__NUXT_DATA__|\binstatus\.com|\binstat\.us"),
        ("betterstack", r"status-page__overview-icon|\bbetterstack|\bbetteruptime"),
        ("datadog", r"\|\s*datadog\s*</title>|statuspage\.datadoghq\.com"),
        ("statusio", r"(?<![\w.-])(?:\w+\.)?status\.io\b|hostedstatus\.com"),
        ("rootly", r"service:external-sp-rootly|\brootly\b"),
        ("flashduty", r"\bflashduty\b|\bflashcat\b"),
        ("kuma", r"\buptime[ -]?kuma\b|window\.preloadData\b"),
        ("gatus", r"\bgatus\b"),
        ("upptime", r"\bupptime\b"),
        ("cachet", r"\bcachet\b"),
        ("cstate", r"\bcstate\b"),
        ("sorry", r"\bsorryapp\b"),
        ("firehydrant", r"\bfirehydrant\b"),
        ("openstatus", r"\bopenstatus\b"),
        ("onlineornot", r"\bonlineornot\b|streamController\.enqueue\("),
        ("statuspal", r"\bstatuspal\b"),
        ("azure_devops", r"/_apis/status/"),
        ("alertmanager", r"<title>\s*alertmanager\b"),
        ("healthchecks", r"\bhealthchecks\b"),
    )
)

_STATUSPAGE = re.compile(r"^x-statuspage-|^server: ?atlassianedge", re.IGNORECASE | re.MULTILINE)

_PAGE_OF_STATUSIO = re.compile(
    r"(?:/1\.0/status/|/pages/(?:[a-z]+/)?|statuspage_?id\W{1,5})([0-9a-f]{24})\b", re.IGNORECASE
)
_REPOSITORY = re.compile(
    r"(?:raw\.githubusercontent|github)\.com/(?!upptime/)([\w-]{1,39}/[\w.-]{1,100})"
)


def by_address(pasted: str) -> Iterator[tuple[str, str | None]]:
    """The engines for which the address alone speaks; it names no other address."""
    at = "".join(place(pasted) or ())
    yield from ((engine, None) for engine, address in _ADDRESSES if address.match(at))


def by_page(seen: Seen) -> Iterator[tuple[str, str | None]]:
    """The engines for which a page speaks, each with the address it names, if it names one."""
    text = seen.heard.body[:_MOST_LOOKED_AT].decode(errors="replace")
    heads = _heads(seen)
    for engine, mark in _PAGES:
        if mark.search(text) or mark.search(heads):
            yield engine, _named(engine, text)


def is_statuspage(seen: Seen) -> bool:
    """Whether the headers are Atlassian's."""
    return _STATUSPAGE.search(_heads(seen)) is not None


def _heads(seen: Seen) -> str:
    return "\n".join(f"{name}: {value}" for name, value in seen.heard.headers.items())


def _named(engine: str, text: str) -> str | None:
    """Where the document of a page stands, where that is at another host and the page tells."""
    if engine == "upptime" and (found := _REPOSITORY.search(text)):
        return f"https://github.com/{found[1].removesuffix('.git')}"
    if engine == "statusio" and (found := _PAGE_OF_STATUSIO.search(text)):
        return f"https://status.io/pages/{found[1]}"
    return None


def elsewhere(seen: Seen) -> Iterator[str]:
    """The status pages a service's own page leads to, or else where such a page usually is."""
    linked = list(discovery.status_pages(seen.url, seen.heard.body))
    yield from linked
    if not linked and (usual := discovery.usual_host(seen.url)):
        yield urljoin(seen.url, f"//{usual}")
