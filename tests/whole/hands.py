"""The program, and a pair of hands in front of its windows: what they do comes through a folder.

A file `do` in the profile holds one order as JSON, and goes when it was done; `done` holds what
came of it.

{"press": "Set a key…"}    the button or link of that name, in the window in front
{"type": "sk-…"}           into the field that is there, key by key
{"write": "a text"}        over all that stands in the field for a longer text
{"tell": ""}               everything a screen shows or a screen reader hears, of every window
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget

from notifier.__main__ import main
from notifier.tray import start

PROFILE = Path(sys.argv[sys.argv.index("--profile") + 1])
DO, DONE = PROFILE / "do", PROFILE / "done"


def windows() -> list[QWidget]:
    """Those in sight, small ones first: they stand in front."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return sorted(shown, key=lambda one: one.width() * one.height())


def press(name: str) -> bool:
    for window in windows():
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled() and button.text() == name:
                button.click()
                return True
    return False


def type_in(text: str) -> bool:
    for window in windows():
        for field in window.findChildren(QLineEdit):
            if field.isVisible() and field.isEnabled():
                QTest.keyClicks(field, text)
                return True
    return False


def write(text: str) -> bool:
    for window in windows():
        for field in window.findChildren(QTextEdit):
            if field.isVisible() and field.isEnabled():
                field.selectAll()
                field.insertPlainText(text)
                return True
    return False


def tell(_: str) -> list[str]:
    return [text for window in windows() for text in texts(window) if text]


def texts(window: QWidget) -> Iterator[str]:
    for one in (window, *window.findChildren(QWidget)):
        yield from (one.windowTitle(), one.accessibleName(), one.accessibleDescription())
        yield one.toolTip()
        if isinstance(one, QLabel | QAbstractButton) and one.isVisible():
            yield one.text()
        if isinstance(one, QLineEdit):
            yield one.displayText()
        face = QAccessible.queryAccessibleInterface(one)
        if face is not None:
            yield from (face.text(kind) for kind in QAccessible.Text if kind.name != "UserText")


ACTS = {"press": press, "type": type_in, "write": write, "tell": tell}


def act() -> None:
    if not DO.exists():
        return
    ((what, with_what),) = json.loads(DO.read_text()).items()
    done = json.dumps(ACTS[what](with_what))
    DONE.write_text(done)
    DO.unlink()


def with_hands() -> QApplication:
    app = without()
    timer = QTimer(app, interval=20)
    timer.timeout.connect(act)
    timer.start()
    return app


without = start.application
start.application = with_hands

if __name__ == "__main__":
    sys.exit(main())
