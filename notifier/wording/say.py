"""The translator: an English message with named values in, one sentence out."""

from collections.abc import Mapping
from typing import Protocol

from notifier.wording import sink

Value = str | int
"""What a sentence may name. It is put in as it stands and never read as a format itself."""


class Say(Protocol):
    """Says a message in the person's language.

    A message is an English format string with named values, `{name} is down`. It is also the key
    under which a translation is kept, so it is always written out whole and never glued together.
    """

    def __call__(self, message: str, /, **values: Value) -> str:
        """The message with its values."""
        ...

    def __hash__(self) -> int:
        """One translator is not another: what each has said may be kept."""
        ...

    def plural(self, one: str, other: str, count: int, /, **values: Value) -> str:
        """The message for so many, which may name the number as `{count}`."""
        ...


class English:
    """Says every message as it is written."""

    def __call__(self, message: str, /, **values: Value) -> str:
        """The message with its values."""
        return message.format_map(_plain(values))

    def plural(self, one: str, other: str, count: int, /, **values: Value) -> str:
        """The message for so many."""
        return self(one if count == 1 else other, **{**values, "count": count})


def _plain(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values as they may stand in a sentence: a name must not turn the text around it."""
    return {
        name: _one_line(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _one_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return sink.harmless(text).replace("\n", " ")
