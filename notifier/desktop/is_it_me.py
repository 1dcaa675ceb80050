"""*Is it me?*: the four lines of `wording.is_it_me`, filled in live. Derives nothing itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from notifier.desktop.buttons import Link
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Shape, Words, glued
from notifier.desktop.section import column
from notifier.desktop.theme import Size, Tone, space
from notifier.wording.glance import Glance
from notifier.wording.is_it_me import Line, sentence
from notifier.wording.say import Say

PATIENCE = 60.0
"""Seconds after *Check now* in which a line may say that it is still looking. A look that the
rules of politeness put off comes later than that; until then what is known stands there."""


class FourLines(QWidget):
    """Your network, their front door, their page, your account."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._rows: list[tuple[Shape, Words, Words, Words, Words]] = []
        room = column(self, space(3))
        self._heading = Words(strong=True)
        self._heading.say(say("Is it me?"))
        room.addWidget(self._heading)
        grid = QWidget()
        self._grid = QGridLayout(grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(2, 1)
        room.addWidget(grid)
        test = Link(say("Test my connection…"))
        test.clicked.connect(lambda _checked: intents.test_connection())
        room.addWidget(test, 0, Qt.AlignmentFlag.AlignLeading)

    def show_lines(self, lines: tuple[Line, ...], glance: Glance) -> None:
        """Show the lines as they stand now."""
        while len(self._rows) < len(lines):
            self._rows.append(self._new_row(len(self._rows)))
        for (shape, asks, says, way, seen), line in zip(self._rows, lines, strict=True):
            ago = glance.age(line.at)
            shape.show_lamp(line.lamp)
            asks.say(line.asks, spoken=sentence(line, ago, glance.say))
            says.say(line.says)
            says.tint(Tone.SOFT if line.pending or line.at is None else Tone.TEXT)
            way.say(glued(line.way), spoken=line.way)
            seen.say("" if line.pending else ago)

    def _new_row(self, at: int) -> tuple[Shape, Words, Words, Words, Words]:
        shape, asks = Shape(), Words(tone=Tone.SOFT, wrap=False)
        says, way = Words(), Words(Size.SMALL, tone=Tone.SOFT)
        answer = QWidget()
        words = column(answer)
        words.addWidget(says)
        words.addWidget(way)
        seen = Words(Size.SMALL, tone=Tone.SOFT, wrap=False, beside=True)
        seen.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)
        for place, widget in enumerate((shape, asks, answer, seen)):
            self._grid.addWidget(widget, at, place, Qt.AlignmentFlag.AlignTop)
        return shape, asks, says, way, seen
