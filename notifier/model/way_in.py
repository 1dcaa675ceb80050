"""How an alternative is opened, and what becomes of a person's text then. Opens nothing."""

from dataclasses import dataclass, field
from enum import Enum

from notifier.model.service import NO_APPS, Apps

MOST_WRITTEN = 1_000_000
"""Bytes of a draft in UTF-8: more is no prompt, and nothing here is made for it."""


class KeptOut(Enum):
    """Why a text is not in the address that is opened."""

    NOTHING_WRITTEN = "nothing_written"
    PRIVATE = "private"
    TAKES_NONE = "takes_none"
    TOO_LONG = "too_long"

    __hash__ = object.__hash__  # see `Health`


@dataclass(frozen=True, slots=True)
class WayIn:
    """What opens an alternative: the app of `apps` that is installed, else `address`.

    `kept_out` says why the text is not in the address; where it is, None, no app is named: an app
    could not be handed the text, and the words are what matters. `length` is that of the text, in
    characters. Neither text nor address is ever in its `repr`.
    """

    name: str
    address: str = field(repr=False)
    kept_out: KeptOut | None
    apps: Apps = NO_APPS
    length: int = 0

    @property
    def left_behind(self) -> bool:
        """Whether something is written that does not go along."""
        return self.kept_out not in (None, KeptOut.NOTHING_WRITTEN)
