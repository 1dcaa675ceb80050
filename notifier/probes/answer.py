"""A front door's answer, as far as any dialect reads it. Judges nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

LEAST_WAIT = 15.0
MOST_WAIT = 3600.0

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")

_READ = 16_384
"""Bytes of a body that are searched for marks; an error page says early what it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a front door answered. `headers` by lower-case names, `seconds` to the last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> bytes:
        """The beginning of the body in lower case, to look for marks in."""
        return self.body[:_READ].lower()

    @property
    def detail(self) -> str:
        """Status and time for a person; never a word of the body, which is not ours to show."""
        took = f"{self.seconds * 1000:.0f} ms" if self.seconds < 10 else f"{self.seconds:.0f} s"
        return f"HTTP {self.status} in {took}"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds an answer asks us to wait, 15 s to 1 h; None where it does not say.

    A date is counted from the answer's own `Date`: no clock of ours takes part (RFC 9110, 10.2.3).
    """
    said = headers.get("retry-after", "").strip()
    seconds = float(said) if _SECONDS.fullmatch(said) else _until(said, headers)
    return None if seconds is None else min(max(seconds, LEAST_WAIT), MOST_WAIT)


def _until(said: str, headers: Mapping[str, str]) -> float | None:
    try:
        wanted, now = parsedate_to_datetime(said), parsedate_to_datetime(headers.get("date", ""))
        return (wanted - now).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):  # no date, or one without zone
        return None
