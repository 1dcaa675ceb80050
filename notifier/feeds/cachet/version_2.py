"""The documents of Cachet's version 2: /api/v1/components, incidents and groups."""

from collections.abc import Mapping

import msgspec

from notifier.feeds.cachet.listed import STATUSES, Event, Listed
from notifier.feeds.shape import LINE, document, plain, shaped
from notifier.model.health import Health
from notifier.model.observation import Part


class _Pages(msgspec.Struct, frozen=True):
    """`meta.pagination`: of how many parts this is one page."""

    total: int


class _Meta(msgspec.Struct, frozen=True):
    pagination: _Pages


class _Component(msgspec.Struct, frozen=True):
    """A part. One that is not `enabled` is shown to nobody."""

    id: int
    name: str
    status: int | str
    group_id: int | None = None
    enabled: bool | int | None = True


class _Components(msgspec.Struct, frozen=True):
    data: tuple[_Component, ...]
    meta: _Meta


class _Events(msgspec.Struct, frozen=True):
    data: tuple[Event, ...]


class _Group(msgspec.Struct, frozen=True):
    id: int
    name: str


class _Groups(msgspec.Struct, frozen=True):
    data: tuple[_Group, ...]


def parts(tree: object, names: Mapping[int, str]) -> Listed:
    """The parts, with the `names` of their groups.

    Raises:
        Unreadable: it is no list of parts of this version.
    """
    page = shaped(tree, _Components)
    shown = [one for one in page.data if one.enabled not in (False, 0)]
    listed = tuple(
        Part(
            str(one.id),
            plain(one.name, LINE),
            STATUSES.get(str(one.status), Health.UNKNOWN),
            group=names.get(one.group_id or 0),
            group_id=str(one.group_id) if one.group_id else None,
        )
        for one in shown
    )
    words = frozenset(str(one.status) for one in shown)
    return Listed(listed, words, whole=page.meta.pagination.total <= len(page.data))


def group_names(body: bytes) -> Mapping[int, str]:
    """What the groups are called.

    Raises:
        Unreadable: it is no list of groups.
    """
    return {one.id: plain(one.name, LINE) for one in shaped(document(body), _Groups).data}


def events(body: bytes) -> tuple[Event, ...]:
    """The incidents, newest first.

    Raises:
        Unreadable: it is no list of incidents of this version.
    """
    return shaped(document(body), _Events).data
