"""A verdict in words: its sentence, the next step, a word for a list, a line for the headline."""

from datetime import datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from notifier.model.health import Health, failing
from notifier.model.moment import Moment
from notifier.model.picture import Row
from notifier.model.service import PartRef, Service
from notifier.model.verdict import Cause, Override, Verdict, Whose
from notifier.wording.findings import BROKEN, FINDINGS, LOCAL, OVERLOADED, Phrases, Words
from notifier.wording.say import Say
from notifier.wording.times import ago, clock, listed


class Worded(Struct, frozen=True):
    """One verdict in words, without any age.

    `summary` is one sentence, `state` a word or two for a list, `next_step` what the person can
    do now, `brief` the sentence of the overall headline.
    """

    summary: str
    state: str
    next_step: str
    brief: str


def put(
    say: Say,
    service: Service,
    verdict: Verdict,
    override: Override | None = None,
    *,
    upstream: str = "",
    unread_since: str = "",
) -> Worded:
    """Put a verdict into words.

    `upstream` is the name of what it runs on (else its id is said), `unread_since` the time since
    when nothing could be read.
    """
    finding = _Finding(verdict.health, verdict.whose, verdict.cause, verdict.overloaded, override)
    upstream = upstream or verdict.upstream or ""
    named = _Named(
        service.name,
        speaker(service),
        upstream,
        service.no_page,
        service.parts if verdict.cause is Cause.PARTS_GONE else (),
        service.page.url if service.page is not None else "",
    )
    return _put(say, finding, named, unread_since, paged=service.page is not None)


class _Finding(NamedTuple):
    """What of a verdict decides its words. A tuple, because words are found by it at every look."""

    health: Health
    whose: Whose
    cause: Cause | None
    overloaded: bool
    override: Override | None


class _Named(NamedTuple):
    """What its sentences name."""

    name: str
    vendor: str
    upstream: str
    no_page: str
    parts: tuple[PartRef, ...]
    url: str


@lru_cache(maxsize=1024)
def _put(say: Say, finding: _Finding, named: _Named, unread_since: str, *, paged: bool) -> Worded:
    """The words of a finding; a service stands the same for hours and is painted every minute."""
    phrases = _phrases(finding, paged=paged)
    page = _page(say, named, paged=paged)

    def said(words: Words) -> str:
        return say(
            words if isinstance(words, str) else words.get(finding.health, words[None]),
            name=named.name,
            vendor=named.vendor,
            page=page,
            upstream=named.upstream,
            parts=parts(named.parts, say),
            url=named.url,
            since=unread_since,
            why_no_page=named.no_page or say("It has no status page to ask."),
        )

    worded = Worded(
        summary=said(phrases.since if unread_since and phrases.since else phrases.summary),
        state=said(phrases.state),
        next_step=said(phrases.step),
        brief=said(phrases.brief or phrases.summary),
    )
    if finding.override is Override.WORKS and failing(finding.health):
        return _works_for_me(say, worded)
    return worded


def parts(refs: tuple[PartRef, ...], say: Say) -> str:
    """What chosen parts are called, by whom they were chosen."""
    return listed([ref.name or ref.group or ref.id or "" for ref in refs], say)


def gone(row: Row, say: Say) -> str:
    """That some of what was chosen is not on the page any more, and what to do; else empty."""
    if not row.gone:
        return ""
    return say(
        "{page} does not list {parts} any more. Choose its parts anew in the settings: "
        "“notifier detect {url}” lists them.",
        page=speaker(row.service),
        parts=parts(row.gone, say),
        url=row.service.page.url if row.service.page is not None else "",
    )


def speaker(service: Service) -> str:
    """Who speaks for a service on its status page."""
    return service.page.name if service.page is not None else service.vendor or service.name


def with_age(say: Say, row: Row, at: Moment) -> str:
    """The sentence of a row, and how old the page is that reports no problem.

    A green page is worth as much as it is young; every other sentence stands by itself.
    """
    green = row.verdict.whose is Whose.NONE and row.service.page is not None
    if not green or row.checked is None:
        return row.summary
    age = ago(at.since(row.checked), say)
    return say("{sentence} (read {age}).", sentence=row.summary.removesuffix("."), age=age)


def unread_since(
    say: Say, verdict: Verdict, last_read: Moment | None, now: datetime, zone: tzinfo
) -> str:
    """Since when nothing could be read, by the person's clock; empty where that is no matter."""
    if verdict.cause is not Cause.PAGE_UNREADABLE or last_read is None:
        return ""
    return clock(last_read.utc, now, zone, say)


def _phrases(finding: _Finding, *, paged: bool) -> Phrases:
    if finding.override is Override.BROKEN and finding.cause is Cause.MIXED:
        return BROKEN
    if finding.overloaded and finding.cause in OVERLOADED:
        return OVERLOADED[finding.cause]
    if finding.whose is Whose.NONE and finding.health is Health.OPERATIONAL and not paged:
        return LOCAL
    return FINDINGS[finding.whose, finding.cause]


def _works_for_me(say: Say, worded: Worded) -> Worded:
    """The person's own word, laid over what is reported; it takes nothing of it away."""
    return Worded(
        summary=say("{sentence} For you it works, you say.", sentence=worded.summary),
        state=say("{state}, works for you", state=worded.state),
        next_step=worded.next_step,
        brief=say("{sentence} For you it works.", sentence=worded.brief),
    )


def _page(say: Say, named: _Named, *, paged: bool) -> str:
    if not paged:
        return say("the front door of {name}", name=named.name)
    return say("{vendor}'s page", vendor=named.vendor)
