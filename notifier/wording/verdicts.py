"""A verdict in words: its sentence, the next step, a word for a list, a line for the headline."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from notifier.model.health import Health, failing
from notifier.model.moment import Moment
from notifier.model.picture import Row
from notifier.model.service import Service
from notifier.model.verdict import Cause, Override, Verdict, Whose
from notifier.wording.findings import BROKEN, FINDINGS, LOCAL, OVERLOADED, Phrases, Words
from notifier.wording.say import Say
from notifier.wording.times import ago, clock


@dataclass(frozen=True, slots=True)
class Worded:
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
    phrases = _phrases(service, verdict, override)
    named = {
        "name": service.name,
        "vendor": speaker(service),
        "page": _page(say, service),
        "upstream": upstream or verdict.upstream or "",
        "since": unread_since,
    }

    def said(words: Words) -> str:
        message = words if isinstance(words, str) else words.get(verdict.health, words[None])
        return say(message, **named)

    worded = Worded(
        summary=said(phrases.since if unread_since and phrases.since else phrases.summary),
        state=said(phrases.state),
        next_step=said(phrases.step),
        brief=said(phrases.brief or phrases.summary),
    )
    if override is Override.WORKS and failing(verdict.health):
        return _works_for_me(say, worded)
    return worded


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


def _phrases(service: Service, verdict: Verdict, override: Override | None) -> Phrases:
    if override is Override.BROKEN and verdict.cause is Cause.MIXED:
        return BROKEN
    if verdict.overloaded and verdict.cause in OVERLOADED:
        return OVERLOADED[verdict.cause]
    if verdict.whose is Whose.NONE and verdict.health is Health.OPERATIONAL and not service.page:
        return LOCAL
    return FINDINGS[verdict.whose, verdict.cause]


def _works_for_me(say: Say, worded: Worded) -> Worded:
    """The person's own word, laid over what is reported; it takes nothing of it away."""
    return Worded(
        summary=say("{sentence} For you it works, you say.", sentence=worded.summary),
        state=say("{state}, works for you", state=worded.state),
        next_step=worded.next_step,
        brief=say("{sentence} For you it works.", sentence=worded.brief),
    )


def _page(say: Say, service: Service) -> str:
    if service.page is None:
        return say("the front door of {name}", name=service.name)
    return say("{vendor}'s page", vendor=speaker(service))
