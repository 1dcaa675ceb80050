"""How often sources are looked at now: the person's interval, and what this computer asks for.

everything quiet           the interval
something fails            every 30 s, for what speaks of it
what could be used instead every 30 s, as long as something fails and the person is here
on battery, metered link   half as often
locked screen              a third as often
a session in the back      every 10 min at most, whatever happens
"""

from notifier.model.board import PLAIN, Board, Machine
from notifier.model.settings import LEAST_INTERVAL, MOST_INTERVAL, Settings

SAVING = 2.0
LOCKED = 3.0
"""How many times longer a wait is on battery or a metered link, and behind a locked screen."""

IN_THE_BACK = 600.0
"""Seconds between two looks, at least, in a login session that is not in front."""


def interval(board: Board, settings: Settings) -> float:
    """Seconds between two looks at a quiet source now."""
    if board.machine is PLAIN:  # as nearly always, and this is asked at every look of every source
        return settings.interval
    return _slowed(settings.interval, board.machine)


def interval_in_trouble(board: Board, settings: Settings) -> float:
    """Seconds between two looks at a source that speaks of something that fails."""
    return min(_slowed(LEAST_INTERVAL, board.machine), interval(board, settings))


def interval_beside(board: Board) -> float:
    """Seconds between two looks at what a person could use instead of what fails, or what that
    stands on: advice is about this minute, on battery too, and a handful of hosts costs little.
    """
    here = board.machine.in_front and not board.machine.locked
    return LEAST_INTERVAL if here else _slowed(LEAST_INTERVAL, board.machine)


def _slowed(seconds: float, machine: Machine) -> float:
    if not machine.in_front:
        return max(seconds, IN_THE_BACK)
    if machine.locked:
        seconds *= LOCKED
    elif machine.on_battery or machine.metered:
        seconds *= SAVING
    return min(seconds, MOST_INTERVAL)
