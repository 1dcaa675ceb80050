"""One thing the doctor has found, and how it is written down."""

from dataclasses import dataclass
from enum import Enum

from notifier.wording.doctor import Message
from notifier.wording.say import Say, Value


class Level(Enum):
    """How it is with it."""

    OK = "ok"
    ATTENTION = "attention"
    UNKNOWN = "unknown"


class Subject(Enum):
    """What it is about."""

    PROGRAM = "program"
    PLACES = "places"
    SETTINGS = "settings"
    HISTORY = "history"
    EXPOSURE = "exposure"
    OWNER = "owner"
    DESKTOP = "desktop"
    COMPUTER = "computer"
    AUTOSTART = "autostart"
    RELAYS = "relays"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and what to do about it (empty: nothing)."""

    subject: Subject
    level: Level
    says: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes findings about one subject, in the person's language."""

    subject: Subject
    say: Say

    def ok(self, message: Message, **values: Value) -> Finding:
        """All is well with it."""
        return self._note(Level.OK, message, values)

    def attention(self, message: Message, **values: Value) -> Finding:
        """Somebody should do something about it."""
        return self._note(Level.ATTENTION, message, values)

    def unknown(self, message: Message, **values: Value) -> Finding:
        """It could not be found out."""
        return self._note(Level.UNKNOWN, message, values)

    def _note(self, level: Level, message: Message, values: dict[str, Value]) -> Finding:
        says, advice = message
        told = self.say(advice, **values) if advice else ""
        return Finding(self.subject, level, self.say(says, **values), told)
