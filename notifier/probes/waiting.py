"""How long an answer asks us to stay away: one reading of Retry-After for pages and front doors."""

import re
from collections.abc import Mapping
from datetime import datetime

from notifier.probes.clock import stamp

LEAST_WAIT = 15.0
MOST_WAIT = 3600.0

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")

# The comma between two headers that were put together, not the one after the day of a date.
_BETWEEN = re.compile(r",(?!\s*[0-9]{1,2}[ -])")


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """The seconds an answer asks us to wait, 15 s to 1 h; None where nothing readable is said.

    A date is counted from the answer's own `Date`, else from `now` (RFC 9110, 10.2.3): our clock
    may be the one that is wrong. Where several are said the longest counts: a wait only ever
    lengthens.
    """
    began = stamp(headers.get("date", "")) or now
    said = _BETWEEN.split(headers.get("retry-after", ""))
    waits = [wait for one in said if (wait := _wait(one.strip(), began)) is not None]
    return min(max(*waits, LEAST_WAIT), MOST_WAIT) if waits else None


def _wait(said: str, began: datetime | None) -> float | None:
    if _SECONDS.fullmatch(said):
        return float(said)  # of any length: too many digits are infinite, and clamped
    until = None if began is None else stamp(said)
    return None if began is None or until is None else (until - began).total_seconds()
