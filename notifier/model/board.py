"""Everything we believe, in one immutable value owned by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from notifier.model.announcement import Announcement, NoticeId, Reason, Silence, ThreadId
from notifier.model.health import Health
from notifier.model.lately import Lately
from notifier.model.moment import Moment
from notifier.model.observation import Observation
from notifier.model.service import ServiceKey, SourceId
from notifier.model.verdict import NOT_JUDGED, Cause, Override, Verdict, Word


class Link(Enum):
    """What is known of this computer's own connection."""

    ONLINE = "online"
    OFFLINE = "offline"
    CAPTIVE_PORTAL = "captive_portal"
    DNS = "dns"
    PROXY = "proxy"
    TLS_INTERCEPTION = "tls_interception"
    CLOCK = "clock"
    UNCLEAR = "unclear"

    __hash__ = object.__hash__  # see `Health`


CUT_OFF = frozenset(Link) - {Link.ONLINE, Link.UNCLEAR}
"""Nothing outside can be seen from here, and why: then nothing else is news."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Our own connection: its state, since when, and how many unrelated hosts spoke for it."""

    link: Link = Link.UNCLEAR
    since: Moment | None = None
    answered: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of one source: the last look, the last good one, and a doubt in progress.

    `last` may be a failure or a bad reading; `good` is neither. `doubt` is the first bad look of
    a front door that is not yet followed by a good one, `confirmed` the confirming look that
    agreed with it. `earlier` is the doubt of another kind that the doubt has taken the place of.
    `failures` counts looks since the last good one. `wavered` are the last times
    (steady) a doubt was followed by a good look. `broken` is the last look that confirmed a
    failure or went on with it; it stands, whatever was slept meanwhile, until two good looks have
    ended it, of which `eased` is the first. `latencies` are those of the last good looks that were
    not slow, newest last, and `slow` counts slow ones in a row. `answered` is when the last good
    looks began (steady).
    """

    last: Observation
    good: Observation | None = None
    doubt: Observation | None = None
    confirmed: Observation | None = None
    broken: Observation | None = None
    confirm_ordered: bool = False
    failures: int = 0
    wavered: tuple[float, ...] = ()
    eased: Observation | None = None
    latencies: tuple[float, ...] = ()
    slow: int = 0
    answered: tuple[float, ...] = ()
    earlier: Observation | None = None
    memo: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What rules have worked out of it already: it stays as it is until the next look."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What of this computer bears on how often it looks, as far as the system says.

    `in_front` is whether its login session is the one at the screen now.
    """

    on_battery: bool = False
    metered: bool = False
    locked: bool = False
    in_front: bool = True


PLAIN = Machine()
"""Nothing known that would have it look less often."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a service is doing, since when we think so, and what was known before that."""

    verdict: Verdict = NOT_JUDGED
    since: Moment | None = None
    last_known: Health | None = None
    last_known_at: datetime | None = None
    override: Override | None = None
    override_reading: tuple[str, ...] = ()
    """The page's and probe's own reading when the override was set; a change ends it."""
    override_at: Moment | None = None
    words: tuple[Word, ...] = ()
    """The last words of the person in this run, oldest first."""
    holds_until: float = float("-inf")
    """Steady seconds until which time alone does not change the verdict, so that a tick need not
    judge it again."""


class Topic(Enum):
    """What a thread is about."""

    OUTAGE = "outage"
    CONNECTION = "connection"
    """This computer's own connection, of which a person can do something."""
    PAGES = "pages"
    """Status pages that cannot be read, which is nobody's outage."""
    ACCOUNT = "account"
    """The person's own account with one service, which is nobody's outage either."""
    ROUTE = "route"
    """One service that this network does not let us reach, though it lets us reach others."""
    MAINTENANCE = "maintenance"
    """A maintenance a vendor has announced, until it begins."""
    MOVED = "moved"
    """A status page that is read at another address, or as another kind, than was known of it."""
    AWAITED = "awaited"
    """A service whose return the person asked to be told, though not of its failing."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What notices are about, under our own id: an outage of one service, if not said otherwise.

    The vendor's incident ids are attributes, never the key. `opened` is the vendor's stated
    start, else our first sight. `closed` is set when it is over. `turns` are the last times it
    began or ended, oldest first. One that is `part_of` another is told as a part of that one.
    """

    id: ThreadId
    services: tuple[ServiceKey, ...]
    opened: datetime
    incidents: tuple[str, ...] = ()
    worst: Health = Health.DEGRADED
    closed: datetime | None = None
    topic: Topic = Topic.OUTAGE
    cause: Cause | None = None
    """Of what is about no outage: what is the matter, as far as its topic does not say it."""
    turns: tuple[datetime, ...] = ()
    part_of: ThreadId | None = None

    @property
    def root(self) -> ThreadId:
        """The thread it is told as: another one where it is part of that, else itself."""
        return self.part_of or self.id

    def is_open(self, topic: Topic = Topic.OUTAGE) -> bool:
        """Whether it is about `topic` and goes on."""
        return self.topic is topic and self.closed is None


@Lately
def going_on(threads: Mapping[ThreadId, Thread]) -> tuple[Thread, ...]:
    """Those of a board's threads that are not over, oldest first."""
    return tuple(thread for thread in threads.values() if thread.closed is None)


@dataclass(frozen=True, slots=True)
class Told:
    """What the *person* knows of a thread; changed only when a channel has delivered.

    `over` is set once its end was told. `notice` is the last notice shown for it, `root` the
    thread it was told as then. `said` is the newest word of the vendor's that was known then.
    `kept_back` is whether the desktop said that it keeps that notice back.
    """

    thread: ThreadId
    health: Health
    suspected: bool
    reason: Reason
    at: datetime
    notice: NoticeId
    over: bool = False
    root: ThreadId | None = None
    said: str = ""
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class Mute:
    """The person's answer to a thread: *Got it*, or *Snooze* until a time."""

    acknowledged: bool = False
    until: datetime | None = None


@dataclass(frozen=True)
class Board:
    """Everything we believe. Replaced whole by `update`, never changed.

    Every look replaces its sights and standings, so both have a way of their own to be replaced:
    `dataclasses.replace` reads and writes each of the twenty fields by itself.
    """

    started: Moment | None = None
    sights: Mapping[SourceId, Sight] = field(default_factory=dict)
    standings: Mapping[ServiceKey, Standing] = field(default_factory=dict)
    connection: Connection = Connection()
    arrived: Moment | None = None
    """Since when we are where we are: started, awake, in this network, or connected again."""
    woke: Moment | None = None
    """When the computer last woke, or came into another network."""
    machine: Machine = PLAIN
    wave: frozenset[ServiceKey] = frozenset()
    """Services chosen at the last start or change of settings, while some of them are not yet
    judged: their first notices wait for each other, so that what already fails is told at once."""
    waking: bool = False
    """Whether the wave is one of a waking, of which nobody need hear that all is well."""
    wave_ends: Moment | None = None
    """When the wave stops waiting, at the latest."""
    held_until: Moment | None = None
    """Until when, at the latest, a first notice waits for advice, or for others like it."""
    threads: Mapping[ThreadId, Thread] = field(default_factory=dict)
    told: Mapping[ThreadId, Told] = field(default_factory=dict)
    on_offer: Mapping[NoticeId, Announcement] = field(default_factory=dict)
    """Handed to the channels and not yet answered for."""
    owed: Mapping[NoticeId, Announcement] = field(default_factory=dict)
    """No channel took them: shown in icon and menu, delivered when a daemon appears."""
    silences: Mapping[ThreadId, tuple[Silence, Reason | None]] = field(default_factory=dict)
    """The last silence recorded per thread, so that each is recorded once."""
    mutes: Mapping[ThreadId, Mute] = field(default_factory=dict)
    paused_until: datetime | None = None
    reliability: Mapping[ServiceKey, float] = field(default_factory=dict)
    """What share of the time each chosen service worked of late, by our own history."""
    shown_at: tuple[float, ...] = ()
    """When notices were shown in the last hour, in steady seconds."""
    awake_at: Moment | None = None
    """When time was last taken in: a sleep lies between that and the waking."""
    away_since: datetime | None = None
    """Since when the person has not been here: asleep, locked, or another session in front."""
    quiet_since: datetime | None = None
    """Since when it has been the person's quiet hours."""
    thread_count: int = 0
    """Threads opened so far, over all runs: the number in the next id."""
    notice_count: int = 0

    def with_sights(self, sights: Mapping[SourceId, Sight]) -> "Board":
        """The board with other sights."""
        return self._but(sights=sights)

    def with_standings(self, standings: Mapping[ServiceKey, Standing]) -> "Board":
        """The board with other standings."""
        return self._but(standings=standings)

    def _but(self, **other: object) -> "Board":
        board = object.__new__(Board)
        vars(board).update(vars(self), **other)
        return board
