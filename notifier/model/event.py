"""All that can happen to the board. The counterpart to events are effects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.announcement import NoticeId
from notifier.model.board import Machine
from notifier.model.moment import Moment
from notifier.model.observation import Observation
from notifier.model.service import ServiceKey


@dataclass(frozen=True, slots=True)
class Started:
    """The engine begins, with what was remembered already on the board."""

    at: Moment


@dataclass(frozen=True, slots=True)
class Observed:
    """A look came home."""

    at: Moment
    observation: Observation


@dataclass(frozen=True, slots=True)
class Heard:
    """A channel delivered a notice: now the person has been told."""

    at: Moment
    notice: NoticeId
    channel: str
    handle: str = ""
    """The channel's own id of it, to replace or close it."""


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Whoever took a notice says that it keeps it back: do not disturb is on. It is heard all the
    same, and shown later.
    """

    at: Moment
    notice: NoticeId
    by: str
    """The name the notification daemon gives itself."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """No channel took a notice: it is owed."""

    at: Moment
    notice: NoticeId
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """A notification daemon has appeared: what is owed can be delivered."""

    at: Moment


@dataclass(frozen=True, slots=True)
class Reconfigured:
    """The settings handed to `update` differ from before."""

    at: Moment


@dataclass(frozen=True, slots=True)
class Woke:
    """The computer slept, or a clock jumped: nothing seen before counts as fresh."""

    at: Moment


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time passed: ages, expiries and quiet hours are judged again."""

    at: Moment


@dataclass(frozen=True, slots=True)
class Moved:
    """The computer is in other circumstances: on battery, locked, another session in front."""

    at: Moment
    machine: Machine


@dataclass(frozen=True, slots=True)
class Recalled:
    """What share of the time each service worked of late, by our own history."""

    at: Moment
    reliability: Mapping[ServiceKey, float]


class Wish(Enum):
    """What a person can answer or ask, in menu, window, notice and command line alike."""

    GOT_IT = "got_it"
    SNOOZE = "snooze"
    PAUSE = "pause"
    RESUME = "resume"
    BROKEN = "broken_for_me"
    WORKS = "works_for_me"
    CHECK_NOW = "check_now"
    TELL_ME = "tell_me"


@dataclass(frozen=True, slots=True)
class Asked:
    """The person's intent. `service` is None for all; `until` for snooze and pause."""

    at: Moment
    wish: Wish
    service: ServiceKey | None = None
    until: datetime | None = None


Event = (
    Started
    | Observed
    | Heard
    | KeptBack
    | Unheard
    | Reachable
    | Reconfigured
    | Woke
    | Moved
    | Ticked
    | Recalled
    | Asked
)
