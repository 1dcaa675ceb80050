"""What holds the main window together: fine lines, the split between list and page, emptiness."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from notifier.desktop import theme
from notifier.desktop.buttons import Primary
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Words
from notifier.desktop.lamps import app_icon
from notifier.desktop.section import column
from notifier.desktop.theme import Size, Tone, space
from notifier.wording.say import Say

_BORDER = QSize(space(4), space(10))
"""Kept free for what the window manager draws around a window, in logical pixels."""


def open_at(window: QWidget, width: int, height: int) -> None:
    """Give `window` its first size, in logical pixels: no larger than what its screen has free.

    Twice as large on a small laptop, a screen has 683 x 384 of them. The smallest size wins. With
    the first window Qt is given the icon of them all.
    """
    if QGuiApplication.windowIcon().isNull():
        QGuiApplication.setWindowIcon(app_icon())
    free = window.screen().availableSize() - _BORDER
    window.resize(QSize(width, height).boundedTo(free).expandedTo(window.minimumSize()))


class Hairline(QWidget):
    """One pixel between two grounds."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.hairline(self.palette()))
        painter.end()


class Split(QSplitter):
    """List and page, with a fine line between that can be dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def createHandle(self) -> QSplitterHandle:
        """Qt asks for it."""
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        painter = QPainter(self)
        painter.fillRect(self.contentsRect(), theme.hairline(self.palette()))
        painter.end()


class Empty(QWidget):
    """What stands in the window until something is chosen."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        title, text = Words(Size.LARGE, strong=True), Words(tone=Tone.SOFT)
        title.say(say("Nothing is watched yet"))
        text.say(say("Choose the tools you use, and you will hear when one of them fails."))
        button = Primary(say("Choose tools…"))
        button.clicked.connect(lambda _checked: intents.open_chooser())
        room = column(self, space(3))
        room.setContentsMargins(space(8), space(8), space(8), space(8))
        room.addStretch(1)
        for words in (title, text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            room.addWidget(words)
        room.addSpacing(space(2))
        room.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        room.addStretch(2)
