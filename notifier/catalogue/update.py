"""A newer catalogue laid over the built-in one: when it may be, and what comes of it. No network.

What an update lacks remains as it is built in. An update can so be small, and cannot take a service
away. The outcome is a catalogue.toml like any other and is looked through as one.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec

from notifier.catalogue.document import CatalogueError, load
from notifier.catalogue.services import Catalogue

LONGEST_LIFE = timedelta(days=400)
"""How long an update may be good for: whoever holds the newer ones back is noticed by then."""

AHEAD = timedelta(days=1)
"""How far a date may lie ahead: clocks differ."""

_HEAD = "update"
_KINDS = {"ground": "id", "page": "id", "service": "id"}


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[update]`: a number that only grows, when it was made, and until when it is good."""

    number: int
    made: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest update that was taken of one key: its number, and the digest of its bytes."""

    number: int
    digest: str


def digest(payload: bytes) -> str:
    """What tells two updates of the same number apart."""
    return sha256(payload).hexdigest()


def read(payload: bytes) -> tuple[Head, Mapping[str, Any]]:
    """The head of an update, and its tables.

    Raises:
        CatalogueError: it has no such form.
    """
    try:
        tables = tomllib.loads(payload.decode())
        head = msgspec.convert(tables.pop(_HEAD, {}), Head)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise CatalogueError(f"The update cannot be read: {error}") from error
    if head.made.tzinfo is None or head.expires.tzinfo is None or head.number < 1:
        raise CatalogueError("The update cannot be read: its number or its dates are no such.")
    return head, tables


def refusal(head: Head, mark: str, seen: Seen | None, ground: date, at: datetime) -> str:
    """Why an update is not used, in a sentence; empty where nothing is in its way.

    `mark` is its digest, `seen` the newest that was taken of the same key, `ground` the day of the
    built-in catalogue, `at` now. The first that applies counts.
    """
    if seen is not None and head.number < seen.number:
        return f"Its number is {head.number}, and {seen.number} was used already."
    if seen is not None and head.number == seen.number and mark != seen.digest:
        return f"Another one was used already under the same number, {head.number}."
    if not head.made < head.expires <= head.made + LONGEST_LIFE:
        return f"It must be good for at most {LONGEST_LIFE.days} days."
    if head.made > at + AHEAD:
        return f"It is dated {_day(head.made)}, which is still to come; is the clock right?"
    if at >= head.expires:
        return f"It was good until {_day(head.expires)}."
    if head.made.astimezone(UTC).date() < ground:
        return f"It is of {_day(head.made)}; the built-in one is of {ground}, and newer."
    return ""


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def laid_over(ground: bytes, tables: Mapping[str, Any]) -> Catalogue:
    """The catalogue of `ground`, the built-in one, with the `tables` of an update over it.

    Raises:
        CatalogueError: naming the entry that is wrong.
    """
    base = tomllib.loads(ground.decode())
    if strange := tables.keys() - base.keys():
        raise CatalogueError(f'catalogue.toml: "{min(strange)}" is not known to this version')
    merged = {**base, **{name: one for name, one in tables.items() if name not in _KINDS}}
    new = {kind: _tables(tables, kind) for kind in _KINDS}
    services = {one.get("id") for one in new["service"]}
    # Whatever becomes a service is no ground any more.
    base["ground"] = [one for one in base["ground"] if one.get("id") not in services]
    for kind, entries in new.items():
        merged[kind] = _over(base[kind], entries)
    return load(written(merged).encode())


def _tables(tables: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    found = tables.get(kind, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise CatalogueError(f"catalogue.toml: {kind} must be written as [[{kind}]]")
    return found


def _over(base: Iterable[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries of one kind: each at its own place as it is now, what is new behind them.

    Of two new ones of an id both stay, and are refused for it.
    """
    ids = [one.get("id") for one in base]
    by_id = {one.get("id"): one for one in reversed(new)}
    kept = [by_id.get(one.get("id"), one) for one in base]
    more = [one for one in new if one.get("id") not in ids or one is not by_id[one.get("id")]]
    return [*kept, *more]


def written(value: Any, *, top: bool = True) -> str:
    """`value` as TOML, a line for each name at the top."""
    match value:
        case dict():
            fields = (f"{_json(name)} = {written(one, top=False)}" for name, one in value.items())
            return "\n".join(fields) if top else f"{{{', '.join(fields)}}}"
        case list():
            return f"[{', '.join(written(one, top=False) for one in value)}]"
        case datetime() | date():
            return value.isoformat()
        case _:
            return _json(value)


def _json(value: Any) -> str:
    """Strings, numbers and truth are written as in JSON, which lets one more character pass."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
