"""What `notifier wait` says while it waits, and at the end."""

from datetime import datetime

from notifier.model.picture import Row
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.times import duration
from notifier.wording.window import state

FOLLOWING = "Following the AI Notifier that is running."
BY_ITSELF = "It has ended; this command looks for itself."


def not_chosen(name: str, say: Say) -> str:
    """A service the person does not watch: nobody but this command looks at it."""
    return say("{name} is not among what you watch; this command looks for itself.", name=name)


def instead_of_it(trouble: str, say: Say) -> str:
    """The running program cannot be followed, and why."""
    return say("{trouble} This command looks for itself.", trouble=trouble)


def stands(row: Row, since: datetime | None, glance: Glance) -> str:
    """How it stands while it is waited for, on one line."""
    return glance.say("{stands} – waiting", stands=_stands(row, since, glance))


def reached(row: Row, seconds: float, say: Say) -> str:
    """It is as good as wanted, and how long that took."""
    name, now = row.service.name, state(row.verdict.health, say)
    if seconds < 1:
        return say("{name}: {state}.", name=name, state=now)
    waited = duration(seconds, say)
    return say("{name}: {state}, after {waited}.", name=name, state=now, waited=waited)


def gave_up(row: Row, since: datetime | None, seconds: float, glance: Glance) -> str:
    """The time is over, and it is not."""
    waited = duration(seconds, glance.say)
    now = _stands(row, since, glance)
    return glance.say("{stands}; given up after {waited}.", stands=now, waited=waited)


def _stands(row: Row, since: datetime | None, glance: Glance) -> str:
    say = glance.say
    name, now = row.service.name, state(row.verdict.health, say)
    if since is None:
        return say("{name}: {state}", name=name, state=now)
    began = glance.time(since)
    return say("{name}: {state} since {began}", name=name, state=now, began=began)
