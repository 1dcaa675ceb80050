"""What a rehearsed world answers: a proper answer, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer. `latency` in seconds comes before the first byte."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    latency: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """No proper answer; `kind` is a word of `troubles.py`, or `bomb`."""

    kind: str


Said = Reply | Trouble
