"""A document of TOML from data, as a person would write settings. Loaded where one is written."""

from collections.abc import Mapping
from typing import Any

import tomlkit

_LONG = 120
"""Characters of a list that stands on lines of its own."""


def toml(data: Mapping[str, Any]) -> str:
    """`data` as a person would write settings: tables, and in them everything on one line."""
    document = tomlkit.document()
    for name, value in data.items():
        match value:
            case dict():
                document.add(name, _table(value))
            case [dict(), *_]:
                tables = tomlkit.aot()
                for one in value:
                    tables.append(_table(one))
                document.add(name, tables)
            case _:
                document.add(name, value)
    return document.as_string()


def _table(raw: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for name, value in raw.items():
        table.add(name, _inline(value))
    return table


def _inline(value: Any) -> Any:
    match value:
        case dict():
            table = tomlkit.inline_table()
            table.update(value)
            return table
        case [dict(), *_]:
            array = tomlkit.array()
            for one in value:
                array.append(_inline(one))
            return array
        case [str(), *_] if sum(len(one) for one in value) > _LONG:
            return tomlkit.item(value).multiline(multiline=True)
        case _:
            return value
