"""The tray program never loads the terminal's libraries, nor parts of Qt it does not use."""

from contextlib import ExitStack

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until
from tests.whole.feed_server import Vendor

pytestmark = pytest.mark.desktop

TERMINAL = {"rich", "click", "pygments", "markdown_it"}
DRAWS = "notifier.desktop.drawing"
"""What it needs of Qt costs a megabyte."""

QT = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtDBus"}


def test_ten_looks_bring_nothing_in_that_a_tray_does_not_need(person, tmp_path):
    record = tmp_path / "imports"
    with ExitStack() as stack, record.open("w") as err:
        vendors = [stack.enter_context(Vendor(f"Vendor{n}")) for n in range(10)]
        vendors[0].fails()
        person.chooses(*vendors)
        process = person.starts(python=("-X", "importtime"), stderr=err)
        person.shows(Lamp.TROUBLE)
        assert all(vendor.asked for vendor in vendors)
        person.notes.wait(1)
        assert DRAWS not in record.read_text(), "nothing was drawn for icon and notice"
        person.clicks("Open")
        until(lambda: person.windows("AI Notifier"))
        assert DRAWS in record.read_text()
        process.terminate()
        assert process.wait(10) == 0
    lines = (line.rpartition("|") for line in record.read_text().splitlines())
    loaded = {name.strip() for start, _, name in lines if start.startswith("import time:")}
    assert "httpx" in loaded, "it did look"
    assert {name.partition(".")[0] for name in loaded} & TERMINAL == set()
    qt = {name for name in loaded if name.startswith("PySide6.Qt")}
    assert qt <= QT
