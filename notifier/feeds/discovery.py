"""Where feeds are found: pages known by their address, links in a page, usual places. Pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from notifier.feeds import google, microsoft
from notifier.feeds.plan import base
from notifier.feeds.shape import link
from notifier.model.address import place, within
from notifier.model.service import host_of, owner_of

USUAL = (
    "/history.atom",
    "/history.rss",
    "/feed.atom",
    "/feed.rss",
    "/feed",
    "/feed.xml",
    "/incidents.rss",
)
"""Paths below a page at which status pages keep their feeds (feeds.md 0.2)."""


@dataclass(frozen=True, slots=True)
class Known:
    """A page whose engine follows from its address, once the document at `asks` proves it.

    `url` is the page as the engine wants it; `plan` and `want` read that document alone.
    """

    engine: str
    url: str
    asks: str
    plan: str
    want: str


def known(url: str) -> Known | None:
    """The page `url` belongs to, where its host or path alone says whose it is."""
    wanted = place(url)
    if wanted is None:
        return None
    for home, found in _KNOWN:
        at = place(home)
        if at is not None and within(wanted, at):
            return found
    if wanted[0] == "status.cloud.microsoft":
        asks = microsoft.plans(url)[0].wants[0].url
        return Known("microsoft", base(url), asks, "posts", "posts")
    return None


def _dashboard(home: str) -> tuple[str, Known]:
    return home, Known("google", home, f"{home}/incidents.json", "incidents", "incidents")


def _feed(home: str, url: str) -> tuple[str, Known]:
    return home, Known("syndication", url, url, "feed", "feed")


_XAI = "https://status.x.ai"

_KNOWN = (
    _dashboard(google.WORKSPACE),
    _dashboard(google.CLOUD),
    (_XAI, Known("xai", _XAI, f"{_XAI}/feed.xml", "feed", "feed")),
    _feed(
        "https://azure.status.microsoft",
        "https://azure.status.microsoft/en-us/status/feed/",
    ),
    _feed(
        "https://rssfeed.azure.status.microsoft",
        "https://rssfeed.azure.status.microsoft/en-us/status/feed/",
    ),
)

_MOST_LOOKED_AT = 300_000
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z]{2,10})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})


def linked(page: str, body: bytes) -> Iterator[str]:
    """The feeds that the web page `body` at `page` links to, of the same owner, in its order."""
    text = body[:_MOST_LOOKED_AT].decode(errors="replace")
    for found in _LINK.finditer(text):
        said = {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(found[1])}
        kind = said.get("type", "").partition(";")[0].strip().lower()
        if "alternate" not in said.get("rel", "").lower().split() or kind not in _FEED_TYPES:
            continue
        url = _joined(page, html.unescape(said.get("href", "")))
        if url is not None and owner_of(host_of(url)) == owner_of(host_of(page)):
            yield url


def _joined(page: str, href: str) -> str | None:
    try:
        return link(urljoin(page, href.strip()))
    except ValueError:
        return None
