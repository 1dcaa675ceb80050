"""The buttons that differ from the system's: the one primary, a link, and a fold to open."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from notifier.desktop import theme
from notifier.desktop.theme import Tone, space
from notifier.wording import sink

_ROUND = 5.0
"""The corners of a button, in logical pixels."""

_LONGEST = space(80)
"""No link is wider, whatever a service is called."""


class Button(QPushButton):
    """The system's button, with air around its words."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.name(text)

    def name(self, text: str) -> None:
        """Show and speak `text`; an ampersand in it is no shortcut."""
        self.setText(sink.line(text).replace("&", "&&"))

    def sizeHint(self) -> QSize:
        """Never lower than a finger."""
        own = super().sizeHint()
        return QSize(own.width() + space(3), max(own.height(), space(8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the system has it, and a ring that is seen on every ground."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            ring(painter, self)
            painter.end()


class Primary(Button):
    """The one button a page asks for, in the system's accent.

    Painted here: styles shade a default button so much that its text would be hard to read.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setDefault(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        """A plain ground, its text, and a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, text = self._colours()
        box = self.rect().toRectF()
        if self.hasFocus():
            ring(painter, self)
            box = box.adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, _ROUND - 1, _ROUND - 1)
        painter.setPen(text)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(self.rect(), flags, self.text())
        painter.end()

    def _colours(self) -> tuple[QColor, QColor]:
        palette = self.palette()
        ground, text = theme.primary(palette)
        if not self.isEnabled():
            return theme.hairline(palette), theme.ink(palette, Tone.SOFT)
        if self.isDown():
            return theme.mixed(ground, QColor("#000000"), 0.18), text
        if self.underMouse():
            return theme.mixed(ground, QColor("#000000"), 0.09), text
        return ground, text


class Link(QAbstractButton):
    """A button that looks like a link: it opens something, or does something small."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._shown = ""
        self.name(text)
        self.setCursor(QCursor(Qt.CursorShape.PointingHandCursor))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def name(self, text: str) -> None:
        """Show and speak `text`."""
        shown = sink.line(text)
        if shown != self._shown:
            self._shown = shown
            self.setText(shown.replace("&", "&&"))
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The text and room for the ring of the focus; a very long text is cut."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._shown) + space(2)
        return QSize(min(width, _LONGEST), metrics.height() + space(1))

    def room(self) -> QRect:
        """Where the text stands: it begins where the texts above and below it do."""
        return self.rect().adjusted(0, 1, -space(1), -1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        """Text, a line under it, and a ring where the keyboard is."""
        painter = QPainter(self)
        colour = theme.ink(self.palette(), Tone.LINK)
        room = self.room()
        shown = self.fontMetrics().elidedText(
            self._shown, Qt.TextElideMode.ElideRight, room.width()
        )
        font = self.font()
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        if self.hasFocus():
            ring(painter, self)
        painter.end()


class Fold(QWidget):
    """A line that opens and closes what is under it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.line = FoldLine()
        self.line.toggled.connect(content.setVisible)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(2))
        room.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeading)
        room.addWidget(content)

    def show_if(self, title: str, *, wanted: bool) -> None:
        """Show the line with its title where it is wanted; it opens only by hand."""
        self.line.name(title)
        self._content.setVisible(self.line.isChecked())
        self.setVisible(wanted)


class FoldLine(Link):
    """The line of a fold: an arrow that turns, and a title."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        """Room for the arrow."""
        return super().sizeHint() + QSize(self.fontMetrics().height(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow, then title and ring as every link has them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.ink(self.palette(), Tone.LINK), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.translate(self.fontMetrics().height() / 2 - 1, self.height() / 2)
        painter.rotate(90 if self.isChecked() else 0)
        painter.drawPolyline([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
        painter.end()
        super().paintEvent(event)

    def room(self) -> QRect:
        """Beside the arrow."""
        return super().room().adjusted(self.fontMetrics().height(), 0, 0, 0)


def ring(painter: QPainter, widget: QWidget, room: QRect | None = None) -> None:
    """The ring that shows where the keyboard is, just inside a widget's edge or that of `room`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.ink(widget.palette(), Tone.LINK), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(
        (room or widget.rect()).toRectF().adjusted(0.75, 0.75, -0.75, -0.75), 4, 4
    )
