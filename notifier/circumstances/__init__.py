"""What of this computer bears on how often it looks, and when its network is another one; no Qt.

Each source may be missing, hang, die and come back: then a fact is not known, and counts as the
one that changes nothing. Everything runs in the engine's loop, without a thread.
"""

import sys
from dataclasses import dataclass
from typing import Protocol

from notifier.model.board import Machine


@dataclass(frozen=True, slots=True)
class Known:
    """What the system says of each; None where it says nothing.

    `discharging` is the kernel's own word on the battery, for where UPower says nothing.
    """

    upower: bool | None = None
    discharging: bool | None = None
    metered: bool | None = None
    locked: bool | None = None
    in_front: bool | None = None

    @property
    def on_battery(self) -> bool | None:
        """Whether it runs on its battery."""
        return self.discharging if self.upower is None else self.upower

    def machine(self) -> Machine:
        """The same for the rules: what is not known is as if it were plain."""
        return Machine(
            on_battery=self.on_battery is True,
            metered=self.metered is True,
            locked=self.locked is True,
            in_front=self.in_front is not False,
        )


class Listener(Protocol):
    """Who hears of it. All of it is called in the loop."""

    def moved(self, machine: Machine) -> None:
        """The computer is in other circumstances."""
        ...

    async def network_changed(self) -> None:
        """The network is another one now."""
        ...

    async def woke(self) -> None:
        """The computer has slept."""
        ...


class System(Protocol):
    """One kind of system."""

    async def known(self) -> Known:
        """What it says now: asked once, and not waited for long."""
        ...

    async def follow(self, listener: Listener) -> None:
        """Tell `listener` of every change until cancelled; it begins from the plain `Machine()`."""
        ...


def current() -> System:
    """The system this runs on."""
    if sys.platform == "win32":
        from notifier.circumstances.windows import Windows as Here
    elif sys.platform == "darwin":
        from notifier.circumstances.macos import MacOS as Here
    else:
        from notifier.circumstances.linux import Linux as Here
    return Here()
