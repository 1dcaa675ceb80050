"""The search for the engine of a page: which questions, in which order. Pure.

What is known from the address comes first, then the Statuspage document, which incident.io
imitates, and incident.io's own, which says more; then the page for people, whose headers and HTML
bear the marks of their makers; then the documents it may have without any mark, and its feeds. The
pages a service's own page leads to are looked at before that. A host that answers 200 and a web
page to everything is not taken for anything: only the shape of a document counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

import msgspec

from notifier.feeds import discovery
from notifier.feeds.incident_io.compatible import is_imitation
from notifier.feeds.plan import base
from notifier.feeds.recognise import marks
from notifier.feeds.recognise.candidates import (
    ANYWHERE,
    BY_ENGINE,
    FEED,
    Candidate,
    asked_for,
    found_alone,
    found_by,
)
from notifier.feeds.recognise.steps import Found
from notifier.feeds.recognise.trail import Seen, Steps, Trail
from notifier.feeds.shape import LINE, Unreadable, decode, plain
from notifier.model.service import host_of

_FOR_FEEDS = 2
"""Requests kept back for feeds: where a page links to some, and in the usual places."""

_MOST_PAGES = 3
"""Status pages one service's own page may lead to."""


@dataclass(slots=True)
class _Place:
    """One address that is looked at, and what was seen there of use for later questions."""

    pasted: str
    is_status_page: bool
    """Whether it looks like one already, from its address or from who linked to it."""
    page: Seen | None = None
    feed: Found | None = None
    moved: list[str] = field(default_factory=list)
    """Where its documents were sent on to: the roots of other hosts."""

    @property
    def here(self) -> str:
        """The page its documents stand below; where it was sent on, that one."""
        return base(self.page.url if self.page else self.pasted)

    @property
    def roots(self) -> list[str]:
        """The page, then the root of its host."""
        return list(dict.fromkeys((self.here, urljoin(self.here, "/").rstrip("/"))))

    def addresses(self, candidate: Candidate) -> list[str]:
        """Where a page of this candidate may be, the nearest first; a feed is nowhere else."""
        return [] if candidate is FEED else [self.pasted, *self.roots]


def search(trail: Trail) -> Steps[None]:
    """Look at the pasted address, then at those it leads to; `trail` holds what was found."""
    pasted = _Place(trail.pasted, discovery.is_status_page(trail.pasted))
    if found := (yield from _evident(pasted, trail)):
        trail.add(found)
        return
    others = [_Place(url, is_status_page=True) for url in _leads(pasted)[:_MOST_PAGES]]
    for other in others:
        if found := (yield from _evident(other, trail)):
            trail.add(found)
    for place in (*others, pasted):
        if not trail.found and (found := (yield from _unmarked(place, trail))):
            trail.add(found)


def _leads(place: _Place) -> list[str]:
    """Where to look beside a place: where it has moved to, and what a service's page links to."""
    if place.page is None:
        return place.moved
    linked = [] if discovery.is_named_for_status(place.here) else marks.elsewhere(place.page)
    return list(dict.fromkeys((*place.moved, *linked)))


# -- what there is a reason for --------------------------------------------------------------


def _evident(place: _Place, trail: Trail) -> Steps[Found | None]:
    """By its address, by the Statuspage document, by the page itself and its marks."""
    if found := (yield from _marked(marks.by_address(place.pasted), place, trail)):
        return found
    if place.is_status_page:
        found = yield from _summaries(place, trail)
        if found is not None:
            return found
    place.page = yield from trail.get(place.pasted)
    report, found = found_alone(place.pasted, place.page)
    if found is not None and found.engine != FEED.engine:
        return found
    place.feed = _whole_feed(place.pasted, place.page)
    shown = [] if report is None else [(report.engine, None)]
    return (yield from _marked([*shown, *marks.by_page(place.page)], place, trail))


def _marked(
    engines: Iterable[tuple[str, str | None]], place: _Place, trail: Trail
) -> Steps[Found | None]:
    """The documents of the engines that something speaks for, at the address it names, if any."""
    for engine, named in engines:
        for candidate in BY_ENGINE[engine]:
            for url in [named] if named else place.addresses(candidate):
                if found := (yield from _asked(candidate, url, trail)):
                    return found
    return None


def _asked(
    candidate: Candidate, page: str, trail: Trail, most: int | None = None
) -> Steps[Found | None]:
    """Whether the page at `page` has the document of a candidate, at its first `most` places."""
    for url, plan in islice(asked_for(candidate, page), most):
        seen = yield from trail.get(url)
        if found := found_by(candidate, plan, page, seen):
            return found
    return None


# -- Statuspage and incident.io --------------------------------------------------------------

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


class _Likely(NamedTuple):
    """What a Statuspage-shaped document speaks for; uncertain where it may be an imitation."""

    found: Found
    certain: bool


def _summaries(place: _Place, trail: Trail) -> Steps[Found | None]:
    """The Statuspage document of the page, and at the root of its host."""
    for page in place.roots:
        seen = yield from trail.get(f"{page}/api/v2/summary.json")
        likely = _by_summary(seen)
        if likely is None:
            if host_of(seen.url) != host_of(page):
                place.moved.append(base(seen.url))
            continue
        if likely.certain:
            return likely.found
        own = yield from _asked(BY_ENGINE["incident_io"][0], likely.found.url, trail)
        return own or likely.found
    return None


def _by_summary(seen: Seen) -> _Likely | None:
    """Atlassian's ids are short and its pages name a time zone; incident.io's are ULIDs."""
    if not seen.body:
        return None
    try:
        page = decode(seen.body, _Summary).page
    except Unreadable:
        return None
    engine = "incident_io" if is_imitation(page.id) else "statuspage"
    certain = _STATUSPAGE_ID.fullmatch(page.id) is not None and page.time_zone is not None
    return _Likely(Found(engine, base(seen.url), plain(page.name or "", LINE)), certain)


# -- what nothing speaks for -----------------------------------------------------------------


def _unmarked(place: _Place, trail: Trail) -> Steps[Found | None]:
    """The documents any page may have; a feed where it has none, while requests are left."""
    if found := (yield from _summaries(place, trail)):
        return found
    kept_back = 0 if place.feed else _FOR_FEEDS
    page = place.roots[-1] if discovery.is_named_for_status(place.here) else place.here
    for candidate in ANYWHERE:
        if trail.left <= kept_back:
            break
        if found := (yield from _asked(candidate, page, trail, 1)):
            return found
    if place.feed is not None:
        return place.feed
    for url in _feeds(place):
        seen = yield from trail.get(url)
        if found := _whole_feed(url, seen):
            return found
    return None


def _feeds(place: _Place) -> Iterator[str]:
    """The feeds a page links to, then those in the usual places."""
    if place.page is not None and place.page.body:
        yield from list(discovery.linked(place.page.url, place.page.body))[:_FOR_FEEDS]
    yield from (f"{place.here}{path}" for path in discovery.USUAL)


def _whole_feed(url: str, seen: Seen) -> Found | None:
    return found_by(FEED, "feed", url, seen)
