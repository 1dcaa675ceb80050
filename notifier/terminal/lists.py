"""Plain lists: what the catalogue knows, and what can be used instead of a tool."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from notifier.catalogue import Sighting
from notifier.model.kind import Kind, kind_of
from notifier.model.picture import Row
from notifier.model.service import Service
from notifier.terminal.screen import drawable, put, put_cells, screen, words
from notifier.wording import keys as said_keys
from notifier.wording import kinds, window
from notifier.wording import terminal as said
from notifier.wording.say import Say

if TYPE_CHECKING:
    from rich.table import Table


def catalogue(
    services: Sequence[Service],
    seen: Mapping[str, Sighting],
    say: Say,
    stream: TextIO | None = None,
) -> None:
    """Print services by id, for `notifier add`: kind by kind, or tab-separated when piped.

    Then, why no page is read of some. `seen` is how each is known, by its id.
    """
    stream = stream or sys.stdout
    if not drawable(stream):
        for one in services:
            facts = (one.id, one.name, one.vendor, ", ".join(one.can), kinds.read_by(one, say))
            put_cells((*facts, *_known(seen.get(one.id), say)), stream)
        return
    _draw_catalogue(services, seen, say, stream)
    for text in filter(None, (kinds.no_page(one, say) for one in services)):
        put(text, stream)


def _draw_catalogue(
    services: Sequence[Service], seen: Mapping[str, Sighting], say: Say, stream: TextIO
) -> None:
    heads = (said.ID, said.TOOL, said.CAN, said.READ_BY, said.KNOWN)
    table = _table(tuple(say(head) for head in heads))
    table.columns[0].no_wrap = table.columns[-1].no_wrap = True
    for kind in Kind:
        of_it = [one for one in services if kind_of(one) is kind]
        if of_it:
            table.add_row(words(say(kinds.TITLES[kind]), "bold"))
        for one in of_it:
            name = one.name if one.vendor in ("", one.name) else f"{one.name} ({one.vendor})"
            facts = (one.id, name, ", ".join(one.can), kinds.read_by(one, say))
            cells = (*facts, *_known(seen.get(one.id), say))
            table.add_row(*(words(cell) for cell in cells))
    screen(stream).print(table)


def _known(seen: Sighting | None, say: Say) -> tuple[str, ...]:
    return () if seen is None else (kinds.known(seen.how, seen.date, say),)


def fallbacks(row: Row, say: Say, stream: TextIO | None = None) -> None:
    """Print what can be used instead of a tool, best first, and what is not offered and why."""
    stream = stream or sys.stdout
    offered = [(one.name, window.reasons(one), one.url) for one in row.fallbacks]
    refused = [(one.name, one.why) for one in row.excluded]
    if offered:
        _print(offered, (say(said.INSTEAD), say(said.WHY), say(said.ADDRESS)), stream)
    else:
        put(said.nothing_instead(row, say), stream)
    if refused:
        put("", stream)
        _print(refused, (say(said.NOT_OFFERED), say(said.WHY)), stream)


def keys(rows: Sequence[tuple[str, str, str]], say: Say, stream: TextIO | None = None) -> None:
    """Print the names of keys, where each is sent and where it is kept."""
    _print(rows, (say(said_keys.NAME), say(said_keys.SENT_TO), say(said_keys.KEPT_IN)), stream)


def _print(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...], stream: TextIO | None) -> None:
    stream = stream or sys.stdout
    if not drawable(stream):
        for row in rows:
            put_cells(row, stream)
        return
    table = _table(heads)
    for row in rows:
        table.add_row(*(words(cell) for cell in row))
    screen(stream).print(table)


def _table(heads: Sequence[str]) -> "Table":
    from rich.table import Table  # only where something is drawn

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
