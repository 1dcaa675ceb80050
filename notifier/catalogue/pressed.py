"""Writes down what catalogue.toml says in the form that is read fastest. Decides nothing."""

from collections.abc import Iterable

import msgspec

from notifier.catalogue.document import sound


def press(body: bytes) -> bytes:
    """What `load` takes beside the bytes of catalogue.toml: an entry a line, for whoever compares.

    Raises:
        CatalogueError: naming the entry that is wrong.
    """
    found = sound(body)
    kinds = {
        "ground": found.ground,
        "page": found.page,
        "service": found.service,
        "reference": found.reference,
    }
    tables = (f'"{kind}":[\n{_lines(entries)}\n]' for kind, entries in kinds.items())
    return (f'{{"of":{found.of},\n' + ",\n".join(tables) + "}\n").encode()


def _lines(entries: Iterable[msgspec.Struct]) -> str:
    return ",\n".join(msgspec.json.encode(entry).decode() for entry in entries)
