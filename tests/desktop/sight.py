"""What a person can see and hear of a window, for its tests."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from notifier.desktop.board_window import BoardWindow
from notifier.desktop.buttons import Button, FoldLine
from notifier.desktop.service_list import ServiceList
from notifier.desktop.service_page import ServicePage


def shown(window: QWidget, kind: type = QLabel) -> list:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def texts(window: QWidget) -> list[str]:
    return [label.text() for label in shown(window) if label.text()]


def button(window: QWidget, label: str, kind: type = Button):
    return next(one for one in shown(window, kind) if one.text() == label)


def listed(window: BoardWindow) -> ServiceList:
    return window.findChild(ServiceList)


def page(window: BoardWindow) -> ServicePage:
    return window.findChild(ServicePage)


def spoken(window: BoardWindow) -> list[str]:
    rows = listed(window)
    role = Qt.ItemDataRole.AccessibleTextRole
    return [rows.item(place).data(role) for place in range(rows.count())]


def unfold(window: BoardWindow) -> None:
    for line in window.findChildren(FoldLine):
        line.setChecked(True)
