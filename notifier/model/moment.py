"""A point in time on both clocks: UTC for showing, a steady clock for every duration."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened.

    `utc` is aware and in UTC; it may jump. `steady` is in seconds on a clock that never jumps and
    counts sleep; it means nothing after a restart.
    """

    utc: datetime
    steady: float

    def later(self, seconds: float) -> "Moment":
        """The moment `seconds` after this one, on both clocks."""
        return Moment(self.utc + timedelta(seconds=seconds), self.steady + seconds)

    def since(self, earlier: "Moment") -> float:
        """Seconds from `earlier` to here on the steady clock, never below zero."""
        return max(0.0, self.steady - earlier.steady)
