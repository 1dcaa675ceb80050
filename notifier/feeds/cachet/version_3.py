"""The documents of Cachet's version 3, which are JSON:API: /api/components and incidents."""

from collections.abc import Mapping

import msgspec

from notifier.feeds.cachet.listed import STATUSES, Event, Listed
from notifier.feeds.shape import ID, LINE, document, plain, shaped
from notifier.model.health import Health
from notifier.model.observation import Part


class _Value(msgspec.Struct, frozen=True):
    """A status as `{human, value}`, in which form incidents have it and some parts."""

    value: int | str


class _Component(msgspec.Struct, frozen=True):
    name: str
    status: int | str | _Value
    enabled: bool | int | None = True


class _Said(msgspec.Struct, frozen=True):
    name: str
    status: int | str | _Value
    message: str | None = None
    component_id: int | None = None


class _Reference(msgspec.Struct, frozen=True):
    id: str
    type: str = ""


class _One(msgspec.Struct, frozen=True):
    data: _Reference | None = None


class _Several(msgspec.Struct, frozen=True):
    data: tuple[_Reference, ...] = ()


class _OfComponent(msgspec.Struct, frozen=True):
    group: _One = _One()


class _OfEvent(msgspec.Struct, frozen=True):
    components: _Several = _Several()


class _Row(msgspec.Struct, frozen=True):
    id: str
    attributes: _Component
    relationships: _OfComponent = _OfComponent()


class _EventRow(msgspec.Struct, frozen=True):
    id: str
    attributes: _Said
    relationships: _OfEvent = _OfEvent()

    def flat(self) -> Event:
        """The same as version 2 has it."""
        said = self.attributes
        return Event(
            id=self.id,
            name=said.name,
            status=_bare(said.status),
            message=said.message,
            component_id=said.component_id,
            others=tuple(one.id for one in self.relationships.components.data),
        )


class _Events(msgspec.Struct, frozen=True):
    data: tuple[_EventRow, ...]


class _Name(msgspec.Struct, frozen=True):
    name: str | None = None


class _Included(msgspec.Struct, frozen=True):
    id: str
    type: str
    attributes: _Name = _Name()


class _Links(msgspec.Struct, frozen=True):
    next: str | None


class _Components(msgspec.Struct, frozen=True):
    """JSON:API. `links.next` is null on the last page."""

    data: tuple[_Row, ...]
    links: _Links
    included: tuple[_Included, ...] = ()


def _bare(status: int | str | _Value) -> str:
    return str(status.value if isinstance(status, _Value) else status)


def parts(tree: object) -> Listed:
    """The parts with their groups.

    Raises:
        Unreadable: it is no list of parts of this version.
    """
    page = shaped(tree, _Components)
    names = {(one.type, one.id): one.attributes.name for one in page.included}
    shown = [one for one in page.data if one.attributes.enabled not in (False, 0)]
    words = {one.id: _bare(one.attributes.status) for one in shown}
    return Listed(
        tuple(_part(one, words[one.id], names) for one in shown),
        frozenset(words.values()),
        whole=page.links.next is None,
    )


def _part(row: _Row, word: str, names: Mapping[tuple[str, str], str | None]) -> Part:
    group = row.relationships.group.data
    name = names.get((group.type, group.id)) if group is not None else None
    return Part(
        plain(row.id, ID),
        plain(row.attributes.name, LINE),
        STATUSES.get(word, Health.UNKNOWN),
        group=plain(name, LINE) if name else None,
        group_id=plain(group.id, ID) if group is not None else None,
    )


def events(body: bytes) -> tuple[Event, ...]:
    """The incidents, newest first.

    Raises:
        Unreadable: it is no list of incidents of this version.
    """
    return tuple(one.flat() for one in shaped(document(body), _Events).data)
