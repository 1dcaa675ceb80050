"""What is written down so that an outage can be proved later. Changes nothing of what we believe.

    written down               when
    whether anybody looks      at a start, and after a sleep too long for a reading to hold
    our own connection         when it becomes another one
    what a page states         of the parts chosen for a service, when it becomes something else
    that a front door is slow  when it begins, and when it ends
    a look                     each that fails at a front door; all while an outage goes on
    who vouched for us         when an outage begins, and when the person is told of it

None of it is needed to decide anything: a diary that lost it would only prove less.
"""

from collections.abc import Iterable, Iterator, Sequence

from notifier.judgement.known import page_says
from notifier.judgement.looks import LEAST_AGE, bad
from notifier.judgement.pace import interval
from notifier.judgement.slow import SLOW_AFTER
from notifier.model import trace
from notifier.model.announcement import ThreadId
from notifier.model.board import CUT_OFF, Board, Thread, going_on
from notifier.model.effect import Announce, Effect
from notifier.model.event import Event, Observed, Started, Woke
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import Answered, Failure, Observation, Reading, Report
from notifier.model.record import Entry, LookCounted, RunBegan
from notifier.model.service import FeedSource, ReferenceSource, ServiceKey, is_local
from notifier.model.settings import Settings
from notifier.model.trace import Break, Vouched


def witnessed(
    before: Board, after: Board, event: Event, effects: Sequence[Effect], settings: Settings
) -> tuple[Entry, ...]:
    """What of one event is to be written down for a proof."""
    kept: list[Entry] = []
    if isinstance(event, Started):
        kept.append(RunBegan(trace.LOOKING, trace.AWAKE, event.at.utc))
    if isinstance(event, Woke):
        kept += _slept(before, event.at, settings)
    if after.connection.link is not before.connection.link:
        kept.append(RunBegan(trace.LINK, after.connection.link.value, event.at.utc))
    if isinstance(event, Observed):
        kept += _looked(before, after, event.observation, settings)
    for thread in _to_vouch_for(before, after, effects):
        kept.append(_vouched(thread, after, settings, event.at))
    return tuple(kept)


def _slept(board: Board, at: Moment, settings: Settings) -> Iterator[Entry]:
    """Nobody looked from the last look that came home until now.

    What is shorter than a good reading holds is no gap; another network is none either.
    """
    seen = (sight.last.at for sight in board.sights.values())
    last = max(seen, key=lambda moment: moment.steady, default=board.started)
    if last is None or at.since(last) <= max(LEAST_AGE, 2 * interval(board, settings)):
        return
    yield RunBegan(trace.LOOKING, trace.ASLEEP, last.utc)
    yield RunBegan(trace.LOOKING, trace.AWAKE, at.utc)


def _looked(before: Board, after: Board, seen: Observation, settings: Settings) -> Iterator[Entry]:
    source = settings.sources.get(seen.source)
    keys = settings.by_source.get(seen.source, ())
    if source is None or not keys or isinstance(source, ReferenceSource) or is_local(source):
        return
    trouble = frozenset(_in_trouble(before, keys)) | frozenset(_in_trouble(after, keys))
    if isinstance(source, FeedSource):
        for key in keys:
            yield from _stated(before, after, seen, key, settings, counted=key in trouble)
        return
    yield from _slow(before, after, seen)
    # While nothing can be seen from here a look that fails speaks of nobody.
    if after.connection.link not in CUT_OFF and (trouble or bad(seen)):
        yield LookCounted(seen.source, seen.at.utc, _break(seen))


def _in_trouble(board: Board, keys: Iterable[ServiceKey]) -> Iterator[ServiceKey]:
    for thread in going_on(board.threads):
        if thread.is_open():
            yield from (key for key in keys if key in thread.services)


def _stated(
    before: Board,
    after: Board,
    seen: Observation,
    key: ServiceKey,
    settings: Settings,
    *,
    counted: bool,
) -> Iterator[Entry]:
    """What the page says of one service, where that is new; and that it was read again."""
    service = settings.by_key[key]
    was, now = (page_says(service, board, settings, seen.at) for board in (before, after))
    state = Health.UNKNOWN if now is None else now.health
    known = None if was is None else was.health
    # A word grows old between two looks: that it does is seen at the next one that fails.
    if known is not (None if now is None else state) or (counted and now is None):
        yield RunBegan(trace.stated(key), state.value, seen.at.utc)
    if counted and isinstance(seen.outcome, Report):
        yield LookCounted(trace.stated(key), seen.at.utc)


def _slow(before: Board, after: Board, seen: Observation) -> Iterator[Entry]:
    was, now = (
        sight is not None and sight.slow >= SLOW_AFTER
        for sight in (before.sights.get(seen.source), after.sights.get(seen.source))
    )
    if was is not now:
        state = trace.SLOW_NOW if now else trace.AS_USUAL
        yield RunBegan(trace.slow(seen.source), state, seen.at.utc)
    if now:
        yield LookCounted(trace.slow(seen.source), seen.at.utc)


def _break(seen: Observation) -> Break | None:
    """How a look failed; None where it did not."""
    match seen.outcome:
        case Reading() as reading:
            broke = Break(seen.stopped, reading.silence, reading.status)
            return broke if reading.bad else None
        case Failure() as failure:
            return Break(seen.stopped, failure.kind, failure.status)
        case Report() | Answered():
            return None


def _to_vouch_for(before: Board, after: Board, effects: Sequence[Effect]) -> Iterator[Thread]:
    """Outages that begin, or begin again, with this event, or are told of while they go on."""
    told: set[ThreadId] = set()
    for effect in effects:
        if isinstance(effect, Announce):
            told.update(effect.announcement.threads)
    if after.threads is before.threads and not told:
        return
    for id_, thread in after.threads.items():
        known = before.threads.get(id_)
        begins = known is None or not known.is_open()
        if thread.is_open() and (begins or id_ in told):
            yield thread


def _vouched(thread: Thread, board: Board, settings: Settings, at: Moment) -> Vouched:
    """How many hosts of others were looked at within two intervals, and how many answered."""
    services = (settings.by_key[key] for key in thread.services if key in settings.by_key)
    own = {settings.owners.get(source.id) for service in services for source in service.sources}
    recent = 2 * interval(board, settings)
    asked, answered = set[str](), set[str]()
    for id_, sight in board.sights.items():
        owner = settings.owners.get(id_)
        if owner is None or owner in own or at.since(sight.last.at) > recent:
            continue
        asked.add(owner)
        if sight.last is sight.good:
            answered.add(owner)
    return Vouched(thread.id, at.utc, len(answered), len(asked))
