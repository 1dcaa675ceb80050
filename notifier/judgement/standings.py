"""How each service stands: judged anew, with the person's own word laid over it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from notifier.judgement.draft import Draft
from notifier.judgement.evidence import neutral, references
from notifier.judgement.known import reading_of
from notifier.judgement.verdict import as_connected, holds_until, judge
from notifier.model.board import Standing
from notifier.model.health import Health, gravity
from notifier.model.moment import Moment
from notifier.model.record import RunBegan, word_kept
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import (
    Cause,
    Confidence,
    Evidence,
    EvidenceKind,
    Override,
    Verdict,
    Whose,
    Word,
)

_NEW = Standing()
"""Of a service nobody has judged yet."""

_MOST_WORDS = 5
"""Words of the person that are remembered of a service; the history has them all."""


def judge_again(draft: Draft, services: Iterable[Service]) -> tuple[Service, ...]:
    """Put the present standing of each of `services` on the board.

    What runs on one that fails now, or fails no more, is judged with it, and what runs on that;
    all that were judged are given back.
    """
    judged: dict[ServiceKey, Service] = {}
    waiting = list(services)
    while waiting:
        service = waiting.pop(0)
        if service.key in judged:
            continue
        judged[service.key] = service
        if _judge_one(draft, service):
            waiting += draft.settings.standing_on(service)
    return tuple(judged.values())


def changed(draft: Draft, services: Iterable[Service]) -> tuple[Service, ...]:
    """Those of `services` of whom it is not seen at a glance that judging them changes nothing."""
    asked = references(draft.board, draft.settings, draft.at)
    return tuple(service for service in services if not _holds(draft, service, asked))


def _holds(draft: Draft, service: Service, asked: tuple[Moment, ...]) -> bool:
    standing = draft.board.standings.get(service.key, _NEW)
    return (
        draft.at.steady <= standing.holds_until
        and standing.override is None
        and neutral(standing.verdict) == asked
        and as_connected(standing.verdict, service, draft.board)
    )


def _judge_one(draft: Draft, service: Service) -> bool:
    """Judge one; whether that it fails, or for whose cause, is new."""
    before = draft.board.standings.get(service.key, _NEW)
    kept = _override_still_holds(draft, service, before)
    verdict = _overridden(judge(service, draft.board, draft.settings, draft.at), kept, draft)
    until = holds_until(verdict, service, draft.board, draft.settings, draft.at)
    if verdict == before.verdict and kept is before and until == before.holds_until:
        return False
    kept = replace(kept, verdict=verdict, holds_until=until)
    if verdict.same_finding(before.verdict) and before.since is not None:
        draft.stand(service.key, kept, news=False)
        return False
    _change(draft, service, before, kept)
    return verdict.tells or before.verdict.tells


def _change(draft: Draft, service: Service, before: Standing, after: Standing) -> None:
    was, now = before.verdict.health, after.verdict.health
    known, known_at = before.last_known, before.last_known_at
    if was not in (Health.UNKNOWN, now):
        known, known_at = was, _last_seen(draft, service)
    after = replace(after, since=draft.at, last_known=known, last_known_at=known_at)
    draft.stand(service.key, after)
    first = before.since is None
    if service.key in draft.settings.by_key and (first or was is not now):
        draft.record(RunBegan(service.key, now.value, draft.at.utc))


def _last_seen(draft: Draft, service: Service) -> datetime:
    """When the state that ends now was last seen: at the last good look before this one."""
    seen = [
        sight.good.at.utc
        for source in service.sources
        if (sight := draft.board.sights.get(source.id)) is not None and sight.good is not None
    ]
    return max(seen, default=draft.at.utc)


def _override_still_holds(draft: Draft, service: Service, standing: Standing) -> Standing:
    """Without the override once the page's or the front door's own reading has changed.

    A look that fails is no reading and ends nothing.
    """
    if standing.override is None:
        return standing
    now = reading_of(service, draft.board, draft.settings, draft.at)
    then = standing.override_reading
    if not any(new and old and new != old for new, old in zip(now, then, strict=True)):
        # What could not be read when the person spoke is held against its first word.
        known = tuple(old or new for new, old in zip(now, then, strict=True))
        return standing if known == then else replace(standing, override_reading=known)
    draft.record(word_kept(service.key, None, draft.at.utc))
    return replace(
        standing,
        override=None,
        override_reading=(),
        override_at=None,
        words=_ended(standing.words, draft.at.utc),
    )


def set_override(draft: Draft, key: ServiceKey, override: Override) -> None:
    """Lay the person's word over one service, until its own reading next changes."""
    service = draft.settings.by_key[key]
    reading = reading_of(service, draft.board, draft.settings, draft.at)
    before = draft.board.standings.get(key, Standing())
    after = replace(before, override=override, override_reading=reading)
    if override is not before.override:
        words = (*_ended(before.words, draft.at.utc), Word(override, draft.at.utc))
        after = replace(after, override_at=draft.at, words=words[-_MOST_WORDS:])
        draft.record(word_kept(key, override, draft.at.utc))
    draft.stand(key, after)
    judge_again(draft, (service,))


def _ended(words: tuple[Word, ...], at: datetime) -> tuple[Word, ...]:
    """The person's words, none of which holds any more."""
    return tuple(replace(word, until=word.until or at) for word in words)


_SAYS = {
    Override.BROKEN: "broken for me",
    Override.WORKS: "works for me",
}


def _overridden(verdict: Verdict, standing: Standing, draft: Draft) -> Verdict:
    if standing.override is None:
        return verdict
    said_at = standing.override_at or draft.at
    word = _SAYS[standing.override]
    line = Evidence(EvidenceKind.PERSON, "you", said_at, word, "")
    verdict = replace(verdict, evidence=(line, *verdict.evidence))
    if standing.override is Override.WORKS or gravity(verdict.health) >= gravity(Health.DEGRADED):
        return verdict
    return replace(
        verdict,
        health=Health.DEGRADED,
        whose=Whose.UNCLEAR,
        cause=Cause.MIXED,
        confidence=Confidence.SUSPECTED,
    )
