"""All the diary holds on one outage of one service: what was seen here apart from what was stated.

Data for a proof; `wording.proof` puts it into words.
"""

from dataclasses import dataclass
from datetime import datetime

from notifier.model.announcement import ThreadId
from notifier.model.health import FAILING, Health
from notifier.model.observation import Incident
from notifier.model.service import SourceId
from notifier.model.trace import SLOW_NOW, Break, Vouched

_FAILING_WORDS = frozenset(health.value for health in FAILING)
_WELL, _NOT_KNOWN = Health.OPERATIONAL.value, Health.UNKNOWN.value


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
