"""The person's time zone, as the machine has it at every moment."""

import os
import re
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

_TURNED_BACK = (3600, 1800)
"""Seconds clocks are set back by at the end of summer time; half an hour on Lord Howe Island."""

_NAMED_IN = Path("/etc/localtime")
"""A link to the zone's file, whose name ends with that of the zone."""

# Only a name of the tz database is one: the variable, and the link, may hold any path.
_NAME = re.compile(
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)"
    r"(?:/[A-Za-z0-9_+-]+){1,2}|UTC"
)


class LocalZone(tzinfo):
    """Local time by the C library: right across summer time, and after the machine's zone changes.

    Python's own `zoneinfo` would have to be told the name of the zone, and costs 300 KiB.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """How far local time is ahead of UTC at a local `moment`; now where none is given."""
        return timedelta(seconds=_broken_down(moment).tm_gmtoff)

    def dst(self, moment: datetime | None) -> timedelta | None:
        """How much of that is summer time; the C library does not say."""
        del moment
        return None

    def tzname(self, moment: datetime | None) -> str:
        """The short name, such as CET."""
        return _broken_down(moment).tm_zone

    def fromutc(self, moment: datetime) -> datetime:
        """The local time of a moment in UTC."""
        _look_again()
        known = moment.replace(tzinfo=UTC)
        local = time.localtime(known.timestamp())
        shifted = moment + timedelta(seconds=local.tm_gmtoff)
        return shifted.replace(fold=_fold(shifted, local.tm_gmtoff))

    def __eq__(self, other: object) -> bool:
        """There is one local time."""
        return isinstance(other, type(self))

    def __hash__(self) -> int:
        """As for `__eq__`."""
        return hash(type(self))

    def __deepcopy__(self, memo: object) -> Self:
        """It has no parts."""
        del memo
        return self


def _look_again() -> None:
    """Have the C library see whether the machine's zone is another one by now (1 µs).

    Of all its functions only some look by themselves, and what they say would not agree. Windows
    has nothing of the kind.
    """
    if sys.platform != "win32":
        time.tzset()


def _broken_down(moment: datetime | None) -> time.struct_time:
    _look_again()
    if moment is None:
        return time.localtime()
    # mktime reads local time; -1 lets it decide about summer time, and fold says which of two.
    fields = (*moment.timetuple()[:8], -1)
    first = time.mktime(fields)
    once = time.localtime(first)
    if moment.fold == 0:
        return once
    again = (time.localtime(first + turned) for turned in _TURNED_BACK)
    return next((later for later in again if later[:5] == once[:5]), once)


def _fold(local: datetime, offset: int) -> int:
    """1 where this local time comes twice and this is the second."""
    first = time.localtime(time.mktime((*local.timetuple()[:8], -1)))
    return int(first.tm_gmtoff > offset)


def local_zone() -> tzinfo:
    """The person's time zone."""
    return LocalZone()


def zone_name() -> str | None:
    """The person's time zone as the tz database names it, such as Europe/Berlin; None: unknown."""
    told = os.environ.get("TZ")
    if told is None:
        told = _linked(_NAMED_IN)
    name = told.removeprefix(":").rpartition("zoneinfo/")[2]
    return name if _NAME.fullmatch(name) else None


def _linked(path: Path) -> str:
    try:
        return path.readlink().as_posix()
    except OSError:
        return ""  # no link, or not this kind of system
