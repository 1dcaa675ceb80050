"""A sheet: one answer with its lamp, then sections of aligned lines; drawn, or plain in a pipe.

What reads a feed, looks back or examines this computer says all it has to say in this one form.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from notifier.model.picture import Lamp
from notifier.terminal.screen import colour, drawable, put, screen, shape, words

_WIDEST_FIRST = 34
_SHARE_OF_FIRST = 0.45
_CALM = frozenset({Lamp.CLEAR, Lamp.EMPTY})
_LOUD = frozenset({Lamp.WATCH, Lamp.TROUBLE})


@dataclass(frozen=True, slots=True)
class Line:
    """What it is about, and what is to be said of it; `under` are quiet lines below both.

    `word` says in a pipe what the lamp says on a screen, where the text does not.
    """

    text: str
    more: str = ""
    lamp: Lamp | None = None
    under: tuple[str, ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and its lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answer in one line, what belongs to it, and all there is behind it."""

    lamp: Lamp | None
    title: str
    under: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


def show(sheet: Sheet, stream: TextIO | None = None) -> None:
    """Print a sheet, drawn or in plain lines as `stream` asks for."""
    stream = stream or sys.stdout
    if not drawable(stream):
        for line in lines(sheet):
            put(line, stream)
        return
    console = screen(stream)
    console.print(drawn(sheet, console))


def lines(sheet: Sheet) -> list[str]:
    """A sheet for a pipe: one fact per line, what lies below another indented."""
    told = [sheet.title, *sheet.under]
    for section in _filled(sheet):
        for line in section.lines:
            facts = (section.heading, line.word, line.text, line.more)
            told.append(": ".join(fact for fact in facts if fact))
            told += [f"  {one}" for one in line.under]
    return told


def drawn(sheet: Sheet, console: Console) -> RenderableType:
    """A sheet for a screen: never wider than it, readable without colour."""
    head = Table.grid(padding=(0, 1))
    head.add_column(width=1)
    head.add_column(overflow="fold")
    lamp = shape(sheet.lamp, console) if sheet.lamp is not None else Text()
    style = "" if sheet.lamp is None or sheet.lamp in _CALM else f" {colour(sheet.lamp)}"
    head.add_row(lamp, words(sheet.title, f"bold{style}"))
    for line in sheet.under:
        head.add_row("", words(line, "dim"))
    return Group(head, *(_drawn(section, console) for section in _filled(sheet)))


def _filled(sheet: Sheet) -> Iterator[Section]:
    return (section for section in sheet.sections if section.lines)


def _drawn(section: Section, console: Console) -> RenderableType:
    width = _first(section, console)
    marked = any(line.lamp is not None for line in section.lines)
    parts: list[RenderableType] = [Text(), words(section.heading, "bold")]
    for line in section.lines:
        parts.append(_row(line, width, console, marked=marked))
        parts += [Padding(words(one, "dim"), (0, 0, 0, 4)) for one in line.under]
    return Group(*parts)


def _first(section: Section, console: Console) -> int:
    """The width of the first column: that of its longest text, within reason."""
    longest = max(cell_len(line.text) if line.more else 0 for line in section.lines)
    return max(1, min(longest, _WIDEST_FIRST, int(console.width * _SHARE_OF_FIRST)))


def _row(line: Line, width: int, console: Console, *, marked: bool) -> RenderableType:
    """Two columns; or the text alone, as wide as the screen, where nothing stands beside it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1 if marked else 0)
    lamp = shape(line.lamp, console) if line.lamp is not None else Text()
    if line.more:
        grid.add_column(width=width, overflow="fold")
        grid.add_column(overflow="fold")
        beside = words(line.more, _quiet(line.lamp))
        grid.add_row(lamp, words(line.text), Padding(beside, (0, 0, 0, 1)))
    else:
        grid.add_column(overflow="fold")
        grid.add_row(lamp, words(line.text, "bold" if line.lamp in _LOUD else ""))
    return Padding(grid, (0, 0, 0, 2))


def _quiet(lamp: Lamp | None) -> str:
    """The style of what stands beside a text: it takes the lamp's colour where that says much."""
    return "dim" if lamp is None or lamp in _CALM else colour(lamp)
