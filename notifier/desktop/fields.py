"""The two fields of the chooser: one leads down into the list, one keeps Enter to itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QToolButton

from notifier.desktop import theme
from notifier.desktop.buttons import ring
from notifier.desktop.theme import Tone, space
from notifier.wording.say import Say


class Field(QLineEdit):
    """One line to type in: the system's, a little higher, with a ring that is always seen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setTextMargins(space(1), 0, space(1), 0)
        self.setMinimumHeight(space(8))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.ink(palette, Tone.SOFT))
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring, where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            ring(painter, self)
            painter.end()


class Search(Field):
    """What is typed narrows the list; the Down key goes into it."""

    down = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__(say("Search the tools: by name, vendor or use"))
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(say("Clear the search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves for the list."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class Address(Field):
    """An address of a status page. Enter looks it up; it does not close the window."""

    entered = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__(say("Address of another status page"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter with something in the field stays here; an empty one lets it through."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
        else:
            super().keyPressEvent(event)
