"""The scratch pad: what stands beside each button happens, and no word of it goes astray."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QClipboard, QFont, QGuiApplication, QTextOption
from PySide6.QtWidgets import QApplication

from notifier.desktop.buttons import Button
from notifier.desktop.labels import Words
from notifier.desktop.scratch_pad import ScratchPad
from notifier.desktop.tick_box import TickBox
from notifier.desktop.writing import Writing
from notifier.model.picture import Lamp
from notifier.model.way_in import MOST_WRITTEN
from notifier.wording import scratch_pad as words
from notifier.wording.say import English
from tests.desktop.scenes import DOWN, FILLED
from tests.desktop.sight import button, shown, texts, unfold

pytestmark = pytest.mark.qt_log_ignore("does not support")

OFFERS = (FILLED, *DOWN.fallbacks[1:])

GOES = "Opens Claude with your text in it, which may begin at once."
STAYS = "Perplexity takes no text in its address: copy it here and paste it there."
PRIVATE = "It is marked private, so it is put into no address: copy it here and paste it there."


@pytest.fixture
def pad(qtbot):
    made = ScratchPad(English(), lambda _apps: False)
    qtbot.addWidget(made)
    made.show_offers(DOWN, OFFERS, DOWN.excluded)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def field(pad) -> Writing:
    return pad.findChild(Writing)


def tick(pad, name) -> None:
    button(pad, name, TickBox).click()


def paste(pad, text) -> None:
    """As a person does: what is pasted comes from elsewhere, and is the widget's own affair."""
    held = QMimeData()
    held.setText(text)
    held.setHtml(f"<h1>{text[:20]}</h1>")
    field(pad).insertFromMimeData(held)


def test_it_says_before_what_will_become_of_the_text(qtbot, pad):
    assert texts(pad).count("Opens its page.") == 2
    qtbot.keyClicks(field(pad), "hello")
    assert {GOES, STAYS} <= set(texts(pad))
    tick(pad, words.PRIVATE)
    assert texts(pad).count(PRIVATE) == 2
    assert GOES not in texts(pad)
    tick(pad, words.PRIVATE)
    paste(pad, "x" * 5000)
    assert [one for one in texts(pad) if one.startswith("It is too long")]


def test_what_is_up_stands_there_with_its_reasons_and_changes_with_the_picture(pad):
    for line in ("Instead of ChatGPT, as they are now", "Claude", "can: chat · checked 20 s ago"):
        assert line in texts(pad)
    unfold(pad)
    assert "Microsoft Copilot: runs on the same models" in texts(pad)
    pad.show_offers(DOWN, OFFERS[1:], ())
    assert "Claude" not in texts(pad)
    pad.show_offers(DOWN, (), ())
    assert "Nothing else is known to work right now. Your text stays here until it does." in texts(
        pad
    )
    pad.show_offers(None, (), ())
    assert "Nothing is watched yet, so nothing is known to work" in texts(pad)


def test_each_button_wishes_for_its_own(qtbot, pad):
    wished = []
    pad.open_wished.connect(wished.append)
    button(pad, "Open Perplexity").click()
    button(pad, "Open Claude").click()
    assert wished == [OFFERS[1], OFFERS[0]]


def test_enter_is_a_new_line_and_opens_nothing(qtbot, pad):
    wished = []
    pad.open_wished.connect(wished.append)
    qtbot.keyClicks(field(pad), "a")
    qtbot.keyClick(field(pad), Qt.Key.Key_Return)
    assert pad.text == "a\n"
    qtbot.keyClick(button(pad, words.PRIVATE, TickBox), Qt.Key.Key_Return)
    assert wished == []
    assert pad.isVisible()


@pytest.mark.parametrize(
    "text",
    [
        "two lines\n\nand a third\n",
        "🧑‍🚀 & \"quotes\" 'of' any #kind? 100 %",
        "שלום, عربي\u202e\u202c",
        "10\u00a0000 €\ttab ",
        "<b>not bold</b> &amp;",
    ],
)
def test_what_is_pasted_is_plain_and_the_very_text(pad, text):
    paste(pad, text)
    assert pad.text == text
    field(pad).selectAll()
    copied = field(pad).createMimeDataFromSelection()
    assert (copied.text(), copied.hasHtml()) == (text, False)


def test_a_draft_comes_back_as_it_was(pad):
    changes = []
    pad.keep_wished.connect(changes.append)
    pad.show_draft("line\u00a0one\nline two\n", private=True, kept=True)
    assert (pad.text, pad.private, changes) == ("line\u00a0one\nline two\n", True, [])
    assert words.kept(English()) in texts(pad)


def test_more_than_there_is_room_for_is_left_out_and_said_kindly(qtbot, pad):
    paste(pad, "é" * (MOST_WRITTEN // 2))
    assert len(pad.text.encode()) == MOST_WRITTEN
    assert words.TOO_LARGE not in texts(pad)
    paste(pad, "x")
    assert words.TOO_LARGE in texts(pad)
    qtbot.keyClicks(field(pad), "y")
    assert len(pad.text.encode()) == MOST_WRITTEN
    field(pad).selectAll()
    paste(pad, "z" * MOST_WRITTEN)
    assert pad.text == "z" * MOST_WRITTEN, "what is replaced makes room"


def test_only_the_button_asks_for_the_clipboard_and_it_says_when_it_is_done(qtbot, pad):
    clipboard, wished = QGuiApplication.clipboard(), []
    clipboard.setText("before")
    pad.copy_wished.connect(lambda: wished.append(1))
    assert not button(pad, words.COPY).isEnabled()
    qtbot.keyClicks(field(pad), "secret")
    tick(pad, words.PRIVATE)
    button(pad, "Open Claude").click()
    assert (clipboard.text(), wished) == ("before", [])
    assert "secret" not in clipboard.text(QClipboard.Mode.Selection)
    button(pad, words.COPY).click()
    assert wished == [1]
    pad.copied()
    assert button(pad, words.COPIED).isVisible()


def test_in_a_rehearsal_it_says_so_and_keeps_nothing(qtbot):
    made = ScratchPad(English(), lambda _apps: True, rehearsal=True, keeps=False)
    qtbot.addWidget(made)
    made.show_offers(DOWN, OFFERS, ())
    with qtbot.waitExposed(made):
        made.show()
    assert made.windowTitle() == "Rehearsal – Scratch pad – AI Notifier"
    assert texts(made)[0] == "Rehearsal – Scratch pad"
    assert words.KEEP not in [one.text() for one in shown(made, TickBox)]
    assert texts(made).count("Opens its app.") == 2


# -- keyboard, ears, room


def test_the_keyboard_reaches_everything_and_tab_leaves_the_text(qtbot, pad):
    qtbot.keyClicks(field(pad), "hello")
    assert QApplication.focusWidget() is field(pad)
    reached = []
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is field(pad):
            break
    assert reached[-1] is field(pad)
    for wanted in (*shown(pad, Button), *shown(pad, TickBox)):
        assert wanted in reached, wanted.text()
    assert pad.text == "hello"


def test_everything_has_a_name_to_be_read_aloud(pad):
    for one in (field(pad), *shown(pad, Button), *shown(pad, TickBox)):
        face = QAccessible.queryAccessibleInterface(one)
        assert face.text(QAccessible.Text.Name), one
    opens = QAccessible.queryAccessibleInterface(button(pad, "Open Claude"))
    assert opens.text(QAccessible.Text.Description) == "Opens its page."


@pytest.fixture
def large_type():
    before = QApplication.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 1.6)
    QApplication.setFont(larger)
    yield
    QApplication.setFont(before)


def assert_nothing_is_cut(pad: ScratchPad) -> None:
    for _ in range(20):
        QApplication.processEvents()
    for label in shown(pad, Words):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
        assert label.mapTo(pad, QPoint(label.width(), 0)).x() <= pad.width(), label.text()
    for one in (*shown(pad, Button), *shown(pad, TickBox)):
        assert one.width() >= one.sizeHint().width(), one.text()
        assert one.mapTo(pad, QPoint(one.width(), 0)).x() <= pad.width(), one.text()


@pytest.mark.parametrize("size", [(1366, 728), (600, 680), (683, 384), (360, 300)], ids=str)
def test_nothing_is_cut_at_any_size(qtbot, pad, size):
    pad.show_draft("x " * 50_000, private=True, kept=True)
    pad.say_what(Lamp.WATCH, STAYS)
    unfold(pad)
    pad.resize(*size)
    qtbot.waitUntil(lambda: (pad.width(), pad.height()) == size)
    assert_nothing_is_cut(pad)
    assert field(pad).height() >= 96


def test_nothing_is_cut_in_large_type(qtbot, large_type, pad):
    pad.show_draft("hello", private=False, kept=True)
    pad.resize(480, 600)
    assert_nothing_is_cut(pad)


def test_a_very_long_name_leaves_room_for_what_is_said(qtbot, pad):
    name = "The language model of the faculty of letters of the University of Somewhere " * 2
    pad.show_offers(DOWN, (replace(FILLED, name=name),), ())
    pad.resize(480, 600)
    qtbot.waitUntil(lambda: pad.width() == 480)
    assert_nothing_is_cut(pad)


def test_a_megabyte_without_a_blank_does_not_hold_the_window_up(qtbot, pad):
    paste(pad, "x" * MOST_WRITTEN)
    assert field(pad).wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    QApplication.processEvents()
    assert len(pad.text) == MOST_WRITTEN
