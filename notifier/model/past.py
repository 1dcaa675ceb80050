"""What a look back finds in the history; what is written into it stands in record.py."""

from dataclasses import dataclass
from datetime import datetime

from notifier.model.record import IncidentSeen, LogLine
from notifier.model.service import ServiceKey
from notifier.model.verdict import Word


@dataclass(frozen=True, slots=True)
class TimeLooked:
    """Seconds a service was known to be well, and seconds anything was known of it."""

    service: ServiceKey
    well_s: float
    looked_s: float


@dataclass(frozen=True, slots=True)
class WordGiven:
    """The person's own word for a service, and how long it held."""

    service: ServiceKey
    word: Word


@dataclass(frozen=True, slots=True)
class Past:
    """What was seen and told between two times, newest first.

    Of an `IncidentSeen` here `at` is when it was last seen to change. `known` are all services
    the history has ever heard of, `looked` those that were asked for or looked at in that time.
    """

    since: datetime
    until: datetime
    looked: tuple[TimeLooked, ...] = ()
    incidents: tuple[IncidentSeen, ...] = ()
    log: tuple[LogLine, ...] = ()
    known: tuple[ServiceKey, ...] = ()
    words: tuple[WordGiven, ...] = ()
