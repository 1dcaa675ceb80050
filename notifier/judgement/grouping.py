"""Which of the threads due are told in one notice: those that fell together, or are one outage.

several due at the end of a wave, or more than a few at once    one summary
several of one outage                                           one notice of all of them
more of it, a minute after the last of them, or later           that notice again, with them
several that turn out to be part of an older one                one notice of that
several of one outage that are over within a minute             one notice of their end
anything else                                                   one notice each
"""

from datetime import timedelta

from msgspec import Struct

from notifier.judgement.draft import Draft
from notifier.model.announcement import NoticeId, Reason, ThreadId
from notifier.model.board import Standing, Thread, Told, Topic
from notifier.model.verdict import Confidence

MOST_AT_ONCE = 3
"""First notices of one moment that are told one by one; more of them are summed up."""

GATHERED_FOR = timedelta(minutes=1)
"""For so long, at least, what belongs to an outage is gathered before it is told; the longer it
goes on, the longer, so that one that spreads is not told every minute."""

GATHERED_AT_MOST = timedelta(minutes=3)

FIRST = frozenset({Reason.OUTAGE, Reason.SUSPECTED})
"""Reasons to tell of something for the first time, or for certain."""

_FALLEN = FIRST | {Reason.SUMMARY}
"""Reasons of a notice that says what has fallen; what comes of one of them later is no such."""

Due = tuple[Thread, Reason]


class Group(Struct, frozen=True):
    """One notice to be: its reason, the threads it speaks of, and what it replaces.

    `remaining` are those of the same outage that go on while these are over.
    """

    reason: Reason
    threads: tuple[Thread, ...]
    replaces: NoticeId | None = None
    remaining: tuple[Thread, ...] = ()


def grouped(draft: Draft, due: list[Due], together: frozenset[ThreadId]) -> list[Group]:
    """The notices to be made of what is due; threads in `together` are summed up."""
    groups, due = [], _without_first_ends(draft, due)
    for root in dict.fromkeys(thread.root for thread, _ in due):
        first = [thread for thread, reason in due if thread.root == root and reason in FIRST]
        others = _told_with(draft, root, first)
        if not first or len(first) + len(others) < 2 or together & {one.id for one in first}:
            continue
        due = [one for one in due if one[0] not in first]
        if not _gathers(draft, others):
            groups.append(_fallen_with(draft, first, others))
    many = sum(reason in FIRST for _, reason in due) > MOST_AT_ONCE
    summed = [
        thread for thread, reason in due if reason in FIRST and (many or thread.id in together)
    ]
    if len(summed) > 1:
        groups.append(Group(Reason.SUMMARY, tuple(summed)))
        due = [one for one in due if one[0] not in summed]
    return [*groups, *_alike(draft, due)]


def _alike(draft: Draft, due: list[Due]) -> list[Group]:
    """What is over, or turned out to be part of an outage, by outage; all else by itself."""
    groups: dict[object, list[Due]] = {}
    for thread, reason in due:
        shared = reason is Reason.RECOVERED or (
            reason is Reason.UPDATE and _has_moved(draft, thread)
        )
        key = (thread.root, reason) if shared else thread.id
        groups.setdefault(key, []).append((thread, reason))
    return [_group_of(draft, group) for group in groups.values()]


def _group_of(draft: Draft, due: list[Due]) -> Group:
    threads, reason = tuple(thread for thread, _ in due), due[0][1]
    shown = next((last for thread in threads if (last := _last(draft, thread))), None)
    remaining: tuple[Thread, ...] = ()
    if reason is Reason.RECOVERED:
        remaining = tuple(_told_with(draft, threads[0].root, list(threads)))
    return Group(reason, threads, shown, remaining)


def _has_moved(draft: Draft, thread: Thread) -> bool:
    """Whether a thread told by itself has turned out to be part of another."""
    told = _told(draft, thread)
    return told is not None and told.root not in (None, thread.root)


def _gathers(draft: Draft, others: list[Thread]) -> bool:
    """Whether the others were told so lately that whatever falls next may join them in one go."""
    told = [
        one.at
        for thread in others
        if (one := draft.board.told.get(thread.id)) is not None and one.reason in _FALLEN
    ]
    if not told:
        return False
    began = min(thread.turns[0] for thread in others) if all(t.turns for t in others) else told[0]
    wait = min(max(GATHERED_FOR, max(told) - began), GATHERED_AT_MOST)
    return timedelta(0) <= draft.at.utc - max(told) < wait


def _without_first_ends(draft: Draft, due: list[Due]) -> list[Due]:
    """Without the ends of an outage that is over at some and goes on at others: more of them may
    follow within a minute.
    """
    ended: dict[ThreadId, list[Thread]] = {}
    for thread, reason in due:
        if reason is Reason.RECOVERED:
            ended.setdefault(thread.root, []).append(thread)
    wait = [
        thread
        for root, threads in ended.items()
        if _told_with(draft, root, threads) and _over_just_now(draft, threads)
        for thread in threads
    ]
    return [one for one in due if one[0] not in wait]


def _over_just_now(draft: Draft, threads: list[Thread]) -> bool:
    first = min((one.closed for one in threads if one.closed is not None), default=None)
    return first is not None and timedelta(0) <= draft.at.utc - first < GATHERED_FOR


def _fallen_with(draft: Draft, first: list[Thread], others: list[Thread]) -> Group:
    """All that is one outage, in one notice; it replaces one already shown."""
    threads = (*others, *first)
    sure = any(
        _standing(draft, thread).verdict.confidence is Confidence.CONFIRMED for thread in threads
    )
    shown = next((last for thread in threads if (last := _last(draft, thread))), None)
    return Group(Reason.OUTAGE if sure else Reason.SUSPECTED, threads, shown)


def _told_with(draft: Draft, root: ThreadId, first: list[Thread]) -> list[Thread]:
    """The threads of that outage that go on and were told as what they are."""
    return [
        thread
        for thread in draft.board.threads.values()
        if thread.root == root
        and thread.is_open(Topic.OUTAGE)
        and thread not in first
        and (told := _told(draft, thread)) is not None
        and not told.over
    ]


def _standing(draft: Draft, thread: Thread) -> Standing:
    return draft.board.standings.get(thread.services[0], Standing())


def _told(draft: Draft, thread: Thread) -> Told | None:
    return draft.board.told.get(thread.id)


def _last(draft: Draft, thread: Thread) -> NoticeId | None:
    told = _told(draft, thread)
    return told.notice if told is not None else None
