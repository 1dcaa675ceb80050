"""What a person answers or asks, and what that changes. All ways of saying it end here."""

from dataclasses import replace
from datetime import datetime, timedelta

from notifier.judgement import orders
from notifier.judgement.beside import awaited
from notifier.judgement.draft import Draft
from notifier.judgement.standings import set_override
from notifier.judgement.threads import open_thread
from notifier.model.board import Mute
from notifier.model.event import Asked, Wish
from notifier.model.record import MuteKept, PauseKept
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import Override

HOUR = timedelta(hours=1)


def answer(draft: Draft, asked: Asked) -> None:
    """Carry out one wish on the board."""
    match asked.wish:
        case Wish.GOT_IT:
            _mute(draft, asked.service, acknowledged=True)
        case Wish.SNOOZE:
            _mute(draft, asked.service, until=asked.until or asked.at.utc + HOUR)
        case Wish.PAUSE:
            _pause(draft, asked.until or asked.at.utc + HOUR)
        case Wish.RESUME:
            _pause(draft, None)
        case Wish.BROKEN:
            _override(draft, asked.service, Override.BROKEN)
        case Wish.WORKS:
            _override(draft, asked.service, Override.WORKS)
        case Wish.CHECK_NOW:
            _check_now(draft, asked.service)
        case Wish.TELL_ME:
            for service in _services(draft, asked.service):
                _wait_for(draft, service)


def _services(draft: Draft, key: ServiceKey | None) -> tuple[Service, ...]:
    if key is None:
        return draft.settings.services
    service = draft.settings.by_key.get(key)
    return () if service is None else (service,)


def _wait_for(draft: Draft, service: Service) -> None:
    """Whose end is told anyway, because its beginning was, is only not spoken of until then."""
    thread = open_thread(draft, service.key)
    told = draft.board.told.get(thread.id) if thread is not None else None
    if told is not None and not told.over:
        _mute(draft, service.key, acknowledged=True)
    awaited.wait_for(draft, service)
    draft.touched.add(service.key)


def _mute(
    draft: Draft,
    key: ServiceKey | None,
    *,
    acknowledged: bool = False,
    until: datetime | None = None,
) -> None:
    for service in _services(draft, key):
        thread = open_thread(draft, service.key)
        if thread is None:
            continue
        before = draft.board.mutes.get(thread.id, Mute())
        mute = replace(
            before,
            acknowledged=acknowledged or before.acknowledged,
            until=until or before.until,
        )
        draft.board = replace(draft.board, mutes={**draft.board.mutes, thread.id: mute})
        draft.touched.add(service.key)
        draft.record(MuteKept(thread.id, mute))


def _pause(draft: Draft, until: datetime | None) -> None:
    draft.board = replace(draft.board, paused_until=until)
    draft.touched.update(draft.settings.by_key)
    draft.record(PauseKept(until))


def _override(draft: Draft, key: ServiceKey | None, override: Override) -> None:
    if key is None or key not in draft.settings.by_key:
        return
    set_override(draft, key, override)
    if override is Override.WORKS:
        _mute(draft, key, acknowledged=True)
        return
    service = draft.settings.by_key[key]
    orders.look_at_all(draft, (service,), early=True)
    for id_ in orders.extra_sources(draft.board, draft.settings):
        draft.look_at(id_)


def _check_now(draft: Draft, key: ServiceKey | None) -> None:
    orders.look_at_all(draft, _services(draft, key), early=True)
    for reference in draft.settings.references:
        draft.look_at(reference.id, early=True)
