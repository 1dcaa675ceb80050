"""Plain lists: what the catalogue knows, and what can be used instead of a tool."""

import sys
from collections.abc import Sequence
from typing import TextIO

from notifier.model.picture import Row
from notifier.model.service import Service
from notifier.terminal.screen import drawable, put, put_cells, screen, words
from notifier.wording import keys as said_keys
from notifier.wording import terminal as said
from notifier.wording import window
from notifier.wording.say import Say


def catalogue(services: Sequence[Service], say: Say, stream: TextIO | None = None) -> None:
    """Print services by id, for `notifier add`; tab-separated when piped."""
    rows = [(one.id, one.name, one.vendor, ", ".join(one.can)) for one in services]
    heads = (said.ID, said.TOOL, said.VENDOR, said.CAN)
    _print(rows, tuple(say(head) for head in heads), stream)


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
    from rich.table import Table  # only where something is drawn

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(words(cell) for cell in row))
    screen(stream).print(table)
