"""A layout that sets widgets in a line and breaks the line where the width ends."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from notifier.desktop.theme import space


class Flow(QLayout):
    """Left to right, each in the middle of its line, then the next line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = space(2)) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own way in."""
        self._items.append(item)

    def count(self) -> int:
        """How many widgets stand in it, hidden ones included."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at `index` out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it gets in `width`."""
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def setGeometry(self, rect: QRect) -> None:
        """Set everything in its place."""
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            x = rect.x()
            for item, size in line:
                item.setGeometry(QRect(QPoint(x, y + (_height(line) - size.height()) // 2), size))
                x += size.width() + self._gap
            y += _height(line) + self._gap

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        lines = self._lines(1 << 20)
        return QSize(self._width(lines[0]), _height(lines[0])) if lines else QSize(0, 0)

    def minimumSize(self) -> QSize:
        """The widest single widget."""
        least = QSize(0, 0)
        for item in self._items:
            least = least if item.isEmpty() else least.expandedTo(item.minimumSize())
        return least

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The visible items with their sizes, broken into lines of `width`."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(width, 1)))
            if lines and self._width(lines[-1]) + self._gap + size.width() <= width:
                lines[-1].append((item, size))
            else:
                lines.append([(item, size)])
        return lines

    def _width(self, line: list[tuple[QLayoutItem, QSize]]) -> int:
        return sum(size.width() for _, size in line) + self._gap * (len(line) - 1)


def _height(line: list[tuple[QLayoutItem, QSize]]) -> int:
    return max(size.height() for _, size in line)
