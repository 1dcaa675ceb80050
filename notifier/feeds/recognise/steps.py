"""The words of recognition: what is asked, what was heard, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_REQUESTS = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, redirects not followed. `headers` by lower-case names; status 0: nothing came."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Ask:
    """Fetch this next, and come back with the answer."""

    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """The page at `url` is one of `engine`; `name` is what it calls itself."""

    engine: str
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Several:
    """More than one page fits, each of its own address: a person has to say which is meant."""

    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One address that was asked, and what came of it in a few words."""

    url: str
    came: str


@dataclass(frozen=True, slots=True)
class NothingKnown:
    """No engine fits; everything that was tried, in order."""

    tried: tuple[Tried, ...]
