"""Notices on their way: handed to the channels, delivered, or owed until somebody takes them."""

from dataclasses import replace

from notifier.judgement.draft import Draft, without
from notifier.model.announcement import (
    Announcement,
    NoticeId,
    Reason,
    Silence,
    Subject,
    ThreadId,
    Withheld,
)
from notifier.model.board import Board, Told
from notifier.model.effect import Announce, Hush
from notifier.model.health import Health
from notifier.model.record import NoticeHeard, NoticeKeptBack, NoticeOwed, NoticeWithdrawn
from notifier.model.verdict import NOT_JUDGED, Confidence

_REMEMBERED = 3600.0
"""Seconds for which it is remembered that a notice was shown."""

_ENDS = frozenset({Reason.RECOVERED, Reason.SUMMARY, Reason.WHILE_AWAY, Reason.CAUSE_PUBLISHED})
"""Notices that tell of each outage that is over that it is."""


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


def _lately(times: tuple[float, ...], now: float) -> tuple[float, ...]:
    return tuple(at for at in times if now - at < _REMEMBERED)


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
        shown_at=(*_lately(board.shown_at, draft.at.steady), draft.at.steady),
    )
    draft.touched.update(subject.service.key for subject in announcement.subjects)
    draft.record(NoticeHeard(id_, draft.at.utc, channel, handle, told))


def kept_back(draft: Draft, id_: NoticeId, by: str) -> None:
    """Whoever took a notice keeps it back. It stays told: it is shown later, and not sent again."""
    board = draft.board
    draft.record(NoticeKeptBack(id_, draft.at.utc, by))
    now = {one.thread: replace(one, kept_back=True) for one in _told_by(id_, board)}
    if not now:
        return
    draft.board = replace(board, told={**board.told, **now})
    of = [board.threads[thread].services for thread in now if thread in board.threads]
    services = tuple(dict.fromkeys(key for keys in of for key in keys))
    draft.touched.update(services)
    first = next(iter(now.values()))
    # Only shown to whoever follows: in the log it stands with the notice itself.
    draft.want(
        Hush(
            Withheld(
                draft.at.utc,
                first.root or first.thread,
                services,
                Silence.DO_NOT_DISTURB,
                would_be=first.reason,
            )
        )
    )


def _told_by(id_: NoticeId, board: Board) -> list[Told]:
    """What the person knows by this notice, and by none after it."""
    return [one for one in board.told.values() if one.notice == id_]


def _told(announcement: Announcement, draft: Draft) -> dict[ThreadId, Told]:
    """What the person knows now of each thread of a notice."""
    subjects = {subject.thread: subject for subject in announcement.subjects}
    return {
        thread: _knows(announcement, thread, subjects.get(thread), draft)
        for thread in announcement.threads
    }


def _knows(
    announcement: Announcement, thread: ThreadId, subject: Subject | None, draft: Draft
) -> Told:
    verdict = subject.verdict if subject is not None else NOT_JUDGED
    ended = subject is not None and subject.duration is not None
    over = ended and announcement.reason in _ENDS
    return Told(
        thread=thread,
        health=Health.OPERATIONAL if over else verdict.health,
        suspected=not over and verdict.confidence is Confidence.SUSPECTED,
        reason=announcement.reason,
        at=draft.at.utc,
        notice=announcement.id,
        over=over,
        root=subject.root if subject is not None else None,
        said=subject.said if subject is not None else "",
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


def drop_owed(draft: Draft, thread: ThreadId) -> None:
    """Forget undelivered notices about a thread."""
    for id_, owed in tuple(draft.board.owed.items()):
        if thread in owed.threads:
            draft.board = replace(draft.board, owed=without(draft.board.owed, id_))
            draft.record(NoticeWithdrawn(id_, draft.at.utc))
