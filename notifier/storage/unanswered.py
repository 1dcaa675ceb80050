"""What to believe of notices the program died over, between the intent and the answer. Pure.

Nobody can say whether they were shown. An outage counts as not told, so that it is told again:
told twice is better than not at all. The end of one, and mere information, counts as told and
is not repeated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from notifier.model.announcement import Reason, ThreadId
from notifier.model.board import Thread, Told
from notifier.model.health import Health, worst
from notifier.model.record import Entry, NoticeHeard, NoticeOwed, Remembered
from notifier.storage.recall import Unanswered

_ENDS = frozenset({Reason.RECOVERED, Reason.SUMMARY, Reason.WHILE_AWAY})
"""Notices that can tell of an end."""

_INFORMATION = frozenset(
    {
        Reason.BETTER,
        Reason.UPDATE,
        Reason.CAUSE_PUBLISHED,
        Reason.MAINTENANCE,
        Reason.ONLINE,
        Reason.SOURCE_MOVED,
        Reason.SOURCE_UNREADABLE,
    }
)


def settle(notices: Sequence[Unanswered], known: Remembered) -> tuple[Entry, ...]:
    """One entry per notice: it counts as delivered, or it is still owed."""
    return tuple(_settled(notice, known) for notice in notices)


def _settled(notice: Unanswered, known: Remembered) -> Entry:
    told = tuple(_now_told(notice, known))
    if told or notice.reason in _INFORMATION or notice.reason is Reason.RECOVERED:
        return NoticeHeard(notice.id, notice.at, channel="", handle="", told=told)
    return NoticeOwed(notice.id, notice.at, "the program ended before an answer came")


def _now_told(notice: Unanswered, known: Remembered) -> Iterator[Told]:
    """What the person is taken to know now of the threads of `notice`."""
    for id_ in notice.threads:
        thread, told = known.threads.get(id_), known.told.get(id_)
        if thread is None or told is None:
            continue
        after = replace(told, reason=notice.reason, at=notice.at, notice=notice.id, kept_back=False)
        if _tells_the_end(notice, thread):
            yield replace(after, health=Health.OPERATIONAL, suspected=False, over=True)
        elif notice.reason in _INFORMATION:
            better = notice.reason is Reason.BETTER
            yield replace(after, health=_state(thread, known)) if better else after


def _tells_the_end(notice: Unanswered, thread: Thread) -> bool:
    """A notice from before the end cannot have told of it."""
    return notice.reason in _ENDS and thread.closed is not None and notice.at >= thread.closed


def _state(thread: Thread, known: Remembered) -> Health:
    """How the services of a thread stood when the program died: what was said to be better."""
    return worst(known.last_known[key][0] for key in thread.services if key in known.last_known)


def believed(told: Mapping[ThreadId, Told], settled: Sequence[Entry]) -> dict[ThreadId, Told]:
    """`told` with what the settled notices add to it."""
    added = {
        one.thread: one for entry in settled if isinstance(entry, NoticeHeard) for one in entry.told
    }
    return {**told, **added}
