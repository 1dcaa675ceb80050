"""How a row of a list is drawn: quiet selection, keyboard ring, check box, texts that are cut."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from notifier.desktop import theme
from notifier.desktop.theme import Size, Tone

Index = QModelIndex | QPersistentModelIndex

_BAR = 3
"""Width of the stroke of accent at the selected row, in logical pixels."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What a row stands on: selected, under the mouse, with the keyboard, or none of these."""
    palette, rect = option.palette, option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.chosen(palette))
        bar = QRect(rect.left(), rect.top(), _BAR, rect.height())
        painter.fillRect(bar, theme.ink(palette, Tone.LINK))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.hovered(palette))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(theme.ink(palette, Tone.LINK))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))


def paint_box(painter: QPainter, palette: QPalette, box: QRect, *, ticked: bool) -> None:
    """A check box. Drawn here: on dark grounds the common style's is all but invisible."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground, tick = theme.primary(palette)
    edge = box.toRectF().adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(ground if ticked else theme.ink(palette, Tone.SOFT), 1.5))
    painter.setBrush(ground if ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(edge, 3, 3)
    if ticked:
        painter.setPen(QPen(tick, 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.translate(box.topLeft())
        side = box.width() / 16
        corners = [(4.2, 8.3), (7.0, 11.0), (11.8, 5.2)]
        painter.drawPolyline([QPointF(x * side, y * side) for x, y in corners])
    painter.restore()


def draw(
    painter: QPainter,
    room: QRect,
    text: str,
    size: Size,
    *,
    strong: bool = False,
    end: bool = False,
) -> int:
    """Draw one line of text, cut where `room` ends, and answer its width in pixels."""
    font = theme.font(size, strong=strong)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignTrailing if end else Qt.AlignmentFlag.AlignLeading
    painter.setFont(font)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)
    return metrics.horizontalAdvance(shown)
