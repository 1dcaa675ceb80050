"""*Test my fallbacks*: each alternative and every step as they come. Tests nothing itself."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from notifier.desktop.buttons import Button, Primary
from notifier.desktop.frame import Hairline, open_at
from notifier.desktop.labels import Words, glued
from notifier.desktop.section import Stack, StateLine, beside_shape, column
from notifier.desktop.theme import Size, Tone, space
from notifier.model.drill import Came, Drill, Tested
from notifier.wording import drill as words
from notifier.wording.glance import Glance
from notifier.wording.is_it_me import sentence
from notifier.wording.say import Say

_SAID_FOR = 3_000
"""Milliseconds in which the button says that the report was copied."""


class FallbackTest(QDialog):
    """Paints a drill; its report can be copied once it is over. In a `rehearsal` it says so."""

    again = Signal()
    """The test is to be made anew."""

    copy = Signal()
    """The report is wanted on the clipboard."""

    def __init__(self, say: Say, *, rehearsal: bool = False) -> None:
        super().__init__()
        self._say, self._title = say, words.title(say, rehearsal=rehearsal)
        self.setWindowTitle(say("{title} – AI Notifier", title=self._title))
        self._last = Words(Size.SMALL, tone=Tone.SOFT)
        self._each = Stack(_One, space(5))
        self._verdict = StateLine(strong=True, selectable=True)
        self._copy, self._again = Button(say(words.COPY)), Button(say(words.AGAIN))
        self._close = Primary(say(words.CLOSE))
        for button, signal in ((self._copy, self.copy), (self._again, self.again)):
            button.setAutoDefault(False)
            button.clicked.connect(signal)
        self._close.clicked.connect(self.reject)
        self._said = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._said.timeout.connect(lambda: self._copy.name(say(words.COPY)))
        self._lay_out()
        self.setMinimumSize(space(80), space(60))
        open_at(self, space(140), space(160))
        self._close.setFocus()

    def show_drill(self, drill: Drill, glance: Glance) -> None:
        """Show how far it has come."""
        shown = self._each.need(len(drill.tested))
        for widget, tested in zip(shown, drill.tested, strict=True):
            widget.show_tested(tested, glance)
        self._verdict.say(*words.conclusion(drill, glance.say))
        self._copy.setEnabled(drill.over)

    def show_last(self, text: str) -> None:
        """When it was last tested before this."""
        self._last.say(text)

    def copied(self) -> None:
        """The report is on the clipboard; a button whose name changes is read aloud."""
        self._copy.name(self._say(words.COPIED))
        self._said.start()

    def allow_again(self, *, allowed: bool) -> None:
        """Let the test be made anew, or not yet."""
        self._again.setEnabled(allowed)

    def _lay_out(self) -> None:
        title, text = Words(Size.LARGE, strong=True), Words(tone=Tone.SOFT)
        title.say(self._title)
        text.say(self._say(words.ABOUT))
        head = _padded(title, text, self._last, gap=space(1))
        foot = _padded(self._verdict, gap=space(4))
        foot.addLayout(self._buttons())
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(0)
        room.addLayout(head)
        room.addWidget(Hairline())
        room.addWidget(self._scroller(), 1)
        room.addWidget(Hairline())
        room.addLayout(foot)

    def _scroller(self) -> QScrollArea:
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        room = QVBoxLayout(page)
        room.setContentsMargins(space(6), space(4), space(6), space(4))
        room.addWidget(self._each)
        room.addStretch(1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setAccessibleName(self._say("What was tried"))
        scroller.setWidget(page)
        scroller.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        return scroller

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addWidget(self._copy)
        line.addStretch(1)
        line.addWidget(self._again)
        line.addWidget(self._close)
        return line


class _One(QWidget):
    """An alternative in a clause, and what was tried of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = StateLine(strong=True, selectable=True)
        self._steps = Stack(StateLine, space(1))
        steps = QWidget()
        inside = column(steps)
        inside.setContentsMargins(beside_shape(), 0, 0, 0)
        inside.addWidget(self._steps)
        room = column(self, space(2))
        room.addWidget(self._whole)
        room.addWidget(steps)

    def show_tested(self, tested: Tested, glance: Glance) -> None:
        """Show it."""
        say = glance.say
        self._whole.say(words.lamp(tested.came), words.clause(tested, say))
        for shown, step in zip(self._steps.need(len(tested.steps)), tested.steps, strict=True):
            line = words.line(step, say)
            age = glance.age(line.at)
            text = say("{asks}: {says}", asks=line.asks, says=line.says)
            spoken = sentence(line, age, say)
            shown.say(line.lamp, text, under=glued(line.way), end=age, spoken=spoken)
            soft = step.came in (Came.PENDING, Came.NOT_TRIED)
            shown.text.tint(Tone.SOFT if soft else Tone.TEXT)


def _padded(*content: QWidget, gap: int) -> QVBoxLayout:
    """A column with a margin around it."""
    room = QVBoxLayout()
    room.setContentsMargins(space(6), space(4), space(6), space(4))
    room.setSpacing(gap)
    for widget in content:
        room.addWidget(widget)
    return room
