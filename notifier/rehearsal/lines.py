"""The lines of a scenario file: on which everything stands, and what is wrong with it in words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Table = Mapping[str, Any]


class ScenarioError(Exception):
    """A scenario that cannot be played; says file, line and what is wrong."""


_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PIECE = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")


def seconds(text: object) -> float:
    """Seconds in "36m", "1h30m", "800ms" or "+90m". ValueError where it is none of these."""
    if not isinstance(text, str):
        raise ValueError(text)  # noqa: TRY004 (one kind of error for every wrong duration)
    bare = text.strip().lstrip("+-").replace(" ", "")
    pieces = _PIECE.findall(bare)
    if not pieces or "".join(number + unit for number, unit in pieces) != bare:
        raise ValueError(text)
    total = sum(float(number) * (_UNITS.get(unit) or 0.001) for number, unit in pieces)
    return -total if text.strip().startswith("-") else total


class Lines:
    """One file's text. Its checks raise ScenarioError with file and line."""

    def __init__(self, name: str, text: str) -> None:
        """The file called `name`."""
        self._name = name
        self._lines = text.splitlines()

    def answer(self, word: object, words: tuple[str, ...], line: int) -> None:
        """An HTTP status, or one of `words`."""
        if not (isinstance(word, str) and re.fullmatch(r"[1-9]\d\d", word)):
            self.word(word, words, line)

    def word(self, word: object, words: Iterable[object], line: int) -> None:
        """One of `words`."""
        allowed = tuple(words)
        # `in` alone would let 1 pass for true.
        if not any(word == one and type(word) is type(one) for one in allowed):
            raise self.unknown(line, "word", word, allowed)

    def duration(self, value: object, line: int) -> float:
        """Seconds."""
        try:
            return seconds(value)
        except ValueError as error:
            raise self.wrong(line, f'{value!r} is not a time such as "36m" or "2h"') from error

    def time(self, table: Table, key: str, line: int) -> float:
        """Seconds, under a key that must be there."""
        if key not in table:
            raise self.wrong(line, f'"{key}" is missing')
        return self.duration(table[key], self.of(key, line))

    def text(self, table: Table, key: str) -> str:
        """Text; empty where nothing is said."""
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(self.of(key, 1), f'"{key}" must be text')
        return value

    def only(self, table: Any, allowed: Iterable[str], line: int) -> None:
        """A table with no other keys than `allowed`."""
        if not isinstance(table, dict):
            raise self.wrong(line, f"a table was expected here, not {table!r}")
        for key in table:
            if key not in tuple(allowed):
                raise self.unknown(self.of(key, line), "key", key, tuple(allowed))

    def known(self, who: str, known: set[str], line: int) -> None:
        """A service of the scenario."""
        if who not in known:
            raise self.unknown(line, "service", who, tuple(sorted(known)))

    def unknown(
        self, line: int, kind: str, found: object, allowed: Iterable[object]
    ) -> ScenarioError:
        """The error of something nobody knows, with what is known."""
        words = ", ".join(str(word) for word in allowed)
        return self.wrong(line, f"unknown {kind} {found!r}; known are: {words}")

    def wrong(self, line: int, text: str) -> ScenarioError:
        """The error of one line."""
        return ScenarioError(f"{self._name}, line {line}: {text}")

    def headers(self, kind: str) -> list[int]:
        """The line of each `[[kind]]`."""
        header = re.compile(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]")
        return [number for number, line in enumerate(self._lines, 1) if header.match(line)]

    def of(self, key: str, after: int) -> int:
        """The line from `after` on that begins with `key`; `after` where none does."""
        begins = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*[.=]")
        for number in range(after, len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > after and line.lstrip().startswith("["):
                break
            if begins.match(line):
                return number
        return after
