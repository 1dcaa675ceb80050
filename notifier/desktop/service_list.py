"""The services by urgency: shape, name, state in words, age. Selection is all it keeps."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from notifier.desktop import theme
from notifier.desktop.labels import paint_lamp, side
from notifier.desktop.rows import Index, draw, paint_ground
from notifier.desktop.theme import Size, Tone, space
from notifier.model.picture import Lamp, Row
from notifier.model.service import ServiceKey
from notifier.wording import sink
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.window import row_line, row_sentence

_KEY = Qt.ItemDataRole.UserRole
_LINE = Qt.ItemDataRole.UserRole + 1
_LAMP = Qt.ItemDataRole.UserRole + 2

_TINTED = frozenset({Lamp.TROUBLE, Lamp.WATCH, Lamp.MAINTENANCE})
"""States whose words stand out; all is well in the colour of everything else."""

_ROWS_WHERE_LOW = 2.5

_ANY_HEIGHT = (1 << 24) - 1
"""Qt's own word for no limit, QWIDGETSIZE_MAX."""


class ServiceList(QListWidget):
    """A row per service. `picked` says which one the person chose."""

    picked = Signal(str)

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._low = False
        self.setAccessibleName(say("Services, the most urgent first"))
        self.setItemDelegate(TwoLines(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.currentItemChanged.connect(self._changed)

    def show_rows(self, rows: Sequence[Row], glance: Glance) -> None:
        """Show the rows in their order; what was selected stays selected and in sight."""
        if [row.key for row in rows] != self._keys():
            self._rebuild(rows)
        for place, row in enumerate(rows):
            item = self.item(place)
            item.setText(sink.line(row.service.name))
            item.setData(_LINE, sink.line(row_line(row, glance)))
            item.setData(_LAMP, row.lamp)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row_sentence(row, glance))
        self.keep_low(low=self._low)

    def keep_low(self, *, low: bool) -> None:
        """Where it stands over the page it is no higher than needed; half a row says: scroll."""
        self._low = low
        rows = min(self.count(), _ROWS_WHERE_LOW) if low else 0
        self.setMaximumHeight(round(rows * self.sizeHintForRow(0)) if rows else _ANY_HEIGHT)

    def selected(self) -> ServiceKey | None:
        """The service the person looks at."""
        place = self.currentRow()
        return ServiceKey(self.item(place).data(_KEY)) if place >= 0 else None

    def select(self, key: ServiceKey) -> None:
        """Look at one service."""
        if key in (keys := self._keys()):
            self.setCurrentRow(keys.index(key))

    def _keys(self) -> list[ServiceKey]:
        return [ServiceKey(self.item(place).data(_KEY)) for place in range(self.count())]

    def _rebuild(self, rows: Sequence[Row]) -> None:
        """Another order or another choice of services."""
        before, offset = self.selected(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(sink.line(row.service.name), self)
            item.setData(_KEY, row.key)
        keys = [row.key for row in rows]
        self.setCurrentRow(keys.index(before) if before in keys else 0)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(offset)
        after = self.selected()
        if after is not None and after != before:
            self.picked.emit(after)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(_KEY))


class TwoLines(QStyledItemDelegate):
    """Draws one service: its shape, its name, and under it state and age."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Two lines of text and air around them."""
        return QSize(space(40), _height(Size.NORMAL) + _height(Size.SMALL) + space(5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it in the system's colours."""
        painter.save()
        paint_ground(painter, option)
        palette, room = option.palette, option.rect.adjusted(space(4), 0, -space(3), 0)
        lamp: Lamp = index.data(_LAMP)
        shape = side(Size.NORMAL) + 2
        left = room.left() + shape + space(3)
        top = room.top() + (room.height() - _height(Size.NORMAL) - _height(Size.SMALL)) // 2
        painter.save()
        painter.translate(room.left(), room.center().y() - shape // 2 + 1)
        paint_lamp(painter, palette, lamp, shape)
        painter.restore()
        name = QRect(left, top, room.right() - left, _height(Size.NORMAL))
        under = QRect(left, name.bottom() + 1, name.width(), _height(Size.SMALL))
        painter.setPen(theme.ink(palette, Tone.TEXT))
        draw(painter, name, index.data(Qt.ItemDataRole.DisplayRole), Size.NORMAL, strong=True)
        painter.setPen(theme.ink(palette, lamp if lamp in _TINTED else Tone.SOFT))
        draw(painter, under, index.data(_LINE), Size.SMALL)
        painter.restore()


def _height(size: Size) -> int:
    return QFontMetrics(theme.font(size)).height()
