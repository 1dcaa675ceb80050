"""What a limited answer says is left of an account's requests and tokens, and until when.

OpenAI and its imitators count in `x-ratelimit-…`, Anthropic in `anthropic-ratelimit-…`; GitHub
counts requests alone. Only numbers are taken over, never a word.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from notifier.model.allowance import Allowance

_THINGS = ("requests", "tokens", "input-tokens", "output-tokens")

_NAMES: tuple[tuple[str, str, str, str], ...] = (
    *(
        (
            thing,
            f"x-ratelimit-remaining-{thing}",
            f"x-ratelimit-limit-{thing}",
            f"x-ratelimit-reset-{thing}",
        )
        for thing in _THINGS
    ),
    *(
        (
            thing,
            f"anthropic-ratelimit-{thing}-remaining",
            f"anthropic-ratelimit-{thing}-limit",
            f"anthropic-ratelimit-{thing}-reset",
        )
        for thing in _THINGS
    ),
    ("requests", "x-ratelimit-remaining", "x-ratelimit-limit", "x-ratelimit-reset"),
)
"""Of what, and the headers that say how much is left, of how much, and when it is whole again."""

_NUMBER = re.compile(r"[0-9]{1,12}")
_SPAN = re.compile(r"(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9.]{1,12})s)?")
_MILLISECONDS = re.compile(r"([0-9]{1,9})ms")

_LONGEST = 31 * 86400.0
"""Seconds; a reset farther away than a month is no reset."""


def scarcest(headers: Mapping[str, str]) -> Allowance | None:
    """The allowance of which the least is left; None where the answer says nothing readable."""
    found = [one for names in _NAMES if (one := _allowance(headers, *names)) is not None]
    return min(found, key=_share, default=None)


def _share(allowance: Allowance) -> float:
    return allowance.left / max(allowance.of or allowance.left, 1)


def _allowance(
    headers: Mapping[str, str], what: str, left: str, of: str, reset: str
) -> Allowance | None:
    remaining = _number(headers.get(left, ""))
    if remaining is None:
        return None
    until = _reset(headers.get(reset, "").strip(), headers.get("date", ""))
    return Allowance(what, remaining, _number(headers.get(of, "")), until)


def _number(said: str) -> int | None:
    return int(said) if _NUMBER.fullmatch(said.strip()) else None


def _reset(said: str, date: str) -> float | None:
    """The seconds until a reset: said as a span (`6m0s`), in seconds, or as a time.

    A time is counted from the answer's own `Date`: our clock may be the one that is wrong.
    """
    seconds = _spoken(said)
    if seconds is None or seconds > _LONGEST:
        until, began = _time(said, seconds), _date(date)
        seconds = None if until is None or began is None else (until - began).total_seconds()
    return seconds if seconds is not None and 0 <= seconds <= _LONGEST else None


def _spoken(said: str) -> float | None:
    if (found := _MILLISECONDS.fullmatch(said)) is not None:
        return int(found[1]) / 1000
    if (number := _number(said)) is not None:
        return float(number)
    found = _SPAN.fullmatch(said)
    if not said or found is None:
        return None
    days, hours, minutes = (int(found[place] or 0) for place in (1, 2, 3))
    try:
        seconds = float(found[4] or 0)
    except ValueError:  # `1.2.3s`
        return None
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _time(said: str, number: float | None) -> datetime | None:
    """A reset said as a time: seconds since 1970 (GitHub), or RFC 3339 (Anthropic)."""
    try:
        if number is not None:
            return datetime.fromtimestamp(number, UTC)
        at = datetime.fromisoformat(said)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo is not None else None


def _date(said: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at.replace(tzinfo=at.tzinfo or UTC)
