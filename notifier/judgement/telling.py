"""Who is told what now: every thread against what was told, with a reason for each silence."""

from dataclasses import replace

from notifier.fallbacks import rank, worth_checking
from notifier.judgement import orders
from notifier.judgement.draft import Draft, without
from notifier.judgement.tell import Truth, news, rule
from notifier.judgement.threads import open_thread
from notifier.model.announcement import (
    Announcement,
    NoticeId,
    Reason,
    Silence,
    Subject,
    Suggestion,
    ThreadId,
    Withheld,
)
from notifier.model.board import Link, Standing, Thread, Told, Topic
from notifier.model.effect import Announce, Withdraw
from notifier.model.health import Health, well
from notifier.model.moment import Moment
from notifier.model.record import NoticeHeard, NoticeOwed, NoticeWithdrawn, ThreadKept
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import NOT_JUDGED, Confidence, Verdict

MOST_SUGGESTIONS = 3

MOST_AT_ONCE = 3
"""First notices of one moment that are told one by one; more of them are summed up."""

ADVICE_WITHIN = 4.0
"""Seconds a first notice waits for the alternatives to be looked at."""

TOGETHER_WITHIN = 12.0
"""Seconds a suspicion waits for others that began with it: a confirming look starts 10 to 20 s
after the first, so whatever fell together is confirmed within so long."""

SAME_TIME = 30.0
"""Front doors that fail within so many seconds of each other may have fallen together."""

_FIRST = frozenset({Reason.OUTAGE, Reason.SUSPECTED})


def tell(draft: Draft, together: frozenset[ThreadId] = frozenset()) -> None:
    """Announce what is news.

    Threads in `together`, those of an ending wave, and more than a few that begin in one moment
    are summed up: what falls together may have one cause, and one notice is enough for it.
    """
    held = _held(draft)
    ending = _wave_ends(draft) and not held & draft.board.wave
    waiting = held if ending else draft.board.wave | held
    due = [
        (thread, reason)
        for thread in tuple(draft.board.threads.values())
        if thread.topic is Topic.OUTAGE and (reason := _due(draft, thread, waiting)) is not None
    ]
    many = sum(reason in _FIRST for _, reason in due) > MOST_AT_ONCE
    summed = [
        (thread, reason)
        for thread, reason in due
        if reason in _FIRST
        and (many or thread.id in together or (ending and draft.board.wave & set(thread.services)))
    ]
    if len(summed) > 1:
        _announce(draft, Reason.SUMMARY, [thread for thread, _ in summed])
        due = [one for one in due if one not in summed]
    for thread, reason in due:
        _announce(draft, reason, [thread])
    if ending:
        _end_wave(draft)


def _held(draft: Draft) -> frozenset[ServiceKey]:
    """The services whose first notice waits a moment: for advice, or for others like it."""
    ends = {
        service.key: end
        for service in (orders.in_doubt(draft.board, draft.settings) if _untold(draft) else ())
        if (end := _waits_until(draft, service)) is not None
    }
    until = min(ends.values(), default=None, key=_steady)
    if until != draft.board.held_until:
        draft.board = replace(draft.board, held_until=until)
    return frozenset(ends)


def _untold(draft: Draft) -> bool:
    """Whether anything goes on that was not told yet."""
    board = draft.board
    return any(one.is_open() and one.id not in board.told for one in board.threads.values())


def _steady(moment: Moment) -> float:
    return moment.steady


def _waits_until(draft: Draft, service: Service) -> Moment | None:
    """Until when the first notice of a service waits; None where it does not."""
    standing = draft.board.standings[service.key]
    thread = open_thread(draft, service.key)
    if standing.since is None or standing.override or thread is None:
        return None
    if thread.id in draft.board.told:
        return None
    waits = [
        (ADVICE_WITHIN, _waits_for_advice),
        (TOGETHER_WITHIN, _waits_for_company),
    ]
    passed = draft.at.since(standing.since)
    ends = [within for within, waiting in waits if passed < within and waiting(draft, service)]
    return standing.since.later(max(ends)) if ends else None


def _waits_for_advice(draft: Draft, service: Service) -> bool:
    """Whether the alternatives of a service are just being looked at.

    A notice that can say what works is worth a few seconds. Where something can be offered
    already, or nothing can be asked, none waits.
    """
    board = draft.board
    if rank(service, board, draft.settings, draft.at)[0]:
        return False
    asked = worth_checking(service, board, draft.settings)
    return any(source.id not in board.sights for other in asked for source in other.sources[:1])


def _waits_for_company(draft: Draft, service: Service) -> bool:
    """Whether other front doors that failed at the same time are still being looked at again."""
    own = draft.board.sights.get(service.probe.id) if service.probe is not None else None
    if own is None or own.doubt is None or own.confirmed is None:
        return False
    began = own.doubt.at.steady
    return any(
        sight.confirm_ordered
        and sight.confirmed is None
        and sight.doubt is not None
        and abs(sight.doubt.at.steady - began) <= SAME_TIME
        for id_, sight in draft.board.sights.items()
        if id_ in draft.settings.by_source
    )


def _wave_ends(draft: Draft) -> bool:
    """Whether every service of the wave was looked at once, or the wave has waited enough.

    While nothing can be seen from here it goes on waiting.
    """
    board = draft.board
    if not board.wave or board.connection.link in (Link.OFFLINE, Link.CAPTIVE_PORTAL):
        return False
    late = board.wave_ends is not None and draft.at.steady >= board.wave_ends.steady
    return late or all(
        service.sources and service.sources[0].id in board.sights
        for service in draft.settings.services
        if service.key in board.wave
    )


def _end_wave(draft: Draft) -> None:
    board = draft.board
    told_well = (board.standings.get(key) for key in board.wave)
    if all(standing is not None and well(standing.verdict.health) for standing in told_well):
        draft.hush(Withheld(draft.at.utc, None, _in_order(draft, board.wave), Silence.BASELINE))
    draft.board = replace(draft.board, wave=frozenset(), wave_ends=None)


def _in_order(draft: Draft, keys: frozenset[ServiceKey]) -> tuple[ServiceKey, ...]:
    return tuple(service.key for service in draft.settings.services if service.key in keys)


def _due(draft: Draft, thread: Thread, waiting: frozenset[ServiceKey]) -> Reason | None:
    """The reason to tell of a thread now, or None; silences are noted on the way."""
    board = draft.board
    if any(thread.id in offer.threads for offer in board.on_offer.values()):
        return None  # judged again when the channel has answered
    service = draft.settings.by_key.get(thread.services[0])
    if service is None:
        return None
    truth = _truth(thread, board.standings.get(service.key, Standing()))
    told = board.told.get(thread.id)
    answer = rule(
        truth,
        told,
        level=service.level or draft.settings.level,
        mute=board.mutes.get(thread.id),
        paused=board.paused_until is not None,
        settings=draft.settings,
        at=draft.at.utc,
    )
    if isinstance(answer, Silence):
        _silent(draft, thread, truth, answer)
        return None
    if answer in _FIRST and service.key in waiting:
        return None
    return None if _owed_already(draft, thread, truth) else answer


def _truth(thread: Thread, standing: Standing) -> Truth:
    verdict = standing.verdict
    return Truth(
        health=verdict.health,
        suspected=verdict.confidence is Confidence.SUSPECTED,
        over=thread.closed is not None,
    )


def _owed_already(draft: Draft, thread: Thread, truth: Truth) -> bool:
    """Whether just this is what no channel would take; it waits for a daemon to appear."""
    return any(
        subject.thread == thread.id
        and (truth.over == (owed.reason is Reason.RECOVERED))
        and (truth.over or subject.verdict.health is truth.health)
        for owed in draft.board.owed.values()
        for subject in owed.subjects
    )


def _silent(draft: Draft, thread: Thread, truth: Truth, silence: Silence) -> None:
    told = draft.board.told.get(thread.id)
    wanted = news(truth, told)
    if truth.over:
        _take_back(draft, thread, told)
    note_silence(draft, thread, silence, wanted if isinstance(wanted, Reason) else None)


def note_silence(draft: Draft, thread: Thread, silence: Silence, would_be: Reason | None) -> None:
    """Let a silence about a thread be seen and written down, once."""
    if draft.board.silences.get(thread.id) == (silence, would_be):
        return
    noted = {**draft.board.silences, thread.id: (silence, would_be)}
    draft.board = replace(draft.board, silences=noted)
    if silence is Silence.NOTHING_NEW:
        return  # the ordinary silence between two changes; written down it would drown the rest
    draft.hush(Withheld(draft.at.utc, thread.id, thread.services, silence, would_be))


def _take_back(draft: Draft, thread: Thread, told: Told | None) -> None:
    """Withdraw what is no longer true: a notice still shown, or one never delivered."""
    if told is not None and not told.over and thread.id not in draft.board.silences:
        draft.want(Withdraw(told.notice, thread.id, thread.services))
    drop_owed(draft, thread.id)


def drop_owed(draft: Draft, thread: ThreadId) -> None:
    """Forget undelivered notices about a thread."""
    for id_, owed in tuple(draft.board.owed.items()):
        if thread in owed.threads:
            draft.board = replace(draft.board, owed=without(draft.board.owed, id_))
            draft.record(NoticeWithdrawn(id_, draft.at.utc))


def let_go(draft: Draft, thread: Thread) -> None:
    """Forget a thread nobody chose to follow any more; what is shown of it is withdrawn."""
    told = draft.board.told.get(thread.id)
    if told is not None and not told.over:
        draft.want(Withdraw(told.notice, thread.id, thread.services))
    drop_owed(draft, thread.id)
    if thread.closed is None:
        draft.record(ThreadKept(replace(thread, closed=draft.at.utc)))
    draft.drop_thread(thread.id)


def _announce(draft: Draft, reason: Reason, threads: list[Thread]) -> None:
    told = draft.board.told.get(threads[0].id)
    announce(
        draft,
        Announcement(
            id=next_notice(draft),
            at=draft.at,
            reason=reason,
            subjects=tuple(_subject(draft, thread) for thread in threads),
            suggestions=() if reason is Reason.RECOVERED else _suggestions(draft, threads),
            replaces=told.notice if told is not None and len(threads) == 1 else None,
        ),
    )


def next_notice(draft: Draft) -> NoticeId:
    """The id of the next notice."""
    return NoticeId(f"n-{draft.board.notice_count + 1}")


def announce(draft: Draft, announcement: Announcement) -> None:
    """Hand a notice, whose id is the next one, to the channels."""
    for thread in announcement.threads:
        drop_owed(draft, thread)
    board = draft.board
    draft.board = replace(
        board,
        notice_count=board.notice_count + 1,
        on_offer={**board.on_offer, announcement.id: announcement},
        silences=without(board.silences, *announcement.threads),
    )
    draft.want(Announce(announcement))


def _suggestions(draft: Draft, threads: list[Thread]) -> tuple[Suggestion, ...]:
    service = draft.settings.by_key[threads[0].services[0]]
    return rank(service, draft.board, draft.settings, draft.at)[0][:MOST_SUGGESTIONS]


def _subject(draft: Draft, thread: Thread) -> Subject:
    service: Service = draft.settings.by_key[thread.services[0]]
    standing = draft.board.standings.get(service.key, Standing())
    ended = thread.closed
    return Subject(
        thread=thread.id,
        service=service,
        verdict=standing.verdict,
        since=thread.opened,
        duration=max(0.0, (ended - thread.opened).total_seconds()) if ended else None,
    )


def heard(draft: Draft, id_: NoticeId, channel: str, handle: str) -> None:
    """A channel delivered a notice: only now does the person know."""
    board = draft.board
    announcement = board.on_offer.get(id_) or board.owed.get(id_)
    if announcement is None:
        return
    told = tuple(_told(announcement, draft).values())
    draft.board = replace(
        board,
        on_offer=without(board.on_offer, id_),
        owed=without(board.owed, id_),
        told={**board.told, **{one.thread: one for one in told}},
    )
    draft.touched.update(subject.service.key for subject in announcement.subjects)
    draft.record(NoticeHeard(id_, draft.at.utc, channel, handle, told))


def _told(announcement: Announcement, draft: Draft) -> dict[ThreadId, Told]:
    """What the person knows now of each thread of a notice."""
    verdicts = {subject.thread: subject.verdict for subject in announcement.subjects}
    return {
        thread: _knows(announcement, thread, verdicts.get(thread, NOT_JUDGED), draft)
        for thread in announcement.threads
    }


def _knows(announcement: Announcement, thread: ThreadId, verdict: Verdict, draft: Draft) -> Told:
    over = announcement.reason is Reason.RECOVERED
    return Told(
        thread=thread,
        health=Health.OPERATIONAL if over else verdict.health,
        suspected=not over and verdict.confidence is Confidence.SUSPECTED,
        reason=announcement.reason,
        at=draft.at.utc,
        notice=announcement.id,
        over=over,
    )


def unheard(draft: Draft, id_: NoticeId, why: str) -> None:
    """No channel took a notice: it is owed."""
    board = draft.board
    announcement = board.on_offer.get(id_)
    if announcement is None:
        return
    draft.board = replace(
        board,
        on_offer=without(board.on_offer, id_),
        owed={**board.owed, id_: announcement},
    )
    draft.record(NoticeOwed(id_, draft.at.utc, why))


def deliver_owed(draft: Draft) -> None:
    """A daemon has appeared: say again, summed up, what nobody took."""
    threads = frozenset(thread for owed in draft.board.owed.values() for thread in owed.threads)
    for thread in threads:
        drop_owed(draft, thread)
    tell(draft, together=threads)
