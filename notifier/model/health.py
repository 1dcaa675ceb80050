"""How something is doing, in the seven words shared by parts, services and the whole."""

from collections.abc import Iterable
from enum import Enum


class Health(Enum):
    """A state of `interfaces.md`. Not ordered: only `worst` and `gravity` rank."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    UNKNOWN = "unknown"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    # There is one of each, and they are ranked hundreds of times a second where many are watched:
    # Enum's own hash is a call of Python, this one is not.
    __hash__ = object.__hash__


FAILING = frozenset({Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE})
"""What does not work: degraded or worse. Unknown is not failing."""

# Best to worst. Unknown stands between: one unknown among greens is unknown, never green,
# and a known trouble is never hidden behind an unknown.
_GRAVITY = {health: rank for rank, health in enumerate(Health)}


def gravity(health: Health) -> int:
    """The rank of `health`, 0 (operational) to 5 (major outage)."""
    return _GRAVITY[health]


def worst(healths: Iterable[Health]) -> Health:
    """The gravest of several; knowing nothing at all is unknown."""
    return max(healths, key=gravity, default=Health.UNKNOWN)


def failing(health: Health) -> bool:
    """Whether something does not work."""
    return health in FAILING


def at_least(health: Health, wanted: Health) -> bool:
    """Whether it is known to be as good as `wanted`, or better; unknown never is."""
    return health is not Health.UNKNOWN and gravity(health) <= gravity(wanted)


def well(health: Health) -> bool:
    """Whether it is known to work or to be under announced maintenance."""
    return gravity(health) <= gravity(Health.MAINTENANCE)
