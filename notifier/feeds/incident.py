"""What all vendors' incidents share: phases, the state an open one implies, order of updates."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from notifier.model.health import Health, gravity
from notifier.model.observation import Phase, Update

PHASES: Mapping[str, Phase] = {
    "investigating": Phase.INVESTIGATING,
    "identified": Phase.IDENTIFIED,
    "monitoring": Phase.MONITORING,
    "resolved": Phase.RESOLVED,
    "postmortem": Phase.POSTMORTEM,
    "fixing": Phase.IDENTIFIED,  # incident.io, until 2024
}

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def phase(word: str) -> Phase:
    """Where an incident stands. A word nobody knows does not end it."""
    return PHASES.get(word, Phase.INVESTIGATING)


def floor(declared: Health, word: str) -> Health:
    """The least state an incident in the phase `word` implies, `declared` being its severity.

    Once a fix is in place and being watched that is degraded at most: the parts say the rest.
    """
    match PHASES.get(word):
        case None:
            return Health.UNKNOWN
        case Phase.RESOLVED | Phase.POSTMORTEM:
            return Health.OPERATIONAL
        case Phase.MONITORING:
            return min(declared, Health.DEGRADED, key=gravity)
        case Phase.INVESTIGATING | Phase.IDENTIFIED:
            return declared


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """A timeline by its own times, newest first; entries of one time keep their order."""
    return tuple(sorted(updates, key=lambda entry: entry.at or _LONG_AGO, reverse=True))
