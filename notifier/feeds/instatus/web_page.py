"""The status that Instatus's pages carry in their HTML.

The page has its components and its word under `site`, and under `notices` everything that was told
in the months it shows. Seen: one real page, in trouble.
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from notifier.feeds import embedded
from notifier.feeds.instatus.document import (
    MAINTENANCES,
    Event,
    Name,
    Named,
    Page,
    Planned,
    Row,
    Tree,
    title,
)
from notifier.feeds.instatus.page import report
from notifier.feeds.shape import ID, Unreadable, decode, plain
from notifier.model.observation import PartName, Report

_Kind = TypeVar("_Kind")


class _Site(msgspec.Struct, frozen=True):
    """`site`. The page writes it twice."""

    name: Name
    status: str
    components: tuple[Row, ...]
    domain: str | None = msgspec.field(name="customDomain", default=None)
    subdomain: str | None = None


class _Notice(msgspec.Struct, frozen=True):
    """`notices{}`: an incident or a maintenance, long over or not."""

    id: str
    name: Name
    status: str
    impact: str
    started: str | None = None
    resolved: str | None = None
    components: tuple[Named, ...] = ()


def read(body: bytes) -> Report:
    """What a page says.

    Raises:
        Unreadable: it is no page of this vendor, or it is cut off, or says two different things.
    """
    rows = embedded.rows(body)
    site = _only([one for one in embedded.objects(rows, "site") if '"components":' in one], _Site)
    notices = _only(embedded.objects(rows, "notices"), dict[str, _Notice])
    listed = Tree(site.components).rows
    return report(
        _page(site),
        site.components,
        tuple(map(_event, _those(notices, planned=False))),
        tuple(map(_planned, _those(notices, planned=True))),
        touched={id_: _parts(one, listed) for id_, one in notices.items()},
    )


def _only(texts: list[str], kind: type[_Kind]) -> _Kind:
    """The one object that all of `texts` are copies of."""
    if not texts:
        raise Unreadable("A web page came, with no status in it that could be read.")
    found = [decode(text.encode(), kind) for text in texts]
    if any(one != found[0] for one in found):
        raise Unreadable("The page says two different things, so it is not clear which counts.")
    return found[0]


def _page(site: _Site) -> Page:
    host = site.domain or (f"{site.subdomain}.instatus.com" if site.subdomain else "")
    return Page(name=title(site.name), url=f"https://{host}", status=site.status)


def _those(notices: Mapping[str, _Notice], *, planned: bool) -> list[_Notice]:
    return [one for one in notices.values() if (one.status in MAINTENANCES) is planned]


def _event(notice: _Notice) -> Event:
    name = title(notice.name)
    return Event(
        notice.id, name, notice.status, notice.impact, notice.started, updated=notice.resolved
    )


def _planned(notice: _Notice) -> Planned:
    return Planned(notice.id, title(notice.name), notice.status, notice.started)


def _parts(notice: _Notice, listed: Mapping[str, Row]) -> tuple[PartName, ...]:
    named = [one.id for one in notice.components]
    return tuple(
        PartName(plain(id_, ID), title(listed[id_].name) if id_ in listed else "") for id_ in named
    )
