"""Text and state shapes: plain, in three sizes, in the system's font and colours."""

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from notifier.desktop import drawing, theme
from notifier.desktop.theme import Size, Tone
from notifier.model.picture import Lamp
from notifier.wording.sink import harmless

_DRESS = frozenset(
    {
        QEvent.Type.PaletteChange,
        QEvent.Type.ApplicationPaletteChange,
        QEvent.Type.ApplicationFontChange,
        QEvent.Type.ParentChange,
    }
)

_UNBROKEN = re.compile(r"\S{28,}")
_SEAMS = re.compile(r"(?<=[/.?&=_\-])(?=\w)")


class Words(QLabel):
    """A text that wraps, never marked up, and follows the system's font and colours.

    `beside` sets a small text on the base line of normal text at its side.
    """

    def __init__(
        self,
        size: Size = Size.NORMAL,
        *,
        strong: bool = False,
        tone: Tone | Lamp = Tone.TEXT,
        wrap: bool = True,
        selectable: bool = False,
        beside: bool = False,
    ) -> None:
        super().__init__()
        self._size, self._strong, self._tone, self._beside = size, strong, tone, beside
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.setWordWrap(wrap)
        # Else a text on the page's ground would be painted in that ground's own role.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding if wrap else QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Preferred,
        )
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._dress()

    def say(self, text: str, *, spoken: str = "") -> None:
        """Show `text`, or nothing at all where it is empty; `spoken` is what is read aloud."""
        shown = breakable(harmless(text))
        if shown != self.text():
            self.setText(shown)
        heard = harmless(spoken or text)
        if heard != self.accessibleName():
            self.setAccessibleName(heard)
        # Without a parent yet, to be visible would mean a window of its own.
        if self.parent() is not None or not text:
            self.setVisible(bool(text))

    def tint(self, tone: Tone | Lamp) -> None:
        """Change what the text is for."""
        self._tone = tone
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark and to another font."""
        super().changeEvent(event)
        if event.type() in _DRESS:
            self._dress()

    def _dress(self) -> None:
        font = theme.font(self._size, strong=self._strong)
        if font != self.font():
            self.setFont(font)
            if self._beside:
                self.setContentsMargins(0, _drop(font), 0, 0)
        # Text and Base are never ours, so that this can be worked out anew from what the system
        # says; WindowText is what a label paints with.
        palette = self.palette()
        colour = theme.ink(palette, self._tone)
        if colour != palette.color(QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)


def breakable(text: str) -> str:
    """`text` with invisible seams in long addresses, so that a narrow window can break them."""
    return _UNBROKEN.sub(lambda word: _SEAMS.sub("\u200b", word.group()), text)


def glued(facts: str) -> str:
    """A line of facts that breaks between them and never within one."""
    return " · ".join(fact.replace(" ", "\u00a0") for fact in facts.split(" · "))


class Shape(QWidget):
    """A lamp's shape, as high as a line of text unless told otherwise. Screen readers skip it."""

    def __init__(self, size: Size = Size.NORMAL) -> None:
        super().__init__()
        self._size = size
        self._lamp = Lamp.EMPTY
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_lamp(self, lamp: Lamp) -> None:
        """Show one lamp."""
        if lamp is not self._lamp:
            self._lamp = lamp
            self.update()

    def sizeHint(self) -> QSize:
        """A square as high as the text beside it."""
        return QSize(side(self._size), side(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        """Draw it at the screen's own resolution."""
        painter = QPainter(self)
        paint_lamp(painter, self.palette(), self._lamp, min(self.width(), self.height()))
        painter.end()


def paint_lamp(painter: QPainter, palette: QPalette, lamp: Lamp, size: int) -> None:
    """Draw a lamp into the square of `size` logical pixels at the painter's origin.

    A hollow one is drawn as a letter would be, in the ink of its state.
    """
    design = drawing.DESIGNS[lamp]
    if design.glyph:
        drawing.paint(painter, design, size, rim=theme.dark(palette))
    else:
        drawn = replace(design, colour=theme.ink(palette, lamp).name())
        drawing.paint(painter, drawn, size, rim=False)


def side(size: Size) -> int:
    """The side of a shape beside text of `size`, in logical pixels, on the 2-px grid."""
    return round(_line_height(size) * 0.5) * 2


def _line_height(size: Size) -> float:
    return QFontMetricsF(theme.font(size)).height()


def _drop(small: QFont) -> int:
    """How much lower a smaller text has to begin to share its neighbour's base line."""
    normal = QFontMetricsF(theme.font(Size.NORMAL))
    return round(normal.ascent() - QFontMetricsF(small).ascent())
