"""What one more look changes in what is known of its source: good, failed, doubted, confirmed.

    a look is      before           then
    good           nothing known    good
    good           doubted          good; the doubt has wavered
    good           confirmed        eased: a second good look ends it, the first does not
    bad            good, nothing    doubted
    bad            doubted          confirmed, where it is the confirming look, of the same kind,
                                    and a control has answered between; else doubted anew. One of
                                    another kind between the two changes nothing of that. One
                                    that waited for an answer in vain needs one that was answered
                                    and began with it. A cut one needs one more, and one more still
                                    where our own line drops connections
    a failure      anything         kept as it was, until it is too old

A front door is bad where it answers with trouble or not at all, and where it alone cannot be
reached from here: both are told apart by what they then confirm.
"""

from dataclasses import replace

from notifier.judgement.pace import interval
from notifier.judgement.slow import timed, with_answer
from notifier.model.board import Board, Sight
from notifier.model.moment import Moment
from notifier.model.observation import (
    CERTIFICATE_KINDS,
    CONNECTION_KINDS,
    PORTAL_KINDS,
    Answered,
    Failure,
    FailureKind,
    Observation,
    Reading,
    Report,
    Says,
)
from notifier.model.service import (
    FeedSource,
    ReferenceSource,
    Source,
    SourceId,
    host_of,
    is_local,
)
from notifier.model.settings import Settings

LEAST_AGE = 180.0
"""Seconds a good reading stays true at least, however short the interval."""

INTERRUPTED_WITHIN = 60.0
"""Seconds within which a doubt is taken up again that a look of another kind has interrupted."""

WAVERED_WITHIN = 600.0
"""Seconds within which a doubt that wavered is remembered."""

_CUT_BEFORE = 2
"""Cut connections before the one that confirms: a line drops two in a row by chance."""

_CUT_BEFORE_ON_A_SHAKY_LINE = 3
"""The same where our own line drops connections."""

BESIDE = 1.0
"""Seconds from each other within which two looks begin at one time."""

_REMEMBERED = 8
"""Looks that were answered whose beginning is remembered of each source: while one waits for twenty
seconds in vain, a neutral host may be asked for several others."""

WAITED = 5.0
"""Seconds after which a look that brings no answer was more than refused: it waited for one."""

LONG_APART = 25.0
"""Seconds after which a second cut connection is no more of the same hitch."""

SHAKY_WITHIN = 120.0
"""Seconds within which a connection cut at another host may speak of our own line."""

_NO_WAY_OUT = frozenset({FailureKind.OFFLINE, FailureKind.DNS})

ROUTE_KINDS = frozenset(
    {
        FailureKind.OFFLINE,
        FailureKind.DNS,
        FailureKind.REFUSED,
        FailureKind.TLS,
        FailureKind.CERTIFICATE_ISSUER,
        FailureKind.CERTIFICATE_NAME,
        FailureKind.PROXY,
        *PORTAL_KINDS,
    }
)
"""How a firewall, a filter or a VPN keeps one host from us. A certificate out of date is not among
them: nobody on the way would show one."""


def fresh_for(source: Source, board: Board, settings: Settings) -> float:
    """Seconds a good reading of `source` may be old: two intervals, at least three minutes."""
    wait = interval(board, settings)
    if not isinstance(source, (FeedSource, ReferenceSource)):
        wait = max(wait, source.least_wait)
    return max(2 * wait, LEAST_AGE)


def current(
    observation: Observation | None, source: Source, board: Board, settings: Settings, at: Moment
) -> bool:
    """Whether a look is young enough to stand for now."""
    if observation is None:
        return False
    return at.steady - observation.at.steady <= fresh_for(source, board, settings)


def silent(observation: Observation) -> bool:
    """Whether the host said nothing at all: over there, or our own connection."""
    match observation.outcome:
        case Failure(kind=kind):
            return kind in CONNECTION_KINDS
        case Reading() as reading:
            return reading.bad and reading.status is None
        case Report() | Answered():
            return False


def waited(observation: Observation) -> bool:
    """Whether it waited for an answer, and none came."""
    return silent(observation) and observation.at.since(observation.began) >= WAITED


def no_way_out(observation: Observation) -> bool:
    """Whether it never left this computer: no route, or no name looked up."""
    return isinstance(observation.outcome, Failure) and observation.outcome.kind in _NO_WAY_OUT


def bad(observation: Observation) -> bool:
    """Whether a front door answered with trouble, or not at all."""
    return isinstance(observation.outcome, Reading) and observation.outcome.bad


def shut_off(observation: Observation) -> bool:
    """Whether a host was kept from us the way a firewall or a filter does."""
    outcome = observation.outcome
    return isinstance(outcome, Failure) and outcome.kind in ROUTE_KINDS


def same_kind(one: Observation, other: Observation) -> bool:
    """Whether two bad looks failed in the same way."""
    return _kind(one) == _kind(other)


def _kind(observation: Observation) -> object:
    match observation.outcome:
        case Failure(kind=kind) if kind in CERTIFICATE_KINDS:
            return FailureKind.TLS
        case Failure(kind=kind) if kind in PORTAL_KINDS:
            return FailureKind.WEB_PAGE
        case Failure(kind=kind):
            return kind
        case Reading(says=Says.FAILING, silence=silence):
            return silence or Says.FAILING
        case Reading(says=says):
            return says
        case Report() | Answered():
            return None


def remember(board: Board, seen: Observation, settings: Settings) -> Board:
    """The board with one more look on it."""
    before = board.sights.get(seen.source)
    source = settings.sources.get(seen.source)
    if bad(seen) or (shut_off(seen) and _is_a_door(source)):
        sight = _doubted(before, seen, board, settings)
    elif isinstance(seen.outcome, Failure):
        sight = _failed(before, seen)
    else:
        sight = _good(before, seen)
    return board.with_sights({**board.sights, seen.source: sight})


def _is_a_door(source: Source | None) -> bool:
    """Whether it is a front door out there; pages and neutral hosts are none, nor is our own."""
    if source is None or isinstance(source, (FeedSource, ReferenceSource)):
        return False
    return not is_local(source)


def _good(before: Sight | None, seen: Observation) -> Sight:
    if before is None:
        began = (seen.began.steady,)
        return Sight(last=seen, good=seen, latencies=with_answer((), seen), answered=began)
    answered = (*before.answered[1 - _REMEMBERED :], seen.began.steady)
    latencies, slow = timed(before, seen)
    wavered = before.wavered and tuple(
        at for at in before.wavered if seen.at.steady - at <= WAVERED_WITHIN
    )
    failed = before.broken is not None or before.confirmed is not None
    if failed and not (before.eased and seen.began.since(before.eased.at) > 0):
        return replace(
            before,
            last=seen,
            good=seen,
            eased=before.eased or seen,
            confirm_ordered=False,
            failures=0,
            latencies=latencies,
            slow=slow,
            answered=answered,
        )
    if before.doubt is not None and not failed:
        wavered = (*wavered, seen.at.steady)
    return Sight(
        last=seen,
        good=seen,
        wavered=wavered,
        latencies=latencies,
        slow=slow,
        answered=answered,
    )


def _failed(before: Sight | None, seen: Observation) -> Sight:
    if before is None:
        return Sight(last=seen, failures=1)
    return replace(
        before,
        last=seen,
        confirm_ordered=before.confirm_ordered and not seen.confirming,
        failures=before.failures + 1,
    )


def _doubted(before: Sight | None, seen: Observation, board: Board, settings: Settings) -> Sight:
    """A bad look is a doubt; a later confirming one of the same kind, with a control between,
    confirms it.
    """
    sight = before or Sight(last=seen)
    doubt, other = _doubts(sight, seen)
    agrees = (
        doubt is not None
        and seen.confirming
        and seen.began.since(doubt.at) > 0
        and control_answered(board, seen.source, settings, since=doubt.at)
        and not (waited(seen) and not _answered_beside(board, seen, settings))
        and not (_cut(seen) and _a_hitch(sight, doubt, seen, board, settings))
    )
    goes_on = _goes_on(sight, seen)
    fails = agrees or goes_on
    return replace(
        sight,
        last=seen,
        doubt=(sight.doubt if goes_on else seen) if doubt is None else doubt,
        earlier=other,
        confirmed=seen if fails else sight.confirmed,
        broken=seen if fails and bad(seen) else sight.broken,
        confirm_ordered=sight.confirm_ordered and not seen.confirming,
        eased=None,
        failures=sight.failures + 1,
    )


def _doubts(sight: Sight, seen: Observation) -> tuple[Observation | None, Observation | None]:
    """The doubt a bad look is of the same kind as, and what else is in doubt.

    A name that is not found just once, amid a failure of theirs, does not have it begin anew.
    """
    doubt, earlier = sight.doubt, sight.earlier
    if doubt is None or same_kind(doubt, seen):
        return doubt, earlier
    of_late = earlier is not None and seen.at.since(earlier.at) <= INTERRUPTED_WITHIN
    if of_late and earlier is not None and same_kind(earlier, seen):
        return earlier, doubt
    return None, doubt


def _answered_beside(board: Board, waited_for: Observation, settings: Settings) -> bool:
    """Whether a look at another host that began with this one was answered.

    Else our own line may have gone just then: the look before may have failed for another reason,
    and whoever answers now may have been asked when it was back.
    """
    source = settings.sources.get(waited_for.source)
    host, began = host_of(source.url) if source else None, waited_for.began.steady
    return any(
        began - BESIDE <= at <= began + BESIDE
        for id_, sight in board.sights.items()
        if id_ in settings.owners and host_of(settings.sources[id_].url) != host
        for at in sight.answered
    )


def _a_hitch(
    sight: Sight, doubt: Observation, seen: Observation, board: Board, settings: Settings
) -> bool:
    """Whether cut connections may still be a hitch of our own line."""
    before = _CUT_BEFORE_ON_A_SHAKY_LINE if shaky(board, seen, settings) else _CUT_BEFORE
    return sight.failures < before and seen.at.since(doubt.at) < LONG_APART


def _goes_on(sight: Sight, seen: Observation) -> bool:
    """Whether a bad look is more of what was confirmed: trouble over there, or a way shut off."""
    return sight.confirmed is not None and bad(sight.confirmed) is bad(seen)


def shaky(board: Board, doubted: Observation, settings: Settings) -> bool:
    """Whether an unrelated other host cut a connection of late: all it costs is one more look."""
    owner = settings.owners.get(doubted.source)
    return any(
        (sight.last.stumbled or _cut(sight.last))
        and doubted.at.since(sight.last.at) <= SHAKY_WITHIN
        and settings.owners.get(id_) not in (None, owner)
        for id_, sight in board.sights.items()
    )


def _cut(observation: Observation) -> bool:
    return _kind(observation) is FailureKind.RESET


def control_answered(board: Board, doubted: SourceId, settings: Settings, *, since: Moment) -> bool:
    """Whether another host answered with what was asked after `since`."""
    source = settings.sources.get(doubted)
    host = host_of(source.url) if source else None
    return any(
        sight.good is not None
        and sight.good.at.steady >= since.steady
        and id_ in settings.owners
        and host_of(settings.sources[id_].url) != host
        for id_, sight in board.sights.items()
    )
