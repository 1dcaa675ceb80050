"""The text of settings.toml with a service more or less; every other character stays.

The text itself is edited, not a tree of it: where comments and blank lines belong is then the
person's business. What comes out is read again and must say exactly what was meant.
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from notifier.model.settings import Watched
from notifier.storage.settings_check import check
from notifier.storage.toml_outline import Outline

_SERVICE = "service"


class NotEditable(Exception):
    """The change cannot be made; continues a sentence that begins with the file's name."""


def ids_in(data: Mapping[str, object]) -> tuple[str, ...]:
    """The ids of the services that stand there, in order."""
    entries = data.get(_SERVICE, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise NotEditable("has no [[service]] tables under “service”; write it that way first.")
    return tuple(str(one.get("id", "")) for one in entries)


def places_of(data: Mapping[str, object], id_: str) -> tuple[int, ...]:
    """Where services of an id stand, from 0; `claude#2` is the second one alone."""
    ids = ids_in(data)
    bare, _, number = id_.partition("#")
    found = tuple(place for place, one in enumerate(ids) if one == bare)
    if not number:
        return found
    return found[int(number) - 1 : int(number)] if number.isdecimal() and int(number) else ()


def appended(text: str, entries: tuple[Watched, ...]) -> str:
    """The text with `entries` at its end."""
    if not entries:
        return text
    raw = [_raw(entry) for entry in entries]
    line_end = "\r\n" if "\r\n" in text else "\n"
    start = text if not text or text.endswith("\n") else text + line_end
    tables = "".join(f"\n{_written(one)}" for one in raw)
    tables = tables if start.strip() else tables.lstrip("\n")
    before = _data(text)
    ids_in(before)
    meant = {**before, _SERVICE: [*before.get(_SERVICE, []), *raw]}
    return _checked(start + tables.replace("\n", line_end), meant)


def without(text: str, lines: Outline, places: Collection[int]) -> str:
    """The text without the services at `places`. Comments around them stay."""
    if not places:
        return text
    gone = _lines_of(lines, places)
    kept: list[str] = []
    closing = False
    for line, row in enumerate(text.split("\n"), 1):
        if line in gone:
            closing = True
            continue
        # The blank lines around a table that has gone become one.
        if closing and not row.strip() and not (kept and kept[-1].strip()):
            continue
        closing = False
        kept.append(row)
    meant = _data(text)
    left = [one for place, one in enumerate(meant[_SERVICE]) if place not in places]
    meant = {**meant, _SERVICE: left} if left else {k: meant[k] for k in meant if k != _SERVICE}
    # What is left of the last blank line is half a line end where those have two characters.
    return _checked("\n".join(kept).removesuffix("\r"), meant)


def with_list(text: str, lines: Outline, place: tuple[str, str], names: tuple[str, ...]) -> str:
    """The text with `names` as the list at `place`, a table and a key. A note behind it stays."""
    name, key = place
    before = _data(text)
    table = before.get(name, {})
    if not isinstance(table, dict):
        raise NotEditable(f"has something else under “{name}”; make it a [{name}] table first.")
    row = f"{key} = [{', '.join(json.dumps(one) for one in names)}]"
    meant = {**before, name: {**table, key: list(names)}}
    return _checked(_rewritten(text, lines, place, row), meant)


def _rewritten(text: str, lines: Outline, place: tuple[str, str], row: str) -> str:
    """The text with `row` in the place of the one before, or at the top of its table, or last."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    rows = text.split(line_end)
    block = next((one for one in lines.blocks if one.key == place[:1]), None)
    at = lines.lines.get(place)
    if block is None:
        start = text if not text or text.endswith("\n") else text + line_end
        gap = line_end if start.strip() else ""
        return f"{start}{gap}[{place[0]}]{line_end}{row}{line_end}"
    if at is None:
        rows.insert(block.first, row)
    else:
        rows[at - 1] = row + rows[at - 1].partition("]")[2]
    return line_end.join(rows)


def _lines_of(lines: Outline, places: Collection[int]) -> set[int]:
    """The lines of services, from header to last value, and what lies within one service."""
    gone: set[int] = set()
    before: tuple[int | str, int] = ("", 0)
    for block in lines.blocks:
        if block.key[0] != _SERVICE or block.key[1] not in places:
            before = ("", 0)
            continue
        place = block.key[1]
        start = before[1] if before[0] == place else block.first
        gone.update(range(start, block.last + 1))
        before = (place, block.last)
    return gone


def _checked(text: str, meant: Mapping[str, object]) -> str:
    """`text`, if it says what was meant: services written as one list cannot be edited so."""
    try:
        said = _data(text)
    except tomllib.TOMLDecodeError:
        said = {}
    if said != meant:
        raise NotEditable(
            "is written in a way that cannot be changed from here; write each service as a "
            "[[service]] table of its own, or change it by hand."
        )
    return text


def _data(text: str) -> dict[str, Any]:
    # Numbers as they are written: not-a-number is never equal to itself.
    return tomllib.loads(text, parse_float=str)


# ------------------------------------------------------------------------------ one service


def _raw(watched: Watched) -> dict[str, object]:
    """One entry as the file says it: only what was said."""
    probe = watched.probe
    door = probe and {"url": probe.url, "auth": probe.auth, "key": probe.key}
    if door and door["auth"] == "none":
        del door["auth"]
    said: dict[str, object] = {
        "id": watched.id,
        "label": watched.label,
        "name": watched.name,
        "home": watched.home,
        "can": list(watched.can),
        "parts": list(watched.parts),
        "fallbacks": list(watched.fallbacks),
        "notify": watched.notify and watched.notify.value,
        "status": watched.status,
        "engine": watched.engine,
        "json": _legend(watched),
        "status_auth": None if watched.status_auth == "none" else watched.status_auth,
        "runs_on": list(watched.runs_on),
        "probe": door and {name: value for name, value in door.items() if value},
    }
    raw: dict[str, object] = {name: value for name, value in said.items() if value}
    _refuse_wrong(raw, watched)
    return raw


def _legend(watched: Watched) -> dict[str, object] | None:
    legend = watched.legend
    if legend is None:
        return None
    words = {word: state.value for word, state in legend.words}
    said = {
        "state": legend.state,
        "title": legend.title,
        "time": legend.time,
        "fresh": legend.fresh and f"{legend.fresh:.0f}s",
        "words": words,
    }
    return {name: value for name, value in said.items() if value}


def _refuse_wrong(raw: dict[str, object], watched: Watched) -> None:
    """What would be complained of when read is not written in the first place."""
    choices, complaints = check("", {_SERVICE: [raw]}, Outline({}, ()), Path())
    if complaints:
        raise NotEditable(f"was not changed: {complaints[0].text}")
    if choices.watched != (replace(watched, line=None),):
        raise NotEditable(f'was not changed: "{watched.id}" cannot be written down as it is.')


def _written(raw: dict[str, object]) -> str:
    """One `[[service]]` table, in TOML."""
    import tomlkit  # a process that only reads its settings does without

    table = tomlkit.table()
    for name, value in raw.items():
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            table.add(name, inline)
        else:
            table.add(name, value)
    entries = tomlkit.aot()
    entries.append(table)
    document = tomlkit.document()
    document.add(_SERVICE, entries)
    return document.as_string()
