"""What became of a notice that was sent only to try the ways of telling."""

from dataclasses import dataclass

from notifier.model.relay import Relayed
from notifier.model.rung import Behind, Rung

_NOBODY = Behind()


@dataclass(frozen=True, slots=True)
class Refused:
    """A way that did not take it, and why. `rung` is None for one that could not even be made."""

    rung: Rung | None
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """Which way took it, if any, and those before it that did not.

    `relayed` is what became of it beside the ladder, one for each push and hook.
    """

    rung: Rung | None
    behind: Behind = _NOBODY
    refused: tuple[Refused, ...] = ()
    relayed: tuple[Relayed, ...] = ()
