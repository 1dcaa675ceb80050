"""What came of asking a status page what it is, for whoever keeps that beyond a run."""

from dataclasses import dataclass
from datetime import datetime

from notifier.model.observation import Failure
from notifier.model.service import SourceId


@dataclass(frozen=True, slots=True)
class AskedPage:
    """When a page was last asked what it is, and what is known of it since.

    `settings` stands for what the settings said of it then: where they say something else now,
    none of this holds. `at` and `early_at` are in UTC; `early_at` is when it was last asked before
    its time, on another network. `wait` is in seconds from `at`: so long it is not asked again.
    """

    source: SourceId
    settings: str
    at: datetime
    wait: float
    taken_for: tuple[str, str] | None = None
    """Its engine and the address of its documents, where it was one clear match."""
    moved: bool = False
    """Whether that is something else than it was."""
    unknown: Failure | None = None
    """What was said instead, where it was none."""
    early_at: datetime | None = None
