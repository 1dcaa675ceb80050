"""What a Cachet page lists, whichever version has written it. Reads no document."""

from collections.abc import Mapping

import msgspec

from notifier.model.health import Health
from notifier.model.observation import Part

STATUSES: Mapping[str, Health] = {
    "1": Health.OPERATIONAL,
    "2": Health.DEGRADED,
    "3": Health.PARTIAL_OUTAGE,
    "4": Health.MAJOR_OUTAGE,
    "5": Health.UNKNOWN,  # version 3: its own word for it
    "6": Health.MAINTENANCE,  # version 3
}


class Listed(msgspec.Struct, frozen=True):
    """The parts of either version; not `whole` where there are more on other pages."""

    parts: tuple[Part, ...]
    words: frozenset[str]
    whole: bool


class Event(msgspec.Struct, frozen=True):
    """An incident, or a maintenance that is planned; 2.4 says in `latest_status` where it stands.

    `others` are the parts that version 3 names beside `component_id`.
    """

    id: int | str
    name: str
    status: int | str
    latest_status: int | str | None = None
    message: str | None = None
    component_id: int | None = None
    others: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The number of its status."""
        return str(self.status if self.latest_status is None else self.latest_status)
