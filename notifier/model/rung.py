"""The ways of telling by name, and what became of a notice that was sent only to try them."""

from dataclasses import dataclass
from enum import Enum


class Rung(Enum):
    """A way of telling; the value is its name in the history."""

    FREEDESKTOP = "freedesktop"
    PORTAL = "portal"
    NOTIFICATION_CENTRE = "desktop_notifier"
    BALLOON = "balloon"
    WINDOW = "window"
    TERMINAL = "terminal"

    __hash__ = object.__hash__  # see `Health`


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a way of telling, as far as that says so itself.

    `hushed` is whether it keeps notices back just now; None: it does not say.
    """

    name: str = ""
    hushed: bool | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A way that did not take it, and why. `rung` is None for one that could not even be made."""

    rung: Rung | None
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """Which way took it, if any, and those before it that did not."""

    rung: Rung | None
    behind: Behind = Behind()
    refused: tuple[Refused, ...] = ()
