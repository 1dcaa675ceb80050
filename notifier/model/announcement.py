"""Why we tell, why we do not, and what is told: data; the prose is made by `wording`."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple, NewType

from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.service import Service, ServiceId, ServiceKey
from notifier.model.verdict import Cause, Verdict

ThreadId = NewType("ThreadId", str)
"""Our own id of what a notice is about: `t-20261123-1`."""

NoticeId = NewType("NoticeId", str)
"""Our own id of one notice: `n-17`."""


class Reason(Enum):
    """Why a person is told."""

    SUSPECTED = "suspected"
    OUTAGE = "outage"
    WORSE = "worse"
    UPDATE = "update"
    BETTER = "better"
    RECOVERED = "recovered"
    REOPENED = "reopened"
    UNSTABLE = "unstable"
    CAUSE_PUBLISHED = "cause_published"
    MAINTENANCE = "maintenance"
    OFFLINE = "offline"
    ONLINE = "online"
    WHILE_AWAY = "while_away"
    SUMMARY = "summary"
    ACCOUNT = "account"
    SOURCE_MOVED = "source_moved"
    SOURCE_UNREADABLE = "source_unreadable"

    __hash__ = object.__hash__  # see `Health`


class Silence(Enum):
    """Why a person is not told."""

    OFFLINE = "offline"
    UNCONFIRMED = "unconfirmed"
    UNSETTLED = "unsettled"
    BASELINE = "baseline"
    NOTHING_NEW = "nothing_new"
    QUIET_HOURS = "quiet_hours"
    LEVEL = "level"
    SNOOZED = "snoozed"
    ACKNOWLEDGED = "acknowledged"
    PAUSED = "paused"
    CEILING = "ceiling"
    NOT_CHOSEN = "not_chosen"
    NEVER_TOLD = "never_told"
    AWAY = "away"
    DO_NOT_DISTURB = "do_not_disturb"
    """It was handed over and counts as told; the desktop keeps it back."""


class Action(Enum):
    """A button of a notice. `DETAILS` is a click on its body."""

    FALLBACK = "fallback"
    GOT_IT = "got_it"
    SNOOZE = "snooze"
    TELL_ME = "tell_me"
    DETAILS = "details"


class Against(Enum):
    """Why an alternative is not offered."""

    SAME_MODELS = "same_models"
    SAME_INFRASTRUCTURE = "same_infrastructure"
    FAILING = "failing"
    MAINTENANCE = "maintenance"
    IN_DOUBT = "in_doubt"
    NOT_READABLE = "not_readable"
    NOT_LOOKED_YET = "not_looked_yet"
    NOT_ALLOWED = "not_allowed"
    NO_ACCOUNT = "no_account"
    NO_KEY = "no_key"
    OUT_OF_QUOTA = "out_of_quota"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"
    NO_DOOR = "no_door"
    NO_MODEL = "no_model"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An alternative that works right now, and why: the abilities shared and when it was seen.

    `models` are those a server on this computer has loaded.
    """

    service: Service
    health: Health
    can: tuple[str, ...]
    checked: Moment
    preferred: bool = False
    """Whether the person put it in their own order."""
    models: tuple[str, ...] = ()
    needs_nothing: bool = False
    """Whether it is a tool on the network that wants neither account nor key."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An alternative not offered. `because` names what it stands on, where that is the reason."""

    service: Service
    against: Against
    because: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One service of an announcement as it stood then.

    `since` is the vendor's stated start, else our first sight; `duration` in seconds where over.
    """

    thread: ThreadId
    service: Service
    verdict: Verdict
    since: datetime
    duration: float | None = None
    ended: datetime | None = None
    was: Cause | None = None
    """Why it was told, where it is over."""
    root: ThreadId | None = None
    """The thread it is told as, where it is part of another."""
    said: str = ""
    """What marks the newest word of the vendor's; see `Told`."""
    word: str = ""
    """The newest word itself, as the vendor wrote it, plain."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a person is to be told, about one thread or, summed up, several.

    One about our own connection has no subjects, but its thread and the cause. `remaining` are
    the names of what still fails of an outage of which something is over, `elder` is the name of
    what the subjects have turned out to be part of, `span` the time of a maintenance or an
    absence.
    """

    id: NoticeId
    at: Moment
    reason: Reason
    subjects: tuple[Subject, ...]
    suggestions: tuple[Suggestion, ...] = ()
    nothing_left: bool = False
    """Whether every alternative was judged and none can be used: not merely not looked at yet."""
    replaces: NoticeId | None = None
    connection: ThreadId | None = None
    cause: Cause | None = None
    remaining: tuple[str, ...] = ()
    elder: str = ""
    span: tuple[datetime, datetime | None] | None = None

    @property
    def root(self) -> ThreadId | None:
        """The thread it is told as: of several, the first."""
        if self.subjects:
            return self.subjects[0].root or self.subjects[0].thread
        return self.connection

    @property
    def threads(self) -> tuple[ThreadId, ...]:
        """The threads it speaks of, in order."""
        if self.connection is not None:
            return (self.connection,)
        return tuple(dict.fromkeys(subject.thread for subject in self.subjects))


class Offer(NamedTuple):
    """An alternative as a notice names it."""

    id: ServiceId
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement put into words, ready for any channel. Both texts are plain.

    `root` is the thread it is told as; `threads` are those of its services, each by itself.
    `open_url` is what *Open FALLBACK* opens; `transient` ones expire by themselves, every other
    stays until it is seen. `over` are those of its services whose outage is.
    """

    id: NoticeId
    at: datetime
    threads: tuple[ThreadId, ...]
    reason: Reason
    services: tuple[ServiceKey, ...]
    title: str
    body: str
    actions: tuple[Action, ...]
    labels: tuple[str, ...]
    whose: str
    cause: str | None
    confidence: str | None
    replaces: NoticeId | None = None
    duration: float | None = None
    open_url: str | None = None
    transient: bool = False
    over: tuple[ServiceKey, ...] = ()
    root: ThreadId | None = None
    offers: tuple[Offer, ...] = ()
    """What can be used instead, best first; `open_url` is the first one's."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A change nobody was told of, and why."""

    at: datetime
    thread: ThreadId | None
    services: tuple[ServiceKey, ...]
    reason: Silence
    would_be: Reason | None = None
