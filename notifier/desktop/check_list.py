"""The catalogue as a check-list: it narrows to what is typed, and every tick stays when it does."""

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from notifier.desktop import theme
from notifier.desktop.rows import Index, draw, paint_box, paint_ground
from notifier.desktop.theme import Size, Tone, space
from notifier.model.address import opened_host
from notifier.model.kind import Kind, kind_of
from notifier.model.service import Service, ServiceId, host_of
from notifier.wording import sink
from notifier.wording.kinds import TITLES
from notifier.wording.say import Say

_ID = Qt.ItemDataRole.UserRole
_ADDRESS = Qt.ItemDataRole.UserRole + 1
_BESIDE = Qt.ItemDataRole.UserRole + 2
_FOUND_BY = Qt.ItemDataRole.UserRole + 3

MOST_USED = 10
"""Tools that stand first of all; the others follow kind by kind."""

_TOGGLES = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Select})


class CheckList(QListWidget):
    """What can be watched; `ticked` says that a tick came or went."""

    ticked = Signal()

    def __init__(
        self, say: Say, services: Sequence[Service], watched: Collection[ServiceId]
    ) -> None:
        super().__init__()
        self.setAccessibleName(say("Tools, the most used first"))
        self.setItemDelegate(Ticks(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._say = say
        for title, listed in sections(services, watched):
            if title:
                self.addItem(_heading(say(title)))
            for service in listed:
                self.addItem(self._entry(service, service.id in watched))
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def narrow(self, typed: str) -> None:
        """Show what every typed word is found in; headings only where something is under them."""
        words = typed.casefold().split()
        for item in self._items():
            found_by = item.data(_FOUND_BY)
            missing = any(word not in found_by for word in words) if found_by else bool(words)
            item.setHidden(missing)
        if self.currentRow() >= 0 and self.currentItem().isHidden():
            self.setCurrentRow(-1)

    def enter(self) -> None:
        """Come in by keyboard, at the first row that can be ticked."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if self.currentRow() < 0:
            shown = (
                place
                for place, item in enumerate(self._items())
                if item.data(_FOUND_BY) and not item.isHidden()
            )
            self.setCurrentRow(next(shown, -1))

    def tick(self, ids: Collection[ServiceId]) -> None:
        """Tick some services and bring the first of them into sight."""
        items = [item for item in self._items() if item.data(_ID) in ids]
        for item in items:
            item.setCheckState(Qt.CheckState.Checked)
        if items:
            self.setCurrentItem(items[0])

    def add_address(self, url: str) -> None:
        """A page of the person's own, ticked, above everything."""
        if url in self.addresses():
            return
        item = _row(opened_host(url) or host_of(url) or url, url, (url,))
        item.setData(_ADDRESS, url)
        item.setCheckState(Qt.CheckState.Checked)
        self.insertItem(0, item)
        self.scrollToItem(item)
        self.ticked.emit()

    def services(self) -> tuple[ServiceId, ...]:
        """Every ticked service, hidden by the search or not."""
        return tuple(ServiceId(item.data(_ID)) for item in self._ticked() if item.data(_ID))

    def addresses(self) -> tuple[str, ...]:
        """Every ticked address of the person's own."""
        return tuple(item.data(_ADDRESS) for item in self._ticked() if item.data(_ADDRESS))

    def _entry(self, service: Service, ticked: bool) -> QListWidgetItem:  # noqa: FBT001 - two facts
        vendor = service.vendor if service.vendor != service.name else ""
        found_by = (service.name, service.vendor, service.id, host_of(service.home), *service.can)
        item = _row(service.name, vendor, found_by)
        item.setData(_ID, service.id)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setToolTip(sink.line(service.no_page))
        if vendor:
            spoken = self._say("{name} by {vendor}", name=service.name, vendor=vendor)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]

    def _ticked(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]


def sections(
    services: Sequence[Service], watched: Collection[ServiceId]
) -> Iterator[tuple[str, list[Service]]]:
    """What is used most and what is watched already, without a title; then the rest by its kinds.

    What tools stand on comes last, watched or not.
    """
    tools = [service for service in services if kind_of(service) is not Kind.GROUND]
    known = {service.id for service in tools[:MOST_USED]} | {*watched}
    yield "", [service for service in tools if service.id in known]
    for kind in Kind:
        rest = [s for s in services if kind_of(s) is kind]
        if kind is not Kind.GROUND:
            rest = [service for service in rest if service.id not in known]
        if rest:
            yield TITLES[kind], rest


def _row(name: str, beside: str, found_by: Sequence[str]) -> QListWidgetItem:
    item = QListWidgetItem(sink.line(name))
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
    )
    item.setData(_BESIDE, sink.line(beside))
    item.setData(_FOUND_BY, " ".join(found_by).casefold())
    return item


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


class Ticks(QStyledItemDelegate):
    """A check box, the name, and the vendor at the end of the line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """A comfortable line."""
        return QSize(space(40), max(space(8), option.fontMetrics.height() + space(3)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        paint_ground(painter, option)
        palette, room = option.palette, option.rect.adjusted(space(3), 0, -space(3), 0)
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            painter.setPen(theme.ink(palette, Tone.SOFT))
            draw(painter, room, index.data(), Size.SMALL, strong=True)
            painter.restore()
            return
        side = space(4)
        box = QRect(room.left(), room.center().y() - side // 2 + 1, side, side)
        paint_box(painter, palette, box, ticked=_is_ticked(index))
        room.setLeft(box.right() + space(2))
        painter.setPen(theme.ink(palette, Tone.TEXT))
        name = draw(painter, room, index.data(), Size.NORMAL)
        room.setLeft(room.left() + name + space(4))
        painter.setPen(theme.ink(palette, Tone.SOFT))
        draw(painter, room, index.data(_BESIDE), Size.SMALL, end=True)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it
        index: Index,
    ) -> bool:
        """A click anywhere on a row ticks it, and so does Space."""
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable or not _ticks(event):
            return False
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        other = (
            Qt.CheckState.Unchecked if ticked is Qt.CheckState.Checked else Qt.CheckState.Checked
        )
        return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)


def _is_ticked(index: Index) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


def _ticks(event: QEvent) -> bool:
    if isinstance(event, QMouseEvent):
        released = event.type() == QEvent.Type.MouseButtonRelease
        return released and event.button() is Qt.MouseButton.LeftButton
    if isinstance(event, QKeyEvent):
        return event.type() == QEvent.Type.KeyPress and event.key() in _TOGGLES
    return False
