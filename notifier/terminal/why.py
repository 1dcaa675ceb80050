"""One tool in full: whose it is, what to do, what to use instead, and every piece of evidence."""

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from notifier.model.health import failing
from notifier.model.picture import Picture, Row, ShownPart
from notifier.model.record import LogLine
from notifier.terminal.screen import colour, drawable, put, screen, shape, words
from notifier.wording import account, verdicts, window
from notifier.wording import log as words_of
from notifier.wording import terminal as said
from notifier.wording.glance import Glance
from notifier.wording.stages import ways
from notifier.wording.verdicts import with_age

_MOST_PARTS = 12
_MOST_UPDATES = 3

Section = tuple[str, list[tuple[str, str]]]
"""A heading, and lines of a time or a name each with what belongs to it."""


def show(
    picture: Picture,
    row: Row,
    log: Sequence[LogLine],
    glance: Glance,
    stream: TextIO | None = None,
) -> None:
    """Print the verdict on one tool, drawn or in plain lines as `stream` asks for."""
    stream = stream or sys.stdout
    if not drawable(stream):
        for line in lines(picture, row, log, glance):
            put(line, stream)
        return
    console = screen(stream)
    console.print(why(picture, row, log, glance, console))


def why(
    picture: Picture, row: Row, log: Sequence[LogLine], glance: Glance, console: Console
) -> RenderableType:
    """The verdict for a screen: the answer in three lines, then everything behind it."""
    first, *rest = answer(picture, row, glance)
    head = Table.grid(padding=(0, 1))
    head.add_column(width=1)
    head.add_column(overflow="fold")
    head.add_row(shape(row.lamp, console), words(first, f"bold {colour(row.lamp)}"))
    for line in rest:
        head.add_row("", words(line))
    return Group(head, *(_drawn(section) for section in sections(row, log, glance)))


def lines(picture: Picture, row: Row, log: Sequence[LogLine], glance: Glance) -> list[str]:
    """The verdict for a pipe: one fact per line."""
    told = list(answer(picture, row, glance))
    for heading, entries in sections(row, log, glance):
        told += [f"{heading}: {_joined(entry)}" for entry in entries]
    return told


def answer(picture: Picture, row: Row, glance: Glance) -> tuple[str, ...]:
    """What a person came for: what is wrong, whose it is, what to use instead, what to do."""
    say = glance.say
    return tuple(
        line
        for line in (
            with_age(say, row, glance.at),
            said.whose(picture, row, say),
            said.instead(row, say) or _nothing_instead(row, glance),
            said.next_step(row, say),
            said.known_before(row, glance),
            window.said_by_you(row, glance),
        )
        if line
    )


def _nothing_instead(row: Row, glance: Glance) -> str:
    return said.nothing_instead(row, glance.say) if failing(row.verdict.health) else ""


def sections(row: Row, log: Sequence[LogLine], glance: Glance) -> tuple[Section, ...]:
    """Everything behind the answer, under headings; empty ones are left out."""
    say = glance.say
    everything: tuple[Section, ...] = (
        (say(account.YOUR_ACCOUNT), _account(row, glance)),
        (say(account.THIS_COMPUTER), _server(row, glance)),
        (say(said.EVIDENCE), _evidence(row, glance)),
        (say(said.WAY), [*ways(row, say)]),
        (say(said.INCIDENTS), _incidents(row, glance)),
        (say(said.MAINTENANCE), _maintenance(row, glance)),
        (say(said.PARTS), _parts(row, glance)),
        (say(said.ALTERNATIVES), _alternatives(row)),
        (say(said.NOT_OFFERED), [(one.name, one.why) for one in row.excluded]),
        (say(account.YOUR_WORD), _words(row, glance)),
        (say(said.NOTICES), [_logged(line, glance) for line in log]),
    )
    return tuple(section for section in everything if section[1])


def _logged(line: LogLine, glance: Glance) -> tuple[str, str]:
    said = words_of.logged(line, glance.say)
    return glance.time(line.at), words_of.whole(line, said, glance.say)


def _account(row: Row, glance: Glance) -> list[tuple[str, str]]:
    """What became of the person's key; how to set one is said where one would tell more."""
    shown = row.account
    if shown is None:
        return []
    if not shown.kept:
        return [(glance.say(said.NO_KEY), said.how_to_set(shown.entry, glance.say))]
    return [(shown.words.removesuffix("."), account.facts(shown, glance))]


def _server(row: Row, glance: Glance) -> list[tuple[str, str]]:
    shown = row.server
    if shown is None:
        return []
    return [(shown.words.removesuffix("."), account.server_facts(shown, glance))]


def _words(row: Row, glance: Glance) -> list[tuple[str, str]]:
    newest_first = reversed(row.words)
    return [(account.word_held(one, glance), account.word(one, glance.say)) for one in newest_first]


def _evidence(row: Row, glance: Glance) -> list[tuple[str, str]]:
    return [
        (window.said(line, glance.say), window.proof(line, glance)) for line in row.verdict.evidence
    ]


def _incidents(row: Row, glance: Glance) -> list[tuple[str, str]]:
    entries = []
    for incident in row.incidents:
        entries.append((incident.title, window.incident_facts(incident, glance)))
        entries += [
            (window.update_head(update, glance), update.text)
            for update in incident.updates[:_MOST_UPDATES]
            if incident.open
        ]
    return entries


def _maintenance(row: Row, glance: Glance) -> list[tuple[str, str]]:
    return [(one.title, window.maintenance_facts(one, glance)) for one in row.maintenance]


def _parts(row: Row, glance: Glance) -> list[tuple[str, str]]:
    """The chosen parts, and of the others those that fail; a long page is cut and counted."""
    shown = [one for one in row.parts if one.chosen or failing(one.part.health)]
    entries = [_part(one, glance) for one in shown[:_MOST_PARTS]]
    if more := len(row.parts) - len(entries):
        entries.append(("", said.more_parts(more, glance.say)))
    if gone := verdicts.gone(row, glance.say):
        entries.append(("", gone))
    return entries


def _part(shown: ShownPart, glance: Glance) -> tuple[str, str]:
    state = window.state(shown.part.health, glance.say)
    name = window.part_name(shown, glance.say)
    return name, state if shown.chosen else said.not_chosen(state, glance.say)


def _alternatives(row: Row) -> list[tuple[str, str]]:
    return [(one.name, f"{window.reasons(one)} · {one.url}") for one in row.fallbacks]


def _drawn(section: Section) -> RenderableType:
    heading, entries = section
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=28, overflow="fold")
    grid.add_column(overflow="fold")
    for first, second in entries:
        grid.add_row(words(first), words(second, "dim"))
    return Group(Text(), words(heading, "bold"), Padding(grid, (0, 0, 0, 2)))


def _joined(entry: Iterable[str]) -> str:
    return ": ".join(part for part in entry if part)
