"""*Copy as proof* from the tray's menu, read from the clipboard by another program."""

import os
import subprocess
import sys

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until

pytestmark = pytest.mark.desktop

PASTES = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
sys.stdout.buffer.write(app.clipboard().text().encode())
"""


def pasted() -> str:
    """What another program finds on the clipboard."""
    done = subprocess.run(
        [sys.executable, "-c", PASTES],
        check=True,
        capture_output=True,
        timeout=30,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
    )
    return done.stdout.decode()


def test_the_menu_puts_the_same_text_on_the_clipboard_that_the_terminal_prints(person, vendors):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    person.starts()
    person.shows(Lamp.CLEAR)
    alpha.fails(minutes=10)
    person.checks()
    person.shows(Lamp.TROUBLE)
    alpha.recovers()
    person.checks()
    person.shows(Lamp.CLEAR)
    person.clicks("Copy as proof")
    text = until(pasted, lambda text: "Stated by Alpha" in text, within=20)
    code, printed = person.notifier("why", "alpha", "--copy")
    assert code == 0
    assert text.startswith("Alpha reports Alpha as unavailable from ")
    made = text.index("Copied from AI Notifier")
    assert printed.startswith(text[:made])
    assert "Rehearsal" not in text
