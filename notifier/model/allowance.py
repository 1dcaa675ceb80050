"""How much of an account's requests or tokens is left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many of `what` are left, of how many, and in how many seconds it is whole again."""

    what: str
    left: int
    of: int | None = None
    resets_in: float | None = None

    def __str__(self) -> str:
        """In words, for a person: `0 of 500 requests left, all again in 12 s`."""
        amount = f"{self.left}" if self.of is None else f"{self.left} of {self.of}"
        said = f"{amount} {self.what.replace('-', ' ')} left"
        return said if self.resets_in is None else f"{said}, all again in {_span(self.resets_in)}"


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
