"""The catalogue as a value: its services, their pages, and how to find them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from notifier.model.address import place, within
from notifier.model.service import FeedSource, KeySource, PartRef, ReferenceSource, Service

Ability = Literal[
    "chat",
    "coding",
    "api",
    "image",
    "audio",
    "video",
    "search",
    "embeddings",
    "translation",
    "writing",
    "transcription",
    "local",
    "infra",
    "hosting",
]

ABILITIES: tuple[str, ...] = get_args(Ability)
"""What a service can be used for: the words of `can`."""


How = Literal["capture", "source", "recalled"]
"""How an entry is known, the surest first: a real answer was kept and read; somebody's program,
issue or manual says so; nobody was asked."""


class KnownPage(Struct, frozen=True):
    """A status page of the catalogue, its other addresses, and every part known to be on it."""

    source: FeedSource
    also: tuple[str, ...] = ()
    parts: tuple[PartRef, ...] = ()


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why one thing is held to stand on another: what says so, and of what day or month that is."""

    source: str
    date: str


class Sighting(msgspec.Struct, frozen=True):
    """How an entry is known, and of what month or day that is."""

    how: How
    date: str


@dataclass(frozen=True)
class Catalogue:
    """All that can be chosen. `services` stand in order of use, most used first.

    `grounds` are what people call the ids that `runs_on` may name beside those of services: model
    families, which `families` are, and clouds. `below` is what these stand on themselves, and
    `bases`, by who stands on what, why the map holds each of its lines.
    `accounts` are the calls that try a person's own key, and `sightings` how sure it is where a
    service says how it is, both by the id of the service.
    """

    services: tuple[Service, ...] = ()
    pages: tuple[KnownPage, ...] = ()
    references: tuple[ReferenceSource, ...] = ()
    families: frozenset[str] = frozenset()
    grounds: Mapping[str, str] = field(default_factory=dict)
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bases: Mapping[tuple[str, str], Basis] = field(default_factory=dict)
    accounts: Mapping[str, KeySource] = field(default_factory=dict)
    sightings: Mapping[str, Sighting] = field(default_factory=dict)
    by_id: Mapping[str, Service] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the services."""
        object.__setattr__(self, "by_id", {service.id: service for service in self.services})

    def known_page(self, url: str) -> KnownPage | None:
        """The page `url` belongs to: the same host, and the page's path or anything below it."""
        wanted = place(url)
        if wanted is None:
            return None
        fits = [
            (len(home[1]), page)
            for page in self.pages
            for address in (page.source.url, *page.also)
            if (home := place(address)) is not None and within(wanted, home)
        ]
        return max(fits, key=lambda fit: fit[0])[1] if fits else None

    def page_at(self, url: str) -> tuple[Service, ...]:
        """The services whose status page `url` is; none where the page is not known."""
        page = self.known_page(url)
        if page is None:
            return ()
        return tuple(service for service in self.services if service.page == page.source)

    def home_at(self, url: str) -> tuple[Service, ...]:
        """The services whose home `url` is; what lies below a home may be anything."""
        wanted = place(url)
        return tuple(one for one in self.services if wanted and place(one.home) == wanted)

    def known_at(self, url: str) -> tuple[Service, ...]:
        """The services whose status page or home `url` is."""
        return self.page_at(url) or self.home_at(url)

    def search(self, words: str) -> tuple[Service, ...]:
        """The services whose name, vendor, id or abilities hold every word; without words: all."""
        wanted = words.casefold().split()
        return tuple(
            service
            for service in self.services
            if all(any(word in text for text in _texts(service)) for word in wanted)
        )


def down(runs_on: Iterable[str], below: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All of `runs_on`, and what that stands on as far as it is no service; the nearest first.

    Services say for themselves what they stand on; a family of models or a cloud says it nowhere
    but here.
    """
    found: dict[str, None] = {}
    ahead = [*runs_on]
    while ahead:
        ground = ahead.pop(0)
        if ground not in found:
            found[ground] = None
            ahead += below.get(ground, ())
    return tuple(found)


def _texts(service: Service) -> Iterator[str]:
    yield from (text.casefold() for text in (service.id, service.name, service.vendor))
    yield from service.can
