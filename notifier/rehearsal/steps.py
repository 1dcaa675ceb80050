"""What each key of a scenario's step may say; anything else is an error with its line."""

from collections.abc import Callable, Mapping
from typing import Any

from notifier.model.health import Health
from notifier.model.observation import Phase
from notifier.rehearsal.lines import Lines, Table
from notifier.rehearsal.vocabulary import (
    DESKTOP,
    KEYS,
    MACHINE,
    NETWORK,
    PAGE_ANSWERS,
    PRESSES,
    PROBE_ANSWERS,
    PROBE_TO,
    PROGRAM,
    REACH,
)

Check = Callable[[Lines, Any, int], object]
"""Raises ScenarioError where the value of a key, on the line of that number, is wrong."""

_STATES = tuple(health.value for health in Health)
_PHASES = tuple(phase.value for phase in Phase)
_INCIDENT = ("id", "phase", "impact", "parts", "title", "text", "started")


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda lines, value, line: lines.word(value, words, line)


def _machine(lines: Lines, value: Any, line: int) -> None:
    for word in value if isinstance(value, list) else [value]:
        lines.word(word, MACHINE, line)


def _caption(lines: Lines, value: Any, line: int) -> None:
    if not isinstance(value, str):
        raise lines.wrong(line, '"caption" must be text')


def _settings(lines: Lines, value: Any, line: int) -> None:
    if not isinstance(value, dict):
        raise lines.wrong(line, "settings are written settings.TABLE.KEY = …")


def _desktop(lines: Lines, value: Any, line: int) -> None:
    lines.only(value, DESKTOP, line)
    for key, word in value.items():
        lines.word(word, DESKTOP[key], line)


def _person(lines: Lines, value: Any, line: int) -> None:
    lines.only(value, ("press", "service"), line)
    lines.word(value.get("press"), PRESSES, line)


def _page(lines: Lines, value: Any, line: int) -> None:
    if not isinstance(value, dict):
        raise lines.wrong(line, "a page is written page.ID = { … }")
    if "answer" in value:
        lines.only(value, ("answer", "to", "engine"), line)
        lines.answer(value["answer"], PAGE_ANSWERS, line)
        return
    if "body" in value:
        lines.only(value, ("body", "engine"), line)
        return
    lines.only(value, ("state", "parts", "incident"), line)
    for word in (*value.get("parts", {}).values(), value.get("state", "operational")):
        lines.word(word, _STATES, line)
    if "incident" in value:
        _incident(lines, value["incident"], line)


def _incident(lines: Lines, value: Table, line: int) -> None:
    lines.only(value, _INCIDENT, line)
    if not isinstance(value.get("id"), str):
        raise lines.wrong(line, 'an incident needs an "id"')
    lines.word(value.get("phase", "investigating"), _PHASES, line)
    lines.word(value.get("impact", "operational"), _STATES, line)
    lines.duration(value.get("started", "0s"), line)


def _probe(lines: Lines, value: Any, line: int) -> None:
    lines.only(value, ("answer", "answers", "headers", "body", "latency", "to"), line)
    for answer in value.get("answers", [value.get("answer", "200")]):
        lines.answer(answer, PROBE_ANSWERS, line)
    lines.word(value.get("to", "everyone"), PROBE_TO, line)
    if "latency" in value:
        lines.duration(value["latency"], line)


OF_A_SERVICE: Mapping[str, Check] = {
    "reach": _one_of(REACH),
    "page": _page,
    "probe": _probe,
    "key": _one_of(KEYS),
}
"""Keys written KEY.ID."""

OF_ALL: Mapping[str, Check] = {
    "network": _one_of(NETWORK),
    "machine": _machine,
    "clock": Lines.duration,
    "desktop": _desktop,
    "person": _person,
    "settings": _settings,
    "program": _one_of(PROGRAM),
    "caption": _caption,
}
"""Keys that concern no one service."""
