"""How long looks took, gathered in memory and put together per source and hour."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from notifier.model.record import LookTimed
from notifier.model.service import SourceId

MOST_PER_HOUR = 3600
"""More looks than that at one source in an hour add nothing to know."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The looks of one hour at one source; all times in microseconds."""

    source: SourceId
    hour: datetime
    count: int
    total: int
    least: int
    most: int
    p50: int
    p95: int


class Digests:
    """The hours still open. What the program dies over is lost: at most an hour of timings."""

    def __init__(self) -> None:
        self._open: dict[datetime, dict[SourceId, list[int]]] = {}

    def add(self, look: LookTimed) -> None:
        """Take in one look; a time that is none is left out."""
        if not math.isfinite(look.latency) or look.latency < 0:
            return
        hour = self._open.setdefault(_hour(look.at), {})
        looks = hour.setdefault(look.source, [])
        if len(looks) < MOST_PER_HOUR:
            looks.append(round(look.latency * 1_000_000))

    def take_finished(self, now: datetime) -> tuple[Digest, ...]:
        """Hand over the hours that are not the present one."""
        present = _hour(now)
        return self._take([hour for hour in self._open if hour != present])

    def take_all(self) -> tuple[Digest, ...]:
        """Hand over everything, the present hour included."""
        return self._take(list(self._open))

    def _take(self, hours: list[datetime]) -> tuple[Digest, ...]:
        return tuple(
            _digest(source, hour, sorted(looks))
            for hour in hours
            for source, looks in self._open.pop(hour).items()
        )


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _digest(source: SourceId, hour: datetime, looks: Sequence[int]) -> Digest:
    return Digest(
        source=source,
        hour=hour,
        count=len(looks),
        total=sum(looks),
        least=looks[0],
        most=looks[-1],
        p50=_percentile(looks, 50),
        p95=_percentile(looks, 95),
    )


def _percentile(ordered: Sequence[int], percent: int) -> int:
    """The least value that so many percent of all do not exceed."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
