"""The shapes of interfaces.md, key by key in their order, with the type of each value."""

import re
from typing import Any

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

NONE = type(None)
WORD = (str, NONE)


class When:
    """A time in UTC; `Maybe` one may be null."""


class Maybe(When):
    pass


SUGGESTED = {"id": str, "name": str, "state": str, "why": [str], "url": str}
EXCLUDED = {"id": str, "name": str, "why": str}
UPDATE = {"at": When, "phase": WORD, "text": str}
INCIDENT = {
    "id": str,
    "thread": WORD,
    "title": str,
    "phase": str,
    "impact": str,
    "parts": [str],
    "started_at": Maybe,
    "updated_at": Maybe,
    "resolved_at": Maybe,
    "url": WORD,
    "updates": [UPDATE],
}
PLANNED = {"id": str, "title": str, "phase": str, "from": Maybe, "until": Maybe}
GIVEN = {"override": str, "from": When, "until": Maybe}
PART = {"id": WORD, "name": str, "group": WORD, "state": str, "chosen": bool}

PAGE = {
    "kind": str,
    "id": str,
    "at": When,
    "age_s": int,
    "says": str,
    "detail": str,
    "latency_ms": (int, NONE),
}
PROBE = {
    "kind": str,
    "id": str,
    "at": When,
    "age_s": int,
    "stage": WORD,
    "fresh": bool,
    "says": str,
    "detail": str,
    "proves": str,
}
WAY = {"stages": dict, "stopped": str}
"""Stands behind evidence where it is known."""
EVIDENCE = {"page": PAGE, "probe": PROBE, "reference": PAGE, "upstream": PAGE}

SERVICE: dict[str, Any] = {
    "id": str,
    "name": str,
    "home": str,
    "status_page": WORD,
    "state": str,
    "whose": str,
    "cause": WORD,
    "confidence": WORD,
    "upstream": WORD,
    "override": WORD,
    "since": Maybe,
    "checked_at": Maybe,
    "next_look_at": Maybe,
    "last_known": ({"state": str, "at": When}, NONE),
    "summary": str,
    "next_step": str,
    "thread": WORD,
    "told": ({"reason": str, "at": When}, NONE),
    "snoozed_until": Maybe,
    "parts": [PART],
    "incidents": [INCIDENT],
    "maintenance": [PLANNED],
    "evidence": [EVIDENCE],
    "fallbacks": [SUGGESTED],
    "excluded": [EXCLUDED],
    "account": WORD,
    "key": (
        {"entry": str, "host": str, "state": str, "store": WORD, "checked_at": Maybe},
        NONE,
    ),
    "server": ({"host": str, "running": bool, "models": [str]}, NONE),
    "words": [GIVEN],
}

CHECK = {
    "schema": int,
    "at": When,
    "source": str,
    "lamp": str,
    "connection": {"state": str, "detail": str},
    "overall": str,
    "services": [SERVICE],
}

NOTICE = {
    "kind": str,
    "thread": WORD,
    "reason": str,
    "services": [str],
    "whose": str,
    "cause": WORD,
    "confidence": WORD,
    "title": str,
    "body": str,
    "actions": [str],
    "replaces": WORD,
    "duration_s": (int, NONE),
    "fallbacks": [{"id": str, "name": str, "url": str}],
}
WITHHELD = {
    "kind": str,
    "thread": WORD,
    "reason": str,
    "services": [str],
    "would_be": WORD,
}
CLOSED = {"kind": str, "thread": WORD, "services": [str]}
GLIMPSE = {"kind": str, "lamp": str, "connection": str, "services": dict}
STANDING = {"state": str, "whose": str, "cause": WORD, "confidence": WORD}

OBJECTS = {"notice": NOTICE, "withheld": WITHHELD, "closed": CLOSED, "picture": GLIMPSE}


def assert_is_check(document: Any) -> None:
    fits(document, CHECK, "check")


def assert_is_service(document: Any) -> None:
    fits(document, SERVICE, "service")


def assert_is_object(one: dict[str, Any], stamp: dict[str, Any]) -> None:
    """One object of `rehearse`, stamped `t`, or of `watch`, stamped `at`."""
    fits(one, stamp | OBJECTS[one["kind"]], one["kind"])
    if one["kind"] == "picture":
        for id_, standing in one["services"].items():
            fits(standing, STANDING, id_)


def fits(value: Any, shape: Any, where: str) -> None:
    """Whether `value` has `shape`: keys in their order, and every value of its type."""
    if shape is EVIDENCE:
        way = {key: WAY[key] for key in WAY if key in value}
        shape = EVIDENCE[value["kind"]] | way | {"contradicts": bool}
    if isinstance(shape, tuple) and isinstance(shape[0], dict):
        if value is not None:
            fits(value, shape[0], where)
    elif isinstance(shape, dict):
        assert list(value) == list(shape), where
        for key, inner in shape.items():
            fits(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for place, inner in enumerate(value):
            fits(inner, shape[0], f"{where}[{place}]")
    elif isinstance(shape, type) and issubclass(shape, When):
        assert (shape is Maybe and value is None) or TIME.fullmatch(value), (where, value)
    else:
        kinds = shape if isinstance(shape, tuple) else (shape,)
        assert type(value) in kinds, (where, value)
