"""A person's key as a value that shows itself to nobody, and what may come of asking for one."""

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
