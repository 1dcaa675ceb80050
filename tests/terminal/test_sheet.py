"""Sheets, drawn on a terminal and written into a pipe: reading, looking back, examining."""

import io

import pytest
from rich.console import Console

from notifier.model.picture import Lamp
from notifier.terminal import sheet
from notifier.terminal.sheet import Line, Section, Sheet
from tests.terminal.terminals import ESC, AsciiPipe, Pipe, Terminal

WILD = "Elevated \x1b[2J[bold]errors[/bold] \u202e通义千问通义千问 " * 6

SHEET = Sheet(
    Lamp.TROUBLE,
    "Claude: major outage",
    ("as of 18:00 · statuspage",),
    (
        Section(
            "Parts",
            (
                Line("claude.ai", "major outage", Lamp.TROUBLE),
                Line("A part with a longer name", "degraded", Lamp.WATCH),
                Line("2 more parts are well", lamp=Lamp.CLEAR),
            ),
        ),
        Section("Nothing", ()),
        Section("Incidents", (Line("Errors", lamp=Lamp.TROUBLE, under=("since 17:41",)),)),
        Section("Program", (Line("all is well", lamp=Lamp.CLEAR, word="ok"),)),
    ),
)
WORST = Sheet(
    Lamp.WATCH,
    WILD,
    (WILD,),
    (Section(WILD, (Line(WILD, WILD, Lamp.WATCH, (WILD,)), Line("word" * 90, "word" * 90))),),
)


def drawn(what, width, encoding="utf-8"):
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(
        file=out, width=width, record=True, markup=False, emoji=False, highlight=False
    )
    console.print(sheet.drawn(what, console))
    return console.export_text().splitlines()


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("what", [SHEET, WORST])
def test_a_sheet_is_never_wider_than_the_screen(what, width):
    from rich.cells import cell_len

    assert max(cell_len(line.rstrip()) for line in drawn(what, width)) <= width


def test_the_columns_of_a_section_stand_under_each_other():
    lines = drawn(SHEET, 80)
    (first,) = [line for line in lines if "claude.ai" in line]
    (second,) = [line for line in lines if "longer name" in line]
    assert first.index("major outage") == second.index("degraded")


def test_it_can_be_read_without_colour():
    lines = [line.strip() for line in drawn(SHEET, 80)]
    assert lines[0] == "✖ Claude: major outage"
    assert "● 2 more parts are well" in lines
    assert "Nothing" not in lines


def test_a_terminal_without_shapes_gets_letters():
    plain = Sheet(Lamp.TROUBLE, "Claude: major outage")
    assert drawn(plain, 80, "ascii")[0].startswith("X Claude")


def test_a_pipe_gets_one_fact_a_line_with_a_word_for_the_mark():
    pipe = Pipe()
    sheet.show(SHEET, pipe)
    assert pipe.lines == [
        "Claude: major outage",
        "as of 18:00 · statuspage",
        "Parts: claude.ai: major outage",
        "Parts: A part with a longer name: degraded",
        "Parts: 2 more parts are well",
        "Incidents: Errors",
        "  since 17:41",
        "Program: ok: all is well",
    ]


@pytest.mark.parametrize("stream", [Terminal, Pipe])
def test_no_text_moves_the_terminal_or_turns_around(stream):
    shown = stream()
    sheet.show(WORST, shown)
    text = shown.getvalue()
    assert f"{ESC}[2J" not in text
    assert "\u202e" not in text
    assert "[bold]errors" in text


def test_a_pipe_of_the_c_locale_is_no_failure():
    pipe = AsciiPipe()
    sheet.show(SHEET, pipe)
    assert "as of 18:00 ? statuspage" in pipe.text
