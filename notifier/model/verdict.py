"""Whose turn it is to act, and on what evidence: the words every face shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import Stage, StageTime


class Whose(Enum):
    """Who has to act."""

    NONE = "none"
    THEM = "them"
    YOU = "you"
    ACCOUNT = "account"
    UNCLEAR = "unclear"

    __hash__ = object.__hash__  # see `Health`


class Cause(Enum):
    """The one word under `Whose`."""

    PAGE_REPORTS = "page_reports"
    PAGE_SILENT = "page_silent"
    SHARED_UPSTREAM = "shared_upstream"
    NO_PAGE = "no_page"
    OFFLINE = "offline"
    CAPTIVE_PORTAL = "captive_portal"
    DNS = "dns"
    PROXY = "proxy"
    TLS_INTERCEPTION = "tls_interception"
    CLOCK = "clock"
    ROUTE = "route"
    NOT_RUNNING = "not_running"
    KEY_REJECTED = "key_rejected"
    QUOTA_EXHAUSTED = "quota_exhausted"
    PAYMENT = "payment"
    REGION = "region"
    RATE_LIMITED = "rate_limited"
    PAGE_UNREADABLE = "page_unreadable"
    PAGE_MOVED = "page_moved"
    PARTS_GONE = "parts_gone"
    """The page is read, and lists none of the chosen parts."""
    PAGE_STALE = "page_stale"
    NOT_LOOKED_YET = "not_looked_yet"
    MIXED = "mixed"

    __hash__ = object.__hash__  # see `Health`


class Confidence(Enum):
    """How sure: stated or twice seen, or only suspected."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"


class EvidenceKind(Enum):
    """What kind of thing was asked."""

    PAGE = "page"
    UPSTREAM = "upstream"
    PROBE = "probe"
    KEY = "key"
    REFERENCE = "reference"
    LOCAL = "local"
    PERSON = "person"

    __hash__ = object.__hash__  # see `Health`


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of evidence: who said what, when, and what that proves."""

    kind: EvidenceKind
    id: str
    at: Moment
    says: str
    detail: str
    stage: Stage | None = None
    fresh: bool = False
    proves: str = ""
    latency: float | None = None
    """Seconds."""
    stages: tuple[StageTime, ...] = ()
    contradicts: bool = False
    """Whether it speaks against the verdict it stands under."""
    stopped: Stage | None = None
    """Where it broke."""


class Override(Enum):
    """The person's own word for one service."""

    BROKEN = "broken"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class Word:
    """The person's own word as it was given, and until when it held; None: it still does."""

    override: Override
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one service. `since` is the vendor's own stated start, where there is one.

    `overloaded` is set only where the vendor, or an answer, says so in as many words. `account` is
    what is wrong with the person's own account, whatever else is wrong.
    """

    health: Health = Health.UNKNOWN
    whose: Whose = Whose.UNCLEAR
    cause: Cause | None = Cause.NOT_LOOKED_YET
    confidence: Confidence | None = None
    upstream: str | None = None
    since: datetime | None = None
    overloaded: bool = False
    account: Cause | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether it is an outage or suspicion a person is told of: theirs, and failing."""
        return self.whose is Whose.THEM

    @property
    def refused(self) -> Cause | None:
        """How the person's account is refused; to be asked to slow down is no refusal."""
        cause = self.account or (self.cause if self.whose is Whose.ACCOUNT else None)
        return None if cause is Cause.RATE_LIMITED else cause

    def same_finding(self, other: "Verdict") -> bool:
        """Whether both say the same, evidence and its age aside."""
        return _finding(self) == _finding(other)


def _finding(one: Verdict) -> tuple[object, ...]:
    return (one.health, one.whose, one.cause, one.confidence, one.upstream, one.account)


NOT_JUDGED = Verdict()
"""What is thought of a service before the first look."""
