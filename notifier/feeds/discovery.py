"""Where status pages and their feeds are found: in names, in links of a page, in usual places."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from notifier.feeds.plan import base
from notifier.feeds.shape import link
from notifier.model.address import place
from notifier.model.service import host_of, is_named_after, owner_of

USUAL = (
    "/history.atom",
    "/feed.xml",
    "/feed.rss",
    "/feed.atom",
    "/feed",
    "/history.rss",
    "/incidents.rss",
)
"""Paths below a page at which status pages keep their feeds (feeds.md 0.2).

What most have stands first: not many requests are left for them.
"""

_DOCUMENT = re.compile(r"/api/|/1\.0/|\.(?:json|xml|rss|atom)$|/(?:rss|feed)$", re.IGNORECASE)


def is_named_for_status(url: str) -> bool:
    """Whether the host says in its name that it is about the state of something."""
    return "status" in host_of(url)


def is_status_page(url: str) -> bool:
    """Whether an address looks like that of a status page, and not of one of its documents."""
    return is_named_for_status(url) and _DOCUMENT.search(urlsplit(base(url)).path) is None


def usual_host(url: str) -> str | None:
    """Where the status page of the owner of `url` usually is; None where a host has no name."""
    host = host_of(url)
    owner = owner_of(host)
    return f"status.{owner}" if owner != host or _is_a_domain(host) else None


def _is_a_domain(host: str) -> bool:
    labels = host.partition(":")[0].split(".")
    return len(labels) > 1 and not labels[-1].isdigit() and not host.startswith("[")


# -- links -----------------------------------------------------------------------------------

_MOST_LOOKED_AT = 300_000
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z]{2,10})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})

_HOSTS_OF_PAGES = re.compile(
    r"(?!www\.|api\.|app\.|docs\.)[\w-]+\.(?:statuspage\.io|statuspage\.datadoghq\.com|instatus\.com|betteruptime\.com"
    r"|openstatus\.dev|status\.io|sorryapp\.com|statuspal\.(?:io|eu)|onlineornot\.com)"
)
"""Where many keep their status pages under one roof; who lets it is named at the foot of each."""


def linked(page: str, body: bytes) -> Iterator[str]:
    """The feeds that the web page `body` at `page` links to, of the same owner, in its order."""
    for said in _tags(_LINK, body):
        kind = said.get("type", "").partition(";")[0].strip().lower()
        if "alternate" not in said.get("rel", "").lower().split() or kind not in _FEED_TYPES:
            continue
        url = _joined(page, html.unescape(said.get("href", "")))
        if url is not None and owner_of(host_of(url)) == owner_of(host_of(page)):
            yield url


def status_pages(page: str, body: bytes) -> Iterator[str]:
    """The status pages that a service's own page `body` links to, in its order, each once."""
    seen: set[object] = {place(page)}
    for said in _tags(_ANCHOR, body):
        url = _joined(page, html.unescape(said.get("href", "")))
        if url is None or place(base(url)) in seen or not _is_status_page_of(page, url):
            continue
        seen.add(place(base(url)))
        yield base(url)


def _is_status_page_of(page: str, url: str) -> bool:
    """Whether `url` looks like the status page of whoever `page` is of.

    At a host for such pages; at one named for status, of the same owner or after them; or at a
    path of that name.
    """
    host, owner = host_of(url), owner_of(host_of(page))
    if _HOSTS_OF_PAGES.fullmatch(host):
        return True
    if owner_of(host) == owner:
        return is_named_for_status(url) or re.search(r"/status/?$", urlsplit(url).path) is not None
    return is_named_for_status(url) and is_named_after(host, host_of(page))


def _tags(kind: re.Pattern[str], body: bytes) -> Iterator[dict[str, str]]:
    """The attributes of each tag of a kind, by their names in lower case."""
    text = body[:_MOST_LOOKED_AT].decode(errors="replace")
    for found in kind.finditer(text):
        yield {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(found[1])}


def _joined(page: str, href: str) -> str | None:
    try:
        return link(urljoin(page, href.strip()))
    except ValueError:
        return None
