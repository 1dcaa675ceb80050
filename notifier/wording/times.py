"""Ages, durations, clock times and lists in words. The only place that knows local time."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from notifier.wording.say import Say

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR

_MONTHS = (
    "{day} Jan",
    "{day} Feb",
    "{day} Mar",
    "{day} Apr",
    "{day} May",
    "{day} Jun",
    "{day} Jul",
    "{day} Aug",
    "{day} Sep",
    "{day} Oct",
    "{day} Nov",
    "{day} Dec",
)


def ago(seconds: float, say: Say) -> str:
    """How old something is: "20 s ago". An age is never rounded up to look older than it is."""
    if seconds < 1:
        return say("just now")
    if seconds < _MINUTE:
        return say("{count} s ago", count=int(seconds))
    if seconds < _HOUR:
        return say("{count} min ago", count=int(seconds // _MINUTE))
    if seconds < _DAY:
        return say("{count} h ago", count=int(seconds // _HOUR))
    days = int(seconds // _DAY)
    return say.plural("{count} day ago", "{count} days ago", days)


def duration(seconds: float, say: Say) -> str:
    """How long something lasted, in its two largest units: "1 hour 5 minutes".

    Nothing is rounded up: eleven minutes and a half are eleven minutes. Seconds are told below a
    minute only, minutes below a day.
    """
    whole = max(0, int(seconds))
    if whole < _MINUTE:
        return say.plural("{count} second", "{count} seconds", whole)
    if whole < _HOUR:
        return _minutes(whole // _MINUTE, say)
    if whole < _DAY:
        hours, minutes = divmod(whole // _MINUTE, 60)
        return _two(_hours(hours, say), _minutes(minutes, say) if minutes else "", say)
    days, hours = divmod(whole // _HOUR, 24)
    return _two(
        say.plural("{count} day", "{count} days", days), _hours(hours, say) if hours else "", say
    )


def _minutes(count: int, say: Say) -> str:
    return say.plural("{count} minute", "{count} minutes", count)


def _hours(count: int, say: Say) -> str:
    return say.plural("{count} hour", "{count} hours", count)


def _two(larger: str, smaller: str, say: Say) -> str:
    return say("{larger} {smaller}", larger=larger, smaller=smaller) if smaller else larger


def clock(at: datetime, now: datetime, zone: tzinfo, say: Say) -> str:
    """A time by the person's own clock: "14:02", on another day "22 Nov 14:02"."""
    local = at.astimezone(zone)
    time = say("{hour}:{minute}", hour=f"{local.hour:02}", minute=f"{local.minute:02}")
    if local.date() == now.astimezone(zone).date():
        return time
    return say("{day} {time}", day=date(at, zone, say), time=time)


def date(at: datetime, zone: tzinfo, say: Say) -> str:
    """A day by the person's own calendar: "22 Nov"."""
    local = at.astimezone(zone)
    return say(_MONTHS[local.month - 1], day=local.day)


def latency(seconds: float, say: Say) -> str:
    """How long an answer took: "143 ms", "2.4 s"."""
    if seconds < 1:
        return say("{count} ms", count=round(seconds * 1000))
    return say("{count} s", count=f"{seconds:.1f}")


def listed(items: Sequence[str], say: Say, most: int = 3) -> str:
    """Several things in a sentence: "A, B and C"; beyond `most`, "A, B, C and 2 more"."""
    if len(items) > most:
        these, rest = ", ".join(items[:most]), len(items) - most
        return say("{these} and {count} more", these=these, count=rest)
    if len(items) < 2:
        return "".join(items)
    return say("{these} and {last}", these=", ".join(items[:-1]), last=items[-1])
