"""Does an outage come and go? Then it is told as that, once, and once more when it has settled.

unstable  four beginnings and ends at one service, and no more than four hours between the
          first and the last of them
settled   none for twice as long as the longest time between those four; at least a quarter of
          an hour, at most two hours
"""

from datetime import datetime, timedelta
from itertools import pairwise

from notifier.model.board import Board, Topic
from notifier.model.service import ServiceKey

TURNS = 4
"""Beginnings and ends that make it unstable."""

WITHIN = timedelta(hours=4)
SETTLED_AT_LEAST = timedelta(minutes=15)
SETTLED_AT_MOST = timedelta(hours=2)

REMEMBERED = 8
"""Beginnings and ends that are kept of a thread."""


def unstable(board: Board, key: ServiceKey, at: datetime) -> bool:
    """Whether the outages of a service come and go."""
    last = _turns(board, key)[-TURNS:]
    if len(last) < TURNS or last[-1] - last[0] > WITHIN:
        return False
    longest = max(later - earlier for earlier, later in pairwise(last))
    settled = min(max(2 * longest, SETTLED_AT_LEAST), SETTLED_AT_MOST)
    return at - last[-1] < settled


def another_turn(board: Board, key: ServiceKey, at: datetime) -> bool:
    """Whether one more beginning at `at` makes it unstable: then it is more of the same."""
    last = _turns(board, key)[1 - TURNS :]
    return len(last) == TURNS - 1 and at - last[0] <= WITHIN


def _turns(board: Board, key: ServiceKey) -> list[datetime]:
    """When its outages began and ended, oldest first."""
    return sorted(
        turn
        for thread in board.threads.values()
        if thread.topic is Topic.OUTAGE and key in thread.services
        for turn in thread.turns
    )
