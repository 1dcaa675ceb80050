"""What a look brings home: a page's report, a front door's reading, or a failure to look."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from notifier.model.health import Health
from notifier.model.key import KeyState
from notifier.model.moment import Moment
from notifier.model.service import SourceId

if TYPE_CHECKING:  # whoever has no key does without
    from notifier.model.allowance import Allowance


class Phase(Enum):
    """Where an incident stands, in the vendor's words."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"


class MaintenancePhase(Enum):
    """Where a planned maintenance stands."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a page. `id` is empty where the engine knows none.

    `watched` is False where the page itself says that nobody watches it: it is unknown then, and
    that counts only where nothing else was chosen.

    `rest` marks one that stands for all of its group that the page does not name: of a page that
    names only what is not well.
    """

    id: str
    name: str
    health: Health
    group: str | None = None
    group_id: str | None = None
    watched: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class PartName:
    """A component as an incident names it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Update:
    """One entry of an incident's timeline; `text` is plain."""

    at: datetime | None
    phase: Phase | None
    text: str


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the vendor tells it. `impact` is declared by the vendor, often too low.

    `floor` is the least state it implies for the parts it names, or for the whole page where it
    names none; the engine sets it, because engines mean different things by impact.
    `updates` are newest first. `counts_from` is when it is believed, where a monitor wrote it by
    itself, which often takes it back at once; None: from its start.
    """

    id: str
    title: str
    phase: Phase
    impact: Health = Health.OPERATIONAL
    floor: Health = Health.OPERATIONAL
    parts: tuple[PartName, ...] = ()
    started_at: datetime | None = None
    updated_at: datetime | None = None
    resolved_at: datetime | None = None
    url: str | None = None
    updates: tuple[Update, ...] = ()
    counts_from: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still goes on, as far as the vendor says."""
        return self.phase not in (Phase.RESOLVED, Phase.POSTMORTEM)


@dataclass(frozen=True, slots=True)
class Maintenance:
    """A planned maintenance; it counts only while it is under way."""

    id: str
    title: str
    phase: MaintenancePhase
    parts: tuple[PartName, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    url: str | None = None

    @property
    def under_way(self) -> bool:
        """Whether it has begun and not ended."""
        return self.phase in (MaintenancePhase.IN_PROGRESS, MaintenancePhase.VERIFYING)


@dataclass(frozen=True, slots=True)
class Report:
    """What a status page says, whole, before anybody's selection.

    `indicator` is the page's own overall word, None where the engine has none. `complete` is
    False where parts may be missing without meaning anything (incident.io's 25-part cap).
    `monitors` is whether each part is watched by a machine and the page's own word is the worst of
    them. `notes` are oddities worth a log line, such as unknown words. `moved` is the address it
    is read at, where that or its engine is not the one the settings name.
    """

    engine: str
    name: str
    home: str
    indicator: Health | None
    parts: tuple[Part, ...] = ()
    incidents: tuple[Incident, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    as_of: datetime | None = None
    fresh_until: datetime | None = None
    complete: bool = True
    monitors: bool = False
    notes: tuple[str, ...] = ()
    moved: str = ""
    memo: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What rules have worked out of it already: a page says the same for hours."""


class Stage(Enum):
    """How far a look got; each stage proves what stands before it."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    FRONT = "front"
    PRODUCT = "product"
    ACCOUNT = "account"

    __hash__ = object.__hash__  # see `Health`


class Says(Enum):
    """What an answer of a front door amounts to."""

    REACHABLE = "reachable"
    ALIVE = "alive"
    LIMITED = "limited"
    ACCOUNT = "account"
    OVERLOADED = "slow"
    FAILING = "failing"

    __hash__ = object.__hash__  # see `Health`


class FailureKind(Enum):
    """Why a look brought nothing. None of these is an outage."""

    OFFLINE = "offline"
    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TLS = "tls"
    CERTIFICATE_DATE = "certificate_date"
    CERTIFICATE_ISSUER = "certificate_issuer"
    CERTIFICATE_NAME = "certificate_name"
    TIMEOUT = "timeout"
    PROXY = "proxy"
    HTTP = "http"
    RATE_LIMITED = "rate_limited"
    UNAUTHORISED = "unauthorised"
    WEB_PAGE = "web_page"
    REDIRECTED = "redirected"
    MOVED = "moved"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    NOT_OURS = "not_ours"
    KEY_STORE = "key_store"
    INTERNAL = "internal"

    __hash__ = object.__hash__  # see `Health`


class Refusal(Enum):
    """Why an account is refused, where the answer says so."""

    KEY_REJECTED = "key_rejected"
    QUOTA_EXHAUSTED = "quota_exhausted"
    PAYMENT = "payment"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a front door's answer proves. `detail` is for people ("HTTP 401 in 95 ms").

    `refusal` is set where `says` is ACCOUNT, `silence` where no answer came at all. `ahead` as in
    `Answered`. `models`
    are the names a local server has loaded; `ready` is False while it still loads one, `able` where
    it has none that it could answer with, and `talker` is the one that would answer in words, as
    the server calls it. `left` is what an answer to the person's key says is left.
    """

    says: Says
    stage: Stage
    detail: str
    proves: str = ""
    status: int | None = None
    retry_after: float | None = None
    refusal: Refusal | None = None
    silence: FailureKind | None = None
    ahead: float | None = None
    models: tuple[str, ...] = ()
    ready: bool = True
    able: bool = True
    talker: str = ""
    left: "Allowance | None" = None

    @property
    def bad(self) -> bool:
        """Whether it speaks of trouble over there, if a control answers meanwhile."""
        return self.says in (Says.FAILING, Says.OVERLOADED)


CONNECTION_KINDS = frozenset(
    {
        FailureKind.OFFLINE,
        FailureKind.DNS,
        FailureKind.REFUSED,
        FailureKind.RESET,
        FailureKind.TLS,
        FailureKind.CERTIFICATE_DATE,
        FailureKind.CERTIFICATE_ISSUER,
        FailureKind.CERTIFICATE_NAME,
        FailureKind.TIMEOUT,
        FailureKind.PROXY,
    }
)
"""Failures in which the host said nothing at all: they may be our connection."""

CERTIFICATE_KINDS = frozenset(
    {
        FailureKind.CERTIFICATE_DATE,
        FailureKind.CERTIFICATE_ISSUER,
        FailureKind.CERTIFICATE_NAME,
    }
)
"""A certificate that is refused: somebody speaks there, but nobody knows who."""

PORTAL_KINDS = frozenset({FailureKind.WEB_PAGE, FailureKind.REDIRECTED})
"""Failures a login page of a network produces."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A look that brought nothing. It says nothing about the service.

    `detail` is a sentence for people; `retry_after` is in seconds; `status` the HTTP status.
    `store` is what the key store said, where it was that which gave no key.
    """

    kind: FailureKind
    detail: str
    retry_after: float | None = None
    status: int | None = None
    store: KeyState | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A reference answered with what was asked: this computer is online.

    `ahead` is how many seconds its clock was before ours, where the two are far apart.
    """

    detail: str
    ahead: float | None = None


Outcome = Report | Reading | Failure | Answered


@dataclass(frozen=True, slots=True)
class StageTime:
    """A stage of an exchange that was passed, and how many seconds it took."""

    stage: Stage
    seconds: float


@dataclass(frozen=True, slots=True)
class Observation:
    """One look: what was asked, when it began and ended, and what came of it.

    `confirming` marks the one early second look of a suspicion, made on a fresh connection.
    `latency` is seconds to the last byte, None where nothing came. `stages` are those of the last
    exchange that were passed; a kept connection passes only the last of them. `stopped` is the
    stage at which a failure was met, None where what was asked for came. `stumbled` is whether the
    first connection broke and a second one was needed, whatever that one brought.
    """

    source: SourceId
    began: Moment
    at: Moment
    outcome: Outcome
    confirming: bool = False
    fresh: bool = False
    latency: float | None = None
    stages: tuple[StageTime, ...] = ()
    stopped: Stage | None = None
    stumbled: bool = False
