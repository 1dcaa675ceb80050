"""A box to tick with its words, drawn as the ticks of the check-list are."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from notifier.desktop import theme
from notifier.desktop.buttons import ring
from notifier.desktop.rows import paint_box
from notifier.desktop.theme import Tone, space

_SIDE = space(4)


class TickBox(QCheckBox):
    """The system's in all but its look: on dark grounds the common style's is all but invisible."""

    def sizeHint(self) -> QSize:
        """The box, its words, and room for the ring."""
        words = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        height = max(_SIDE, words.height()) + space(2)
        return QSize(_SIDE + space(2) + words.width() + space(1), height)

    def hitButton(self, pos: QPoint) -> bool:
        """A click on the words is a click on the box."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the window's, as from everywhere in it; under GNOME's theme Qt would tick."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        """The box where the lines above begin, its words, and a ring where the keyboard is."""
        painter = QPainter(self)
        box = QRect(0, (self.height() - _SIDE) // 2, _SIDE, _SIDE)
        paint_box(painter, self.palette(), box, ticked=self.isChecked())
        words = self.rect().adjusted(_SIDE + space(1), 0, 0, 0)
        painter.setPen(theme.ink(self.palette(), Tone.TEXT))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(words.adjusted(space(1), 0, 0, 0), flags, self.text())
        if self.hasFocus():
            ring(painter, self, words)
        painter.end()
