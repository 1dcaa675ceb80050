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


def connection(board: Board, settings: Settings, at: Moment) -> Connection:
    """What the looks on the board say of our own connection."""
    seen = [
        (source, sight)
        for id_, sight in board.sights.items()
        if (source := settings.sources.get(id_)) is not None
    ]
    answer = max((sight.good.at.steady for _, sight in seen if sight.good), default=None)
    recent = 2 * settings.interval
    newer = [(s, sight.last) for s, sight in seen if _newer(sight, answer)]
    link = _link(newer, seen, settings)
    if link is Link.UNCLEAR and answer is not None and at.steady - answer <= recent:
        link = Link.ONLINE
    before = board.connection
    return Connection(
        link=link,
        since=before.since if before.link is link else at,
        answered=len(_owners(s for s, sight in seen if _answers(sight, at, recent))),
        asked=len(_owners(s for s, sight in seen if at.since(sight.last.at) <= recent)),
    )


def _newer(sight: Sight, answer: float | None) -> bool:
    """Whether the last look at a source is a failure younger than the last answer of any."""
    return sight.last is not sight.good and (answer is None or sight.last.at.steady > answer)


def _answers(sight: Sight, at: Moment, recent: float) -> bool:
    return sight.last is sight.good and at.since(sight.last.at) <= recent


def _owners(sources: Iterable[Source]) -> set[str]:
    return {owner(source.url) for source in sources}


def _link(
    newer: list[tuple[Source, Observation]], seen: list[tuple[Source, Sight]], settings: Settings
) -> Link:
    mute = [(source, last) for source, last in newer if silent(last)]
    if _everyone_failed(mute, seen, settings) and len(_owners(s for s, _ in mute)) >= _needed(mute):
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
    mute: list[tuple[Source, Observation]], seen: list[tuple[Source, Sight]], settings: Settings
) -> bool:
    if not mute:
        return False
    ids = {source.id for source, _ in mute}
    if settings.references:
        return all(reference.id in ids for reference in settings.references)
    return all(source.id in ids for source, _ in seen)


def _kind(observation: Observation) -> FailureKind | None:
    outcome = observation.outcome
    return outcome.kind if isinstance(outcome, Failure) else None
