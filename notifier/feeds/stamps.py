"""The times of feeds: RFC 822 with named zones, and ISO dates, to the right UTC or to None."""

import re
from datetime import UTC, datetime, timedelta, timezone

from notifier.feeds.shape import moment

_LONGEST = 80
"""Characters of a time; what is longer is none."""

_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT"), 0),
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""Hours east of Greenwich (RFC 822, 5.1). The military letters but Z mean nothing (RFC 2822)."""

_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {
    name: number for number, full in enumerate(_FULL_MONTHS, 1) for name in (full, full[:3])
} | {"sept": 9}

_RFC822 = re.compile(
    r"(?:[a-z]{3,9}(?:\.?\s{1,4}|\.?,\s{0,4}))?"  # the day of the week follows from the rest
    r"([0-9]{1,2})[\s-]([a-z]{3,9})\.?[\s-]([0-9]{4}|[0-9]{2}),?\s{1,4}"
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?\s{0,4}"
    r"(?:(?:gmt|utc?)?([+-])([0-9]{2}):?([0-9]{2})|([a-z]{1,4}))(?:\s{1,4}\(?[a-z]{1,5}\)?)?",
    re.IGNORECASE | re.ASCII,
)

_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]+)?)?\s?"
    r"(?:([Zz]|UTC|GMT)|([+-][0-9]{2}):?([0-9]{2}))",
    re.ASCII,
)


def stamp(text: object) -> datetime | None:
    """The instant a feed means by `text`, in UTC; None for anything else. Never raises.

    A time without a zone is none: it could be anywhere on a day.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    text = text.strip()
    return _iso(text) or _rfc822(text)


def later(at: datetime | None, by: timedelta) -> datetime | None:
    """The time `by` after `at`; None without one, `at` itself where time ends before."""
    try:
        return None if at is None else at + by
    except OverflowError:
        return at


def _iso(text: str) -> datetime | None:
    """RFC 3339, and what is near it: no seconds, an offset without its colon."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    day, time, seconds, zulu, hours, minutes = found.groups()
    return moment(f"{day}T{time}{seconds or ':00'}{'Z' if zulu else f'{hours}:{minutes}'}")


def _rfc822(text: str) -> datetime | None:
    found = _RFC822.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes, zone = found.groups()
    offset = _offset(sign, hours, minutes) if sign else _named(zone)
    if month.lower() not in _MONTHS or offset is None:
        return None
    leap = second == "60"
    try:
        local = datetime(
            _year(year),
            _MONTHS[month.lower()],
            int(day),
            int(hour),
            int(minute),
            59 if leap else int(second or 0),
            tzinfo=timezone(offset),
        )
        at = local.astimezone(UTC)
        if leap:
            return at + timedelta(seconds=1) if (at.hour, at.minute) == (23, 59) else None
    except (ValueError, OverflowError):  # a day, an hour or a year that does not exist
        return None
    return at


def _year(digits: str) -> int:
    """A year; of two digits as RFC 2822, 4.3 has it."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _offset(sign: str, hours: str, minutes: str) -> timedelta | None:
    if int(hours) > 23 or int(minutes) > 59:
        return None
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return -ahead if sign == "-" else ahead


def _named(zone: str) -> timedelta | None:
    hours = _ZONES.get(zone.upper())
    return None if hours is None else timedelta(hours=hours)
