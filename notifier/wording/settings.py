"""What a person is told about a settings file that says nothing that can be understood."""

from datetime import datetime, tzinfo

from notifier.wording import times
from notifier.wording.say import Say


def before_holds(why: str, say: Say) -> str:
    """Why it cannot be read, and that what it said before it was changed holds meanwhile."""
    return say("{why} Until then what it said before holds.", why=why)


def good_holds(
    why: str, since: datetime, say: Say, *, bad: str | None, now: datetime, zone: tzinfo
) -> str:
    """Why it cannot be read, since when it said what holds meanwhile, and where it is kept now.

    `bad` names the copy of it as it is; None where there is none.
    """
    time = times.clock(since, now, zone, say)
    if bad is None:
        return say("{why} Until then what it said before ({time}) holds.", why=why, time=time)
    return say(
        "{why} Until then what it said before ({time}) holds; as it is now it is kept as {name}.",
        why=why,
        time=time,
        name=bad,
    )
