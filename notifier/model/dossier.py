"""All the diary holds on one outage of one service: what was seen here apart from what was stated.

Data for a proof; `wording.proof` puts it into words.
"""

from dataclasses import dataclass
from datetime import datetime

from notifier.model.announcement import ThreadId
from notifier.model.health import FAILING, Health
from notifier.model.observation import FailureKind, Incident, Stage
from notifier.model.service import ServiceKey, SourceId

LOOKING = "looking:"
"""The subject of the runs that say whether anybody looked at all."""

AWAKE, ASLEEP, NOT_LOOKING = "awake", "asleep", "not_looking"
"""Its states: looking; the computer slept; the program did not run."""

LINK = "link:"
"""The subject of the runs of this computer's own connection; its states are those of `Link`."""

STATED = "stated:"
"""How the subject begins of what a page says of the parts a service is chosen for."""

SLOW = "slow:"
"""How the subject begins of a front door that answers, but slowly."""

SLOW_NOW, AS_USUAL = "slow", "as_usual"
"""Its states."""


_FAILING_WORDS = frozenset(health.value for health in FAILING)
_WELL, _NOT_KNOWN = Health.OPERATIONAL.value, Health.UNKNOWN.value


def stated(service: ServiceKey) -> str:
    """The subject of what is stated of `service`."""
    return f"{STATED}{service}"


def slow(source: SourceId) -> str:
    """The subject of how fast `source` answers."""
    return f"{SLOW}{source}"


@dataclass(frozen=True, slots=True)
class Break:
    """How a look failed: the stage it ended at, what silence it met, or the HTTP status."""

    stage: Stage | None = None
    silence: FailureKind | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A subject in one state from `began` until `until`; None: it goes on.

    `looks` are those counted in a time of trouble, `last` when the last of them came home. `first`
    and `latest` are how the first and the last of those that failed did.
    """

    state: str
    began: datetime
    until: datetime | None = None
    looks: int = 0
    last: datetime | None = None
    first: Break | None = None
    latest: Break | None = None

    @property
    def failing(self) -> bool:
        """Whether it did not work, or was said not to."""
        return self.state in _FAILING_WORDS

    @property
    def seen_until(self) -> datetime:
        """When it was last seen so: what came after is not known of that state."""
        return self.last or self.began


@dataclass(frozen=True, slots=True)
class Vouched:
    """How many unrelated hosts had been asked of late when a thread began, and how many answered.

    `thread` is what it is about; neither the page nor the front door of its services count.
    """

    thread: ThreadId
    at: datetime
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Door:
    """What was seen of a front door, or of an account: its spells, and those it was slow in."""

    source: SourceId
    spells: tuple[Spell, ...] = ()
    slow: tuple[Spell, ...] = ()

    @property
    def failures(self) -> tuple[Spell, ...]:
        """The spells in which it did not answer as it should."""
        return tuple(spell for spell in self.spells if spell.failing)

    @property
    def slowness(self) -> tuple[Spell, ...]:
        """The spells in which it answered slowly."""
        return tuple(spell for spell in self.slow if spell.state == SLOW_NOW)

    @property
    def lost(self) -> int:
        """Looks that brought nothing, of which nobody knows whose fault that was."""
        return sum(spell.looks for spell in self.spells if spell.state == _NOT_KNOWN)

    @property
    def looked(self) -> int:
        """Looks that brought something, up to the last that failed; all where none did."""
        failures = self.failures
        ends = failures[-1].began if failures else None
        return sum(
            spell.looks
            for spell in self.spells
            if spell.state != _NOT_KNOWN and (ends is None or spell.began <= ends)
        )

    @property
    def answered_again(self) -> datetime | None:
        """When the first look after the last failure brought an answer."""
        last = self.failures[-1].began if self.failures else None
        well = (one for one in self.spells if one.state == _WELL)
        return next((one.began for one in well if last is not None and one.began > last), None)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One outage, as far as it was written down; spells stand oldest first.

    `opened` is the vendor's stated start or our first sight, whichever is earlier, `closed` when
    all was seen to be over. `until` is the time up to which the diary goes, `watched` whether
    somebody still looks. `looking` is empty where it is not known any more when anybody looked.
    """

    thread: ThreadId
    opened: datetime
    closed: datetime | None
    worst: Health
    until: datetime
    watched: bool = True
    doors: tuple[Door, ...] = ()
    stated: tuple[Spell, ...] = ()
    incidents: tuple[Incident, ...] = ()
    vouched: tuple[Vouched, ...] = ()
    looking: tuple[Spell, ...] = ()
    link: tuple[Spell, ...] = ()

    @property
    def seen(self) -> tuple[Spell, ...]:
        """All that was seen of it from here."""
        return tuple(one for door in self.doors for one in (*door.failures, *door.slowness))

    @property
    def said(self) -> tuple[Spell, ...]:
        """All that the page said of it, as it was read here."""
        return tuple(spell for spell in self.stated if spell.failing)

    @property
    def began(self) -> datetime:
        """The earliest that is known of it, by whomever."""
        return min((self.opened, *(spell.began for spell in self.seen)))

    @property
    def last_trouble(self) -> datetime | None:
        """When it was last seen, or read, to go on."""
        troubles = (*self.seen, *self.said)
        return max((spell.seen_until for spell in troubles), default=None)


@dataclass(frozen=True, slots=True)
class LastOutage:
    """The last outage of a service that was written down; `ended` is None while it goes on."""

    thread: ThreadId
    ended: datetime | None
