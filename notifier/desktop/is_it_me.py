"""*Is it me?*: the four lines of `wording.is_it_me`, filled in live. Derives nothing itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from notifier.desktop.buttons import Link
from notifier.desktop.flow import Flow
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Shape, Words, glued
from notifier.desktop.section import column
from notifier.desktop.theme import Size, Tone, space
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.wording.account import SET
from notifier.wording.glance import Glance
from notifier.wording.is_it_me import Line, lines, sentence
from notifier.wording.say import Say
from notifier.wording.tray import TEST, TEST_NOTICE

PATIENCE = 60.0
"""Seconds after *Check now* in which a line may say that it is still looking. A look that the
rules of politeness put off comes later than that; until then what is known stands there."""


class FourLines(QWidget):
    """Your network, their front door, their page, your account."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._intents = intents
        self._row: Row | None = None
        self._lines: list[_Line] = []
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
        test, notice = Link(say(TEST)), Link(say(TEST_NOTICE))
        test.clicked.connect(lambda _checked: intents.test_connection())
        notice.clicked.connect(lambda _checked: intents.try_notice())
        tests = QWidget()
        line = Flow(tests, gap=space(4))
        for link in (test, notice):
            line.addWidget(link)
        room.addWidget(tests)

    def show_row(self, picture: Picture, row: Row, glance: Glance, asked_at: Moment | None) -> None:
        """Show the lines as they stand now."""
        self._row = row
        found = lines(picture, row, glance.say, asked_at)
        while len(self._lines) < len(found):
            self._lines.append(_Line(self._grid, len(self._lines), glance.say, self._set_key))
        for shown, line in zip(self._lines, found, strict=True):
            shown.show_line(line, glance, may_set=self._intents.keys is not None)

    def _set_key(self) -> None:
        if self._row is not None and self._intents.keys is not None:
            self._intents.keys.set_key(self._row)


class _Line:
    """A row of the grid: a shape, who is asked, what is known, and how old that is."""

    def __init__(self, grid: QGridLayout, at: int, say: Say, set_key: Callable[[], None]) -> None:
        self._shape, self._asks = Shape(), Words(tone=Tone.SOFT, wrap=False)
        self._says, self._way = Words(), Words(Size.SMALL, tone=Tone.SOFT)
        self._link = Link(say(SET))
        self._link.clicked.connect(lambda _checked: set_key())
        self._seen = Words(Size.SMALL, tone=Tone.SOFT, wrap=False, beside=True)
        self._seen.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)
        for place, widget in enumerate((self._shape, self._asks, self._answer(), self._seen)):
            grid.addWidget(widget, at, place, Qt.AlignmentFlag.AlignTop)

    def show_line(self, line: Line, glance: Glance, *, may_set: bool) -> None:
        """Show one line; its link only where a key `may_set` what it asks."""
        ago = glance.age(line.at)
        self._shape.show_lamp(line.lamp)
        self._asks.say(line.asks, spoken=sentence(line, ago, glance.say))
        self._says.say(line.says)
        self._says.tint(Tone.SOFT if line.pending or line.at is None else Tone.TEXT)
        self._way.say(glued(line.way), spoken=line.way)
        self._link.setVisible(line.wants_key and may_set)
        self._seen.say("" if line.pending else ago)

    def _answer(self) -> QWidget:
        box = QWidget()
        room = column(box)
        room.addWidget(self._says)
        room.addWidget(self._way)
        room.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeading)
        return box
