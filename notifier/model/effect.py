"""All that can be wanted. The counterpart to effects are events."""

from dataclasses import dataclass

from notifier.model.announcement import Announcement, NoticeId, ThreadId, Withheld
from notifier.model.record import Entry
from notifier.model.service import ServiceKey, SourceId


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell the person."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Close a notice that is no longer true."""

    notice: NoticeId
    thread: ThreadId
    services: tuple[ServiceKey, ...]


@dataclass(frozen=True, slots=True)
class Hush:
    """A change is deliberately not told."""

    withheld: Withheld


@dataclass(frozen=True, slots=True)
class Record:
    """Write this down."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class LookAt:
    """Look at a source out of turn, `after` seconds from now at the earliest.

    `early` looks may come before the host's 30 s are over and count against their own ceiling;
    others wait. `confirming` is the one second look of a suspicion, on a fresh connection; `beside`
    are looked at in the same moment.
    """

    source: SourceId
    after: float = 0.0
    early: bool = False
    confirming: bool = False
    beside: tuple[SourceId, ...] = ()


Effect = Announce | Withdraw | Hush | Record | LookAt
