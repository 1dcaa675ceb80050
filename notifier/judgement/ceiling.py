"""How many notices there may be: three a minute, and so many an hour as the person allows.

The last one that may be told sums up whatever there is left to tell; what comes after it waits,
and is summed up as soon as there is room again. Nothing is lost by that, and each wait is noted.
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
    """The notices for which there is room, the gravest first; the last sums up what is left."""
    free = max(0, room(draft))
    if len(groups) <= free:
        return groups
    if not free:
        return []
    ordered = sorted(groups, key=_gravity, reverse=True)
    return [*ordered[: free - 1], _summed_up(ordered[free - 1 :])]


def _within(draft: Draft, seconds: float) -> int:
    now = draft.at.steady
    return sum(now - at < seconds for at in draft.board.shown_at)


def _gravity(group: Group) -> int:
    if group.reason is Reason.RECOVERED:
        return 0
    return max(gravity(thread.worst) for thread in group.threads)


def _summed_up(groups: list[Group]) -> Group:
    """Several notices as one."""
    if len(groups) == 1:
        return groups[0]
    threads = tuple(dict.fromkeys(thread for group in groups for thread in group.threads))
    ends = all(group.reason is Reason.RECOVERED for group in groups)
    return Group(Reason.RECOVERED if ends else Reason.SUMMARY, threads)
