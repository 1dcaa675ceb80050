"""Starting with the session: what does it, behind one Protocol. It serves the default profile."""

import sys
from dataclasses import dataclass
from typing import Protocol

from notifier.wording import at_login as words
from notifier.wording.say import Say

NAME = "AI Notifier"
COMMENT = "Says when an AI service fails, whose fault it is, and what works instead"


class Refused(Exception):
    """What was asked cannot be done, and nothing was changed; why, in a sentence for a person."""


@dataclass(frozen=True, slots=True)
class On:
    """`program` starts with the session; `everyone`: a package has it start for every account."""

    program: str
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Off:
    """Nothing starts. `everyone`: a package would have it, and this person switched that off."""

    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Stale:
    """The entry names `program`, which has `gone`, or is not the one that is running now."""

    program: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """What happens at login is not ours to say or to change; `why` is a sentence."""

    why: str


Status = On | Off | Stale | Barred


class Autostart(Protocol):
    """One system's way of starting a program with a person's session."""

    def on(self) -> None:
        """Have this program started from the next login on. Raises Refused."""

    def off(self) -> None:
        """Have it started no more; only what is ours is taken away. Raises Refused."""

    def status(self) -> Status:
        """What would happen at the next login; looks every time, changes nothing, never raises."""


def current() -> Autostart:
    """The way of the system this runs on."""
    if sys.platform == "win32":
        from notifier.autostart.windows import Windows as Here
    elif sys.platform == "darwin":
        from notifier.autostart.macos import MacOS as Here
    else:
        from notifier.autostart.linux import Linux as Here
    return Here()


def starts(status: Status) -> bool:
    """Whether AI Notifier comes with the next login: this copy of it, or another one."""
    return isinstance(status, On) or (isinstance(status, Stale) and not status.gone)


def sentence(status: Status, say: Say) -> str:
    """The status as a person is told it, with the remedy where one is needed."""
    match status:
        case On(program, everyone):
            return words.on(program, say, everyone=everyone)
        case Off(everyone):
            return words.off(say, everyone=everyone)
        case Stale(program, gone):
            return words.gone(program, say) if gone else words.another(program, say)
        case Barred(why):
            return why
