"""What the engine needs of whoever looks: a real network, or a rehearsed world."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from msgspec import Struct

from notifier.model.observation import Failure, Outcome, Stage, StageTime
from notifier.model.service import KeySource, ProbeSource, Source

if TYPE_CHECKING:  # few ask for it: not loaded before
    from notifier.model.drill import Spoken


class Looked(Struct, frozen=True):
    """What one look brought. `latency` is seconds to the last byte; `requests` how many it took.

    `age` is in seconds where it was not looked just now, but a moment ago by another command.
    `stages`, `stopped` and `stumbled` as in `Observation`.
    """

    outcome: Outcome
    latency: float | None = None
    requests: int = 1
    age: float = 0.0
    stages: tuple[StageTime, ...] = ()
    stopped: Stage | None = None
    stumbled: bool = False


class Looker(Protocol):
    """Looks at sources. None of its methods raises for anything a network can do."""

    async def look(self, source: Source, *, fresh: bool = False) -> Looked:
        """Ask `source` once; `fresh` on a connection of its own."""
        ...

    async def forget(self) -> None:
        """Drop every open connection: the network is another one now."""
        ...

    async def close(self) -> None:
        """End all of it."""
        ...


@runtime_checkable
class Caller(Protocol):
    """A looker that can also make a real call, which costs something."""

    async def deep(self, source: KeySource) -> Looked:
        """Make the smallest real call of `source` once; raises nothing a network can do."""
        ...


@runtime_checkable
class Prompter(Protocol):
    """A looker that can also have a model on this computer answer, which costs nothing."""

    async def token(self, source: ProbeSource, model: str) -> "Spoken | Failure":
        """Have `model` of the server at `source` answer one token; raises nothing."""
        ...
