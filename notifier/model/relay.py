"""Ways beside the ladder, a push or a person's own program, and what came of a notice there."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.announcement import NoticeId, Reason
from notifier.model.settings_words import PUSH_ENTRY


@dataclass(frozen=True, slots=True)
class Push:
    """One `[[push]]`: notices to a phone, by mail, into a chat. Its address is a secret.

    `reasons` are those of the notices that are passed on; None: all that are told.
    """

    name: str
    reasons: frozenset[Reason] | None = None

    @property
    def entry(self) -> str:
        """The entry of the key store that holds its address."""
        return f"{PUSH_ENTRY}{self.name}"


@dataclass(frozen=True, slots=True)
class Hook:
    """One `[[hook]]`: a program of the person's that is run for each notice, `timeout` s at most.

    `run` is its whole path and its arguments; `reasons` as those of a push.
    """

    run: tuple[str, ...]
    timeout: float = 10.0
    reasons: frozenset[Reason] | None = None

    @property
    def name(self) -> str:
        """What its program is called."""
        return self.run[0].replace("\\", "/").rpartition("/")[2]


class RelayKind(Enum):
    """Which way a notice goes beside the desktop."""

    PUSH = "push"
    HOOK = "hook"


class RelayState(Enum):
    """How far it came. None of these makes a notice told: that is for the ladder to say."""

    HANDED_OVER = "handed_over"
    RETRIED = "retried"
    """A try has failed, and there will be another."""
    FAILED = "failed"
    OUTDATED = "outdated"
    """It could not be delivered while it was true, and is not sent late."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """What became of one notice on one way; replaces what was known of it before.

    `name` is that of the push, or of the hook's program; `why` is a sentence where it failed.
    """

    notice: NoticeId
    kind: RelayKind
    name: str
    state: RelayState
    at: datetime
    tries: int = 1
    why: str = ""
