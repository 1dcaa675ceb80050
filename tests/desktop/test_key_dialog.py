"""A key that is typed is seen by nobody: not on the screen, not read aloud, not copied out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from notifier.desktop.buttons import Button
from notifier.desktop.key_dialog import KeyDialog, KeyField
from notifier.model.picture import Lamp
from notifier.wording import key_dialog as words
from notifier.wording.say import English

pytestmark = pytest.mark.qt_log_ignore("does not support")

KEY = "sk-canary-1234"


@pytest.fixture
def wished():
    return []


@pytest.fixture
def dialog(qtbot, wished):
    made = KeyDialog(English(), "A key for OpenAI API", words.KEEP, field=True)
    made.wished.connect(wished.append)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def button(dialog, text) -> Button:
    return next(one for one in dialog.findChildren(Button) if one.text() == text)


def heard(dialog) -> list[str]:
    """All that assistive technology can ask of the window's parts."""
    told = []
    for widget in (dialog, *dialog.findChildren(QWidget)):
        face = QAccessible.queryAccessibleInterface(widget)
        if face is not None:
            told += [face.text(kind) for kind in QAccessible.Text if kind.name != "UserText"]
        told += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        told += [widget.windowTitle(), widget.objectName()]
    return told


def test_what_is_typed_is_told_to_nobody(qtbot, dialog):
    dialog.allow("It will be kept in the Secret Service of this desktop.")
    field = dialog.findChild(KeyField)
    qtbot.keyClicks(field, KEY)
    assert field.text() == KEY
    assert not set(KEY) & set(field.displayText())
    assert not [one for one in heard(dialog) if KEY in one]


def test_it_is_neither_copied_nor_cut(qtbot, dialog):
    field, clipboard = dialog.findChild(KeyField), QGuiApplication.clipboard()
    clipboard.setText("before")
    qtbot.keyClicks(field, KEY)
    field.selectAll()
    field.copy()
    qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "before"
    assert KEY not in clipboard.text(QClipboard.Mode.Selection)
    qtbot.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "before"
    assert not field.dragEnabled()


def test_nothing_can_be_kept_before_it_is_allowed_and_something_is_typed(qtbot, dialog, wished):
    keep = button(dialog, "Keep the key")
    qtbot.keyClicks(dialog.findChild(KeyField), KEY)
    assert not keep.isEnabled()
    dialog.allow("It will be kept in KWallet.")
    assert keep.isEnabled()
    dialog.findChild(KeyField).setText("  ")
    assert not keep.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert wished == []


def test_enter_keeps_what_was_pasted_without_its_blanks(qtbot, dialog, wished):
    dialog.allow()
    dialog.findChild(KeyField).setText(f" {KEY} ")
    qtbot.keyClick(dialog.findChild(KeyField), Qt.Key.Key_Return)
    assert [one.reveal() for one in wished] == [KEY]
    assert dialog.isVisible()


def test_while_it_is_under_way_there_is_only_cancel(qtbot, dialog, wished):
    dialog.allow()
    dialog.findChild(KeyField).setText(KEY)
    dialog.under_way("Waiting for your key store…")
    assert not button(dialog, "Keep the key").isEnabled()
    assert not dialog.findChild(KeyField).isEnabled()
    assert button(dialog, "Cancel").hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert wished == []
    dialog.failed("Your key store was not unlocked, so nothing was changed.")
    assert button(dialog, "Keep the key").isEnabled()
    assert dialog.findChild(KeyField).text() == KEY


def test_closed_or_done_nothing_of_it_stays(dialog):
    field = dialog.findChild(KeyField)
    dialog.allow()
    field.setText(KEY)
    dialog.succeed(Lamp.CLEAR, "The key is kept.")
    assert field.text() == ""
    assert not field.isVisible()
    assert button(dialog, "Close").hasFocus()


def test_given_up_it_is_forgotten_at_once(qtbot, dialog):
    field = dialog.findChild(KeyField)
    field.setText(KEY)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert field.text() == ""
    assert not field.isUndoAvailable()


def test_where_no_key_can_be_kept_it_says_why_and_takes_none(dialog):
    dialog.forbid("There is no key store to ask.")
    assert not dialog.findChild(KeyField).isEnabled()
    assert not button(dialog, "Keep the key").isEnabled()
