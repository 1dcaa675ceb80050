"""Whose turn it is: one verdict per service, from all current evidence of all services.

The first row that applies wins; what stays below it remains in the evidence.

evidence                                             state · whose · cause · confidence
---------------------------------------------------  -----------------------------------------------
nothing outside can be seen from here                unknown · you · offline, captive_portal, dns,
                                                     proxy, tls_interception, clock · confirmed
it fails, and so does what it runs on, by that       its own · them · shared_upstream · confirmed
one's own page or probe
the page reports trouble in a chosen part            the page's · them · page_reports · confirmed
the front door alone is shut off from here, twice    unknown · you · route · confirmed
a server on this computer does not answer, or is     unknown · you · not_running · confirmed
not the person's own
one on this computer answers                         operational · none · confirmed
the front door fails twice, a real request of the    unclear · mixed, as below
person's own succeeds meanwhile
the front door or a request fails twice, or is slow  major_outage, or degraded where slow or
several times; the page says fine                    overloaded · them · page_silent · suspected,
                                                     confirmed where a request of one's own fails
the same; there is no page, or none to be read       the same · them · no_page · suspected, ditto
the account is refused                               what the rows below say · account ·
                                                     key_rejected, quota_exhausted, payment, region,
                                                     rate_limited
the front door answers one time and not the next,    unknown, or operational where an answer came
again and again                                      from behind the door · unclear · mixed
the page says fine or maintenance                    its state · none
there is no page and the front door is fine          operational · unclear · no_page · suspected
anything else                                        unknown, or operational where an answer came
                                                     from behind the door · unclear · why the page
                                                     is not readable

A page's word counts until it is older than two intervals and three minutes; a page that announces
maintenance has explained a closed door already. A red page stays red though it works from here: the
contradiction stands in the evidence. An account refused under another verdict is kept beside it.
Nothing here asks when the page was changed or what was told: that is decided elsewhere.
"""

from dataclasses import dataclass, replace

from notifier.judgement.evidence import evidence
from notifier.judgement.ground import failing_ground
from notifier.judgement.looks import SLOW_AFTER, WAVERED_WITHIN, bad, current, fresh_for, silent
from notifier.judgement.weigh import Folded, fold
from notifier.model.board import CUT_OFF, Board, Link, Sight
from notifier.model.health import Health, failing, well
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Reading, Refusal, Report, Says, Stage
from notifier.model.service import KeySource, ProbeSource, Service, Source, is_local
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Verdict, Whose

_OUR_SIDE = {link: Cause(link.value) for link in Link if link in CUT_OFF}

_UNREADABLE = {FailureKind.MOVED: Cause.PAGE_MOVED}

_REFUSED = {refusal: Cause(refusal.value) for refusal in Refusal}

_BEHIND_THE_DOOR = frozenset({Stage.PRODUCT, Stage.ACCOUNT})

WAVERS = 3
"""Doubts within ten minutes, each followed by a good look, that make a front door waver."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """A verdict before its evidence is attached."""

    health: Health
    whose: Whose
    cause: Cause | None = None
    confidence: Confidence | None = None
    upstream: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """All that counts now of one service: its page's word, its front door, its account."""

    service: Service
    page: Folded | None
    door: Sight | None
    account: Sight | None
    at: Moment

    @property
    def first_hand(self) -> tuple[Sight, ...]:
        """What was seen from here."""
        return tuple(sight for sight in (self.door, self.account) if sight is not None)


def judge(service: Service, board: Board, settings: Settings, at: Moment) -> Verdict:
    """What all current evidence says of one service."""
    known = _known(service, board, settings, at)
    found = _find(known, board, settings)
    by_page = found.cause is Cause.PAGE_REPORTS
    own_start = known.page is not None and failing(known.page.health)
    theirs = found.whose is Whose.THEM
    return Verdict(
        health=found.health,
        whose=found.whose,
        cause=found.cause,
        confidence=found.confidence,
        upstream=found.upstream,
        since=known.page.since if known.page is not None and own_start and theirs else None,
        overloaded=theirs and not by_page and any(_says_overloaded(s) for s in known.first_hand),
        account=_account(known),
        evidence=evidence(service, board, settings, at, found.cause),
    )


def still_holds(
    verdict: Verdict, service: Service, board: Board, settings: Settings, at: Moment
) -> bool:
    """Whether `judge` would say just the same again, if the last look at `service` was judged.

    Certainly so where all is well: whatever it rests on was read at the last look and is young
    enough still, and no neutral host was asked that could be evidence. Most are so at nearly every
    tick. False means that it has to be judged.
    """
    if not well(verdict.health) or verdict.cause is Cause.MIXED or board.connection.link in CUT_OFF:
        return False
    sights = [(source, board.sights.get(source.id)) for source in service.sources]
    looked = [
        s.last.at.steady for source, s in sights if s and _reads(source, s, board, settings, at)
    ]
    if len(looked) < len(sights):
        return False
    return not any(
        asked.last.at.steady + fresh_for(reference, board, settings) >= max(looked)
        for reference in settings.references
        if (asked := board.sights.get(reference.id)) is not None
    )


def _reads(source: Source, sight: Sight, board: Board, settings: Settings, at: Moment) -> bool:
    """Whether the last look at a source was a good one whose word counts."""
    outcome = sight.last.outcome
    return (
        sight.last is sight.good
        and not sight.wavered
        and current(sight.last, source, board, settings, at)
        and not (isinstance(outcome, Report) and _stale(outcome, at))
    )


# -- what counts now ---------------------------------------------------------------------------


def _known(service: Service, board: Board, settings: Settings, at: Moment) -> _Known:
    return _Known(
        service=service,
        page=page_says(service, board, settings, at),
        door=_seen(service.probe, board, settings, at),
        account=_seen(service.account, board, settings, at),
        at=at,
    )


def page_says(service: Service, board: Board, settings: Settings, at: Moment) -> Folded | None:
    """The page's current word on the chosen parts; None where there is none to be had."""
    if service.page is None:
        return None
    sight = board.sights.get(service.page.id)
    if sight is None or not current(sight.good, service.page, board, settings, at):
        return None
    report = sight.good.outcome if sight.good is not None else None
    if not isinstance(report, Report) or _stale(report, at):
        return None
    return fold(report, service.parts)


def _stale(report: Report, at: Moment) -> bool:
    return report.fresh_until is not None and at.utc > report.fresh_until


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


# -- the rows ----------------------------------------------------------------------------------


def _find(known: _Known, board: Board, settings: Settings) -> _Finding:
    service, page = known.service, known.page
    if service.local:
        return _on_this_computer(known)
    ours = _OUR_SIDE.get(board.connection.link)
    if ours is not None:
        return _Finding(Health.UNKNOWN, Whose.YOU, ours, Confidence.CONFIRMED)
    theirs = _theirs(known)
    if theirs is not None:
        ground = failing_ground(service, board, settings)
        if ground is not None:
            cause, sure = Cause.SHARED_UPSTREAM, Confidence.CONFIRMED
            return _Finding(theirs.health, Whose.THEM, cause, sure, ground)
    if page is not None and failing(page.health) and theirs is not None:
        return theirs
    if _shut_off(known):
        return _Finding(Health.UNKNOWN, Whose.YOU, Cause.ROUTE, Confidence.CONFIRMED)
    if theirs is not None:
        return theirs
    rest = _unclear_or_none(known, board)
    refused = _account(known)
    if refused is not None:
        return replace(rest, whose=Whose.ACCOUNT, cause=refused)
    return rest


def _on_this_computer(known: _Known) -> _Finding:
    door = known.door
    if door is None:
        return _Finding(Health.UNKNOWN, Whose.UNCLEAR, Cause.NOT_LOOKED_YET)
    if door.last is door.good:
        return _Finding(Health.OPERATIONAL, Whose.NONE, None, Confidence.CONFIRMED)
    return _Finding(Health.UNKNOWN, Whose.YOU, Cause.NOT_RUNNING, Confidence.CONFIRMED)


def _theirs(known: _Known) -> _Finding | None:
    """What the service's own evidence says against it; None where it says nothing."""
    page = known.page
    if page is not None and failing(page.health):
        return _Finding(page.health, Whose.THEM, Cause.PAGE_REPORTS, Confidence.CONFIRMED)
    if page is not None and page.health is Health.MAINTENANCE:
        return None
    failed = [sight for sight in known.first_hand if _fails(sight)]
    slow = [sight for sight in known.first_hand if sight.slow >= SLOW_AFTER]
    if not failed and not slow:
        return None
    if failed and _contradicted(known):
        return None
    down = any(not _says_overloaded(sight) for sight in failed)
    fine = page is not None and well(page.health)
    sure = known.account is not None and known.account in failed
    return _Finding(
        Health.MAJOR_OUTAGE if down else Health.DEGRADED,
        Whose.THEM,
        Cause.PAGE_SILENT if fine else Cause.NO_PAGE,
        Confidence.CONFIRMED if sure else Confidence.SUSPECTED,
    )


def _fails(sight: Sight) -> bool:
    """Whether it fails, twice seen; not whether it is only shut off from here."""
    return sight.confirmed is not None and bad(sight.confirmed)


def _shut_off(known: _Known) -> bool:
    """Whether the front door is kept from us alone, and nothing else of the service was reached."""
    door = known.door
    if door is None or door.confirmed is None or bad(door.confirmed):
        return False
    return not _reached_since(known, door)


def _contradicted(known: _Known) -> bool:
    """Whether a request of the person's own succeeded after the front door had failed."""
    door = known.door
    return door is not None and _fails(door) and _reached_since(known, door)


def _reached_since(known: _Known, door: Sight) -> bool:
    account = known.account
    if account is None or account.good is None or account.confirmed is not None:
        return False
    return door.confirmed is not None and account.good.at.steady > door.confirmed.began.steady


def _says_overloaded(sight: Sight) -> bool:
    if sight.confirmed is None:
        return False
    outcome = sight.confirmed.outcome
    return isinstance(outcome, Reading) and outcome.says is Says.OVERLOADED


def _unclear_or_none(known: _Known, board: Board) -> _Finding:
    service, page, at = known.service, known.page, known.at
    if _contradicted(known) or _wavers(known):
        return _unclear(known, Cause.MIXED)
    if page is not None and well(page.health):
        return _Finding(page.health, Whose.NONE)
    if service.page is None and known.door is not None and _opens(known.door):
        return _Finding(Health.OPERATIONAL, Whose.UNCLEAR, Cause.NO_PAGE, Confidence.SUSPECTED)
    return _unclear(known, _why_unread(service, board, at))


def _unclear(known: _Known, cause: Cause) -> _Finding:
    """Unknown; only an answer from behind the front door is enough to call the service well."""
    if any(_opens(sight, _BEHIND_THE_DOOR) for sight in known.first_hand):
        return _Finding(Health.OPERATIONAL, Whose.UNCLEAR, cause, Confidence.SUSPECTED)
    return _Finding(Health.UNKNOWN, Whose.UNCLEAR, cause)


def _wavers(known: _Known) -> bool:
    """Whether the front door answers one time and not the next, again and again."""
    door = known.door
    if door is None:
        return False
    recent = [at for at in door.wavered if known.at.steady - at <= WAVERED_WITHIN]
    return len(recent) >= WAVERS


def _opens(sight: Sight, stages: frozenset[Stage] = frozenset(Stage)) -> bool:
    """Whether the last answer was a good one, of one of these stages."""
    if sight.good is None or sight.last is not sight.good:
        return False
    outcome = sight.good.outcome
    if not isinstance(outcome, Reading) or outcome.says is Says.LIMITED:
        return False
    return outcome.stage in stages


def _account(known: _Known) -> Cause | None:
    """What is wrong with the person's own account, by the last answer that spoke of it."""
    for sight in (known.account, known.door):
        outcome = sight.last.outcome if sight is not None else None
        if not isinstance(outcome, Reading):
            continue
        if outcome.says is Says.ACCOUNT and outcome.refusal is not None:
            return _REFUSED[outcome.refusal]
        if sight is known.account and outcome.says is Says.LIMITED:
            return Cause.RATE_LIMITED
    return None


def _why_unread(service: Service, board: Board, at: Moment) -> Cause:
    source = service.page or service.probe or service.account
    sight = board.sights.get(source.id) if source is not None else None
    if sight is None or _from_before_we_were_online(sight, board):
        return Cause.NOT_LOOKED_YET
    if isinstance(sight.last.outcome, Failure):
        return _UNREADABLE.get(sight.last.outcome.kind, Cause.PAGE_UNREADABLE)
    report = sight.last.outcome
    if isinstance(report, Report):
        return Cause.PAGE_STALE if _stale(report, at) else Cause.NOT_LOOKED_YET
    return Cause.PAGE_UNREADABLE if service.page is not None else Cause.MIXED


def _from_before_we_were_online(sight: Sight, board: Board) -> bool:
    """Whether the last look failed while we were cut off: it says nothing of the page."""
    online = board.connection
    return (
        online.link is Link.ONLINE
        and online.since is not None
        and silent(sight.last)
        and sight.last.at.steady < online.since.steady
    )


def reading_of(service: Service, board: Board, settings: Settings, at: Moment) -> tuple[str, ...]:
    """The own readings of page, front door and account, without ages: what an override waits on."""
    known = _known(service, board, settings, at)
    page = known.page.health.value if known.page else ""
    return (page, *(_word(sight) for sight in (known.door, known.account)))


def _word(sight: Sight | None) -> str:
    outcome = sight.last.outcome if sight is not None else None
    return outcome.says.value if isinstance(outcome, Reading) else ""
