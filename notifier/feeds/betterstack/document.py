"""Better Stack's document as its pages name it (JSON:API), and its words. Judges nothing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Literal, TypeVar

import msgspec

from notifier.feeds.shape import decode, shaped
from notifier.model.health import Health

Id = str | int
"""Written as a string where it is an entry's own, mostly as a number where it points at one."""


class PageAttributes(msgspec.Struct, frozen=True):
    """`data.attributes`."""

    aggregate_state: str
    company_name: str | None = None
    custom_domain: str | None = None
    subdomain: str | None = None
    updated_at: str | None = None


class Page(msgspec.Struct, frozen=True):
    """`data`."""

    type: Literal["status_page"]
    attributes: PageAttributes


class Entry(msgspec.Struct, frozen=True):
    """`included[]`: one of whatever the page is made of; `type` says of what."""

    id: Id
    type: str
    attributes: dict[str, object]


class Document(msgspec.Struct, frozen=True):
    """The whole. What can make a page anything but well is all within `included`."""

    data: Page
    included: tuple[Entry, ...]


class Section(msgspec.Struct, frozen=True):
    """`status_page_section`: a group; the only one of a page often has no name."""

    name: str | None = None
    position: float | None = None


class Resource(msgspec.Struct, frozen=True):
    """`status_page_resource`: a part."""

    public_name: str
    status: str
    status_page_section_id: Id | None = None
    position: float | None = None


class Affected(msgspec.Struct, frozen=True):
    """`affected_resources[]` of a report."""

    status_page_resource_id: Id
    status: str | None = None


class StatusReport(msgspec.Struct, frozen=True):
    """`status_report`: an incident, or a maintenance. It is open as long as it has no end."""

    aggregate_state: str
    title: str | None = None
    report_type: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    affected_resources: tuple[Affected, ...] = ()


class StatusUpdate(msgspec.Struct, frozen=True):
    """`status_update`: an entry of a report's timeline."""

    status_report_id: Id
    message: str | None = None
    published_at: str | None = None


STATES: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "degraded": Health.DEGRADED,
    "downtime": Health.MAJOR_OUTAGE,
}
"""Of the page, of a part and of a report."""

UNWATCHED = "not_monitored"
"""What is said of a part that nobody watches."""

LASTS = timedelta(minutes=1)
"""How long what a monitor reports by itself must last to be an outage: many are over before."""

RESOLVED = "resolved"
"""What is said of a report that is over, besides its end."""

AUTOMATIC = "automatic"
"""The type of a report that a monitor wrote by itself."""

TYPES = (
    "status_page_section",
    "status_page_resource",
    "status_report",
    "status_update",
)

_Kind = TypeVar("_Kind")


def document(body: bytes) -> Document:
    """The document.

    Raises:
        Unreadable: it is not this vendor's.
    """
    return decode(body, Document)


def those(entries: Iterable[Entry], type_: str, kind: type[_Kind]) -> Iterator[tuple[str, _Kind]]:
    """The entries of one type with their ids, in the order of the document.

    Raises:
        Unreadable: one of them has another shape.
    """
    for one in entries:
        if one.type == type_:
            yield str(one.id), shaped(one.attributes, kind)
