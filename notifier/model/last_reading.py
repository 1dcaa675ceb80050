"""What the last good look at a source brought, byte for byte, for whoever keeps it beyond a run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notifier.model.service import SourceId


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a look as it came, with what asks for it anew only if it has changed.

    `seconds` is how long the answer took, where that is part of the evidence.
    """

    url: str
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class LastReading:
    """The documents of the last good look at a source, by the names of their wants.

    `fetched_at` is when that was, in UTC; a front door has the one document `answer` and no plan.
    """

    source: SourceId
    fetched_at: datetime
    plan: str
    documents: Mapping[str, Document]
