"""What came of passing a notice on beside the ladder: to a push, or to a person's own program."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.announcement import NoticeId


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
