"""The tables of catalogue.toml as they are written, format version 1. Judges none of them."""

from typing import Literal
from zlib import crc32

import msgspec

from notifier.catalogue.services import Ability, Basis, How

Auth = Literal["bearer", "x-api-key", "x-goog-api-key", "api-key"]
"""How a key is sent."""


class PartEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One part of a page, or a whole group of them; `can`, what one uses it for."""

    id: str | None = None
    name: str | None = None
    group: str | None = None
    can: tuple[Ability, ...] = ()


class PageEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[[page]]`"""

    id: str
    name: str
    url: str
    seen: How
    date: str
    engine: str | None = None
    feed: str = ""
    also: tuple[str, ...] = ()
    parts: tuple[PartEntry, ...] = ()


class GroundEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[[ground]]`: what services stand on that is no service of the file."""

    id: str
    name: str
    kind: Literal["family", "cloud"]
    runs_on: tuple[str, ...] = ()
    basis: dict[str, Basis] = {}


class ProbeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A front door."""

    url: str
    dialect: str
    least_wait: str = "30s"
    local: bool = False


class DeepEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[service.key.deep]`"""

    url: str
    model: str
    cost: str


class KeyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[service.key]`"""

    url: str
    auth: Auth
    dialect: str
    least_wait: str = "30s"
    deep: DeepEntry | None = None


class PromptEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An address that takes a prompt, what documents it, and of when that is."""

    url: str
    source: str
    date: str
    most: int = 2000


class AppsEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[service.apps]`"""

    linux: tuple[str, ...] = ()
    macos: str = ""
    windows: str = ""


class NoPageEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[service.no_page]`"""

    why: str
    url: str = ""


class ServiceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[[service]]`"""

    id: str
    name: str
    vendor: str
    home: str
    can: tuple[Ability, ...]
    needs: Literal["nothing", "account", "key"]
    runs_on: tuple[str, ...]
    basis: dict[str, Basis] = {}
    page: str | None = None
    no_page: NoPageEntry | None = None
    seen: How | None = None
    date: str = ""
    parts: tuple[PartEntry, ...] = ()
    family: str | None = None
    probe: ProbeEntry | None = None
    key: KeyEntry | None = None
    fallbacks: tuple[str, ...] = ()
    prompt: PromptEntry | None = None
    chat: str = ""
    apps: AppsEntry | None = None


class ReferenceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[[reference]]`"""

    url: str


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The whole file; its tables are read one by one, so that what is wrong is named."""

    version: int
    ground: tuple[dict[str, object], ...]
    page: tuple[dict[str, object], ...]
    service: tuple[dict[str, object], ...]
    reference: tuple[dict[str, object], ...]


class Pressed(msgspec.Struct, frozen=True):
    """The tables once they were found sound, as `pressed.press` writes them down.

    `of` is `mark_of` the file they were made from.
    """

    of: int
    ground: tuple[GroundEntry, ...]
    page: tuple[PageEntry, ...]
    service: tuple[ServiceEntry, ...]
    reference: tuple[ReferenceEntry, ...]


def mark_of(body: bytes) -> int:
    """What tells one catalogue.toml from another. No protection: who can write the one, can both.

    A clone for Windows may end its lines otherwise, and says the same.
    """
    return crc32(body.replace(b"\r\n", b"\n"))


class Known(msgspec.Struct, frozen=True):
    """What entries may name: pages, grounds and services, by their ids."""

    pages: dict[str, PageEntry]
    grounds: dict[str, GroundEntry]
    services: dict[str, ServiceEntry]
