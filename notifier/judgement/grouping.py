"""Which of the threads due are told in one notice: those that fell together, or for one cause.

several due at the end of a wave, or more than a few at once    one summary
several that stand on the same upstream, which fails            one notice of all of them
more of those, a minute after the last of them                  that notice again, with them
anything else                                                   one notice each
"""

from dataclasses import dataclass
from datetime import timedelta

from notifier.judgement.draft import Draft
from notifier.model.announcement import NoticeId, Reason, ThreadId
from notifier.model.board import Standing, Thread, Told, Topic
from notifier.model.verdict import Confidence

MOST_AT_ONCE = 3
"""First notices of one moment that are told one by one; more of them are summed up."""

GATHERED_FOR = timedelta(minutes=1)
"""For so long what falls with an upstream is gathered before its notice is shown again."""

FIRST = frozenset({Reason.OUTAGE, Reason.SUSPECTED})
"""Reasons to tell of something for the first time, or for certain."""

Due = tuple[Thread, Reason]


@dataclass(frozen=True, slots=True)
class Group:
    """One notice to be: its reason, the threads it speaks of, and what it replaces."""

    reason: Reason
    threads: tuple[Thread, ...]
    replaces: NoticeId | None = None


def grouped(draft: Draft, due: list[Due], together: frozenset[ThreadId]) -> list[Group]:
    """The notices to be made of what is due; threads in `together` are summed up."""
    groups = []
    for ground in dict.fromkeys(_ground(draft, thread) for thread, _ in due):
        falling = [one for one in due if ground and _ground(draft, one[0]) == ground]
        first = [thread for thread, reason in falling if reason in FIRST]
        others = _told_with(draft, ground, first)
        if not first or len(first) + len(others) < 2 or together & {one.id for one in first}:
            continue
        due = [one for one in due if one[0] not in first]
        if not _told_just_now(draft, others):
            groups.append(_fallen_with(draft, first, others))
    many = sum(reason in FIRST for _, reason in due) > MOST_AT_ONCE
    summed = [
        thread for thread, reason in due if reason in FIRST and (many or thread.id in together)
    ]
    if len(summed) > 1:
        groups.append(Group(Reason.SUMMARY, tuple(summed)))
        due = [one for one in due if one[0] not in summed]
    return [*groups, *(Group(reason, (thread,), _last(draft, thread)) for thread, reason in due)]


def _told_just_now(draft: Draft, others: list[Thread]) -> bool:
    """Whether the others were told so lately that whatever falls next may join them in one go."""
    told = (draft.board.told.get(thread.id) for thread in others)
    now = draft.at.utc
    return any(one is not None and timedelta(0) <= now - one.at < GATHERED_FOR for one in told)


def _fallen_with(draft: Draft, first: list[Thread], others: list[Thread]) -> Group:
    """All that an upstream has taken with it, in one notice; it replaces one already shown."""
    threads = (*others, *first)
    sure = any(
        _standing(draft, thread).verdict.confidence is Confidence.CONFIRMED for thread in threads
    )
    shown = next((last for thread in threads if (last := _last(draft, thread))), None)
    return Group(Reason.OUTAGE if sure else Reason.SUSPECTED, threads, shown)


def _told_with(draft: Draft, ground: str | None, first: list[Thread]) -> list[Thread]:
    """The threads on that ground that go on and were told as what they are."""
    if ground is None:
        return []
    return [
        thread
        for thread in draft.board.threads.values()
        if thread.is_open(Topic.OUTAGE)
        and thread not in first
        and _ground(draft, thread) == ground
        and (told := _told(draft, thread)) is not None
        and not told.over
    ]


def _ground(draft: Draft, thread: Thread) -> str | None:
    """What a thread's service fell with: what it runs on, or itself where others run on it."""
    service = draft.settings.by_key.get(thread.services[0])
    if service is None:
        return None
    upstream = _standing(draft, thread).verdict.upstream
    if upstream is not None:
        return upstream
    fell = (draft.board.standings.get(one.key) for one in draft.settings.standing_on(service))
    grounds = {one.verdict.upstream for one in fell if one is not None}
    return next((own for own in (service.id, service.family) if own in grounds), None)


def _standing(draft: Draft, thread: Thread) -> Standing:
    return draft.board.standings.get(thread.services[0], Standing())


def _told(draft: Draft, thread: Thread) -> Told | None:
    return draft.board.told.get(thread.id)


def _last(draft: Draft, thread: Thread) -> NoticeId | None:
    told = _told(draft, thread)
    return told.notice if told is not None else None
