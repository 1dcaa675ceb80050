"""What the engine needs of others: somebody who remembers, and somebody who shows and tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.model.record import Entry, Remembered
from notifier.model.service import ServiceKey, SourceId

if TYPE_CHECKING:
    from notifier.model.dossier import Dossier
    from notifier.model.drill import FallbacksTested
    from notifier.model.relay import Relayed


class Diary(Protocol):
    """What survives a restart. None of its methods raises for a disk's sake."""

    def load(self) -> Remembered:
        """What was known when the program last ran."""
        ...

    def write(self, entries: Sequence[Entry | Relayed | FallbacksTested]) -> None:
        """Write all of `entries`, whole or not at all."""
        ...

    def last_outage(self, service: ServiceKey, sources: Sequence[SourceId]) -> Dossier | None:
        """All there is on the last outage of `service`, for which `sources` are looked at."""
        ...

    def reliability(self, services: Sequence[ServiceKey]) -> Mapping[ServiceKey, float]:
        """What share of the time each worked of late; only of those looked at long enough."""
        ...

    def close(self) -> None:
        """End the runs that are open, and let go of the disk."""
        ...


class Face(Protocol):
    """Whoever shows and tells: tray, terminal, a rehearsal's record. Called in the loop."""

    def show(self, picture: Picture) -> None:
        """Show how everything stands."""
        ...

    def tell(self, notice: Notice) -> None:
        """Deliver a notice; answer with `Heard` or `Unheard`."""
        ...

    def withdraw(self, gone: Withdraw) -> None:
        """Close a notice that is no longer true."""
        ...

    def hush(self, withheld: Withheld) -> None:
        """Note what is deliberately not told."""
        ...
