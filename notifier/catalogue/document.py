"""catalogue.toml, format version 1, to the field. Knows nothing of settings."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from notifier.catalogue.entries import (
    AppsEntry,
    Document,
    GroundEntry,
    KeyEntry,
    Known,
    PageEntry,
    PartEntry,
    ProbeEntry,
    PromptEntry,
    ReferenceEntry,
    ServiceEntry,
)
from notifier.catalogue.services import Basis, Catalogue, KnownPage, down
from notifier.catalogue.soundness import circle, nameless, wrong_ground, wrong_service
from notifier.model.address import signed_id, source_id
from notifier.model.duration import seconds
from notifier.model.service import (
    Apps,
    Deep,
    FeedSource,
    KeySource,
    Needs,
    PartRef,
    ProbeSource,
    PromptAddress,
    ReferenceSource,
    Service,
    ServiceId,
    ServiceKey,
)

_VERSION = 1


class CatalogueError(Exception):
    """The catalogue is wrong; the sentence names the entry."""


_Entry = TypeVar("_Entry", GroundEntry, PageEntry, ServiceEntry, ReferenceEntry)


def load(body: bytes) -> Catalogue:
    """The catalogue from the bytes of catalogue.toml.

    Raises:
        CatalogueError: naming the entry that is wrong.
    """
    document = _document(body)
    known = _known(document)
    references = tuple(_entries("reference", document.reference, ReferenceEntry))
    _refuse_all(known)
    below = {one.id: one.runs_on for one in known.grounds.values()}
    services = tuple(known.services.values())
    return Catalogue(
        services=tuple(_service(entry, known.pages, below) for entry in services),
        pages=tuple(_known_page(page, services) for page in known.pages.values()),
        references=tuple(
            ReferenceSource(source_id("reference", one.url), one.url) for one in references
        ),
        families=frozenset(one.id for one in known.grounds.values() if one.kind == "family"),
        grounds={one.id: one.name for one in known.grounds.values()},
        below=below,
        bases=dict(_bases(known)),
        accounts={one.id: _account(one.id, one.key) for one in services if one.key is not None},
    )


def _known(document: Document) -> Known:
    return Known(
        pages={one.id: one for one in _entries("page", document.page, PageEntry)},
        grounds={one.id: one for one in _entries("ground", document.ground, GroundEntry)},
        services={one.id: one for one in _entries("service", document.service, ServiceEntry)},
    )


def _refuse_all(known: Known) -> None:
    """What is wrong with any of the entries, or with all of them together."""
    for page in known.pages.values():
        _refuse("page", page.id, nameless(page.parts))
    for ground in known.grounds.values():
        _refuse("ground", ground.id, wrong_ground(ground, known))
    for service in known.services.values():
        _refuse("service", service.id, wrong_service(service, known))
    if found := circle(known):
        kind = "service" if found[0] in known.services else "ground"
        _refuse(kind, found[0], f"it runs on itself: {' on '.join(found)}")


def _document(body: bytes) -> Document:
    try:
        document = msgspec.convert(tomllib.loads(body.decode()), Document)
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


def _refuse(kind: str, id_: object, wrong: str) -> None:
    if wrong:
        raise CatalogueError(f'catalogue.toml, {kind} "{id_}": {wrong}')


def _service(
    entry: ServiceEntry, pages: Mapping[str, PageEntry], below: Mapping[str, tuple[str, ...]]
) -> Service:
    return Service(
        key=ServiceKey(entry.id),
        id=ServiceId(entry.id),
        name=entry.name,
        home=entry.home,
        vendor=entry.vendor,
        can=entry.can,
        family=entry.family,
        runs_on=down(entry.runs_on, below),
        page=None if entry.page is None else _feed(pages[entry.page]),
        parts=_refs(entry.parts),
        probe=None if entry.probe is None else _door(entry.probe),
        kin=tuple(ServiceId(id_) for id_ in entry.fallbacks),
        needs=Needs(entry.needs),
        prompt=_prompt(entry.prompt),
        chat=entry.chat,
        apps=_apps(entry.apps),
    )


def _bases(known: Known) -> Iterator[tuple[tuple[str, str], Basis]]:
    said = {one.id: one.basis for one in known.grounds.values()}
    said |= {one.id: one.basis for one in known.services.values()}
    for id_, grounds in said.items():
        for ground, basis in grounds.items():
            yield (id_, ground), basis


def _prompt(prompt: PromptEntry | None) -> PromptAddress | None:
    return None if prompt is None else PromptAddress(prompt.url, prompt.most)


def _apps(apps: AppsEntry | None) -> Apps:
    return Apps() if apps is None else Apps(apps.linux, apps.macos, apps.windows)


def _feed(page: PageEntry) -> FeedSource:
    return FeedSource(source_id("page", page.url), page.url, page.engine, page.name)


def _door(probe: ProbeEntry) -> ProbeSource:
    wait = seconds(probe.least_wait) or 0.0
    id_ = source_id("probe", probe.url)
    return ProbeSource(id_, probe.url, probe.dialect, wait, probe.local)


def _account(id_: str, key: KeyEntry) -> KeySource:
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


def _refs(parts: Iterable[PartEntry]) -> tuple[PartRef, ...]:
    return tuple(PartRef(part.id, part.name, part.group) for part in parts)


def _known_page(page: PageEntry, services: Iterable[ServiceEntry]) -> KnownPage:
    """A page with the parts its services choose, then those that none of them does."""
    chosen = tuple(part for entry in services if entry.page == page.id for part in entry.parts)
    return KnownPage(_feed(page), page.also, tuple(dict.fromkeys(_refs(chosen + page.parts))))
