"""Scenario files: a scripted world as data. The format is fixed in the README; nothing runs here.

Unknown keys and words are errors with file and line, because a rehearsal that silently ignores a
misspelt step proves nothing.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from notifier.model.health import Health
from notifier.model.observation import Phase
from notifier.rehearsal.vocabulary import (
    DESKTOP,
    FIELDS,
    KEYS,
    MACHINE,
    NETWORK,
    PAGE_ANSWERS,
    PRESSES,
    PROBE_ANSWERS,
    PROGRAM,
    REACH,
)

Table = Mapping[str, Any]


class ScenarioError(Exception):
    """A scenario that cannot be played; says file, line and what is wrong."""


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
        self._lines = text.splitlines()

    def scenario(self) -> Scenario:
        table = self._table
        self._only(table, _TOP, 1)
        chosen = self._services("service")
        if not chosen:
            raise self._wrong(1, "a scenario needs at least one [[service]]")
        also = self._services("also")
        known = {str(entry["id"]) for entry in (*chosen, *also)}
        steps = sorted(self._steps(known), key=lambda step: step.t)
        expects = sorted(self._expects(known), key=lambda expect: expect.t)
        return Scenario(
            name=self._name,
            title=self._text("title"),
            about=self._text("about"),
            start=self._start(),
            length=self._time(table, "length", 1),
            settings=table.get("settings", {}),
            chosen=chosen,
            also=also,
            steps=tuple(steps),
            expects=tuple(expects),
        )

    # -- the parts of a file ---------------------------------------------------------------

    def _services(self, kind: str) -> tuple[Table, ...]:
        entries = self._table.get(kind, [])
        lines = self._headers(kind)
        for entry, line in zip(entries, lines, strict=False):
            if not isinstance(entry.get("id"), str):
                raise self._wrong(line, f'[[{kind}]] needs an "id"')
        return tuple(entries)

    def _steps(self, known: set[str]) -> Iterable[Step]:
        for entry, line in self._entries("at"):
            changes = []
            for key, value in entry.items():
                if key != "t":
                    changes += self._changes(key, value, known, line)
            yield Step(self._time(entry, "t", line), tuple(changes), line)

    def _changes(self, key: str, value: Any, known: set[str], line: int) -> list[Change]:
        at = self._line_of(key, line)
        if key in _OF_A_SERVICE:
            if not isinstance(value, dict):
                raise self._wrong(at, f"{key} is written {key}.ID = …")
            for who, what in value.items():
                self._known(who, known, at)
                _OF_A_SERVICE[key](self, what, at)
            return [Change(key, who, what, at) for who, what in value.items()]
        if key not in _OF_ALL:
            raise self._unknown(at, "key", key, (*_OF_A_SERVICE, *_OF_ALL))
        _OF_ALL[key](self, value, at)
        return [Change(key, "", value, at)]

    def _expects(self, known: set[str]) -> Iterable[Expect]:
        for entry, line in self._entries("expect"):
            services: dict[str, dict[str, str | None]] = {}
            for key, value in entry.items():
                if key in _EXPECT:
                    continue
                self._known(key, known, self._line_of(key, line))
                self._only(value, FIELDS, self._line_of(key, line))
                services[key] = value
            yield Expect(
                t=self._time(entry, "t", line),
                line=line,
                services=services,
                lamp=entry.get("lamp"),
                connection=entry.get("connection"),
                notices=_words(entry, "notices"),
                withheld=_words(entry, "withheld"),
                fallbacks={k: tuple(v) for k, v in entry.get("fallbacks", {}).items()},
                excluded={k: tuple(v) for k, v in entry.get("excluded", {}).items()},
            )

    # -- what each key of a step may say ---------------------------------------------------

    def network(self, value: Any, line: int) -> None:
        self._word(value, NETWORK, line)

    def reach(self, value: Any, line: int) -> None:
        self._word(value, REACH, line)

    def key(self, value: Any, line: int) -> None:
        self._word(value, KEYS, line)

    def program(self, value: Any, line: int) -> None:
        self._word(value, PROGRAM, line)

    def machine(self, value: Any, line: int) -> None:
        for word in value if isinstance(value, list) else [value]:
            self._word(word, MACHINE, line)

    def caption(self, value: Any, line: int) -> None:
        if not isinstance(value, str):
            raise self._wrong(line, '"caption" must be text')

    def clock(self, value: Any, line: int) -> None:
        self._duration(value, line)

    def settings(self, value: Any, line: int) -> None:
        if not isinstance(value, dict):
            raise self._wrong(line, "settings are written settings.TABLE.KEY = …")

    def desktop(self, value: Any, line: int) -> None:
        self._only(value, DESKTOP, line)
        for key, word in value.items():
            self._word(word, DESKTOP[key], line)

    def person(self, value: Any, line: int) -> None:
        self._only(value, ("press", "service"), line)
        self._word(value.get("press"), PRESSES, line)

    def page(self, value: Any, line: int) -> None:
        if not isinstance(value, dict):
            raise self._wrong(line, "a page is written page.ID = { … }")
        if "answer" in value:
            self._only(value, ("answer", "to", "engine"), line)
            self._answer(value["answer"], PAGE_ANSWERS, line)
            return
        if "body" in value:
            self._only(value, ("body", "engine"), line)
            return
        self._only(value, ("state", "parts", "incident"), line)
        for word in (*value.get("parts", {}).values(), value.get("state", "operational")):
            self._word(word, _STATES, line)
        if "incident" in value:
            self._incident(value["incident"], line)

    def _incident(self, value: Table, line: int) -> None:
        self._only(value, ("id", "phase", "impact", "parts", "title", "text", "started"), line)
        if not isinstance(value.get("id"), str):
            raise self._wrong(line, 'an incident needs an "id"')
        self._word(value.get("phase", "investigating"), _PHASES, line)
        self._word(value.get("impact", "operational"), _STATES, line)
        self._duration(value.get("started", "0s"), line)

    def probe(self, value: Any, line: int) -> None:
        self._only(value, ("answer", "answers", "headers", "body", "latency"), line)
        for answer in value.get("answers", [value.get("answer", "200")]):
            self._answer(answer, PROBE_ANSWERS, line)
        if "latency" in value:
            self._duration(value["latency"], line)

    # -- words, numbers and lines ----------------------------------------------------------

    def _answer(self, word: object, words: tuple[str, ...], line: int) -> None:
        if not (isinstance(word, str) and re.fullmatch(r"[1-9]\d\d", word)):
            self._word(word, words, line)

    def _word(self, word: object, words: Iterable[object], line: int) -> None:
        allowed = tuple(words)
        # `in` alone would let 1 pass for true.
        if not any(word == one and type(word) is type(one) for one in allowed):
            raise self._unknown(line, "word", word, allowed)

    def _duration(self, value: object, line: int) -> float:
        try:
            return seconds(value)
        except ValueError as error:
            raise self._wrong(line, f'{value!r} is not a time such as "36m" or "2h"') from error

    def _time(self, table: Table, key: str, line: int) -> float:
        if key not in table:
            raise self._wrong(line, f'"{key}" is missing')
        return self._duration(table[key], self._line_of(key, line))

    def _text(self, key: str) -> str:
        value = self._table.get(key, "")
        if not isinstance(value, str):
            raise self._wrong(self._line_of(key, 1), f'"{key}" must be text')
        return value

    def _start(self) -> datetime:
        raw = self._table.get("start")
        try:
            moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
        except ValueError:
            moment = None
        if moment is None or moment.utcoffset() is None:
            line = self._line_of("start", 1)
            raise self._wrong(line, '"start" must be a time such as 2026-03-17T02:30:00Z')
        return moment.astimezone(UTC)

    def _only(self, table: Any, allowed: Iterable[str], line: int) -> None:
        if not isinstance(table, dict):
            raise self._wrong(line, f"a table was expected here, not {table!r}")
        for key in table:
            if key not in tuple(allowed):
                raise self._unknown(self._line_of(key, line), "key", key, tuple(allowed))

    def _known(self, who: str, known: set[str], line: int) -> None:
        if who not in known:
            raise self._unknown(line, "service", who, tuple(sorted(known)))

    def _unknown(
        self, line: int, kind: str, found: object, allowed: Iterable[object]
    ) -> ScenarioError:
        words = ", ".join(str(word) for word in allowed)
        return self._wrong(line, f"unknown {kind} {found!r}; known are: {words}")

    def _wrong(self, line: int, text: str) -> ScenarioError:
        return ScenarioError(f"{self._name}, line {line}: {text}")

    def _entries(self, kind: str) -> Iterable[tuple[Table, int]]:
        return zip(self._table.get(kind, []), self._headers(kind), strict=False)

    def _headers(self, kind: str) -> list[int]:
        """The line of each `[[kind]]`."""
        header = re.compile(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]")
        return [number for number, line in enumerate(self._lines, 1) if header.match(line)]

    def _line_of(self, key: str, after: int) -> int:
        """The line from `after` on that begins with `key`; `after` where none does."""
        begins = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*[.=]")
        for number in range(after, len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > after and line.lstrip().startswith("["):
                break
            if begins.match(line):
                return number
        return after


_TOP = ("title", "about", "start", "length", "settings", "service", "also", "at", "expect")
_EXPECT = ("t", "lamp", "connection", "notices", "withheld", "fallbacks", "excluded")
_STATES = tuple(health.value for health in Health)
_PHASES = tuple(phase.value for phase in Phase)

_OF_A_SERVICE = {
    "reach": _Reader.reach,
    "page": _Reader.page,
    "probe": _Reader.probe,
    "key": _Reader.key,
}
_OF_ALL = {
    "network": _Reader.network,
    "machine": _Reader.machine,
    "clock": _Reader.clock,
    "desktop": _Reader.desktop,
    "person": _Reader.person,
    "settings": _Reader.settings,
    "program": _Reader.program,
    "caption": _Reader.caption,
}


def _words(entry: Table, key: str) -> tuple[str, ...] | None:
    return tuple(entry[key]) if key in entry else None


def at(scenario: Scenario, t: float) -> datetime:
    """The virtual wall clock `t` seconds into the scenario, before any jump."""
    return scenario.start + timedelta(seconds=t)
