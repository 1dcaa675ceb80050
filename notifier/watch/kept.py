"""What the last good look at a page brought, so that the next asks only for what has changed."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from notifier.model.last_reading import Document, LastReading
from notifier.model.observation import Report
from notifier.model.service import SourceId

_MOST_VALIDATOR = 1024
"""Characters of an ETag we send back."""


class Kept(Protocol):
    """Who keeps readings beyond this run, for commands that find no owner. It never raises."""

    def read(self, source: SourceId) -> LastReading | None:
        """The last reading of `source`, where there is one."""
        ...

    def keep(self, reading: LastReading) -> object:
        """Put `reading` in the place of the last one of its source."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of one document. `packed` is its body, where that may be needed again."""

    url: str
    digest: bytes
    etag: str | None = None
    last_modified: str | None = None
    packed: bytes | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for it only if it has changed (RFC 9110, 13.1)."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def body(self) -> bytes:
        """The body; empty where it was not kept."""
        return b"" if self.packed is None else zlib.decompress(self.packed)


@dataclass(frozen=True, slots=True)
class LastRead:
    """The last good look at a page.

    `full_at` (steady) is when it last was asked for whole, `seen_at` when it last was seen so.
    `made_at` is when it was made by the vendor's own clock, however wrong ours or theirs may be.
    A `provisional` one says more in a moment, though the page says the same.
    """

    plan: str
    documents: Mapping[str, Known]
    report: Report
    full_at: float
    seen_at: float
    made_at: datetime | None = None
    provisional: bool = False

    def is_of(self, plan: str, documents: Mapping[str, Known]) -> bool:
        """Whether these documents are, byte for byte, those the report was read from for good."""
        return (
            not self.provisional
            and plan == self.plan
            and documents.keys() == self.documents.keys()
            and all(one.digest == self.documents[name].digest for name, one in documents.items())
        )


def known(document: Document, *, with_body: bool) -> Known:
    """What to remember of a document."""
    return Known(
        document.url,
        sha256(document.body).digest(),
        _sendable(document.etag),
        _sendable(document.last_modified),
        zlib.compress(document.body, 1) if with_body else None,
    )


def to_keep(source: SourceId, last: LastRead, at: datetime, *, changed: bool) -> LastReading:
    """A look in the form it is kept in beyond this run.

    A page that said "unchanged" is kept without what asks for changes only: the next look is a
    full one, so that a page that lies about it is found out, with no clock that runs on.
    """
    documents = {
        name: Document(
            one.url,
            one.body,
            one.etag if changed else None,
            one.last_modified if changed else None,
        )
        for name, one in last.documents.items()
    }
    return LastReading(source, at, last.plan, documents)


def _sendable(validator: str | None) -> str | None:
    """A validator we can send back as it came."""
    if validator is None or len(validator) > _MOST_VALIDATOR:
        return None
    return validator if validator.isascii() and validator.isprintable() else None
