"""What is worth keeping: the entries of the diary, and what it remembers at a start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notifier.model.announcement import Notice, NoticeId, ThreadId, Withheld
from notifier.model.board import Mute, Thread, Told
from notifier.model.health import Health
from notifier.model.observation import Incident
from notifier.model.rung import Rung
from notifier.model.service import ServiceKey, SourceId
from notifier.model.trace import Break, LastOutage, Vouched
from notifier.model.verdict import Override


@dataclass(frozen=True, slots=True)
class RunBegan:
    """From `at` on `subject` (a source id, a service key, or `WORD` and one) is in `state`.

    `state` is a `Health` word, `not_looking`, or of a person's word its `Override` or `NO_WORD`;
    the run before ends here.
    """

    subject: str
    state: str
    at: datetime


WORD = "word:"
"""How the subject of a run begins that is the person's own word for a service."""

NO_WORD = "none"
"""Its state while no word of theirs holds."""


def word_kept(service: ServiceKey, word: Override | None, at: datetime) -> RunBegan:
    """From `at` on this word of the person holds for `service`; None: none does any more."""
    return RunBegan(f"{WORD}{service}", NO_WORD if word is None else word.value, at)


@dataclass(frozen=True, slots=True)
class LookTimed:
    """A look took `latency` seconds: material for the hourly digest."""

    source: SourceId
    at: datetime
    latency: float


@dataclass(frozen=True, slots=True)
class LookCounted:
    """One more look in the run of `subject` that is open, made in a time of trouble.

    `broke` is how it failed, None where it did not.
    """

    subject: str
    at: datetime
    broke: Break | None = None


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident of a page as last read; replaces what was kept of it."""

    source: SourceId
    incident: Incident
    at: datetime


@dataclass(frozen=True, slots=True)
class ThreadKept:
    """A thread as it now stands; replaces what was kept of it."""

    thread: Thread


@dataclass(frozen=True, slots=True)
class NoticeIntended:
    """A notice about to be sent: on disk before any channel sees it."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class NoticeHeard:
    """A channel delivered it; `told` is what the person now knows, one per thread."""

    notice: NoticeId
    at: datetime
    channel: str
    handle: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class NoticeKeptBack:
    """Whoever took it says that do not disturb is on: it is shown later. `by` is their name."""

    notice: NoticeId
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class NoticeOwed:
    """No channel took it."""

    notice: NoticeId
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn:
    """It is no longer true and was closed, or fell away before it was sent."""

    notice: NoticeId
    at: datetime


@dataclass(frozen=True, slots=True)
class SilenceKept:
    """Somebody was deliberately not told."""

    withheld: Withheld


@dataclass(frozen=True, slots=True)
class MuteKept:
    """An answer of the person to a thread; None lifts it."""

    thread: ThreadId
    mute: Mute | None


@dataclass(frozen=True, slots=True)
class PauseKept:
    """Everything is silent until `until`; None ends it."""

    until: datetime | None


Entry = (
    RunBegan
    | LookTimed
    | LookCounted
    | IncidentSeen
    | ThreadKept
    | NoticeIntended
    | NoticeHeard
    | NoticeKeptBack
    | NoticeOwed
    | NoticeWithdrawn
    | SilenceKept
    | MuteKept
    | PauseKept
    | Vouched
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a service's log of notices: told, owed, withheld or passed on, and why.

    Without `services` it concerns all of them.
    """

    at: datetime
    kind: str
    """`told`, `owed`, `withheld` or `withdrawn`; beside the ladder its `RelayState`."""
    reason: str
    title: str
    thread: ThreadId | None
    services: tuple[ServiceKey, ...]
    notice: NoticeId | None = None
    channel: str = ""
    """Which channel told it; empty where none did, or where that was not kept. `push:phone` or
    `hook:lamp` where it was passed on."""
    why: str = ""
    """Why no channel took it, or why it could not be passed on."""
    kept_back_by: str = ""
    """Who took it and kept it back, for do not disturb was on; empty where nobody said so."""

    @property
    def confirmed(self) -> bool:
        """False where it was told by handing it to somebody who never says whether it was shown."""
        return self.kind != "told" or self.channel != Rung.PORTAL.value


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the diary knows at a start. Empty is a first start.

    `threads` are the open ones, closed ones whose end is still to be told, and those whose end
    was told within the last day: a relapse goes on with them. `handles` are the channels' own
    ids of the last notice per thread. `last_known` is the last known state per service with its
    time. `log` are the newest lines of the log, newest first, `outages` the last outage of each
    service.
    """

    threads: Mapping[ThreadId, Thread] = field(default_factory=dict)
    told: Mapping[ThreadId, Told] = field(default_factory=dict)
    mutes: Mapping[ThreadId, Mute] = field(default_factory=dict)
    handles: Mapping[NoticeId, str] = field(default_factory=dict)
    last_known: Mapping[ServiceKey, tuple[Health, datetime]] = field(default_factory=dict)
    paused_until: datetime | None = None
    fallbacks_tested: datetime | None = None
    thread_count: int = 0
    notice_count: int = 0
    log: tuple[LogLine, ...] = ()
    outages: Mapping[ServiceKey, LastOutage] = field(default_factory=dict)
