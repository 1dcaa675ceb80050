"""Does an outage come and go? Then it is told as that, once, and once more when it has settled.

unstable  four beginnings and ends at one service with no more than two hours between the first
          and the last of them, or six within six hours
settled   none for twice as long as the longest time between those; at least a quarter of an hour,
          at most two hours
"""

from datetime import datetime, timedelta
from itertools import pairwise

from notifier.model.board import Board, Topic
from notifier.model.service import ServiceKey

OFTEN = ((4, timedelta(hours=2)), (6, timedelta(hours=6)))
"""So many beginnings and ends make it unstable, where they lie no further apart."""

SETTLED_AT_LEAST = timedelta(minutes=15)
SETTLED_AT_MOST = timedelta(hours=2)

REMEMBERED = 8
"""Beginnings and ends that are kept of a thread."""


def unstable(board: Board, key: ServiceKey, at: datetime) -> bool:
    """Whether the outages of a service come and go."""
    turns = _turns(board, key)
    for many, within in OFTEN:
        last = turns[-many:]
        if len(last) == many and last[-1] - last[0] <= within and at - last[-1] < _settles(last):
            return True
    return False


def another_turn(board: Board, key: ServiceKey, at: datetime) -> bool:
    """Whether one more beginning at `at` makes it unstable: then it is more of the same."""
    turns = _turns(board, key)
    return any(len(turns) >= many - 1 and at - turns[1 - many] <= within for many, within in OFTEN)


def _settles(turns: list[datetime]) -> timedelta:
    """How long without another one they count as settled."""
    longest = max(later - earlier for earlier, later in pairwise(turns))
    return min(max(2 * longest, SETTLED_AT_LEAST), SETTLED_AT_MOST)


def _turns(board: Board, key: ServiceKey) -> list[datetime]:
    """When its outages began and ended, oldest first."""
    return sorted(
        turn
        for thread in board.threads.values()
        if thread.topic is Topic.OUTAGE and key in thread.services
        for turn in thread.turns
    )
