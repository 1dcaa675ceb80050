"""incident.io's imitation of Statuspage: poorer, and its summary is not the whole page.

Keys are left out where a list would be empty, no incident names a part, no part has a group.
"""

import re

import msgspec

from notifier.feeds.shape import Unreadable, read_whole
from notifier.feeds.statuspage.document import (
    ABSENT,
    Component,
    Page,
    StatusIncident,
    Summary,
)
from notifier.feeds.statuspage.page import report
from notifier.model.observation import Report

_ENGINE = "incident_io"

_CAP = 25
"""Components in summary.json at most; which ones of a longer list changes from look to look."""


class Components(msgspec.Struct, frozen=True):
    """components.json: all of them."""

    components: tuple[Component, ...]
    page: Page | None = ABSENT


class Incidents(msgspec.Struct, frozen=True):
    """incidents.json: the last ones, resolved ones included; the list is absent where empty."""

    page: Page | None = ABSENT
    incidents: tuple[StatusIncident, ...] | msgspec.UnsetType = msgspec.UNSET


_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def is_imitation(page_id: str) -> bool:
    """Whether the id of a page is one of this vendor's, not Atlassian's twelve characters."""
    return _ULID.fullmatch(page_id) is not None


def both(components: bytes, incidents: bytes) -> Report:
    """The page from components.json and incidents.json.

    Raises:
        Unreadable: one of them is not that, or they are of different pages.
    """
    listed, told = read_whole(components, Components), read_whole(incidents, Incidents)
    if not told.page and told.incidents is msgspec.UNSET:
        raise Unreadable("The document “incidents” has neither a page nor incidents.")
    if listed.page and told.page and listed.page.id != told.page.id:
        raise Unreadable("The two documents belong to different pages.")
    return report(
        listed.page or told.page or None,
        None,
        listed.components,
        told.incidents or (),
        engine=_ENGINE,
    )


def bare(body: bytes) -> Report:
    """The page as its summary.json has it. As many parts as the cap allows may not be all.

    Raises:
        Unreadable: it is not that.
    """
    summary = read_whole(body, Summary)
    return report(
        summary.page,
        summary.status,
        summary.components or (),
        summary.incidents or (),
        summary.scheduled_maintenances or (),
        engine=_ENGINE,
        complete=len(summary.components or ()) != _CAP,
    )
