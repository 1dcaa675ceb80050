"""What a key store answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from notifier.model.key import KeyState, Secret


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key and the origins (`https://api.openai.com`) it was entered for: it goes nowhere else."""

    secret: Secret
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """What a key store answered. `store` is its name, empty where nobody answered.

    `keys` are those there are; `strange` the entries that hold something that is not ours.
    """

    state: KeyState
    store: str = ""
    keys: Mapping[str, KeptKey] = field(default_factory=dict)
    strange: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyListing:
    """Which entries a key store has, and the origins of each; no key among it."""

    state: KeyState
    store: str = ""
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
