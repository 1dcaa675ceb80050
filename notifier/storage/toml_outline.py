"""Where things stand in a TOML text, which no reader of TOML tells. Judges nothing.

It follows a text that `tomllib` has accepted, so it need not know what is wrong TOML.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

from msgspec import Struct

Key = tuple[str | int, ...]
"""The way to a value: `("service", 0, "id")`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_NAME = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_SCALAR = re.compile(
    r'"""(?:\\.|(?!""").)*"""(?:"{0,2})'  # a closing """ may have up to two quotes before it
    r"|'''(?:(?!''').)*'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}#\n]+",  # a number, a date with a blank in it, true
    re.DOTALL,
)


class Block(Struct, frozen=True):
    """A table from its header to its last value: `key` and the first and last line, from 1."""

    key: Key
    first: int
    last: int


class Outline(Struct, frozen=True):
    """The lines, from 1, on which keys, elements and tables begin; `blocks` in their order."""

    lines: Mapping[Key, int]
    blocks: tuple[Block, ...]

    def line_of(self, key: Key) -> int | None:
        """The line of `key`, or of the nearest thing around it that has one."""
        return next(
            (self.lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.lines), None
        )


def outline(text: str) -> Outline:
    """Where everything stands in `text`, which is valid TOML."""
    return _Walk(text).document()


class _Walk:
    """One walk through a text, from its first character to its last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[Key, int] = {}
        self._counts: dict[Key, int] = {}
        self._blocks: list[Block] = []

    def document(self) -> Outline:
        table: Key = ()
        self._pass(_BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
                self._stretch()
            self._pass(_BLANK)
        return Outline(self._lines, tuple(self._blocks))

    def _header(self) -> Key:
        """`[a.b]` or `[[a.b]]`: the table that follows."""
        line = self._line()
        repeated = self._text.startswith("[[", self._at)
        self._at += 2 if repeated else 1
        table = self._around(self._names(), repeated=repeated)
        self._at += 2 if repeated else 1
        self._lines.setdefault(table, line)
        self._blocks.append(Block(table, line, line))
        return table

    def _around(self, names: list[str], *, repeated: bool) -> Key:
        """The key a header means: within repeated tables always the latest one."""
        key: Key = ()
        for place, name in enumerate(names):
            key = (*key, name)
            self._lines.setdefault(key, self._line())
            if repeated and place == len(names) - 1:
                self._counts[key] = self._counts.get(key, 0) + 1
            if key in self._counts:
                key = (*key, self._counts[key] - 1)
        return key

    def _pair(self, table: Key) -> None:
        line = self._line()
        key: Key = table
        for name in self._names():
            key = (*key, name)
            self._lines.setdefault(key, line)
        self._at += 1  # the equals sign
        self._pass(_SPACE)
        self._value(key)

    def _value(self, key: Key) -> None:
        match self._text[self._at]:
            case "[":
                self._array(key)
            case "{":
                self._inline_table(key)
            case _:
                self._pass(_SCALAR)

    def _array(self, key: Key) -> None:
        self._at += 1
        place = 0
        while self._next() != "]":
            self._lines[(*key, place)] = self._line()
            self._value((*key, place))
            place += 1
            self._comma()
        self._at += 1

    def _inline_table(self, key: Key) -> None:
        self._at += 1
        while self._next() != "}":
            self._pair(key)
            self._comma()
        self._at += 1

    def _next(self) -> str:
        self._pass(_BLANK)
        return self._text[self._at]

    def _comma(self) -> None:
        if self._next() == ",":
            self._at += 1

    def _names(self) -> list[str]:
        """A dotted key, up to what stands behind it."""
        names = []
        while True:
            self._pass(_SPACE)
            names.append(_unquoted(self._pass(_NAME)))
            self._pass(_SPACE)
            if self._text[self._at] != ".":
                return names
            self._at += 1

    def _stretch(self) -> None:
        """The table last begun reaches to here."""
        if self._blocks:
            block = self._blocks[-1]
            self._blocks[-1] = Block(block.key, block.first, self._line(self._at - 1))

    def _pass(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        passed = found.group() if found else ""
        self._at += len(passed)
        return passed

    def _line(self, at: int | None = None) -> int:
        return bisect_right(self._breaks, self._at - 1 if at is None else at - 1) + 1


def _unquoted(name: str) -> str:
    if name[:1] not in ('"', "'"):
        return name
    return str(tomllib.loads(f"name = {name}")["name"])
