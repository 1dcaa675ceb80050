"""Scenario files: a scripted world as data. The format is fixed in the README; nothing runs here.

Unknown keys and words are errors with file and line, because a rehearsal that silently ignores a
misspelt step proves nothing.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from notifier.rehearsal.lines import Lines, ScenarioError, Table, seconds
from notifier.rehearsal.steps import OF_A_SERVICE, OF_ALL
from notifier.rehearsal.vocabulary import FIELDS

__all__ = ["Change", "Expect", "Scenario", "ScenarioError", "Step", "parse", "seconds"]


@dataclass(frozen=True, slots=True)
class Change:
    """One key of a step: `what` (page, probe, network …), of whom, and its value as written."""

    what: str
    who: str
    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """What changes `t` seconds after the start."""

    t: float
    changes: tuple[Change, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Expect:
    """What must be true at `t`; None is not checked.

    `services` holds per service id the fields of its verdict, as words.
    """

    t: float
    line: int
    services: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    lamp: str | None = None
    connection: str | None = None
    notices: tuple[str, ...] | None = None
    withheld: tuple[str, ...] | None = None
    fallbacks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A world over time. `chosen` and `also` are `[[service]]` tables as in settings.toml.

    `length` is in seconds. `settings` are further tables of settings.toml.
    """

    name: str
    title: str
    about: str
    start: datetime
    length: float
    settings: Table
    chosen: tuple[Table, ...]
    also: tuple[Table, ...]
    steps: tuple[Step, ...]
    expects: tuple[Expect, ...]


def parse(name: str, body: bytes) -> Scenario:
    """Read a scenario. Raises ScenarioError with file and line."""
    return _Reader(name, body).scenario()


class _Reader:
    """Reads one file and knows on which line everything stands."""

    def __init__(self, name: str, body: bytes) -> None:
        self._name = name
        try:
            text = body.decode("utf-8")
            self._table: dict[str, Any] = tomllib.loads(text)
        except UnicodeDecodeError as error:
            raise ScenarioError(f"{name}: it is not UTF-8 text") from error
        except tomllib.TOMLDecodeError as error:
            raise ScenarioError(f"{name}: it is not TOML: {error}") from error
        self._lines = Lines(name, text)

    def scenario(self) -> Scenario:
        table = self._table
        self._lines.only(table, _TOP, 1)
        chosen = self._services("service")
        if not chosen:
            raise self._lines.wrong(1, "a scenario needs at least one [[service]]")
        also = self._services("also")
        known = {str(entry["id"]) for entry in (*chosen, *also)}
        steps = sorted(self._steps(known), key=lambda step: step.t)
        expects = sorted(self._expects(known), key=lambda expect: expect.t)
        return Scenario(
            name=self._name,
            title=self._lines.text(table, "title"),
            about=self._lines.text(table, "about"),
            start=self._start(),
            length=self._lines.time(table, "length", 1),
            settings=table.get("settings", {}),
            chosen=chosen,
            also=also,
            steps=tuple(steps),
            expects=tuple(expects),
        )

    # -- the parts of a file ---------------------------------------------------------------

    def _services(self, kind: str) -> tuple[Table, ...]:
        entries = self._table.get(kind, [])
        lines = self._lines.headers(kind)
        for entry, line in zip(entries, lines, strict=False):
            if not isinstance(entry.get("id"), str):
                raise self._lines.wrong(line, f'[[{kind}]] needs an "id"')
        return tuple(entries)

    def _steps(self, known: set[str]) -> Iterable[Step]:
        for entry, line in self._entries("at"):
            changes = []
            for key, value in entry.items():
                if key != "t":
                    changes += self._changes(key, value, known, line)
            yield Step(self._lines.time(entry, "t", line), tuple(changes), line)

    def _changes(self, key: str, value: Any, known: set[str], line: int) -> list[Change]:
        at = self._lines.of(key, line)
        if key in OF_A_SERVICE:
            if not isinstance(value, dict):
                raise self._lines.wrong(at, f"{key} is written {key}.ID = …")
            for who, what in value.items():
                self._lines.known(who, known, at)
                OF_A_SERVICE[key](self._lines, what, at)
            return [Change(key, who, what, at) for who, what in value.items()]
        if key not in OF_ALL:
            raise self._lines.unknown(at, "key", key, (*OF_A_SERVICE, *OF_ALL))
        OF_ALL[key](self._lines, value, at)
        return [Change(key, "", value, at)]

    def _expects(self, known: set[str]) -> Iterable[Expect]:
        for entry, line in self._entries("expect"):
            services: dict[str, dict[str, str | None]] = {}
            for key, value in entry.items():
                if key in _EXPECT:
                    continue
                self._lines.known(key, known, self._lines.of(key, line))
                self._lines.only(value, FIELDS, self._lines.of(key, line))
                services[key] = value
            yield Expect(
                t=self._lines.time(entry, "t", line),
                line=line,
                services=services,
                lamp=entry.get("lamp"),
                connection=entry.get("connection"),
                notices=_words(entry, "notices"),
                withheld=_words(entry, "withheld"),
                fallbacks={k: tuple(v) for k, v in entry.get("fallbacks", {}).items()},
                excluded={k: tuple(v) for k, v in entry.get("excluded", {}).items()},
            )

    def _start(self) -> datetime:
        raw = self._table.get("start")
        try:
            moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
        except ValueError:
            moment = None
        if moment is None or moment.utcoffset() is None:
            line = self._lines.of("start", 1)
            raise self._lines.wrong(line, '"start" must be a time such as 2026-03-17T02:30:00Z')
        return moment.astimezone(UTC)

    def _entries(self, kind: str) -> Iterable[tuple[Table, int]]:
        return zip(self._table.get(kind, []), self._lines.headers(kind), strict=False)


_TOP = ("title", "about", "start", "length", "settings", "service", "also", "at", "expect")
_EXPECT = ("t", "lamp", "connection", "notices", "withheld", "fallbacks", "excluded")


def _words(entry: Table, key: str) -> tuple[str, ...] | None:
    return tuple(entry[key]) if key in entry else None
