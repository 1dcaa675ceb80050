"""Are *we* connected? Only then is anything else news.

    clock             since a secure connection last held, the certificates of a reference (without
                      any: of three unrelated hosts, or all there are; one, where an answer's own
                      date is a day off as well) are out of date
    tls_interception  the same, with certificates of an authority this computer does not know
    captive_portal    the same, with certificates made out to another name; or since the last
                      answer as many answered with a web page or sent us elsewhere
    offline           since the last answer no host has answered, every reference asked (or,
                      without references, every host) failed, and either nothing had a route, or
                      at least three unrelated hosts stayed silent
    dns               the same, and there is a route, but no name was found
    proxy             the same, and it was always the proxy that failed
    online            a host answered with what was asked within the last two intervals
    unclear           anything else

A secure connection may fail for our own fault while plain ones work, so those rows come first.
What runs on this computer is no witness. What the system itself says of the network is none
either: it only has everything looked at again.
"""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from notifier.judgement.looks import silent
from notifier.judgement.pace import interval
from notifier.model.board import CUT_OFF, Board, Connection, Link, Sight
from notifier.model.moment import Moment
from notifier.model.observation import (
    PORTAL_KINDS,
    Answered,
    Failure,
    FailureKind,
    Observation,
    Reading,
)
from notifier.model.service import ReferenceSource, Source, host_of, owner_of
from notifier.model.settings import Settings

_UNRELATED_ENOUGH = 3
_ALIKE_ENOUGH = 2

WRONG_BY = 86_400.0
"""Seconds between an answer's own date and our clock that make the clock doubtful."""

_SECURELY = {
    FailureKind.CERTIFICATE_DATE: Link.CLOCK,
    FailureKind.CERTIFICATE_ISSUER: Link.TLS_INTERCEPTION,
    FailureKind.CERTIFICATE_NAME: Link.CAPTIVE_PORTAL,
}
"""What certificates refused in the same way at unrelated hosts say of our own side."""

_ALL_OF_A_KIND: tuple[tuple[frozenset[FailureKind], Link], ...] = (
    (frozenset({FailureKind.DNS}), Link.DNS),
    (frozenset({FailureKind.OFFLINE, FailureKind.DNS}), Link.OFFLINE),
    (frozenset({FailureKind.PROXY}), Link.PROXY),
)
"""Failures that are our own side's as soon as nothing else is seen, however few they are."""


SETTLED_AFTER = 30.0
"""Seconds after which it is no passing hitch."""

COME_UP_WITHIN = 150.0
"""Seconds a network is given to come up after a sleep (faults.md, G6)."""

TO_BE_MENDED = CUT_OFF - {Link.OFFLINE}
"""What a person can do something about, and so is told of."""


@lru_cache(maxsize=2048)
def owner(url: str) -> str:
    """Who owns the host of an address."""
    return owner_of(host_of(url))


class _Heard(Struct):
    """What the last looks amount to. `answer` and `secure` (steady) are when any host, and any
    host over a secure connection, last answered.

    `asked` and `answered` are the owners of the hosts looked at of late.
    """

    answer: float = float("-inf")
    secure: float = float("-inf")
    failed: list[tuple[Source, Observation]] = []
    asked: set[str] = set()
    answered: set[str] = set()


def connection(board: Board, settings: Settings, at: Moment) -> Connection:
    """What the looks on the board say of our own connection."""
    recent = 2 * interval(board, settings)
    heard = _heard(board, settings, at.steady - recent)
    link = _link(heard, board, settings)
    if link is Link.UNCLEAR and at.steady - heard.answer <= recent:
        link = Link.ONLINE
    before = board.connection
    return Connection(
        link=link,
        since=before.since if before.link is link else at,
        answered=len(heard.answered),
        asked=len(heard.asked),
    )


def settles(board: Board, at: Moment) -> Moment | None:
    """When what is to be mended counts as settled; None where nothing is waited for.

    A login page is no hitch: it waits for the person.
    """
    since = board.connection.since
    if since is None or board.connection.link not in TO_BE_MENDED - {Link.CAPTIVE_PORTAL}:
        return None
    until = since.later(SETTLED_AFTER)
    if board.woke is not None:
        until = max(until, board.woke.later(COME_UP_WITHIN), key=lambda one: one.steady)
    return None if at.steady >= until.steady else until


def nothing_new(before: Sight | None, now: Sight, board: Board, settings: Settings) -> bool:
    """Whether a look says nothing of our connection that was not known: online we were and are.

    So it is with nearly every look. How many hosts answered is counted anew at the next tick.
    """
    return (
        board.connection.link is Link.ONLINE
        and now.last is now.good
        and before is not None
        and before.last is before.good
        and now.last.at.steady - before.last.at.steady <= 2 * interval(board, settings)
    )


def _heard(board: Board, settings: Settings, since: float) -> _Heard:
    """One walk over all sights. This happens at every look: where many are watched it is felt."""
    heard, owners, sources = _Heard(), settings.owners, settings.sources
    for id_, sight in board.sights.items():
        owner = owners.get(id_)
        if owner is None:
            continue  # it is watched no more, or runs on this computer
        last, good = sight.last, sight.good
        if good is not None and (at := good.at.steady) > heard.secure:
            heard.answer = max(heard.answer, at)
            if sources[id_].url.startswith("https:"):
                heard.secure = at
        if last is not good:
            heard.failed.append((sources[id_], last))
        if last.at.steady >= since:
            heard.asked.add(owner)
            if last is good:
                heard.answered.add(owner)
    return heard


def _ahead(board: Board, settings: Settings) -> float:
    """The most an answer's own date differs from our clock, in seconds."""
    answers = (
        sight.good.outcome
        for id_, sight in board.sights.items()
        if sight.good is not None and id_ in settings.owners
    )
    return max(
        (
            abs(answer.ahead)
            for answer in answers
            if isinstance(answer, (Answered, Reading)) and answer.ahead is not None
        ),
        default=0.0,
    )


def _owners(sources: Iterable[Source]) -> set[str]:
    return {owner(source.url) for source in sources}


def _link(heard: _Heard, board: Board, settings: Settings) -> Link:
    """What the failures prove that are younger than the last answer of any host."""
    if not heard.failed:
        return Link.UNCLEAR
    refused = _refused_alike(heard, board, settings)
    if refused is not None:
        return refused
    newer = [(source, last) for source, last in heard.failed if last.at.steady > heard.answer]
    mute = [(source, last) for source, last in newer if silent(last)]
    if _everyone_failed(mute, board, settings):
        kinds = {_kind(last) for _, last in mute}
        for alike, link in _ALL_OF_A_KIND:
            if kinds <= alike:
                return link
        if len(_owners(source for source, _ in mute)) >= _UNRELATED_ENOUGH:
            return Link.OFFLINE
    portal = [source for source, last in newer if _kind(last) in PORTAL_KINDS]
    return Link.CAPTIVE_PORTAL if _enough(portal, settings.references, settings) else Link.UNCLEAR


def _refused_alike(heard: _Heard, board: Board, settings: Settings) -> Link | None:
    """What certificates say that were refused since a secure connection last held."""
    since = heard.secure
    refused = [(s, _kind(last)) for s, last in heard.failed if last.at.steady > since]
    if _SECURELY.keys().isdisjoint(kind for _, kind in refused):
        return None
    secure = tuple(one for one in settings.references if one.url.startswith("https:"))
    for kind, link in _SECURELY.items():
        by = [source for source, how in refused if how is kind]
        dated = kind is FailureKind.CERTIFICATE_DATE and _ahead(board, settings) >= WRONG_BY
        if (by and dated) or _enough(by, secure, settings):
            return link
    return None


def _enough(
    alike: list[Source], references: tuple[ReferenceSource, ...], settings: Settings
) -> bool:
    """Whether hosts that fail in the same way prove something of us, and not of themselves.

    Two of many may just have been looked at one after the other: a neutral one must be among
    them. Where there is none, three unrelated ones must, or all there are.
    """
    if references:
        return any(source in references for source in alike)
    owners = len(_owners(alike))
    everyone = len(set(settings.owners.values()))
    return owners >= _ALIKE_ENOUGH and owners >= min(_UNRELATED_ENOUGH, everyone)


def _everyone_failed(
    mute: list[tuple[Source, Observation]], board: Board, settings: Settings
) -> bool:
    if not mute:
        return False
    ids = {source.id for source, _ in mute}
    if settings.references:
        return all(reference.id in ids for reference in settings.references)
    return all(id_ in ids for id_ in board.sights if id_ in settings.owners)


def _kind(observation: Observation) -> FailureKind | None:
    """How a look failed; None where a front door answered, or was cut off in silence."""
    outcome = observation.outcome
    return outcome.kind if isinstance(outcome, Failure) else None
