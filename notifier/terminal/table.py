"""The list of everything chosen: one lamp, one headline, one line per tool."""

import sys
from typing import TextIO

from notifier.model.picture import Picture
from notifier.terminal.screen import CALM, drawable, put, screen
from notifier.wording import terminal as said
from notifier.wording.glance import Glance


def show(picture: Picture, glance: Glance, stream: TextIO | None = None) -> None:
    """Print the list of everything, drawn or in plain lines as `stream` asks for."""
    stream = stream or sys.stdout
    if not drawable(stream):
        for line in lines(picture, glance):
            put(line, stream)
        return
    from notifier.terminal.drawn import table  # rich is loaded only where something is drawn

    console = screen(stream)
    console.print(table(picture, glance, console))


def lines(picture: Picture, glance: Glance) -> list[str]:
    """The picture for a pipe: one fact per line."""
    if not picture.rows:
        return list(said.how_to_add(glance.say))
    told = [said.headline(picture, glance.say)]
    for row in picture.rows:
        told.append(said.row_line(row, glance))
        if row.lamp not in CALM:
            told.append(f"  {row.summary}")
        if advice := said.advice(row, glance.say):
            told.append(f"  {advice}")
    return told
