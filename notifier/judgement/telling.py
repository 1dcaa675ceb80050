"""Who is told what now: every thread against what was told, with a reason for each silence."""

from collections.abc import Mapping
from dataclasses import replace

from notifier.fallbacks import nothing_left, rank
from notifier.judgement import away, ceiling, delivery, flapping, vendor_word, waiting, wave
from notifier.judgement.draft import Draft
from notifier.judgement.grouping import FIRST, GATHERED_FOR, Due, Group, grouped
from notifier.judgement.tell import Truth, news, rule
from notifier.model.announcement import (
    Announcement,
    Exclusion,
    Reason,
    Silence,
    Subject,
    Suggestion,
    ThreadId,
    Withheld,
)
from notifier.model.board import Standing, Thread, Told, Topic, going_on
from notifier.model.effect import Withdraw
from notifier.model.health import Health, gravity
from notifier.model.lately import Lately
from notifier.model.record import ThreadKept
from notifier.model.service import Service, ServiceKey
from notifier.model.verdict import Confidence

MOST_SUGGESTIONS = 3


def tell(draft: Draft, together: frozenset[ThreadId] = frozenset()) -> None:
    """Announce what is news; threads in `together`, and those of an ending wave, in one notice."""
    held = waiting.held(draft)
    ending = wave.ends(draft) and not held & draft.board.wave
    settled = ending or not draft.board.wave
    # A digest waits for room as any other notice does.
    span = away.ended(draft, settled=settled) if ceiling.full(draft) is None else None
    if span is not None:
        away.missed(draft, span[0])
    due = _all_due(draft, held if ending else draft.board.wave | held)
    fallen = draft.board.wave if ending else frozenset()
    together |= {thread.id for thread, _ in due if fallen & set(thread.services)}
    groups = _groups(draft, due, together, span)
    for group in groups:
        _announce(draft, group, span)
    _note_those_who_wait(draft, due, groups)
    if ending:
        wave.end(draft)


def _all_due(draft: Draft, not_yet: frozenset[ServiceKey]) -> list[Due]:
    """What is to be told now. Of one outage all wait for the one that has to."""
    due = [
        (thread, reason)
        for thread in _not_past(draft.board.threads, draft.board.told)
        if (reason := _due(draft, thread, not_yet)) is not None
    ]
    waiting = {
        thread.root
        for thread in (going_on(draft.board.threads) if due and not_yet else ())
        if thread.is_open() and thread.id not in draft.board.told and not_yet & {*thread.services}
    }
    return [one for one in due if one[0].root not in waiting or one[1] not in FIRST]


def _groups(
    draft: Draft, due: list[Due], together: frozenset[ThreadId], span: away.Span | None
) -> list[Group]:
    """The notices there is room for now; of an absence that is over, one for all of it."""
    digest = away.digest(draft, due, span) if span is not None else None
    if digest is not None:
        return [digest]
    return ceiling.fitted(draft, grouped(draft, due, together)) if due else []


def _note_those_who_wait(draft: Draft, due: list[Due], groups: list[Group]) -> None:
    """What is due and not told waits for others that fall with it, or for room."""
    told = {thread.id for group in groups for thread in group.threads}
    full = ceiling.full(draft)
    for thread, reason in due:
        if thread.id not in told:
            note_silence(draft, thread, full or Silence.UNSETTLED, reason)


def _due(draft: Draft, thread: Thread, not_yet: frozenset[ServiceKey]) -> Reason | None:
    """The reason to tell of a thread now, or None; silences are noted on the way."""
    board = draft.board
    if any(thread.id in offer.threads for offer in board.on_offer.values()):
        return None  # judged again when the channel has answered
    service = draft.settings.by_key.get(thread.services[0])
    if service is None:
        return None
    told = board.told.get(thread.id)
    ended = thread.closed is not None and told is not None and told.over
    if ended and service.key not in draft.touched and board.away_since is None:
        return None  # only what its page says could still be news of it
    truth = _truth(draft, service, thread)
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
    if service.key in not_yet and (answer in FIRST or board.away_since is not None):
        return None
    return None if _owed_already(draft, thread, truth) else answer


@Lately
def _not_past(
    threads: Mapping[ThreadId, Thread], told: Mapping[ThreadId, Told]
) -> tuple[Thread, ...]:
    """The outages of which anything can be news: most are over, and there is no more to be said."""
    return tuple(
        thread
        for id_, thread in threads.items()
        if thread.topic is Topic.OUTAGE and not _is_past(thread, told.get(id_))
    )


def _is_past(thread: Thread, told: Told | None) -> bool:
    if thread.closed is None or told is None or not told.over:
        return False
    return not thread.incidents or told.reason is Reason.CAUSE_PUBLISHED


def _truth(draft: Draft, service: Service, thread: Thread) -> Truth:
    verdict = draft.board.standings.get(service.key, Standing()).verdict
    over = thread.closed is not None
    listens = draft.settings.calm.updates and not over
    others = _one_outage_with(draft, thread)
    return Truth(
        health=verdict.health,
        suspected=verdict.confidence is Confidence.SUSPECTED,
        over=over,
        unstable=flapping.unstable(draft.board, service.key, draft.at.utc),
        said=vendor_word.newest(draft, service, thread).mark if listens else "",
        root=thread.root,
        shared=bool(others),
        gravest=_gravest_told(draft, others if service.runs_on else []),
        explained=over and vendor_word.explained(draft, service, thread),
    )


def _one_outage_with(draft: Draft, thread: Thread) -> list[Thread]:
    """The others that are one outage with it, and go on, or did a moment ago."""
    return [
        other
        for other in draft.board.threads.values()
        if other.root == thread.root
        and other.id != thread.id
        and (other.closed is None or draft.at.utc - other.closed < GATHERED_FOR)
    ]


def _gravest_told(draft: Draft, threads: list[Thread]) -> Health:
    """The gravest that the person knows of those that go on."""
    told = (draft.board.told.get(thread.id) for thread in threads if thread.closed is None)
    known = (one.health for one in told if one is not None and not one.over)
    return max(known, key=gravity, default=Health.OPERATIONAL)


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
    draft.hush(Withheld(draft.at.utc, thread.root, thread.services, silence, would_be))


def _take_back(draft: Draft, thread: Thread, told: Told | None) -> None:
    """Withdraw what is no longer true: a notice still shown, or one never delivered."""
    if told is not None and not told.over and thread.id not in draft.board.silences:
        draft.want(Withdraw(told.notice, thread.root, thread.services))
    delivery.drop_owed(draft, thread.id)


def let_go(draft: Draft, thread: Thread) -> None:
    """Forget a thread nobody chose to follow any more; what is shown of it is withdrawn."""
    told = draft.board.told.get(thread.id)
    if told is not None and not told.over:
        draft.want(Withdraw(told.notice, thread.root, thread.services))
    delivery.drop_owed(draft, thread.id)
    if thread.closed is None:
        draft.record(ThreadKept(replace(thread, closed=draft.at.utc)))
    draft.drop_thread(thread.id)


def _announce(draft: Draft, group: Group, span: away.Span | None) -> None:
    going_on = [thread for thread in (*group.threads, *group.remaining) if thread.closed is None]
    suggests = group.reason not in _WITHOUT_ADVICE and going_on
    offered, refused = _alternatives(draft, going_on[0]) if suggests else ((), ())
    delivery.announce(
        draft,
        Announcement(
            id=delivery.next_notice(draft),
            at=draft.at,
            reason=group.reason,
            subjects=tuple(_subject(draft, thread) for thread in group.threads),
            suggestions=offered[:MOST_SUGGESTIONS],
            nothing_left=nothing_left(offered, refused),
            replaces=group.replaces,
            remaining=tuple(_name(draft, thread) for thread in group.remaining),
            elder=_elder(draft, group),
            span=None if span is None else (span[0], draft.at.utc),
        ),
    )


_WITHOUT_ADVICE = frozenset({Reason.RECOVERED, Reason.CAUSE_PUBLISHED})


def _elder(draft: Draft, group: Group) -> str:
    """What the threads of a notice have turned out to be part of, by name."""
    thread = group.threads[0]
    told = draft.board.told.get(thread.id)
    moved = told is not None and told.root not in (None, thread.root)
    if group.reason is not Reason.UPDATE or not moved:
        return ""
    elder = draft.board.threads.get(thread.root)
    return _name(draft, elder) if elder is not None else ""


def _name(draft: Draft, thread: Thread) -> str:
    return draft.settings.by_key[thread.services[0]].name


def _alternatives(
    draft: Draft, thread: Thread
) -> tuple[tuple[Suggestion, ...], tuple[Exclusion, ...]]:
    service = draft.settings.by_key[thread.services[0]]
    return rank(service, draft.board, draft.settings, draft.at)


def _subject(draft: Draft, thread: Thread) -> Subject:
    service: Service = draft.settings.by_key[thread.services[0]]
    standing = draft.board.standings.get(service.key, Standing())
    ended = thread.closed
    word, told = vendor_word.newest(draft, service, thread), draft.board.told.get(thread.id)
    return Subject(
        thread=thread.id,
        service=service,
        verdict=standing.verdict,
        since=thread.opened,
        duration=max(0.0, (ended - thread.opened).total_seconds()) if ended else None,
        ended=ended,
        was=thread.cause if ended else None,
        root=thread.root,
        said=word.mark,
        word="" if told is not None and told.said == word.mark else word.text,
    )


def deliver_owed(draft: Draft) -> None:
    """A daemon has appeared: say again, summed up, what nobody took."""
    threads = frozenset(thread for owed in draft.board.owed.values() for thread in owed.threads)
    for thread in threads:
        delivery.drop_owed(draft, thread)
    tell(draft, together=threads)
