"""Whatever is written by others, a terminal prints it and obeys none of it."""

import re
from dataclasses import replace
from datetime import UTC

import pytest

from notifier.catalogue import Sighting
from notifier.model.record import LogLine
from notifier.terminal import cards, lists, screen, table, why
from notifier.terminal.lines import Lines
from notifier.terminal.objects import Objects
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.scenes import CATALOGUE, NOTICE, NOW, OUTAGE
from tests.terminal.terminals import Pipe, Terminal
from tests.wording.hostile import OWN, acting, naughty, needs_corpus, poisoned

SAY = English()
GLANCE = Glance(NOW, UTC, SAY)

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""The only thing a screen of ours is told beside the texts."""

BREAKS = "\n\t"
"""Between our own lines and cells."""


def printed(text: str, stream):
    """Everything that is printed of one board with `text` all over it."""
    board, notice = poisoned(OUTAGE, text), poisoned(NOTICE, text)
    log = [LogLine(NOW.utc, "told", "outage", text, None, ())]
    table.show(board, GLANCE, stream)
    why.show(board, board.rows[0], log, GLANCE, stream)
    lists.fallbacks(board.rows[0], SAY, stream)
    services = poisoned(CATALOGUE[:2], text)
    seen = {one.id: Sighting("source", text) for one in services}
    lists.catalogue((*services, replace(services[0], page=None, no_page=text)), seen, SAY, stream)
    console = screen.screen(stream)
    console.print(cards.card(notice, console))
    with Lines(SAY, UTC, stream) as lines:
        lines.picture(NOW.utc, board)
        lines.notice(NOW.utc, notice)
        lines.caption(NOW.utc, text)
    with Objects(stream) as objects:
        objects.picture(NOW.utc, board)
        objects.notice(NOW.utc, notice)
    return stream.getvalue()


@pytest.mark.parametrize("kind", [Terminal, Pipe])
@pytest.mark.parametrize("text", OWN)
def test_no_text_moves_the_cursor_or_opens_anything(kind, text):
    assert acting(COLOURS.sub("", printed(text, kind())), BREAKS) == []


@needs_corpus
@pytest.mark.parametrize("kind", [Terminal, Pipe])
def test_no_naughty_string_does(kind):
    for text in naughty()[::11]:
        assert acting(COLOURS.sub("", printed(text, kind())), BREAKS) == [], text


@needs_corpus
def test_every_line_that_is_put_stays_one_line():
    for text in naughty():
        stream = Pipe()
        screen.put(text, stream)
        screen.put_cells([text, text], stream)
        assert len(stream.lines) == 2
        assert acting(stream.getvalue(), BREAKS) == []
        assert stream.lines[1].count("\t") == 1


@pytest.mark.parametrize(
    "text", ["[bold red]x[/]", "[link=https://evil.example]x[/link]", ":smile:"]
)
def test_what_looks_like_markup_is_printed_as_it_stands(text):
    stream = Terminal()
    screen.screen(stream).print(screen.words(text))
    assert stream.text == f"{text}\n"
