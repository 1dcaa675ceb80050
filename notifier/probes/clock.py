"""What an answer's own clock says about ours: one reading of the `Date` header."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FAR = 3600.0
"""Seconds beyond which two clocks that differ are worth a word: one of them is wrong."""

_AGE = re.compile(r"[0-9]{1,9}")


def ahead(headers: Mapping[str, str], now: datetime) -> float | None:
    """How many seconds the clock of whoever answered is before ours; None where it is not said.

    `headers` by lower-case names, `now` when the answer came. What lay in a cache on the way says
    so by its `Age` and is that much older than its date (RFC 9111, 5.1).
    """
    there = stamp(headers.get("date", ""))
    if there is None:
        return None
    age = headers.get("age", "").strip()
    return (there - now).total_seconds() + (float(age) if _AGE.fullmatch(age) else 0.0)


def far_ahead(headers: Mapping[str, str], now: datetime | None) -> float | None:
    """The same, where the two clocks are more than an hour apart: else None, and no matter."""
    by = None if now is None else ahead(headers, now)
    return by if by is not None and abs(by) > FAR else None


def stamp(said: str) -> datetime | None:
    """The time of a header; one without a zone is UTC, as HTTP has no other."""
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at.replace(tzinfo=at.tzinfo or UTC)
