"""The ways of telling by name, and who stands behind them."""

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
