"""One search as it goes along: what it has asked, where redirects led, what it has found."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias, TypeVar
from urllib.parse import urljoin

from notifier.feeds.recognise.steps import MOST_REQUESTS, Found, Heard
from notifier.feeds.shape import link

T = TypeVar("T")

Steps: TypeAlias = Generator[str, Heard, T]
"""A search: each `yield` asks for an address and is handed what came of it."""

_MOST_HOPS = 3


class Seen(NamedTuple):
    """What stood at an address, at the end of a few redirects; `url` is where that was."""

    url: str
    heard: Heard

    @property
    def body(self) -> bytes:
        """The document; empty where there was none."""
        return self.heard.body if self.heard.status == 200 else b""


@dataclass(slots=True)
class Trail:
    """`pasted` is the address in question; `found` is by address, in the order of the finds."""

    pasted: str
    found: dict[str, Found] = field(default_factory=dict)
    _asked: dict[str, str] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many requests may still be made."""
        return MOST_REQUESTS - len(self._asked)

    def add(self, found: Found) -> None:
        """One more page that fits; the first at an address counts."""
        self.found.setdefault(found.url, found)

    def get(self, url: str) -> Steps[Seen]:
        """The answer at the end of a few redirects."""
        url, heard = yield from self._get(url)
        for _ in range(_MOST_HOPS):
            target = _target(url, heard)
            if target is None:
                break
            url, heard = yield from self._get(target)
        return Seen(url, heard)

    def _get(self, url: str) -> Steps[tuple[str, Heard]]:
        # A host alone and the same with a slash are one address: nothing is asked twice.
        url = self._asked.setdefault(url.rstrip("/") if url.count("/") == 3 else url, url)
        return url, (yield url)


def _target(url: str, heard: Heard) -> str | None:
    """Where a redirect leads; None where there is none, or where it leaves https."""
    if not 300 <= heard.status < 400 or "location" not in heard.headers:
        return None
    try:
        target = link(urljoin(url, heard.headers["location"]))
    except ValueError:
        return None
    falls = url.startswith("https:") and target is not None and target.startswith("http:")
    return None if falls else target
