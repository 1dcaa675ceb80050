"""A front door's answer, as far as any dialect reads it. Judges nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_READ = 16_384
"""Bytes of a body that are searched for marks; an error page says early what it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a front door answered. `headers` by lower-case names, `seconds` to the last byte.

    `at` is when it came, by this computer's clock; None where nobody noted that.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    at: datetime | None = None

    @property
    def text(self) -> bytes:
        """The beginning of the body in lower case, to look for marks in."""
        return self.body[:_READ].lower()

    @property
    def detail(self) -> str:
        """Status and time for a person; never a word of the body, which is not ours to show."""
        took = f"{self.seconds * 1000:.0f} ms" if self.seconds < 10 else f"{self.seconds:.0f} s"
        return f"HTTP {self.status} in {took}"
