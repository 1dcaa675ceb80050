"""*Test my connection*: the lines of `wording.connection_test` as they come. Asks nobody itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from notifier.desktop.buttons import Button, Primary
from notifier.desktop.frame import Hairline, open_at
from notifier.desktop.labels import Words, glued
from notifier.desktop.section import Section, Stack, StateLine
from notifier.desktop.theme import Size, Tone, space
from notifier.model.moment import Moment
from notifier.model.picture import Picture
from notifier.model.walk import Trial
from notifier.wording import connection_test as words
from notifier.wording.glance import Glance
from notifier.wording.is_it_me import Line, sentence
from notifier.wording.say import Say


class ConnectionTest(QDialog):
    """Paints a trial and a picture; at its foot stands where it breaks and what to do.

    In a `rehearsal` it says so: what answers is played.
    """

    again = Signal()
    """The test is to be made anew."""

    def __init__(self, say: Say, *, rehearsal: bool = False) -> None:
        super().__init__()
        self._say, self._title = say, words.title(say, rehearsal=rehearsal)
        self.setWindowTitle(say("{title} – AI Notifier", title=self._title))
        self._groups = Stack(_Group, space(5))
        self._verdict = StateLine(strong=True, selectable=True)
        self._again = Button(say(words.AGAIN))
        self._again.setAutoDefault(False)
        self._again.clicked.connect(lambda _checked: self.again.emit())
        self._close = Primary(say(words.CLOSE))
        self._close.clicked.connect(self.reject)
        self._lay_out()
        self.setMinimumSize(space(80), space(60))
        open_at(self, space(140), space(160))
        self._close.setFocus()

    def show_test(
        self, trial: Trial, picture: Picture | None, glance: Glance, asked_at: Moment | None
    ) -> None:
        """Show how far it has come; `asked_at` is when the services were asked for a look."""
        found = words.groups(trial, picture, glance.say, asked_at)
        for group, (title, lines) in zip(self._groups.need(len(found)), found, strict=True):
            group.show_lines(title, lines, glance)
        lamp, text = words.conclusion(trial, picture, glance.say, asked_at)
        self._verdict.say(lamp, text)

    def allow_again(self, *, allowed: bool) -> None:
        """Let the test be made anew, or not yet."""
        self._again.setEnabled(allowed)

    def _lay_out(self) -> None:
        title, text = Words(Size.LARGE, strong=True), Words(tone=Tone.SOFT)
        title.say(self._title)
        text.say(self._say(words.ABOUT))
        head = _padded(title, text, gap=space(1))
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
        room.addWidget(self._groups)
        room.addStretch(1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setAccessibleName(self._say("What was asked"))
        scroller.setWidget(page)
        scroller.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        return scroller

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addStretch(1)
        line.addWidget(self._again)
        line.addWidget(self._close)
        return line


class _Group(Section):
    """A heading and its lines."""

    def __init__(self) -> None:
        self._lines = Stack(StateLine, space(2))
        super().__init__("", self._lines)

    def show_lines(self, title: str, lines: tuple[Line, ...], glance: Glance) -> None:
        self.heading.say(title)
        say = glance.say
        for shown, line in zip(self._lines.need(len(lines)), lines, strict=True):
            age = "" if line.pending else glance.age(line.at)
            text = say("{asks}: {says}", asks=line.asks, says=line.says)
            shown.say(
                line.lamp, text, under=glued(line.way), end=age, spoken=sentence(line, age, say)
            )
            shown.text.tint(Tone.SOFT if line.pending else Tone.TEXT)


def _padded(*content: QWidget, gap: int) -> QVBoxLayout:
    """A column with a margin around it."""
    room = QVBoxLayout()
    room.setContentsMargins(space(6), space(4), space(6), space(4))
    room.setSpacing(gap)
    for widget in content:
        room.addWidget(widget)
    return room
