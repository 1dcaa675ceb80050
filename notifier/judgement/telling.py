"""Who is told what now: every thread against what was told, with a reason for each silence."""

from dataclasses import replace

from notifier.fallbacks import rank
from notifier.judgement import delivery, waiting
from notifier.judgement.draft import Draft
from notifier.judgement.grouping import FIRST, Group, grouped
from notifier.judgement.tell import Truth, news, rule
from notifier.model.announcement import (
    Announcement,
    Reason,
    Silence,
    Subject,
    Suggestion,
    ThreadId,
    Withheld,
)
from notifier.model.board import CUT_OFF, Standing, Thread, Told, Topic
from notifier.model.effect import Withdraw
from notifier.model.health import well
from notifier.model.record import ThreadKept
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import Confidence

MOST_SUGGESTIONS = 3


def tell(draft: Draft, together: frozenset[ThreadId] = frozenset()) -> None:
    """Announce what is news; threads in `together`, and those of an ending wave, in one notice."""
    held = waiting.held(draft)
    ending = _wave_ends(draft) and not held & draft.board.wave
    not_yet = held if ending else draft.board.wave | held
    due = [
        (thread, reason)
        for thread in tuple(draft.board.threads.values())
        if thread.topic is Topic.OUTAGE and (reason := _due(draft, thread, not_yet)) is not None
    ]
    wave = draft.board.wave if ending else frozenset()
    together |= {thread.id for thread, _ in due if wave & set(thread.services)}
    groups = grouped(draft, due, together) if due else []
    for group in groups:
        _announce(draft, group)
    told = {thread.id for group in groups for thread in group.threads}
    for thread, reason in due:
        if thread.id not in told:  # it waits for others that fall with it
            note_silence(draft, thread, Silence.UNSETTLED, reason)
    if ending:
        _end_wave(draft)


def _wave_ends(draft: Draft) -> bool:
    """Whether every service of the wave was looked at once, or the wave has waited enough.

    While nothing can be seen from here it goes on waiting.
    """
    board = draft.board
    if not board.wave or board.connection.link in CUT_OFF:
        return False
    late = board.wave_ends is not None and draft.at.steady >= board.wave_ends.steady
    return late or all(
        _looked_at(draft, service)
        for service in draft.settings.services
        if service.key in board.wave
    )


def _looked_at(draft: Draft, service: Service) -> bool:
    """Whether a service was looked at since we are where we are."""
    board = draft.board
    sight = board.sights.get(service.sources[0].id) if service.sources else None
    arrived = board.arrived or board.started
    return sight is not None and (arrived is None or sight.last.at.steady >= arrived.steady)


def _end_wave(draft: Draft) -> None:
    board = draft.board
    told_well = (board.standings.get(key) for key in board.wave)
    if not board.waking and all(
        standing is not None and well(standing.verdict.health) for standing in told_well
    ):
        draft.hush(Withheld(draft.at.utc, None, _in_order(draft, board.wave), Silence.BASELINE))
    draft.board = replace(draft.board, wave=frozenset(), wave_ends=None, waking=False)


def _in_order(draft: Draft, keys: frozenset[ServiceKey]) -> tuple[ServiceKey, ...]:
    return tuple(service.key for service in draft.settings.services if service.key in keys)


def _due(draft: Draft, thread: Thread, not_yet: frozenset[ServiceKey]) -> Reason | None:
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
        away=not board.machine.in_front,
        settings=draft.settings,
        at=draft.at.utc,
    )
    if isinstance(answer, Silence):
        _silent(draft, thread, truth, answer)
        return None
    if answer in FIRST and service.key in not_yet:
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
    delivery.drop_owed(draft, thread.id)


def let_go(draft: Draft, thread: Thread) -> None:
    """Forget a thread nobody chose to follow any more; what is shown of it is withdrawn."""
    told = draft.board.told.get(thread.id)
    if told is not None and not told.over:
        draft.want(Withdraw(told.notice, thread.id, thread.services))
    delivery.drop_owed(draft, thread.id)
    if thread.closed is None:
        draft.record(ThreadKept(replace(thread, closed=draft.at.utc)))
    draft.drop_thread(thread.id)


def _announce(draft: Draft, group: Group) -> None:
    over = group.reason is Reason.RECOVERED
    delivery.announce(
        draft,
        Announcement(
            id=delivery.next_notice(draft),
            at=draft.at,
            reason=group.reason,
            subjects=tuple(_subject(draft, thread) for thread in group.threads),
            suggestions=() if over else _suggestions(draft, group.threads),
            replaces=group.replaces,
        ),
    )


def _suggestions(draft: Draft, threads: tuple[Thread, ...]) -> tuple[Suggestion, ...]:
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
        was=thread.cause if ended else None,
    )


def tell_what_waited(draft: Draft) -> None:
    """The person is in front again: say, summed up, what was kept for later."""
    waited = (id_ for id_, (why, _) in draft.board.silences.items() if why is Silence.AWAY)
    tell(draft, together=frozenset(waited))


def deliver_owed(draft: Draft) -> None:
    """A daemon has appeared: say again, summed up, what nobody took."""
    threads = frozenset(thread for owed in draft.board.owed.values() for thread in owed.threads)
    for thread in threads:
        delivery.drop_owed(draft, thread)
    tell(draft, together=threads)
