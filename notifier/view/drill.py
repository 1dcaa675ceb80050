"""What was seen of each alternative, step by step and in words; the looking is done elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notifier.model.board import Board, Link, Sight
from notifier.model.drill import Alternative, Came, Drill, Plan, Spoken, Step, Tested, Tried
from notifier.model.health import Health, failing
from notifier.model.moment import Moment
from notifier.model.observation import (
    CONNECTION_KINDS,
    Failure,
    FailureKind,
    Observation,
    Reading,
    Says,
)
from notifier.model.service import Needs, Service, Source, SourceId
from notifier.model.verdict import EvidenceKind
from notifier.wording import drill as words
from notifier.wording.say import Say
from notifier.wording.stages import way

YOUNG = 30.0
"""Seconds before the test within which a look is as good as one of its own: no host is asked more
often (interfaces.md, Politeness)."""

_BY_OURSELVES = frozenset(Link) - {Link.ONLINE, Link.UNCLEAR}
"""Connections that keep everything outside this computer from being reached."""

_AT_OURS = frozenset({FailureKind.OFFLINE, FailureKind.PROXY})
"""Failures that are this computer's own, whatever else is known of its connection."""

_WELL = frozenset({Says.REACHABLE, Says.ALIVE, Says.LIMITED})

Heard = Mapping[SourceId, Spoken | Failure]
"""What models on this computer answered, by their servers."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a drill knows so far: the board, what models answered, and whether anybody waits on."""

    began: Moment
    board: Board
    heard: Heard
    over: bool
    say: Say

    def seen(self, source: Source) -> Observation | None:
        """The last look at `source`, if it is young enough to count."""
        sight = self.sight(source)
        return None if sight is None else sight.last

    def sight(self, source: Source) -> Sight | None:
        """All that was seen of `source`, if the last of it is young enough."""
        sight = self.board.sights.get(source.id)
        old = sight is None or self.began.since(sight.last.at) > YOUNG
        return None if old else sight

    def awaited(self, step: Step, says: str = "") -> Tried:
        """A step that is still to come, or never came."""
        if self.over:
            return Tried(step, Came.UNKNOWN, words.too_late(self.say))
        return Tried(step, Came.PENDING, says or words.asking(self.say))


def drill(plan: Plan, known: Known) -> Drill:
    """How far it has come."""
    tested = tuple(_tested(one, known) for one in plan.alternatives)
    ready = {key for one in tested if one.came is Came.WELL for key in one.instead_of}
    lacking = tuple(tool.name for tool in plan.tools if tool.key not in ready)
    return Drill(known.began, tested, lacking)


def _tested(one: Alternative, known: Known) -> Tested:
    steps = tuple(_steps(one, known))
    came, says = _whole(one.service, steps, known.say)
    return Tested(one.service.id, one.service.name, came, says, one.instead_of, steps)


def _steps(one: Alternative, known: Known) -> Iterator[Tried]:
    service = one.service
    if service.page is not None:
        yield _page(service, known)
    if service.probe is not None:
        yield _server(service, known) if service.local else _door(service, known)
    if service.account is not None:
        yield from _account(service, known)
    elif not one.open:
        yield Tried(Step.ACCOUNT, Came.UNKNOWN, words.no_account(known.say))
    if service.local:
        yield from _token(service, known)


# -- the whole of one -------------------------------------------------------------------------


def _whole(service: Service, steps: tuple[Tried, ...], say: Say) -> tuple[Came, str]:
    """Ready, or the first step that speaks against it; what is ill is ill whatever comes yet."""
    for came, word in ((Came.ILL, words.not_ready), (Came.PENDING, None)):
        first = next((one for one in steps if one.came is came), None)
        if first is not None:
            return came, first.says if word is None else word(first.says, say)
    unknown = [one for one in steps if one.came is Came.UNKNOWN]
    if not any(one.came is Came.WELL for one in steps) or _decisive(unknown):
        why = unknown[-1].says if unknown else words.too_late(say)
        return Came.UNKNOWN, words.unsure(why, say)
    said = {one.step: one.says for one in steps if one.came is Came.WELL}
    if Step.CALL in said:
        return Came.WELL, said[Step.CALL]
    extras = [said[step] for step in (Step.KEY, Step.QUOTA) if step in said]
    if service.needs is Needs.NOTHING and service.vendor:  # of one's own nobody has said it
        extras.insert(0, words.no_account_needed(say))
    return Came.WELL, words.ready((*extras, *(one.says for one in unknown)), say)


def _decisive(unknown: list[Tried]) -> bool:
    """Whether something is not known without which nobody can call it ready."""
    return any(one.step in (Step.DOOR, Step.ACCOUNT, Step.CALL) for one in unknown)


# -- the steps --------------------------------------------------------------------------------


def _page(service: Service, known: Known) -> Tried:
    sight = None if service.page is None else known.sight(service.page)
    if sight is None:
        return known.awaited(Step.PAGE)
    outcome = sight.last.outcome
    if isinstance(outcome, Failure):
        says = words.page_unread(outcome.detail, known.say)
        return Tried(Step.PAGE, Came.UNKNOWN, says, sight.last.at)
    health = _health(service, known.board)
    came = Came.UNKNOWN if health is Health.UNKNOWN else Came.WELL
    if failing(health) or health is Health.MAINTENANCE:
        came = Came.ILL
    return Tried(Step.PAGE, came, words.page(health, known.say), sight.last.at)


def _health(service: Service, board: Board) -> Health:
    """What its page says of the parts that matter."""
    standing = board.standings.get(service.key)
    lines = () if standing is None else standing.verdict.evidence
    said = [one.says for one in lines if one.kind is EvidenceKind.PAGE]
    words_of_health = {health.value: health for health in Health}
    return next((words_of_health[one] for one in said if one in words_of_health), Health.UNKNOWN)


def _door(service: Service, known: Known) -> Tried:
    seen = None if service.probe is None else known.seen(service.probe)
    if seen is None:
        return known.awaited(Step.DOOR)
    came, says = _reached(seen, known)
    return Tried(Step.DOOR, came, says, seen.at, way(seen.stages, seen.stopped, known.say))


def _reached(seen: Observation, known: Known) -> tuple[Came, str]:
    say, outcome = known.say, seen.outcome
    if isinstance(outcome, Failure):
        silent = outcome.kind in CONNECTION_KINDS
        if silent and known.board.connection.link in _BY_OURSELVES:
            return Came.UNKNOWN, say(words.OFFLINE)
        if outcome.kind in _AT_OURS:
            return Came.UNKNOWN, words.unclear_door(outcome.detail, say)
        if silent:
            return Came.ILL, words.unreachable(seen.stopped, say)
        return Came.UNKNOWN, words.unclear_door(outcome.detail, say)
    if not isinstance(outcome, Reading):
        raise TypeError("a front door is answered with a reading")
    if outcome.silence is not None:
        return Came.ILL, words.unreachable(seen.stopped, say)
    if outcome.says in _WELL or (outcome.says is Says.ACCOUNT and outcome.refusal is None):
        return Came.WELL, words.answers(say)
    return Came.ILL, words.ill_door(outcome.proves, say)


def _server(service: Service, known: Known) -> Tried:
    """A model server on this computer."""
    seen = None if service.probe is None else known.seen(service.probe)
    if seen is None:
        return known.awaited(Step.DOOR)
    came, says = _runs(seen, known.say)
    return Tried(Step.DOOR, came, says, seen.at)


def _runs(seen: Observation, say: Say) -> tuple[Came, str]:
    match seen.outcome:
        case Failure(kind=FailureKind.REFUSED):
            return Came.ILL, words.not_started(say)
        case Failure(kind=FailureKind.NOT_OURS, detail=detail):
            return Came.ILL, words.not_yours(detail, say)
        case Failure(detail=detail):
            return Came.ILL, words.no_server(detail, say)
        case Reading(says=Says.ALIVE, ready=False):
            return Came.ILL, words.loading(say)
        case Reading(says=Says.ALIVE, detail=detail):
            return Came.WELL, words.loaded(detail, say)
        case Reading(proves=proves):
            return Came.ILL, words.ill_door(proves, say)
        case _:
            raise TypeError("a model server is answered with a reading")


def _account(service: Service, known: Known) -> Iterator[Tried]:
    """What became of the person's own key, and what is left of their account."""
    account, say = service.account, known.say
    seen = None if account is None else known.seen(account)
    if account is None or seen is None:
        yield known.awaited(Step.KEY)
        return
    came, says = _key(seen, say)
    yield Tried(Step.KEY, came, says, seen.at)
    left = seen.outcome.left if isinstance(seen.outcome, Reading) else None
    if left is not None:
        empty = left.left == 0
        told = words.used_up(str(left), say) if empty else str(left)
        yield Tried(Step.QUOTA, Came.ILL if empty else Came.WELL, told, seen.at)
    if account.deep is not None:
        says = words.would_cost(account.deep, service.id, say)
        yield Tried(Step.CALL, Came.NOT_TRIED, says)


def _key(seen: Observation, say: Say) -> tuple[Came, str]:
    match seen.outcome:
        case Failure(detail=detail):
            return Came.UNKNOWN, words.key_unsure(detail, say)
        case Reading(says=Says.ALIVE | Says.REACHABLE):
            return Came.WELL, words.key_accepted(say)
        case Reading(says=Says.LIMITED):
            return Came.ILL, words.key_limited(say)
        case Reading(says=Says.ACCOUNT, refusal=refusal):
            return Came.ILL, words.key_refused(refusal, say)
        case Reading(proves=proves):
            return Came.ILL, words.ill_door(proves, say)
        case _:
            raise TypeError("an account is answered with a reading")


def _token(service: Service, known: Known) -> Iterator[Tried]:
    """Of a model server that runs: whether a model answers."""
    probe, say = service.probe, known.say
    seen = None if probe is None else known.seen(probe)
    if probe is None or seen is None or _runs(seen, say)[0] is not Came.WELL:
        return
    if isinstance(seen.outcome, Reading) and not seen.outcome.talker:
        yield Tried(Step.CALL, Came.ILL, words.no_model(say))
        return
    match known.heard.get(probe.id):
        case None:
            yield known.awaited(Step.CALL, words.asking_model(say))
        case Spoken(model=model, seconds=seconds):
            yield Tried(Step.CALL, Came.WELL, words.token(model, seconds, say))
        case Failure(detail=detail):
            yield Tried(Step.CALL, Came.ILL, words.no_token(detail, say))
