"""The wave after a start, a waking or a return: what was found waits, and is told as one."""

from collections.abc import Iterable
from dataclasses import replace

from notifier.judgement.draft import Draft
from notifier.judgement.looks import silent
from notifier.judgement.threads import open_thread
from notifier.model.announcement import Silence, Withheld
from notifier.model.board import CUT_OFF, Sight
from notifier.model.health import well
from notifier.model.moment import Moment
from notifier.model.service import Service, ServiceKey

WAVE = 25.0
"""Seconds it lasts at most: a look's deadline and a little."""


def begin(draft: Draft, services: Iterable[Service]) -> None:
    """First notices of `services` wait for each other from now on."""
    keys = frozenset(service.key for service in services)
    if keys:
        draft.board = replace(
            draft.board, wave=draft.board.wave | keys, wave_ends=draft.at.later(WAVE)
        )


def again(draft: Draft, at: Moment) -> None:
    """It begins anew, where there is one, `at` a time: before that all was looked at in vain."""
    if draft.board.wave:
        draft.board = replace(draft.board, wave_ends=at.later(WAVE))


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
    if not any(id_ in settings.owners for id_ in settings.by_source):
        return True  # what runs on this computer is there at once
    return any(
        sight.good is not None and sight.good.at.steady >= since
        for id_, sight in draft.board.sights.items()
        if id_ in settings.owners
    )


def in_vain(draft: Draft) -> bool:
    """Whether nobody has answered yet, and somebody was silent: it may be us, and not be known."""
    board, since = draft.board, _since(draft)
    if not board.wave or board.connection.link in CUT_OFF:
        return False
    looked = (sight.last for sight in board.sights.values() if sight.last.at.steady >= since)
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
    """Whether a service was looked at since the wave began; where something went on there before,
    all of it, and without a doubt.
    """
    went_on = draft.board.waking and open_thread(draft, service.key) is not None
    sights = [draft.board.sights.get(source.id) for source in service.sources]
    since = _since(draft)
    return bool(sights) and all(
        sight is not None and sight.last.at.steady >= since and not (went_on and _in_doubt(sight))
        for sight in (sights if went_on else sights[:1])
    )


def _in_doubt(sight: Sight) -> bool:
    """Whether one more look is on its way that settles how it stands."""
    return sight.eased is not None or (sight.doubt is not None and sight.confirmed is None)


def _since(draft: Draft) -> float:
    """Since when (steady) we are where we are, and the wave goes on."""
    board = draft.board
    times = (board.started, board.arrived)
    began = board.wave_ends.steady - WAVE if board.wave_ends is not None else float("-inf")
    return max([began, *(one.steady for one in times if one is not None)])


def _in_order(draft: Draft, keys: frozenset[ServiceKey]) -> tuple[ServiceKey, ...]:
    return tuple(service.key for service in draft.settings.services if service.key in keys)
