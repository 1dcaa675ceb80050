"""How many notices there may be: three a minute, and so many an hour as the person allows.

Where there is more to tell than there is room for, one notice sums it up; where there is no room
it waits until there is, and is summed up then. Nothing is lost by that, and each wait is noted.
"""

from notifier.judgement.draft import Draft
from notifier.judgement.grouping import Group
from notifier.model.announcement import Reason, Silence
from notifier.model.health import gravity

MINUTE = 60.0
HOUR = 3600.0

MOST_A_MINUTE = 3


def room(draft: Draft) -> int:
    """How many notices may be told now."""
    return min(
        MOST_A_MINUTE - _within(draft, MINUTE), draft.settings.calm.ceiling - _within(draft, HOUR)
    )


def full(draft: Draft) -> Silence | None:
    """Why nothing may be told now; None where something may."""
    if _within(draft, HOUR) >= draft.settings.calm.ceiling:
        return Silence.CEILING
    return Silence.UNSETTLED if _within(draft, MINUTE) >= MOST_A_MINUTE else None


def fitted(draft: Draft, groups: list[Group]) -> list[Group]:
    """The notices, where there is room for them, or one of all, the gravest first; or none."""
    free = room(draft)
    if len(groups) <= free:
        return groups
    return [_summed_up(sorted(groups, key=_gravity, reverse=True))] if free > 0 else []


def _within(draft: Draft, seconds: float) -> int:
    """How many were shown of late, or are on their way: what no channel took counts for nothing."""
    now, board = draft.at.steady, draft.board
    return len(board.on_offer) + sum(now - at < seconds for at in board.shown_at)


def _gravity(group: Group) -> int:
    if group.reason is Reason.RECOVERED:
        return 0
    return max(gravity(thread.worst) for thread in group.threads)


def _summed_up(groups: list[Group]) -> Group:
    """Several notices as one."""
    threads = tuple(dict.fromkeys(thread for group in groups for thread in group.threads))
    ends = all(group.reason is Reason.RECOVERED for group in groups)
    return Group(Reason.RECOVERED if ends else Reason.SUMMARY, threads)
