"""Amazon's public list of current events, its words, and the keys of its services. Judges nothing.

The form is described in feeds.md 1.10. All times are seconds since 1970.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from notifier.model.health import Health


class Entry(msgspec.Struct, frozen=True):
    """`event_log[]`, oldest first."""

    message: str | None = None
    status: int | str | None = None
    timestamp: int | str | None = None


class Impacted(msgspec.Struct, frozen=True):
    """`impacted_services{}`: a service by its key, how it is, and its worst while it lasted."""

    current: str
    max: str | None = None
    service_name: str | None = None


class Event(msgspec.Struct, frozen=True):
    """One event. It stays listed for hours after its end, and may go on for months."""

    service: str
    status: str
    summary: str
    date: int | str
    arn: str | None = None
    service_name: str | None = None
    region_name: str | None = None
    end_time: int | str | None = None
    event_log: tuple[Entry, ...] | None = None
    impacted_services: dict[str, Impacted] | None = None


STATUSES: Mapping[str, Health] = {
    "0": Health.OPERATIONAL,
    "1": Health.DEGRADED,
    "2": Health.DEGRADED,
    "3": Health.MAJOR_OUTAGE,
}

RESOLVED = "[RESOLVED]"
"""How the summary of an event begins that is over."""

MANY = "multipleservices"
"""How the key of an event begins that is not of one service."""

REGIONS = (
    *("us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"),
    *("ca-central-1", "ca-west-1", "mx-central-1", "sa-east-1"),
    *("eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2"),
    *("eu-west-1", "eu-west-2", "eu-west-3"),
    *("ap-east-1", "ap-east-2", "ap-south-1", "ap-south-2"),
    *("ap-northeast-1", "ap-northeast-2", "ap-northeast-3"),
    *(f"ap-southeast-{number}" for number in range(1, 8)),
    *("af-south-1", "il-central-1", "me-central-1", "me-south-1"),
)
"""Those that can be chosen from. A newer one is listed as soon as an event names it."""

_REGION = re.compile(
    r"-((?:[a-z]{2}(?:-gov|-iso[a-z]?)?|eusc-[a-z]{2})"
    r"-(?:north|south|east|west|central|(?:north|south)(?:east|west))-[0-9]{1,2})$"
)


@lru_cache(maxsize=2048)  # asked of the same few hundred at every look
def region(key: str) -> str | None:
    """The region a service's key ends in (`bedrock-us-east-1`); None where it has none."""
    found = _REGION.search(key)
    return found[1] if found else None


def state(word: str) -> Health:
    """What a status means."""
    return STATUSES.get(word, Health.UNKNOWN)


def is_over(event: Event) -> bool:
    """Whether it ended, by any of the three ways in which that is said."""
    said = event.summary.startswith(RESOLVED) or event.status == "0"
    return said or end(event) is not None


def end(event: Event) -> datetime | None:
    """When it ended; an end before its beginning is none."""
    begun, ended = time(event.date), time(event.end_time)
    return None if begun is None or ended is None or ended < begun else ended


def time(seconds: int | str | None) -> datetime | None:
    """The instant of a number of seconds; None for what is no time since 2001."""
    text = str(seconds)
    if not (text.isascii() and text.isdigit() and len(text) == 10):
        return None
    return datetime.fromtimestamp(int(text), UTC)
