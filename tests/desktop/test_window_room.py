"""Nothing is cut at any size, and the keyboard reaches everything."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from notifier.desktop.board_window import BoardWindow
from notifier.desktop.buttons import Button, Link
from notifier.desktop.frame import open_at
from notifier.desktop.labels import Words
from tests.desktop import scenes
from tests.desktop.scenes import DOWN, OUTAGE, QUIET, board
from tests.desktop.sight import listed, page, shown, unfold


@pytest.fixture
def large_type():
    before = QApplication.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 1.6)
    QApplication.setFont(larger)
    yield
    QApplication.setFont(before)


def assert_nothing_is_cut(window: BoardWindow) -> None:
    """Every text is as high as it needs, and no wider than what it stands in."""
    for _ in range(20):  # layouts within layouts: a change rises by one in each turn of the loop
        QApplication.processEvents()
    view = page(window).viewport()
    for label in shown(page(window), Words):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
        right = label.mapTo(view, QPoint(label.width(), 0)).x()
        assert right <= view.width(), label.text()
    for one in (*shown(window, Button), *shown(window, Link)):
        assert one.width() >= one.sizeHint().width(), one.text()


SIZES = [(1366, 728), (1040, 680), (683, 384), (480, 640)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("picture", [OUTAGE, QUIET, scenes.OFFLINE], ids=["outage", "quiet", "off"])
def test_nothing_is_cut_at_any_size(qtbot, window, picture, size):
    window.show_picture(picture)
    unfold(window)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    for row in picture.rows:
        window.select(row.key)
        assert_nothing_is_cut(window)


def test_nothing_is_cut_with_large_type_in_a_small_window(qtbot, large_type, window):
    unfold(window)
    window.resize(520, 500)
    qtbot.waitUntil(lambda: window.width() == 520)
    assert_nothing_is_cut(window)


def test_a_long_address_in_the_vendors_words_breaks_instead_of_leaving_the_window(qtbot, window):
    long = "https://status.example.com/incidents/" + "/".join(["abcdefgh"] * 20)
    incident = replace(
        scenes.INCIDENT,
        updates=(replace(scenes.INCIDENT.updates[0], text=f"See {long} for more."),),
    )
    window.show_picture(board(replace(DOWN, incidents=(incident,))))
    window.resize(480, 640)
    qtbot.waitUntil(lambda: window.width() == 480)
    assert_nothing_is_cut(window)


def test_beside_each_other_where_there_is_room_and_over_each_other_where_there_is_not(window):
    def places() -> tuple[QPoint, QPoint]:
        QApplication.processEvents()
        return tuple(one.mapTo(window, QPoint()) for one in (listed(window), page(window)))

    window.resize(1040, 680)
    left, right = places()
    assert left.x() < right.x()
    assert left.y() == right.y()
    window.resize(480, 640)
    above, below = places()
    assert above.x() == below.x()
    assert above.y() < below.y()


@pytest.mark.parametrize("wanted", [(5000, 5000), (5000, 300), (300, 5000), (300, 300)], ids=str)
def test_a_window_opens_no_larger_than_its_screen(qtbot, wanted):
    opened = QWidget()
    qtbot.addWidget(opened)
    open_at(opened, *wanted)
    with qtbot.waitExposed(opened):
        opened.show()
    free = opened.screen().availableGeometry()
    assert opened.frameGeometry().size().boundedTo(free.size()) == opened.frameGeometry().size()
    for side, most, length in zip(
        wanted, free.size().toTuple(), opened.size().toTuple(), strict=True
    ):
        assert length == side if side < most else most * 0.8 < length < most


def test_the_main_window_fits_the_screen_it_is_opened_on(window):
    free = window.screen().availableSize()
    assert window.width() <= free.width()
    assert window.height() <= free.height()


def test_the_keyboard_goes_round_everything_and_nothing_holds_it(qtbot, window):
    listed(window).setFocus()
    reached = []
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        reached.append(focus)
        if focus is listed(window):
            break
    assert reached[-1] is listed(window)
    for wanted in (*shown(window, Button), *shown(window, Link)):
        assert wanted in reached, wanted.text()
