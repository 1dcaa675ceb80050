"""The one door: what an event changes in what we believe, and what is to be done about it.

    update(board, event, settings) -> Step(board, effects)

Pure: no clock, no network, no disk. The order inside one event is always the same: the event is
put on the board, our own connection is judged, then each service it touches, then its thread,
then what a person is told. A change is judged against the last *known* state and against what
was *told*, never against the last look.
"""

from collections.abc import Iterable
from dataclasses import replace

from msgspec import Struct

from notifier.judgement import away, beside, delivery, orders, telling, wave
from notifier.judgement.draft import Draft
from notifier.judgement.known import page_says
from notifier.judgement.looks import bad, remember
from notifier.judgement.records import keep_look
from notifier.judgement.sight import connection, nothing_new
from notifier.judgement.standings import changed, judge_again
from notifier.judgement.threads import follow, forget_old
from notifier.judgement.weigh import fold
from notifier.model.announcement import Reason, Silence, Withheld
from notifier.model.board import CUT_OFF, PLAIN, Board, Machine, Sight, Topic
from notifier.model.effect import Effect
from notifier.model.event import (
    Asked,
    Event,
    Heard,
    KeptBack,
    Moved,
    Observed,
    Reachable,
    Recalled,
    Reconfigured,
    Started,
    Ticked,
    Unheard,
    Woke,
)
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import Observation, Report
from notifier.model.service import Service, ServiceKey
from notifier.model.settings import Settings


class Step(Struct, frozen=True):
    """What `update` answers. `touched` are the services whose picture may have changed.

    `news` is whether it has changed in more than when they were looked at and what exactly came:
    so it is where a picture cannot wait a moment.
    """

    board: Board
    effects: tuple[Effect, ...] = ()
    touched: frozenset[ServiceKey] = frozenset()
    news: bool = True


def update(board: Board, event: Event, settings: Settings) -> Step:
    """Believe `event`, and say what to do about it."""
    draft = Draft(board, settings, event.at)
    match event:
        case Observed(observation=seen):
            _observed(draft, seen)
        case Heard() | KeptBack() | Unheard() | Reachable():
            _delivered(draft, event)
        case Asked():
            from notifier.judgement.answers import answer  # who looks once is never asked

            answer(draft, event)
            _tell(draft, settings.services)
        case Started():
            draft.board = replace(draft.board, started=event.at, arrived=event.at)
            wave.begin(draft, settings.services)
        case Reconfigured():
            _reconfigured(draft)
        case Woke():
            _woke(draft)
        case Moved(machine=machine):
            _moved(draft, machine)
        case Recalled(reliability=known):
            draft.board = replace(draft.board, reliability=known)
        case Ticked():
            _ticked(draft)
    news = draft.news or not isinstance(event, (Observed, Ticked, Recalled))
    return Step(draft.board, tuple(draft.effects), frozenset(draft.touched), news)


def _delivered(draft: Draft, event: Heard | KeptBack | Unheard | Reachable) -> None:
    """What a channel has to say of notices."""
    match event:
        case Heard(notice=notice, channel=channel, handle=handle):
            delivery.heard(draft, notice, channel, handle)
            telling.tell(draft)
            beside.tell(draft)
        case KeptBack(notice=notice, by=by):
            delivery.kept_back(draft, notice, by)
        case Unheard(notice=notice, why=why):
            delivery.unheard(draft, notice, why)
        case Reachable():
            telling.deliver_owed(draft)
            beside.tell(draft)


def _observed(draft: Draft, seen: Observation) -> None:
    before = draft.board.sights.get(seen.source)
    in_vain = wave.in_vain(draft)
    draft.board = remember(draft.board, seen, draft.settings)
    if in_vain and wave.answered(draft):
        _get_through(draft, seen.at)
    draft.news = _is_another_page(before, seen)
    _explain(draft, before)
    keep_look(draft, before, seen)
    link = draft.board.connection.link
    if not nothing_new(before, draft.board.sights[seen.source], draft.board, draft.settings):
        _see(draft, seen.at)
    orders.ask_controls(draft, seen)
    orders.confirm(draft)
    orders.try_the_way_out(draft, seen)
    now = draft.board.connection.link
    turned = link is not now and (link in CUT_OFF or now in CUT_OFF)
    touched = _everyone(draft) if turned else draft.settings.users_of(seen.source)
    _tell(draft, touched)
    if bad(seen) and (before is None or before.doubt is None) and now not in CUT_OFF:
        _unconfirmed(draft, seen)


def _is_another_page(before: Sight | None, seen: Observation) -> bool:
    """Whether a page does not say word for word what it said: a part, an incident may be new."""
    known = before.good if before is not None else None
    return isinstance(seen.outcome, Report) and (known is None or known.outcome is not seen.outcome)


def _explain(draft: Draft, before: Sight | None) -> None:
    """A maintenance that begins or ends explains what the front door was seen to fail at."""
    if before is None or before.good is None or not isinstance(before.good.outcome, Report):
        return
    was, now = before.good.outcome, draft.board.sights[before.last.source].good
    if now is not None and now.outcome is was:
        return  # the very same document: nothing begins or ends in it
    for service in draft.settings.users_of(before.last.source):
        page = page_says(service, draft.board, draft.settings, draft.at)
        if page is None:
            continue
        planned = fold(was, service.parts).health is Health.MAINTENANCE
        if planned is not (page.health is Health.MAINTENANCE):
            orders.forgive(draft, service)


def _see(draft: Draft, at: Moment) -> None:
    """Judge our own connection; what turns on it is said and asked once. `at` is when that was
    seen: a little before it came to be known.
    """
    before = draft.board.connection.link
    judged = connection(draft.board, draft.settings, draft.at)
    if judged != draft.board.connection:
        draft.board = replace(draft.board, connection=judged)
    now = judged.link
    draft.news = draft.news or now is not before
    if now in CUT_OFF and before not in CUT_OFF:
        draft.hush_all(Silence.OFFLINE)
        orders.arrive(draft)
    if before in CUT_OFF and now not in CUT_OFF:
        _get_through(draft, at)


def _get_through(draft: Draft, at: Moment) -> None:
    """Somebody can be reached again: what was looked at in vain is looked at once more."""
    wave.again(draft, at)
    orders.arrive(draft, at)
    orders.look_at_all(draft, draft.settings.services, early=True)


def _tell(draft: Draft, services: Iterable[Service]) -> None:
    """Judge `services`, follow their threads, tell what is news."""
    for service in judge_again(draft, services):
        if service.key in draft.settings.by_key:
            follow(draft, service)
    telling.tell(draft)
    beside.tell(draft)


def _everyone(draft: Draft) -> tuple[Service, ...]:
    seen = draft.board.sights
    others = (s for s in draft.settings.others if any(x.id in seen for x in s.sources))
    return (*draft.settings.services, *others)


def _unconfirmed(draft: Draft, seen: Observation) -> None:
    """A front door failed once: nobody is told, and that is written down."""
    keys = draft.settings.by_source.get(seen.source, ())
    if keys:
        draft.hush(
            Withheld(draft.at.utc, None, keys, Silence.UNCONFIRMED, would_be=Reason.SUSPECTED)
        )


def _reconfigured(draft: Draft) -> None:
    """Forget what is no longer chosen, without a word; treat what is new like a first start."""
    keys = draft.settings.by_key
    for thread in tuple(draft.board.threads.values()):
        if thread.topic is Topic.OUTAGE and not any(key in keys for key in thread.services):
            telling.let_go(draft, thread)
    known = set(draft.board.standings)
    wave.begin(draft, [s for s in draft.settings.services if s.key not in known])
    standings = {k: v for k, v in draft.board.standings.items() if k in keys}
    sights = {k: v for k, v in draft.board.sights.items() if k in draft.settings.sources}
    draft.board = replace(
        draft.board, standings=standings, sights=sights, wave=draft.board.wave & frozenset(keys)
    )
    _tell(draft, _everyone(draft))


def _woke(draft: Draft) -> None:
    """Doubts from before a sleep mean nothing after it; everything is looked at afresh."""
    away.slept(draft)
    orders.arrive(draft)
    waking = draft.board.waking or not draft.board.wave
    draft.board = replace(draft.board, woke=draft.at, waking=waking)
    wave.begin(draft, draft.settings.services)
    _ticked(draft)
    orders.look_at_all(draft, draft.settings.services)


def _moved(draft: Draft, machine: Machine) -> None:
    """Other circumstances: whoever comes to the front again sees, and hears, how it stands now."""
    if away.is_waking(draft):
        _woke(draft)  # the screen may tell of itself before the sleep is noticed
    back = away.here(machine) and not away.here(draft.board.machine)
    draft.board = replace(draft.board, machine=PLAIN if machine == PLAIN else machine)
    if not away.here(machine):
        away.leave(draft, draft.at)
    if back:
        if away.anything_happened(draft):
            draft.board = replace(draft.board, waking=draft.board.waking or not draft.board.wave)
            wave.begin(draft, draft.settings.services)
        orders.look_at_all(draft, draft.settings.services)
    _ticked(draft)
    _tell(draft, _everyone(draft))


def _ticked(draft: Draft) -> None:
    until = draft.board.paused_until
    if until is not None and draft.at.utc >= until:
        draft.board = replace(draft.board, paused_until=None)
        draft.touched.update(draft.settings.by_key)
        draft.news = True
    draft.board = replace(draft.board, awake_at=draft.at)
    away.keep_quiet(draft)
    _see(draft, draft.at)
    orders.confirm(draft)
    forget_old(draft)
    _tell(draft, changed(draft, _everyone(draft)))
    beside.tell_ahead(draft)
