"""A person's keys as values: one that shows itself to nobody, and what a key store answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NoReturn, final

_INSTEAD = "Secret(…)"


@final
class Secret:
    """A key. It is seen where `reveal` is called and nowhere else: not printed, not copied out."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value: Final = value

    def reveal(self) -> str:
        """The key itself, for whoever sends it or stores it."""
        return self.__value

    def __repr__(self) -> str:
        return _INSTEAD

    def __format__(self, spec: str) -> str:
        return format(_INSTEAD, spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.__value == self.__value

    __hash__ = None  # type: ignore[assignment]  # a hash may be printed, and short keys guessed

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a key is not written down")

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self


LONGEST = 4096
"""Characters of the longest key; those of large clouds are tokens of two thousand."""


def may_be_key(text: str) -> bool:
    """Whether `text` can be sent as a key: one word of ASCII, not endless."""
    return 0 < len(text) <= LONGEST and text.isascii() and text.isprintable() and " " not in text


class KeyState(Enum):
    """What came of asking the system's key store."""

    READ = "read"
    ABSENT = "absent"
    LOCKED = "locked"
    NO_STORE = "no_store"
    FOREIGN = "foreign"
    PLAIN_TEXT = "plain_text"
    HANGING = "hanging"
    BROKEN = "broken"
    WAITING = "waiting"


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
