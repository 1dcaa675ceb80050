"""The list of everything chosen, drawn for a screen."""

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from notifier.model.picture import Picture, Row
from notifier.terminal.screen import CALM, colour, shape, words
from notifier.wording import terminal as said
from notifier.wording.glance import Glance


def table(picture: Picture, glance: Glance, console: Console) -> RenderableType:
    """The picture for a screen: never wider than it, readable without colour."""
    head = _headline(picture, console)
    if not picture.rows:
        return Group(head, *(words(line, "dim") for line in said.how_to_add(glance.say)[1:]))
    advice = [words(text, "dim") for row in picture.rows if (text := said.advice(row, glance.say))]
    below = [Text(), *advice] if advice else []
    return Group(head, Text(), _list(picture, glance, console), *below)


def _headline(picture: Picture, console: Console) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row(shape(picture.lamp, console), words(picture.headline, "bold"))
    return grid


def _list(picture: Picture, glance: Glance, console: Console) -> Table:
    say = glance.say
    offers = any(row.fallbacks for row in picture.rows)
    listed = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    listed.add_column("", width=1)
    listed.add_column(say(said.TOOL), max_width=24, overflow="ellipsis", no_wrap=True)
    listed.add_column(say(said.STATE), max_width=26, overflow="fold")
    listed.add_column(say(said.CHECKED), no_wrap=True)
    if offers:
        listed.add_column(say(said.INSTEAD), max_width=18, overflow="ellipsis", no_wrap=True)
    for row in picture.rows:
        cells = _cells(row, glance, console)
        listed.add_row(*cells if offers else cells[:-1])
    return listed


def _cells(row: Row, glance: Glance, console: Console) -> tuple[Text, ...]:
    calm = row.lamp in CALM
    return (
        shape(row.lamp, console),
        words(row.service.name, "" if calm else "bold"),
        words(row.state_words, "" if calm else colour(row.lamp)),
        words(glance.age(row.checked), "dim"),
        words(row.fallbacks[0].name if row.fallbacks else ""),
    )
