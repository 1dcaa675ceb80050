"""All that counts now of one service, and what each piece of it says. Decides nothing."""

from datetime import datetime

from msgspec import Struct

from notifier.judgement.looks import WAVERED_WITHIN, bad, current, fresh_for, silent
from notifier.judgement.slow import SLOW_AFTER
from notifier.judgement.weigh import Folded, fold
from notifier.model.board import Board, Sight
from notifier.model.health import Health, failing, well
from notifier.model.moment import Moment
from notifier.model.observation import Observation, Reading, Refusal, Report, Says, Stage
from notifier.model.service import KeySource, ProbeSource, Service, Source, is_local
from notifier.model.settings import Settings
from notifier.model.verdict import Cause

LET_GO = 86_400.0
"""Seconds after which an outage nobody could see the end of is let go."""

LOOKED_ROUND = 60.0
"""Seconds within which everything is looked at once after a start, a sleep, a network's return."""

WAVERS = 3
"""Doubts within ten minutes, each followed by a good look, that make a front door waver."""

_REFUSED = {refusal: Cause(refusal.value) for refusal in Refusal}

_BEHIND_THE_DOOR = frozenset({Stage.PRODUCT, Stage.ACCOUNT})


class Known(Struct, frozen=True):
    """What counts now of one service: its page's word, its front door, the account with it."""

    service: Service
    page: Folded | None
    door: Sight | None
    account: Sight | None
    at: Moment
    unsettled: bool = False
    """Whether something was seen to fail, is no longer believed, and was not seen to end."""
    unreached: bool = False
    """Whether neither page nor front door has answered since we are in this network, while the
    page stays silent too."""

    # -- the page

    @property
    def page_fails(self) -> bool:
        """Whether the page reports trouble in a chosen part."""
        return self.page is not None and failing(self.page.health)

    @property
    def page_well(self) -> bool:
        """Whether the page says that all is fine, or announces maintenance."""
        return self.page is not None and well(self.page.health)

    @property
    def in_maintenance(self) -> bool:
        """Whether the page has explained a closed door already."""
        return self.page is not None and self.page.health is Health.MAINTENANCE

    # -- what was seen from here

    @property
    def first_hand(self) -> tuple[Sight, ...]:
        """What was seen from here."""
        return tuple([sight for sight in (self.door, self.account) if sight is not None])

    @property
    def failed(self) -> tuple[Sight, ...]:
        """What fails, twice seen; not what is only shut off from here."""
        return tuple(
            sight
            for sight in self.first_hand
            if sight.confirmed is not None
            and bad(sight.confirmed)
            and not (self.unreached and silent(sight.confirmed))
        )

    @property
    def overloaded(self) -> tuple[Sight, ...]:
        """What fails in so many words: overloaded."""
        return tuple(sight for sight in self.failed if _says_overloaded(sight))

    @property
    def slow(self) -> bool:
        """Whether answers take long, several times in a row."""
        return any(sight.slow >= SLOW_AFTER for sight in self.first_hand)

    @property
    def shut_off(self) -> bool:
        """Whether the front door is kept from us alone, and nothing behind it was reached.

        Refused on the way it is so at once. Silence may as well be theirs, but not where all of
        them has been silent ever since we are in this network.
        """
        door = self.door
        if door is None or door.confirmed is None or self._answered_since(door) is not None:
            return False
        if any(sight.confirmed and not silent(sight.confirmed) for sight in self.failed):
            return False  # an error is an answer: somebody there was reached
        return not bad(door.confirmed) or (self.unreached and silent(door.confirmed))

    @property
    def contradicted(self) -> bool:
        """Whether a request of the person's own succeeded after the front door had failed.

        It holds as long as both last words stand: whose turn it was last does not matter.
        """
        reading = self._answered_since(self.door) if self.door in self.failed else None
        return reading is not None and reading.stage is Stage.PRODUCT

    def _answered_since(self, door: Sight | None) -> Reading | None:
        """What the account answered after the first failure of the front door that still lasts."""
        account = self.account
        if account is None or account.good is None or account.confirmed is not None:
            return None
        began = door.doubt or door.confirmed if door is not None else None
        outcome = account.good.outcome
        if began is None or account.good.at.steady <= began.at.steady:
            return None
        return outcome if isinstance(outcome, Reading) else None

    @property
    def wavers(self) -> bool:
        """Whether the front door answers one time and not the next, again and again."""
        if self.door is None:
            return False
        recent = [at for at in self.door.wavered if self.at.steady - at <= WAVERED_WITHIN]
        return len(recent) >= WAVERS

    @property
    def opens(self) -> bool:
        """Whether the front door's last answer was a good one."""
        return self.door is not None and _opens(self.door, frozenset(Stage))

    @property
    def answers_behind_the_door(self) -> bool:
        """Whether a last answer came from further in: enough to call the service well."""
        return any(_opens(sight, _BEHIND_THE_DOOR) for sight in self.first_hand)

    @property
    def refusal(self) -> Cause | None:
        """What is wrong with the person's own account, by the last answer that spoke of it."""
        for sight in (self.account, self.door):
            outcome = sight.last.outcome if sight is not None else None
            if not isinstance(outcome, Reading):
                continue
            if outcome.says is Says.ACCOUNT and outcome.refusal is not None:
                return _REFUSED[outcome.refusal]
            if sight is self.account and outcome.says is Says.LIMITED:
                return Cause.RATE_LIMITED
        return None


def known_of(service: Service, board: Board, settings: Settings, at: Moment) -> Known:
    """What counts now of `service`."""
    return Known(
        service=service,
        page=page_says(service, board, settings, at),
        door=_seen(service.probe, board, settings, at),
        account=_seen(service.account, board, settings, at),
        at=at,
        unsettled=_unsettled(service, board, settings, at),
        unreached=_unreached(service, board),
    )


def _unsettled(service: Service, board: Board, settings: Settings, at: Moment) -> bool:
    for source in (service.probe, service.account):
        sight = board.sights.get(source.id) if source is not None else None
        if source is None or sight is None or sight.broken is None or not bad(sight.broken):
            continue
        if not current(sight.confirmed, source, board, settings, at):
            return True
    return False


def _unreached(service: Service, board: Board) -> bool:
    page = board.sights.get(service.page.id) if service.page is not None else None
    if page is None or board.arrived is None or not silent(page.last):
        return False
    arrived = board.arrived.steady
    return not any(
        sight.good.at.steady >= arrived
        for source in service.sources
        if (sight := board.sights.get(source.id)) is not None and sight.good is not None
    )


def over(service: Service, board: Board, at: Moment, began: datetime) -> bool:
    """Whether nothing that was last said of a service speaks of a failure, however old it is.

    Whoever cannot be looked at any more does not thereby work; after a day that is let go. And of
    what began before we came here all must have been looked at since: a new start has forgotten
    what failed.
    """
    said = board.sights.get(service.page.id) if service.page is not None else None
    if said is not None and _still_fails(said.good, service, at):
        return False
    sights = [board.sights.get(source.id) for source in service.sources]
    if any(one and one.doubt is not None and one.confirmed is None for one in sights):
        return False
    arrived = board.arrived
    before = arrived is not None and began < arrived.utc and at.since(arrived) < LOOKED_ROUND
    if before and any(not _looked_since(one, arrived) for one in sights):
        return False
    doors = (board.sights.get(s.id) for s in (service.probe, service.account) if s is not None)
    return not any(sight is not None and _went_on(sight, at) for sight in doors)


def _looked_since(sight: Sight | None, since: Moment | None) -> bool:
    return sight is not None and (since is None or sight.last.at.steady >= since.steady)


def _went_on(sight: Sight, at: Moment) -> bool:
    """Whether a front door failed, or was slow, when it was last seen."""
    broken = sight.broken if sight.broken is not None and bad(sight.broken) else None
    if broken is None and sight.slow >= SLOW_AFTER:
        broken = sight.good
    return broken is not None and at.since(broken.at) < LET_GO


def _still_fails(good: Observation | None, service: Service, at: Moment) -> bool:
    """Whether a page spoke of a failure when it was last read."""
    if good is None or at.since(good.at) >= LET_GO or not isinstance(good.outcome, Report):
        return False
    return failing(fold(good.outcome, service.parts).health)


def page_says(service: Service, board: Board, settings: Settings, at: Moment) -> Folded | None:
    """The page's current word on the chosen parts; None where there is none to be had."""
    if service.page is None:
        return None
    sight = board.sights.get(service.page.id)
    if sight is None or not current(sight.good, service.page, board, settings, at):
        return None
    report = sight.good.outcome if sight.good is not None else None
    if not isinstance(report, Report) or stale(report, at):
        return None
    return fold(report, service.parts)


def stale(report: Report, at: Moment) -> bool:
    """Whether a page has not been renewed by those who write it."""
    return report.fresh_until is not None and at.utc > report.fresh_until


def reads_until(
    source: Source, sight: Sight, board: Board, settings: Settings, at: Moment
) -> float:
    """Steady seconds until which the last look at a source counts, where it was a good one and no
    doubt remains; else it is over already.
    """
    outcome = sight.last.outcome
    if sight.last is not sight.good or len(sight.wavered) >= WAVERS:
        return float("-inf")
    until = sight.last.at.steady + fresh_for(source, board, settings)
    if isinstance(outcome, Report) and outcome.fresh_until is not None:
        until = min(until, at.steady + (outcome.fresh_until - at.utc).total_seconds())
    return until


def _seen(
    source: ProbeSource | KeySource | None, board: Board, settings: Settings, at: Moment
) -> Sight | None:
    """What was seen of a front door, or of an account, as far as it is young enough to count."""
    sight = None if source is None else board.sights.get(source.id)
    if source is None or sight is None:
        return None
    if is_local(source):
        return sight if current(sight.last, source, board, settings, at) else None
    seen = [one for one in (sight.confirmed, sight.good) if one is not None]
    youngest = max(seen, key=lambda one: one.at.steady, default=None)
    return sight if current(youngest, source, board, settings, at) else None


def _says_overloaded(sight: Sight) -> bool:
    outcome = sight.confirmed.outcome if sight.confirmed is not None else None
    return isinstance(outcome, Reading) and outcome.says is Says.OVERLOADED


def _opens(sight: Sight, stages: frozenset[Stage]) -> bool:
    """Whether the last answer was a good one, of one of these stages.

    One look that failed since is no news yet: it has to be confirmed, or the answer grow old.
    """
    if sight.good is None or sight.confirmed is not None:
        return False
    outcome = sight.good.outcome
    return isinstance(outcome, Reading) and outcome.stage in stages


def reading_of(service: Service, board: Board, settings: Settings, at: Moment) -> tuple[str, ...]:
    """The own readings of page, front door and account, without ages: what an override waits on."""
    known = known_of(service, board, settings, at)
    page = known.page.health.value if known.page else ""
    return (page, *(_word(sight) for sight in (known.door, known.account)))


def _word(sight: Sight | None) -> str:
    outcome = sight.last.outcome if sight is not None else None
    return outcome.says.value if isinstance(outcome, Reading) else ""
