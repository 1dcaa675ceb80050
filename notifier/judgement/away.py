"""What happened while the person was not here, or wanted quiet: told as one, once they are back.

away    from falling asleep, from locking the screen, or from another session's coming to the front
        until somebody is here again, and everything was looked at
quiet   the person's quiet hours

One line for each outage that began or ended in that time: with its start, its end, and whether it
goes on. Where there is but one thing to say, and it is so now, it is told as at any other time.
"""

from dataclasses import replace
from datetime import datetime

from notifier.judgement import flapping
from notifier.judgement.draft import Draft
from notifier.judgement.grouping import Due, Group
from notifier.judgement.tell import Truth, allowed, in_quiet_hours
from notifier.judgement.threads import new_id
from notifier.judgement.weigh import last_report
from notifier.model.announcement import Reason
from notifier.model.board import Machine, Thread, Topic
from notifier.model.health import Health, failing
from notifier.model.moment import Moment
from notifier.model.observation import Incident
from notifier.model.selection import chosen, named
from notifier.model.service import Service

ASLEEP = 300.0
"""Seconds without any time taken in that are a sleep, and no mere change of network."""

Span = tuple[datetime, Reason]
"""Since when, and what its digest is called."""


def here(machine: Machine) -> bool:
    """Whether somebody can be at the screen."""
    return machine.in_front and not machine.locked


def leave(draft: Draft, since: Moment) -> None:
    """Nobody is here from `since` on."""
    if draft.board.away_since is None:
        draft.board = replace(draft.board, away_since=since.utc)


def slept(draft: Draft) -> None:
    """The computer wakes: was it a sleep, nobody was here in it."""
    last = draft.board.awake_at
    if last is not None and is_waking(draft):
        leave(draft, last)


def is_waking(draft: Draft) -> bool:
    """Whether the computer has slept until now, and nobody has said so yet."""
    last = draft.board.awake_at
    return last is not None and draft.at.since(last) >= ASLEEP


def keep_quiet(draft: Draft) -> None:
    """Note when quiet hours begin; `ended` finds that they are over."""
    if not draft.settings.quiet or draft.board.quiet_since is not None:
        return
    if in_quiet_hours(draft.settings, draft.at.utc):
        draft.board = replace(draft.board, quiet_since=draft.at.utc)


def ended(draft: Draft, *, settled: bool) -> Span | None:
    """Of what is over now; with `settled` everything was looked at. It is over once only."""
    board = draft.board
    if board.paused_until is not None:
        return None
    if board.away_since is not None and settled and here(board.machine):
        since = board.away_since
        draft.board = replace(board, away_since=None)
        return since, Reason.WHILE_AWAY
    quiet = board.quiet_since if board.machine.in_front else None
    if quiet is not None and settled and not in_quiet_hours(draft.settings, draft.at.utc):
        draft.board = replace(board, quiet_since=None)
        return quiet, Reason.SUMMARY
    return None


def anything_happened(draft: Draft) -> bool:
    """Whether there is anything to tell of: as it stands now, not as it was seen last."""
    since = draft.board.away_since
    return since is not None and any(
        thread.topic is Topic.OUTAGE and (thread.closed is None or thread.closed >= since)
        for thread in draft.board.threads.values()
    )


def digest(draft: Draft, due: list[Due], span: Span) -> Group | None:
    """All of it in one notice; None where that would say no more than what is due by itself."""
    waiting = {thread.id for thread, _ in due}
    past = {
        thread.id
        for thread in draft.board.threads.values()
        if thread.id not in waiting and _worth_a_line(draft, thread, span)
    }
    if len(waiting) < 2 and not past:
        return None
    threads = draft.board.threads
    return Group(span[1], tuple(threads[id_] for id_ in threads if id_ in waiting | past))


def missed(draft: Draft, since: datetime) -> None:
    """Open and close a thread for each outage the vendors say began and ended meanwhile."""
    known = {
        id_
        for thread in draft.board.threads.values()
        if thread.topic is Topic.OUTAGE
        for id_ in thread.incidents
    }
    for service in draft.settings.services:
        for incident in _ended_meanwhile(draft, service, since):
            if incident.id not in known and incident.started_at and incident.resolved_at:
                draft.keep(
                    Thread(
                        id=new_id(draft),
                        services=(service.key,),
                        opened=incident.started_at,
                        incidents=(incident.id,),
                        worst=incident.impact if failing(incident.impact) else Health.DEGRADED,
                        closed=incident.resolved_at,
                    )
                )


def _ended_meanwhile(draft: Draft, service: Service, since: datetime) -> tuple[Incident, ...]:
    report = last_report(service, draft.board)
    if report is None:
        return ()
    parts = chosen(report.parts, service.parts)
    return tuple(
        one
        for one in report.incidents
        if not one.open
        and one.started_at is not None
        and one.resolved_at is not None
        and since <= one.started_at < one.resolved_at <= draft.at.utc
        and (not service.parts or named(one.parts, parts))
        and (failing(one.impact) or _asleep_at(draft, one.started_at))
    )


def _asleep_at(draft: Draft, began: datetime) -> bool:
    """Whether nobody looked when it began: else what its vendor calls nothing was seen to be it."""
    woke = draft.board.woke
    return woke is not None and began < woke.utc


def _worth_a_line(draft: Draft, thread: Thread, span: Span) -> bool:
    """Whether it ended unheard of, or was told to a screen nobody was at.

    What is on its way to somebody is neither: an absence and quiet hours may be over together. Nor
    is what comes and goes: it is told as that, and its end once it has settled.
    """
    since, reason = span
    if thread.topic is not Topic.OUTAGE:
        return False
    if any(thread.id in offer.threads for offer in draft.board.on_offer.values()):
        return False
    service = draft.settings.by_key.get(thread.services[0])
    if service is None or flapping.unstable(draft.board, service.key, draft.at.utc):
        return False
    level = service.level or draft.settings.level
    if not allowed(Reason.OUTAGE, Truth(thread.worst, suspected=False, over=False), level):
        return False
    told = draft.board.told.get(thread.id)
    if told is None:
        return thread.closed is not None and thread.closed >= since
    return reason is Reason.WHILE_AWAY and told.at >= since
