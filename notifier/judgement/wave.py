"""The wave after a start or a waking: first notices wait for each other and are told as one."""

from dataclasses import replace

from notifier.judgement.draft import Draft
from notifier.judgement.looks import silent
from notifier.model.announcement import Silence, Withheld
from notifier.model.board import CUT_OFF
from notifier.model.health import well
from notifier.model.moment import Moment
from notifier.model.service import Service, ServiceKey


def ends(draft: Draft) -> bool:
    """Whether every service of the wave was looked at once, or the wave has waited enough.

    While nothing can be seen from here it goes on waiting.
    """
    board = draft.board
    if not board.wave or board.connection.link in CUT_OFF or not answered(draft):
        return False
    late = board.wave_ends is not None and draft.at.steady >= board.wave_ends.steady
    return late or all(
        _looked_at(draft, service)
        for service in draft.settings.services
        if service.key in board.wave
    )


def answered(draft: Draft) -> bool:
    """Whether anybody has answered since we are where we are."""
    since, settings = _since(draft), draft.settings
    if since is None or not any(id_ in settings.owners for id_ in settings.by_source):
        return True  # what runs on this computer is there at once
    return any(
        sight.good is not None and sight.good.at.steady >= since.steady
        for id_, sight in draft.board.sights.items()
        if id_ in settings.owners
    )


def in_vain(draft: Draft) -> bool:
    """Whether nobody has answered yet, and somebody was silent: it may be us, and not be known."""
    board, since = draft.board, _since(draft)
    if not board.wave or since is None or board.connection.link in CUT_OFF:
        return False
    looked = (sight.last for sight in board.sights.values() if sight.last.at.steady >= since.steady)
    return any(silent(last) for last in looked) and not answered(draft)


def end(draft: Draft) -> None:
    """It is over; that all is well at a start is no news, and noted as such."""
    board = draft.board
    told_well = (board.standings.get(key) for key in board.wave)
    if not board.waking and all(
        standing is not None and well(standing.verdict.health) for standing in told_well
    ):
        draft.hush(Withheld(draft.at.utc, None, _in_order(draft, board.wave), Silence.BASELINE))
    draft.board = replace(draft.board, wave=frozenset(), wave_ends=None, waking=False)


def _looked_at(draft: Draft, service: Service) -> bool:
    """Whether a service was looked at since we are where we are."""
    sight = draft.board.sights.get(service.sources[0].id) if service.sources else None
    since = _since(draft)
    return sight is not None and (since is None or sight.last.at.steady >= since.steady)


def _since(draft: Draft) -> Moment | None:
    """Since when we are where we are."""
    return draft.board.arrived or draft.board.started


def _in_order(draft: Draft, keys: frozenset[ServiceKey]) -> tuple[ServiceKey, ...]:
    return tuple(service.key for service in draft.settings.services if service.key in keys)
