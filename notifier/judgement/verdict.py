"""Whose turn it is: one verdict per service, from all current evidence.

The first row that applies wins; what stays below it remains in the evidence.

connection is offline or a login page         unknown · you · offline, captive_portal
the page reports trouble in a chosen part     its state · them · page_reports · confirmed
front door fails twice, page says fine        major_outage, or degraded where it says overloaded
                                              · them · page_silent · suspected
front door fails twice, no page to be read    the same · them · no_page · suspected
the page says fine or maintenance             its state · none
there is no page and the front door is fine   operational · unclear · no_page · suspected
anything else                                 unknown · unclear · why the page is not readable

A page's word counts until it is older than two intervals and three minutes. Causes under
*account*, and the rest of those under *you*, are not found yet; their words exist.
"""

from dataclasses import dataclass

from notifier.judgement.evidence import evidence
from notifier.judgement.looks import current, fresh_for, silent
from notifier.judgement.weigh import Folded, fold
from notifier.model.board import Board, Link, Sight
from notifier.model.health import Health, failing, well
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Reading, Report, Says, Stage
from notifier.model.service import Service, Source
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Verdict, Whose

_OUR_SIDE = {Link.OFFLINE: Cause.OFFLINE, Link.CAPTIVE_PORTAL: Cause.CAPTIVE_PORTAL}

_UNREADABLE = {FailureKind.MOVED: Cause.PAGE_MOVED}

_BEHIND_THE_DOOR = frozenset({Stage.PRODUCT, Stage.ACCOUNT})


@dataclass(frozen=True, slots=True)
class _Finding:
    """A verdict before its evidence is attached."""

    health: Health
    whose: Whose
    cause: Cause | None = None
    confidence: Confidence | None = None


def judge(service: Service, board: Board, settings: Settings, at: Moment) -> Verdict:
    """What all current evidence says of one service."""
    page = page_says(service, board, settings, at)
    door = _door(service, board, settings, at)
    found = _find(service, board, page, door, at)
    by_page = found.cause is Cause.PAGE_REPORTS
    return Verdict(
        health=found.health,
        whose=found.whose,
        cause=found.cause,
        confidence=found.confidence,
        since=page.since if page is not None and by_page else None,
        overloaded=_says_overloaded(door) and found.whose is Whose.THEM and not by_page,
        evidence=evidence(service, board, settings, at),
    )


def still_holds(
    verdict: Verdict, service: Service, board: Board, settings: Settings, at: Moment
) -> bool:
    """Whether `judge` would say just the same again, if the last look at `service` was judged.

    Certainly so where all is well: whatever it rests on was read at the last look and is young
    enough still, and no neutral host was asked that could be evidence. Most are so at nearly every
    tick. False means that it has to be judged.
    """
    if not well(verdict.health) or board.connection.link in _OUR_SIDE:
        return False
    sights = [(source, board.sights.get(source.id)) for source in service.sources]
    looked = [s.last.at.steady for source, s in sights if s and _reads(source, s, settings, at)]
    if len(looked) < len(sights):
        return False
    return not any(
        asked.last.at.steady + fresh_for(reference, settings) >= max(looked)
        for reference in settings.references
        if (asked := board.sights.get(reference.id)) is not None
    )


def _reads(source: Source, sight: Sight, settings: Settings, at: Moment) -> bool:
    """Whether the last look at a source was a good one whose word counts."""
    outcome = sight.last.outcome
    return (
        sight.last is sight.good
        and current(sight.last, source, settings, at)
        and not (isinstance(outcome, Report) and _stale(outcome, at))
    )


def page_says(service: Service, board: Board, settings: Settings, at: Moment) -> Folded | None:
    """The page's current word on the chosen parts; None where there is none to be had."""
    if service.page is None:
        return None
    sight = board.sights.get(service.page.id)
    if sight is None or sight.good is None or not current(sight.good, service.page, settings, at):
        return None
    report = sight.good.outcome
    if not isinstance(report, Report) or _stale(report, at):
        return None
    return fold(report, service.parts)


def _stale(report: Report, at: Moment) -> bool:
    return report.fresh_until is not None and at.utc > report.fresh_until


def _door(service: Service, board: Board, settings: Settings, at: Moment) -> Sight | None:
    """What is known of the front door, as far as it is young enough to count."""
    if service.probe is None:
        return None
    sight = board.sights.get(service.probe.id)
    if sight is None:
        return None
    youngest = sight.confirmed or sight.good
    return sight if current(youngest, service.probe, settings, at) else None


def _find(
    service: Service, board: Board, page: Folded | None, door: Sight | None, at: Moment
) -> _Finding:
    ours = _OUR_SIDE.get(board.connection.link)
    if ours is not None:
        return _Finding(Health.UNKNOWN, Whose.YOU, ours, Confidence.CONFIRMED)
    if page is not None and failing(page.health):
        return _Finding(page.health, Whose.THEM, Cause.PAGE_REPORTS, Confidence.CONFIRMED)
    # A page that announces maintenance has explained a closed door already.
    if door is not None and door.confirmed is not None and not _in_maintenance(page):
        fine = page is not None and well(page.health)
        cause = Cause.PAGE_SILENT if fine else Cause.NO_PAGE
        return _Finding(_door_health(door), Whose.THEM, cause, Confidence.SUSPECTED)
    if page is not None and well(page.health):
        return _Finding(page.health, Whose.NONE)
    if _opens(door, past_the_door=service.page is not None):
        cause = Cause.NO_PAGE if service.page is None else _why_unread(service, board, at)
        return _Finding(Health.OPERATIONAL, Whose.UNCLEAR, cause, Confidence.SUSPECTED)
    return _Finding(Health.UNKNOWN, Whose.UNCLEAR, _why_unread(service, board, at))


def _in_maintenance(page: Folded | None) -> bool:
    return page is not None and page.health is Health.MAINTENANCE


def _door_health(door: Sight) -> Health:
    return Health.DEGRADED if _says_overloaded(door) else Health.MAJOR_OUTAGE


def _says_overloaded(door: Sight | None) -> bool:
    if door is None or door.confirmed is None:
        return False
    outcome = door.confirmed.outcome
    return isinstance(outcome, Reading) and outcome.says is Says.OVERLOADED


def _opens(door: Sight | None, *, past_the_door: bool) -> bool:
    """Whether the last answer of the front door is enough to call the service well.

    With a page that cannot be read, only an answer from behind the door is.
    """
    if door is None or door.good is None or door.last is not door.good:
        return False
    outcome = door.good.outcome
    if not isinstance(outcome, Reading) or outcome.says is Says.LIMITED:
        return False
    return not past_the_door or outcome.stage in _BEHIND_THE_DOOR


def _why_unread(service: Service, board: Board, at: Moment) -> Cause:
    source = service.page or service.probe
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
    """The page's and the front door's own reading, without ages: what an override waits on."""
    page = page_says(service, board, settings, at)
    door = _door(service, board, settings, at)
    says = door.last.outcome.says.value if door and isinstance(door.last.outcome, Reading) else ""
    return (page.health.value if page else "", says)
