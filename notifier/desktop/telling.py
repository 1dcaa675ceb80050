"""What the person was told of a service and what not, each with its reason; and the proof of it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from notifier.desktop.buttons import Button, Fold
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Words
from notifier.desktop.section import Section, Stack, column
from notifier.desktop.theme import Size, Tone, space
from notifier.model.picture import Row
from notifier.model.record import LogLine
from notifier.model.service import ServiceKey
from notifier.wording import log as words
from notifier.wording import proof
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.tray import PROOF

NEWEST = 5
"""Lines in sight; the others are folded away."""

_SAID_FOR = 5_000
"""Milliseconds for which a button says what it has done."""


class Telling(Section):
    """The log of one service, newest first: a few lines, and the others behind a fold."""

    def __init__(self, say: Say) -> None:
        self._newest, self._older = Stack(Line, space(2)), Stack(Line, space(2))
        self._fold = Fold(self._older)
        super().__init__(say(words.HEADING), self._newest, self._fold)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show what there is."""
        newest, older = row.log[:NEWEST], row.log[NEWEST:]
        _fill(self._newest, newest, glance)
        _fill(self._older, older, glance)
        title = glance.say.plural("{count} more", "{count} more", len(older))
        self._fold.show_if(title, wanted=bool(older))
        self.setVisible(bool(row.log))


class Line(QWidget):
    """One line: when, what was told or why it was not, and in small by which channel."""

    def __init__(self) -> None:
        super().__init__()
        self.time = Words(Size.SMALL, tone=Tone.SOFT, wrap=False, beside=True)
        self.time.setMinimumWidth(_width_of_times(self.time))
        self.text = Words(selectable=True)
        self.by = Words(Size.SMALL, tone=Tone.SOFT)
        said = QWidget()
        beside = column(said)
        beside.addWidget(self.text)
        beside.addWidget(self.by)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(3))
        room.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        room.addWidget(said, 1)

    def show_line(self, line: LogLine, glance: Glance) -> None:
        """Show it; read aloud it is one sentence."""
        self.time.say(glance.time(line.at))
        self.text.say(words.logged(line, glance.say), spoken=words.spoken(line, glance))
        self.by.say(words.by(line, glance.say))


def _width_of_times(label: Words) -> int:
    """Room for a day and a time, so that the lines stand under each other."""
    return label.fontMetrics().horizontalAdvance("22 Nov 22:22")


def _fill(stack: Stack[Line], lines: tuple[LogLine, ...], glance: Glance) -> None:
    for widget, line in zip(stack.need(len(lines)), lines, strict=True):
        widget.show_line(line, glance)


class ProofOffer(QWidget):
    """The button that copies the proof of a service's outage; it says when that is done."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._say, self._intents = say, intents
        self._key: ServiceKey | None = None
        self._button = Button(say(PROOF))
        self._button.clicked.connect(self._ask)
        self._what = Words(Size.SMALL, tone=Tone.SOFT)
        self._done = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._done.timeout.connect(self._as_ever)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(3))
        room.addWidget(self._button)
        room.addWidget(self._what, 1, Qt.AlignmentFlag.AlignVCenter)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Offer it where an outage of this service was written down."""
        if row.key != self._key:
            self._key = row.key
            self._as_ever()
        if row.outage is not None:
            self._what.say(proof.offer(row.outage, glance))
        self.setVisible(row.outage is not None and self._intents.copy_proof is not None)

    def copied(self, service: ServiceKey) -> None:
        """It is on the clipboard; the name of a button that is changed is read aloud."""
        if service == self._key:
            self._button.name(self._say(proof.COPIED))
            self._done.start()

    def _ask(self) -> None:
        if self._key is not None and self._intents.copy_proof is not None:
            self._intents.copy_proof(self._key)

    def _as_ever(self) -> None:
        self._done.stop()
        self._button.name(self._say(PROOF))
