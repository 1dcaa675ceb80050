"""Which engine is this page's? Pure: from an address and the answers so far, what to ask next.

The order is that of feeds.md 0.2, as far as engines are known: pages known by their address; the
Statuspage document, which incident.io imitates; incident.io's own, which says more; and last a
feed, at the address itself, where a page links to one, and in the usual places. A host that
answers 200 and a web page to everything is not taken for anything: only the shape of a document
counts.
"""

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import msgspec

from notifier import feeds
from notifier.feeds import discovery
from notifier.feeds.incident_io import document as incident_io
from notifier.feeds.incident_io.compatible import is_imitation
from notifier.feeds.plan import address as itself
from notifier.feeds.plan import base
from notifier.feeds.shape import LINE, Unreadable, decode, is_web_page, link, plain
from notifier.feeds.syndication import guard
from notifier.model.observation import Report
from notifier.model.service import host_of

MOST_REQUESTS = 8

_MOST_HOPS = 3
_MOST_LINKS = 2
"""Feeds of one page that are looked at: the first ones are the page's own."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, redirects not followed. `headers` by lower-case names; status 0: nothing came."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Ask:
    """Fetch this next, and come back with the answer."""

    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """The page at `url` is one of `engine`; `name` is what it calls itself."""

    engine: str
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One address that was asked, and what came of it in a few words."""

    url: str
    came: str


@dataclass(frozen=True, slots=True)
class NothingKnown:
    """No engine fits; everything that was tried, in order."""

    tried: tuple[Tried, ...]


def next_step(address: str, answers: Mapping[str, Heard]) -> Ask | Found | NothingKnown:
    """What to do about a pasted address, given the `answers` so far by the address asked.

    Raises:
        Unreadable: it is no address at all.
    """
    search = _search(itself(address))
    try:
        url = next(search)
        while url in answers:
            url = search.send(answers[url])
    except StopIteration as end:
        found: Found | None = end.value
        return found or _nothing(answers)
    return Ask(url) if len(answers) < MOST_REQUESTS else _nothing(answers)


def _nothing(answers: Mapping[str, Heard]) -> NothingKnown:
    return NothingKnown(tuple(Tried(url, _came(heard)) for url, heard in answers.items()))


def _came(heard: Heard) -> str:
    if heard.status == 0:
        return "no answer"
    if heard.status == 200:
        return "a web page" if is_web_page(heard.body) else "no document of a known kind"
    return f"HTTP {heard.status}"


# -- the search: each `yield` asks for an address and is handed what came of it --------------


def _search(pasted: str) -> Generator[str, Heard, Found | None]:
    """A page known by its address, then whatever stands there, then a feed."""
    known = discovery.known(pasted)
    if known is not None and (found := _as_known(known, (yield known.asks))):
        return found
    found = yield from _by_documents(base(pasted))
    return found or (yield from _by_feeds(pasted))


def _by_documents(page: str) -> Generator[str, Heard, Found | None]:
    """The page as pasted, then the root of its host, then the hosts these have moved to."""
    waiting = [page, urljoin(page, "/").rstrip("/")]
    seen: set[str] = set()
    while waiting:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        found, elsewhere = yield from _at(here)
        if found is not None:
            return found
        waiting += elsewhere
    return None


def _by_feeds(pasted: str) -> Generator[str, Heard, Found | None]:
    """The address itself, the feeds its page links to, then the usual places below the page."""
    url, heard = yield from _get(pasted)
    if (found := _by_feed(url, heard)) is not None:
        return found
    links = list(discovery.linked(url, heard.body))[:_MOST_LINKS] if heard.status == 200 else []
    for place in (*links, *(base(pasted) + path for path in discovery.USUAL)):
        if (found := _by_feed(*(yield from _get(place)))) is not None:
            return found
    return None


def _at(page: str) -> Generator[str, Heard, tuple[Found | None, list[str]]]:
    """What stands at one address, or the other hosts it sends to."""
    url, heard = yield from _get(f"{page}/api/v2/summary.json")
    likely = _by_summary(url, heard)
    if likely is not None and likely.certain:
        return likely.found, []
    home = likely.found.url if likely else page
    own_url, heard = yield from _get(f"{home}/proxy/{host_of(home)}")
    found = _by_own_document(own_url, heard) or (likely.found if likely else None)
    return found, [base(end) for end in (url, own_url) if host_of(end) != host_of(page)]


def _get(url: str) -> Generator[str, Heard, tuple[str, Heard]]:
    """The answer at the end of a few redirects, and where that was."""
    heard = yield url
    for _ in range(_MOST_HOPS):
        target = _target(url, heard)
        if target is None:
            break
        url = target
        heard = yield url
    return url, heard


def _target(url: str, heard: Heard) -> str | None:
    """Where a redirect leads; None where there is none, or where it leaves https."""
    if not 300 <= heard.status < 400 or "location" not in heard.headers:
        return None
    try:
        target = link(urljoin(url, heard.headers["location"]))
    except ValueError:
        return None
    falls = url.startswith("https:") and target is not None and target.startswith("http:")
    return None if falls else target


# -- the documents ---------------------------------------------------------------------------

_STATUSPAGE_ID = re.compile(r"[0-9a-z]{12}")


class _Page(msgspec.Struct, frozen=True):
    id: str
    name: str | None = None
    time_zone: str | None = None


class _Status(msgspec.Struct, frozen=True):
    indicator: str


class _Summary(msgspec.Struct, frozen=True):
    page: _Page
    status: _Status


@dataclass(frozen=True, slots=True)
class _Likely:
    """What a Statuspage-shaped document speaks for; uncertain where it may be an imitation."""

    found: Found
    certain: bool


def _by_summary(url: str, heard: Heard) -> _Likely | None:
    """Atlassian's ids are short and its pages name a time zone; incident.io's are ULIDs."""
    if heard.status != 200:
        return None
    try:
        page = decode(heard.body, _Summary).page
    except Unreadable:
        return None
    engine = "incident_io" if is_imitation(page.id) else "statuspage"
    certain = _STATUSPAGE_ID.fullmatch(page.id) is not None and page.time_zone is not None
    return _Likely(Found(engine, base(url), plain(page.name or "", LINE)), certain)


def _by_own_document(url: str, heard: Heard) -> Found | None:
    if heard.status != 200:
        return None
    try:
        page = incident_io.summary(heard.body)
    except Unreadable:
        return None
    return Found("incident_io", base(url), plain(page.name, LINE))


def _as_known(known: discovery.Known, heard: Heard) -> Found | None:
    """The page at a known address, where its document is what it should be."""
    report = _read(known.engine, known.plan, known.want, heard)
    return None if report is None else Found(known.engine, known.url, report.name)


def _by_feed(url: str, heard: Heard) -> Found | None:
    """A feed: whole, and one that may be read."""
    report = _read("syndication", "feed", "feed", heard)
    whole = report is not None and not guard.guarded(heard.body).damage
    return Found("syndication", url, report.name) if report is not None and whole else None


def _read(engine: str, plan: str, want: str, heard: Heard) -> Report | None:
    """What a document says; None where it is none of this engine's."""
    if heard.status != 200:
        return None
    try:
        return feeds.read(engine, plan, {want: heard.body})
    except Unreadable:
        return None
