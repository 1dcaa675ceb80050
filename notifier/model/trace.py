"""Traces an outage leaves in the diary beside what is told of it: how looks failed, who vouched.

They are written as it goes on; what they amount to in the end is a `Dossier`.
"""

from dataclasses import dataclass
from datetime import datetime

from notifier.model.announcement import ThreadId
from notifier.model.observation import FailureKind, Stage
from notifier.model.service import ServiceKey, SourceId

LOOKING = "looking:"
"""The subject of the runs that say whether anybody looked at all."""

AWAKE, ASLEEP, NOT_LOOKING = "awake", "asleep", "not_looking"
"""Its states: looking; the computer slept; the program did not run."""

LINK = "link:"
"""The subject of the runs of this computer's own connection; its states are those of `Link`."""

STATED = "stated:"
"""How the subject begins of what a page says of the parts a service is chosen for."""

SLOW = "slow:"
"""How the subject begins of a front door that answers, but slowly."""

SLOW_NOW, AS_USUAL = "slow", "as_usual"
"""Its states."""


def stated(service: ServiceKey) -> str:
    """The subject of what is stated of `service`."""
    return f"{STATED}{service}"


def slow(source: SourceId) -> str:
    """The subject of how fast `source` answers."""
    return f"{SLOW}{source}"


@dataclass(frozen=True, slots=True)
class Break:
    """How a look failed: the stage it ended at, what silence it met, or the HTTP status."""

    stage: Stage | None = None
    silence: FailureKind | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Vouched:
    """How many unrelated hosts had been asked of late when a thread began, and how many answered.

    `thread` is what it is about; neither the page nor the front door of its services count.
    """

    thread: ThreadId
    at: datetime
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class LastOutage:
    """The last outage of a service that was written down; `ended` is None while it goes on."""

    thread: ThreadId
    ended: datetime | None
