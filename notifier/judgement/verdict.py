"""Whose turn it is: one verdict per service, from all current evidence of all services.

The first row that applies wins; what stays below it remains in the evidence.

evidence                                             state · whose · cause · confidence
---------------------------------------------------  -----------------------------------------------
nothing outside can be seen from here                unknown · you · offline, captive_portal, dns,
                                                     proxy, tls_interception, clock · confirmed
it fails, and so does what it runs on, by that       its own · them · shared_upstream · confirmed,
one's own page or probe                              suspected where neither is more than that
the page reports trouble in a chosen part            the page's · them · page_reports · confirmed
the front door alone is shut off from here, twice;   unknown · you · route · confirmed
or all of it silent ever since we are in this network
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
it failed before a sleep or another network, and     unclear · not_looked_yet, likewise
was not seen to end
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
from notifier.judgement.known import Known, known_of, reads_until, stale
from notifier.judgement.looks import silent
from notifier.model.board import CUT_OFF, Board, Link, Sight
from notifier.model.health import Health, well
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import Service
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Verdict, Whose

_OUR_SIDE = {link: Cause(link.value) for link in Link if link in CUT_OFF}

_UNREADABLE = {FailureKind.MOVED: Cause.PAGE_MOVED}


@dataclass(frozen=True, slots=True)
class _Finding:
    """A verdict before its evidence is attached."""

    health: Health
    whose: Whose
    cause: Cause | None = None
    confidence: Confidence | None = None
    upstream: str | None = None


def judge(service: Service, board: Board, settings: Settings, at: Moment) -> Verdict:
    """What all current evidence says of one service."""
    known = known_of(service, board, settings, at)
    found = _find(known, board, settings)
    theirs = found.whose is Whose.THEM
    by_page = found.cause is Cause.PAGE_REPORTS
    return Verdict(
        health=found.health,
        whose=found.whose,
        cause=found.cause,
        confidence=found.confidence,
        upstream=found.upstream,
        since=known.page.since if known.page is not None and theirs else None,
        overloaded=theirs and not by_page and bool(known.overloaded),
        account=known.refusal,
        evidence=evidence(service, board, settings, at, found.cause),
    )


def holds_until(
    verdict: Verdict, service: Service, board: Board, settings: Settings, at: Moment
) -> float:
    """Steady seconds until which `judge` says just the same, if nothing but time passes.

    Where all is well that is so until the first of what it rests on is too old; where nothing can
    be seen from here, until something can. Where it cannot be said, it has to be judged at once.
    """
    if not service.local and board.connection.link in CUT_OFF:
        return float("inf")
    if not well(verdict.health) or verdict.cause is Cause.MIXED:
        return float("-inf")
    sights = [(source, board.sights.get(source.id)) for source in service.sources]
    return min(
        (
            float("-inf") if sight is None else reads_until(source, sight, board, settings, at)
            for source, sight in sights
        ),
        default=float("-inf"),
    )


def as_connected(verdict: Verdict, service: Service, board: Board) -> bool:
    """Whether a verdict blames our own connection just where that is to blame."""
    ours = None if service.local else _OUR_SIDE.get(board.connection.link)
    return verdict.cause is ours if ours is not None else verdict.cause not in _OURS


_OURS = frozenset(_OUR_SIDE.values())


# -- the rows, from top to bottom --------------------------------------------------------------


def _find(known: Known, board: Board, settings: Settings) -> _Finding:
    if known.service.local:
        return _on_this_computer(known.door)
    ours = _OUR_SIDE.get(board.connection.link)
    if ours is not None:
        return _Finding(Health.UNKNOWN, Whose.YOU, ours, Confidence.CONFIRMED)
    theirs = _theirs(known)
    if theirs is not None:
        ground = failing_ground(known.service, board, settings)
        if ground is not None:
            sure = Confidence.CONFIRMED if ground.sure else theirs.confidence
            cause = Cause.SHARED_UPSTREAM
            return replace(theirs, cause=cause, confidence=sure, upstream=ground.id)
    if known.shut_off and not known.page_fails:
        return _Finding(Health.UNKNOWN, Whose.YOU, Cause.ROUTE, Confidence.CONFIRMED)
    if theirs is not None:
        return theirs
    rest = _unclear_or_none(known, board)
    if known.refusal is not None:
        return replace(rest, whose=Whose.ACCOUNT, cause=known.refusal)
    return rest


def _on_this_computer(door: Sight | None) -> _Finding:
    if door is None:
        return _Finding(Health.UNKNOWN, Whose.UNCLEAR, Cause.NOT_LOOKED_YET)
    if door.last is door.good:
        return _Finding(Health.OPERATIONAL, Whose.NONE, None, Confidence.CONFIRMED)
    return _Finding(Health.UNKNOWN, Whose.YOU, Cause.NOT_RUNNING, Confidence.CONFIRMED)


def _theirs(known: Known) -> _Finding | None:
    """What the service's own evidence says against it; None where it says nothing."""
    if known.page is not None and known.page_fails:
        return _Finding(known.page.health, Whose.THEM, Cause.PAGE_REPORTS, Confidence.CONFIRMED)
    failed = known.failed
    if not (failed or known.slow) or known.in_maintenance or known.contradicted:
        return None
    down = len(failed) > len(known.overloaded)
    sure = known.account is not None and known.account in failed
    return _Finding(
        Health.MAJOR_OUTAGE if down else Health.DEGRADED,
        Whose.THEM,
        Cause.PAGE_SILENT if known.page_well else Cause.NO_PAGE,
        Confidence.CONFIRMED if sure else Confidence.SUSPECTED,
    )


def _unclear_or_none(known: Known, board: Board) -> _Finding:
    if (known.contradicted or known.wavers) and not known.in_maintenance:
        return _unclear(known, Cause.MIXED)
    if known.unsettled and not known.in_maintenance:
        return _unclear(known, Cause.NOT_LOOKED_YET)
    if known.page is not None and known.page_well:
        return _Finding(known.page.health, Whose.NONE)
    if known.service.page is None and known.opens:
        return _Finding(Health.OPERATIONAL, Whose.UNCLEAR, Cause.NO_PAGE, Confidence.SUSPECTED)
    return _unclear(known, _why_unread(known, board))


def _unclear(known: Known, cause: Cause) -> _Finding:
    """Unknown; only an answer from behind the front door is enough to call the service well."""
    if known.answers_behind_the_door:
        return _Finding(Health.OPERATIONAL, Whose.UNCLEAR, cause, Confidence.SUSPECTED)
    return _Finding(Health.UNKNOWN, Whose.UNCLEAR, cause)


def _why_unread(known: Known, board: Board) -> Cause:
    service = known.service
    source = service.page or service.probe or service.account
    sight = board.sights.get(source.id) if source is not None else None
    if sight is None or _from_before_we_were_online(sight, board):
        return Cause.NOT_LOOKED_YET
    if isinstance(sight.last.outcome, Failure):
        return _UNREADABLE.get(sight.last.outcome.kind, Cause.PAGE_UNREADABLE)
    if known.page is not None and not known.page.matched:
        return Cause.PARTS_GONE
    report = sight.last.outcome
    if isinstance(report, Report) and known.page is None:
        return Cause.PAGE_STALE if stale(report, known.at) else Cause.NOT_LOOKED_YET
    return Cause.PAGE_UNREADABLE  # it could not be read, or says nothing we understand


def _from_before_we_were_online(sight: Sight, board: Board) -> bool:
    """Whether the last look failed while we were cut off: it says nothing of the page."""
    online = board.connection
    return (
        online.link is Link.ONLINE
        and online.since is not None
        and silent(sight.last)
        and sight.last.at.steady < online.since.steady
    )
