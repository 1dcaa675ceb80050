"""catalogue.toml, format version 1, to the field. Knows nothing of settings."""

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
    Pressed,
    ProbeEntry,
    PromptEntry,
    ReferenceEntry,
    ServiceEntry,
    mark_of,
)
from notifier.catalogue.services import Basis, Catalogue, KnownPage, Sighting, down
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


def load(body: bytes, pressed: bytes = b"") -> Catalogue:
    """The catalogue from the bytes of catalogue.toml.

    `pressed` is what `press` made of them: it is read in a tenth of the time, and only if it was
    made of these very bytes.

    Raises:
        CatalogueError: naming the entry that is wrong.
    """
    found = _ready(body, pressed) or sound(body)
    known = Known(
        pages={one.id: one for one in found.page},
        grounds={one.id: one for one in found.ground},
        services={one.id: one for one in found.service},
    )
    below = {one.id: one.runs_on for one in found.ground}
    return Catalogue(
        services=tuple(_service(entry, known.pages, below) for entry in found.service),
        pages=tuple(_known_page(page, found.service) for page in found.page),
        references=tuple(
            ReferenceSource(source_id("reference", one.url), one.url) for one in found.reference
        ),
        families=frozenset(one.id for one in found.ground if one.kind == "family"),
        grounds={one.id: one.name for one in found.ground},
        below=below,
        bases=dict(_bases(known)),
        accounts={one.id: _account(one.id, one.key) for one in found.service if one.key},
        sightings=dict(_sightings(known)),
    )


def sound(body: bytes) -> Pressed:
    """The tables of catalogue.toml, looked through.

    Raises:
        CatalogueError: naming the entry that is wrong.
    """
    document = _document(body)
    known = _known(document)
    references = tuple(_entries("reference", document.reference, ReferenceEntry))
    _refuse_all(known)
    return Pressed(
        of=mark_of(body),
        ground=tuple(known.grounds.values()),
        page=tuple(known.pages.values()),
        service=tuple(known.services.values()),
        reference=references,
    )


def _ready(body: bytes, pressed: bytes) -> Pressed | None:
    """What was made of `body` before; None where it was made of another, or by another program."""
    if not pressed:
        return None
    try:
        found = msgspec.json.decode(pressed, type=Pressed)
    except msgspec.DecodeError:
        return None
    return found if found.of == mark_of(body) else None


def _known(document: Document) -> Known:
    return Known(
        pages={one.id: one for one in _entries("page", document.page, PageEntry)},
        grounds={one.id: one for one in _entries("ground", document.ground, GroundEntry)},
        services={one.id: one for one in _entries("service", document.service, ServiceEntry)},
    )


def _refuse_all(known: Known) -> None:
    """What is wrong with any of the entries, or with all of them together."""
    # What was pressed was looked through already, and is what a start reads.
    from notifier.catalogue.soundness import circle, wrong_ground, wrong_page, wrong_service

    for page in known.pages.values():
        _refuse("page", page.id, wrong_page(page))
    for ground in known.grounds.values():
        _refuse("ground", ground.id, wrong_ground(ground, known))
    for service in known.services.values():
        _refuse("service", service.id, wrong_service(service, known))
    if found := circle(known):
        kind = "service" if found[0] in known.services else "ground"
        _refuse(kind, found[0], f"it runs on itself: {' on '.join(found)}")


def _document(body: bytes) -> Document:
    import tomllib  # the built-in one comes pressed

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
        no_page="" if entry.no_page is None else entry.no_page.why,
        look_at="" if entry.no_page is None else entry.no_page.url,
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


def _sightings(known: Known) -> Iterator[tuple[str, Sighting]]:
    """How each service is known: as it says itself, else as its page does."""
    for entry in known.services.values():
        if entry.seen is not None:
            yield entry.id, Sighting(entry.seen, entry.date)
        elif entry.page is not None:
            page = known.pages[entry.page]
            yield entry.id, Sighting(page.seen, page.date)


def _prompt(prompt: PromptEntry | None) -> PromptAddress | None:
    return None if prompt is None else PromptAddress(prompt.url, prompt.most)


def _apps(apps: AppsEntry | None) -> Apps:
    return Apps() if apps is None else Apps(apps.linux, apps.macos, apps.windows)


def _feed(page: PageEntry) -> FeedSource:
    id_ = source_id("page", page.url)
    return FeedSource(id_, page.url, page.engine, page.name, feed=page.feed)


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
    return tuple(PartRef(part.id, part.name, part.group, part.can) for part in parts)


def _known_page(page: PageEntry, services: Iterable[ServiceEntry]) -> KnownPage:
    """A page with the parts its services choose, then those that none of them does."""
    chosen = tuple(part for entry in services if entry.page == page.id for part in entry.parts)
    return KnownPage(_feed(page), page.also, tuple(dict.fromkeys(_refs(chosen + page.parts))))
