"""Are *we* connected? Only then is anything else news.

online          a host answered with what was asked within the last two intervals, and not
                everything asked since has failed
offline         since the last answer no host has answered, every reference asked (or, without
                references, every host) failed, and either nothing had a route or a name, or at
                least three unrelated hosts stayed silent
captive_portal  since the last answer at least two unrelated hosts, or one reference, answered
                with a web page or sent us elsewhere
unclear         anything else
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from notifier.judgement.looks import no_way_out, silent
from notifier.model.board import Board, Connection, Link, Sight
from notifier.model.moment import Moment
from notifier.model.observation import PORTAL_KINDS, Failure, FailureKind, Observation
from notifier.model.service import ReferenceSource, Source, host_of, owner_of
from notifier.model.settings import Settings

_UNRELATED_ENOUGH = 3
_PORTAL_ENOUGH = 2


@lru_cache(maxsize=2048)
def owner(url: str) -> str:
    """Who owns the host of an address."""
    return owner_of(host_of(url))


@dataclass(slots=True)
class _Heard:
    """What the last looks amount to. `answer` (steady) is when any host last answered.

    `asked` and `answered` are the owners of the hosts looked at of late.
    """

    answer: float = float("-inf")
    failed: list[tuple[Source, Sight]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)


def connection(board: Board, settings: Settings, at: Moment) -> Connection:
    """What the looks on the board say of our own connection."""
    recent = 2 * settings.interval
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


def nothing_new(before: Sight | None, now: Sight, board: Board, settings: Settings) -> bool:
    """Whether a look says nothing of our connection that was not known: online we were and are.

    So it is with nearly every look. How many hosts answered is counted anew at the next tick.
    """
    return (
        board.connection.link is Link.ONLINE
        and now.last is now.good
        and before is not None
        and before.last is before.good
        and now.last.at.steady - before.last.at.steady <= 2 * settings.interval
    )


def _heard(board: Board, settings: Settings, since: float) -> _Heard:
    """One walk over all sights. This happens at every look: where many are watched it is felt."""
    heard = _Heard()
    for id_, sight in board.sights.items():
        owner = settings.owners.get(id_)
        if owner is None:
            continue  # it is watched no more
        last, good = sight.last, sight.good
        if good is not None and good.at.steady > heard.answer:
            heard.answer = good.at.steady
        if last is not good:
            heard.failed.append((settings.sources[id_], sight))
        if last.at.steady >= since:
            heard.asked.add(owner)
            if last is good:
                heard.answered.add(owner)
    return heard


def _owners(sources: Iterable[Source]) -> set[str]:
    return {owner(source.url) for source in sources}


def _link(heard: _Heard, board: Board, settings: Settings) -> Link:
    """What the failures prove that are younger than the last answer of any host."""
    newer = [(s, sight.last) for s, sight in heard.failed if sight.last.at.steady > heard.answer]
    mute = [(source, last) for source, last in newer if silent(last)]
    everyone = _everyone_failed(mute, board, settings)
    if everyone and len(_owners(source for source, _ in mute)) >= _needed(mute):
        return Link.OFFLINE
    portal = [source for source, last in newer if _kind(last) in PORTAL_KINDS]
    by_reference = any(isinstance(source, ReferenceSource) for source in portal)
    if by_reference or len(_owners(portal)) >= _PORTAL_ENOUGH:
        return Link.CAPTIVE_PORTAL
    return Link.UNCLEAR


def _needed(mute: list[tuple[Source, Observation]]) -> int:
    """How many unrelated silent hosts prove it: one, where nothing even found a way out."""
    return 1 if all(no_way_out(last) for _, last in mute) else _UNRELATED_ENOUGH


def _everyone_failed(
    mute: list[tuple[Source, Observation]], board: Board, settings: Settings
) -> bool:
    if not mute:
        return False
    ids = {source.id for source, _ in mute}
    if settings.references:
        return all(reference.id in ids for reference in settings.references)
    return all(id_ in ids for id_ in board.sights if id_ in settings.sources)


def _kind(observation: Observation) -> FailureKind | None:
    outcome = observation.outcome
    return outcome.kind if isinstance(outcome, Failure) else None
