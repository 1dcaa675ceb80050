"""The person's own key for a service, and a model server on this computer, as they stand."""

from datetime import timedelta, tzinfo

from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Observation, Reading, Report, Says
from notifier.model.picture import KeyFate, ShownAccount, ShownServer
from notifier.model.service import KeyPlace, Service, SourceId, host_of
from notifier.wording import account as words
from notifier.wording.say import Say
from notifier.wording.times import clock

_FATES = {
    Says.REACHABLE: KeyFate.NOT_SAID,
    Says.ALIVE: KeyFate.ACCEPTED,
    Says.LIMITED: KeyFate.LIMITED,
    Says.ACCOUNT: KeyFate.REFUSED,
    Says.OVERLOADED: KeyFate.OVERLOADED,
    Says.FAILING: KeyFate.FAILING,
}

_FAILURES = {
    FailureKind.KEY_STORE: KeyFate.NO_KEY_GIVEN,
    FailureKind.UNAUTHORISED: KeyFate.REFUSED,
}


def account(
    board: Board, service: Service, at: Moment, say: Say, zone: tzinfo
) -> ShownAccount | None:
    """What became of the person's key; None where no key is of any use."""
    place = service.key_place
    if place is None:
        return None
    seen = _seen(board, _asked(service, place)) if place.kept else None
    outcome = seen.outcome if seen is not None else None
    shown = ShownAccount(
        entry=place.entry,
        host=host_of(place.url),
        scheme=place.url.partition("://")[0],
        fate=_fate(place, seen),
        store=outcome.store if isinstance(outcome, Failure) else None,
        refusal=outcome.refusal if isinstance(outcome, Reading) else None,
        page=place.page,
        checked=seen.at if seen is not None else None,
        deep=service.account.deep if service.account is not None else None,
    )
    detail = outcome.detail if isinstance(outcome, Reading | Failure) else ""
    return words.put(shown, service, detail, _again(seen, at, say, zone), say)


def server(board: Board, service: Service, say: Say) -> ShownServer | None:
    """Whether the model server answers, and with which models; None of any other service."""
    if not service.local or service.probe is None:
        return None
    seen = _seen(board, service.probe.id)
    outcome = seen.outcome if seen is not None else None
    lamp, said = words.server(outcome, say)
    reading = outcome if isinstance(outcome, Reading) else None
    return ShownServer(
        host=host_of(service.probe.url),
        lamp=lamp,
        words=said,
        running=reading is not None,
        models=reading.models if reading is not None else (),
        checked=seen.at if seen is not None else None,
    )


def _asked(service: Service, place: KeyPlace) -> SourceId | None:
    source = service.page if place.page else service.account
    return None if source is None else source.id


def _seen(board: Board, source: SourceId | None) -> Observation | None:
    sight = None if source is None else board.sights.get(source)
    return None if sight is None else sight.last


def _fate(place: KeyPlace, seen: Observation | None) -> KeyFate:
    if not place.kept:
        return KeyFate.NOT_KEPT
    match None if seen is None else seen.outcome:
        case Reading(says=says):
            return _FATES[says]
        case Report():
            return KeyFate.ACCEPTED
        case Failure(kind=kind):
            return _FAILURES.get(kind, KeyFate.UNANSWERED)
        case _:
            return KeyFate.NOT_TRIED


def _again(seen: Observation | None, at: Moment, say: Say, zone: tzinfo) -> str:
    """Until when the answer asks to wait, by the person's clock; empty where it does not say."""
    outcome = seen.outcome if seen is not None else None
    if seen is None or not isinstance(outcome, Reading) or outcome.retry_after is None:
        return ""
    return clock(seen.at.utc + timedelta(seconds=outcome.retry_after), at.utc, zone, say)
