"""catalogue.toml, format version 1, to the field. Knows nothing of settings."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

from notifier.catalogue.services import Ability, Catalogue, KnownPage
from notifier.model.address import place, signed_id, source_id
from notifier.model.duration import seconds
from notifier.model.service import (
    Deep,
    FeedSource,
    KeySource,
    PartRef,
    ProbeSource,
    ReferenceSource,
    Service,
    ServiceId,
    ServiceKey,
)

_VERSION = 1

Auth = Literal["bearer", "x-api-key", "x-goog-api-key", "api-key"]
"""How a key is sent."""


class CatalogueError(Exception):
    """The catalogue is wrong; the sentence names the entry."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str | None = None
    name: str | None = None
    group: str | None = None


class _Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    url: str
    engine: str
    also: tuple[str, ...] = ()
    parts: tuple[_Part, ...] = ()


class _Probe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    dialect: str
    least_wait: str = "30s"
    local: bool = False


class _Deep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    model: str
    cost: str


class _Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    auth: Auth
    dialect: str
    least_wait: str = "30s"
    deep: _Deep | None = None


class _Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    vendor: str
    home: str
    can: tuple[Ability, ...]
    runs_on: tuple[str, ...]
    page: str | None = None
    parts: tuple[_Part, ...] = ()
    family: str | None = None
    probe: _Probe | None = None
    key: _Key | None = None
    fallbacks: tuple[str, ...] = ()


class _Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    families: tuple[str, ...]
    page: tuple[dict[str, object], ...]
    service: tuple[dict[str, object], ...]
    reference: tuple[dict[str, object], ...]


_Entry = TypeVar("_Entry", _Page, _Service, _Reference)


def load(body: bytes) -> Catalogue:
    """The catalogue from the bytes of catalogue.toml.

    Raises:
        CatalogueError: naming the entry that is wrong.
    """
    document = _document(body)
    pages = {page.id: page for page in _entries("page", document.page, _Page)}
    services = tuple(_entries("service", document.service, _Service))
    references = tuple(_entries("reference", document.reference, _Reference))
    ids, families = frozenset(entry.id for entry in services), frozenset(document.families)
    for page in pages.values():
        _refuse("page", page.id, _nameless(page.parts))
    for entry in services:
        _refuse("service", entry.id, _wrong(entry, pages, ids, families))
    return Catalogue(
        services=tuple(_service(entry, pages) for entry in services),
        pages=tuple(_known_page(page, services) for page in pages.values()),
        references=tuple(
            ReferenceSource(source_id("reference", one.url), one.url) for one in references
        ),
        families=families,
        accounts={one.id: _account(one.id, one.key) for one in services if one.key is not None},
    )


def _document(body: bytes) -> _Document:
    try:
        document = msgspec.convert(tomllib.loads(body.decode()), _Document)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"catalogue.toml cannot be read: {error}") from error
    if document.version != _VERSION:
        raise CatalogueError(f"catalogue.toml: version must be 1; it says {document.version}")
    return document


def _entries(
    kind: str, tables: Iterable[dict[str, object]], shape: type[_Entry]
) -> Iterator[_Entry]:
    """The tables of one kind, each with an id (a reference: an address) of its own."""
    seen: set[str] = set()
    for number, table in enumerate(tables, 1):
        id_ = str(table.get("id", table.get("url", f"number {number}")))
        _refuse(kind, id_, "it stands twice" if id_ in seen else "")
        seen.add(id_)
        try:
            yield msgspec.convert(table, shape)
        except msgspec.ValidationError as error:
            raise CatalogueError(f'catalogue.toml, {kind} "{id_}": {error}') from error


def _wrong(
    entry: _Service, pages: Mapping[str, _Page], ids: frozenset[str], families: frozenset[str]
) -> str:
    """What an entry names that is not there, in words; empty where all is well."""
    others = ids - {entry.id}
    if entry.page is not None and entry.page not in pages:
        return f'there is no page "{entry.page}"'
    if entry.family is not None and entry.family not in families:
        return f'there is no family "{entry.family}"'
    if strangers := [name for name in entry.runs_on if name not in others | families]:
        return f'runs_on names "{strangers[0]}", which is neither another service nor a family'
    if strangers := [name for name in entry.fallbacks if name not in others]:
        return f'fallbacks names "{strangers[0]}", which is no other service'
    if entry.probe is not None and seconds(entry.probe.least_wait) is None:
        return f'least_wait must be a time such as "5m"; it says "{entry.probe.least_wait}"'
    if entry.key is not None and (wrong := _wrong_key(entry.key)):
        return wrong
    return _nameless(entry.parts)


def _wrong_key(key: _Key) -> str:
    """What is wrong with the call that tries a person's key: it is sent nowhere in the clear."""
    urls = (key.url,) if key.deep is None else (key.url, key.deep.url)
    if any(not url.startswith("https://") for url in urls):
        return "a key is sent to addresses of https:// only"
    if len({(place(url) or ("", ""))[0] for url in urls}) > 1:
        return "both calls of a key must be made at one host"
    if seconds(key.least_wait) is None:
        return f'least_wait must be a time such as "5m"; it says "{key.least_wait}"'
    return ""


def _nameless(parts: Iterable[_Part]) -> str:
    bare = any(part.name is None and part.group is None for part in parts)
    return "a part has neither name nor group" if bare else ""


def _refuse(kind: str, id_: object, wrong: str) -> None:
    if wrong:
        raise CatalogueError(f'catalogue.toml, {kind} "{id_}": {wrong}')


def _service(entry: _Service, pages: Mapping[str, _Page]) -> Service:
    return Service(
        key=ServiceKey(entry.id),
        id=ServiceId(entry.id),
        name=entry.name,
        home=entry.home,
        vendor=entry.vendor,
        can=entry.can,
        family=entry.family,
        runs_on=entry.runs_on,
        page=None if entry.page is None else _feed(pages[entry.page]),
        parts=_refs(entry.parts),
        probe=None if entry.probe is None else _door(entry.probe),
        kin=tuple(ServiceId(id_) for id_ in entry.fallbacks),
    )


def _feed(page: _Page) -> FeedSource:
    return FeedSource(source_id("page", page.url), page.url, page.engine, page.name)


def _door(probe: _Probe) -> ProbeSource:
    wait = seconds(probe.least_wait) or 0.0
    id_ = source_id("probe", probe.url)
    return ProbeSource(id_, probe.url, probe.dialect, wait, probe.local)


def _account(id_: str, key: _Key) -> KeySource:
    """The call that tries the key a person keeps under the id of the service."""
    deep = None if key.deep is None else Deep(key.deep.url, key.deep.model, key.deep.cost)
    return KeySource(
        id=signed_id(source_id("key", key.url), id_),
        url=key.url,
        dialect=key.dialect,
        auth=key.auth,
        entry=id_,
        least_wait=seconds(key.least_wait) or 0.0,
        deep=deep,
    )


def _refs(parts: Iterable[_Part]) -> tuple[PartRef, ...]:
    return tuple(PartRef(part.id, part.name, part.group) for part in parts)


def _known_page(page: _Page, services: Iterable[_Service]) -> KnownPage:
    """A page with the parts its services choose, then those that none of them does."""
    chosen = tuple(part for entry in services if entry.page == page.id for part in entry.parts)
    return KnownPage(_feed(page), page.also, tuple(dict.fromkeys(_refs(chosen + page.parts))))
