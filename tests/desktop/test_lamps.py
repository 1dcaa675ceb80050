"""A lamp is told from every other by anyone, at any size, on any panel."""

import subprocess
import sys
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from house.made.lamps import app
from notifier.desktop import lamps as lamps_module
from notifier.desktop.drawing import DESIGNS, draw
from notifier.desktop.frame import open_at
from notifier.desktop.lamps import APP_SIZES, SIZES, Lamps, app_icon, pictures
from notifier.model.picture import Lamp

PANELS = {"light": "#f2f2f2", "dark": "#262626", "coloured": "#2f65b8"}

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

PAIRS = [pytest.param(a, b, id=f"{a.value}-{b.value}") for a, b in combinations(Lamp, 2)]


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def lightness(colour: QColor, eye: str) -> float:
    """How light a colour looks to an eye, 0 to 1 (CIE L*)."""
    rgb = tuple(linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    seen = [
        min(1.0, max(0.0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in EYES[eye]
    ]
    light = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]
    return (116 * light ** (1 / 3) - 16) / 100 if light > 0.008856 else 9.033 * light


def on_panel(lamp: Lamp, size: int, panel: str) -> QImage:
    whole = QImage(size, size, QImage.Format.Format_RGB32)
    whole.fill(QColor(PANELS[panel]))
    painter = QPainter(whole)
    painter.drawImage(0, 0, draw(lamp, size))
    painter.end()
    return whole


def look(lamp: Lamp, size: int, panel: str, eye: str) -> list[float]:
    seen = on_panel(lamp, size, panel)
    return [lightness(seen.pixelColor(x, y), eye) for y in range(size) for x in range(size)]


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_lamps_differ_without_any_help_of_colour(qapp, one, other, eye):
    # Only lightness is compared: this is what is left to somebody who sees no colour at all.
    for panel in PANELS:
        pixels = list(zip(look(one, 16, panel, eye), look(other, 16, panel, eye), strict=True))
        differ = sum(abs(a - b) > 0.25 for a, b in pixels)
        assert differ >= 0.12 * len(pixels), f"only {differ} of {len(pixels)} pixels on {panel}"


def contrast(colour: QColor, other: QColor) -> float:
    def luminance(c: QColor) -> float:
        return sum(
            weight * linear(part)
            for weight, part in zip(
                (0.2126, 0.7152, 0.0722), (c.redF(), c.greenF(), c.blueF()), strict=True
            )
        )

    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("lamp", Lamp)
def test_a_lamp_stands_out_on_white_and_on_black(lamp):
    for ground in ("#ffffff", "#000000"):
        assert contrast(QColor(DESIGNS[lamp].colour), QColor(ground)) >= 3


@pytest.mark.parametrize("lamp", Lamp)
def test_a_lamp_has_a_white_rim_that_parts_it_from_a_panel_of_its_own_colour(qapp, lamp):
    seen = draw(lamp, 32)
    white = [
        (x, y)
        for x in range(32)
        for y in range(32)
        if seen.pixelColor(x, y).alpha() > 200 and seen.pixelColor(x, y).lightness() > 230
    ]
    left, right = min(x for x, _ in white), max(x for x, _ in white)
    body = [
        x
        for x in range(32)
        for y in range(32)
        if seen.pixelColor(x, y) == QColor(DESIGNS[lamp].colour)
    ]
    assert left < min(body)
    assert right > max(body)


def test_an_icon_holds_every_size_a_host_may_ask_for(qapp):
    for lamp in Lamp:
        sizes = {size.width() for size in Lamps().icon(lamp).availableSizes()}
        assert sizes == set(SIZES)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lamp", [Lamp.PAUSED, Lamp.WATCH, Lamp.TROUBLE, Lamp.EMPTY])
def test_what_is_even_in_the_drawing_is_even_on_the_screen(qapp, lamp, size):
    # Half a pixel of difference between left and right is what makes a small icon look cheap.
    seen = draw(lamp, size)
    weights = [sum(seen.pixelColor(x, y).alpha() for y in range(size)) for x in range(size)]
    for left, right in zip(weights, reversed(weights), strict=True):
        assert abs(left - right) <= 255  # one pixel of a column, by the antialiasing


def test_the_bars_of_pause_are_whole_pixels_at_sixteen(qapp):
    seen = draw(Lamp.PAUSED, 16)
    colour = QColor(DESIGNS[Lamp.PAUSED].colour)
    assert [x for x in range(16) if seen.pixelColor(x, 8) == colour] == [2, 3, 4, 5, 10, 11, 12, 13]


@pytest.mark.parametrize("lamp", Lamp)
def test_an_owed_notice_leaves_its_mark_and_the_lamp_itself(qapp, lamp):
    plain, owed = draw(lamp, 22), draw(lamp, 22, owed=True)
    changed = [
        (x, y)
        for x in range(22)
        for y in range(22)
        if plain.pixelColor(x, y) != owed.pixelColor(x, y)
    ]
    assert changed
    assert all(x >= 11 and y < 11 for x, y in changed)


def pixels(picture: QImage) -> list[int]:
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    return list(bytes(plain.constBits()))


@pytest.mark.parametrize("lamp", Lamp)
def test_the_pictures_shown_are_what_is_drawn_now(qapp, lamp):
    shown = pictures(lamp)
    assert tuple(shown) == SIZES
    for size in SIZES:
        stray = [
            abs(one - other)
            for one, other in zip(pixels(shown[size]), pixels(draw(lamp, size)), strict=True)
        ]
        assert max(stray) <= 4, f"draw them anew: python3 dev.py lamps ({lamp.value}, {size})"


@pytest.mark.parametrize("strip", [None, b"", b"\x89PNG and no more"])
def test_a_strip_that_is_gone_or_spoilt_is_drawn(qapp, monkeypatch, strip):
    def found(name: str) -> bytes:
        if strip is None:
            raise FileNotFoundError(name)
        return strip

    monkeypatch.setattr(lamps_module, "resource", found)
    assert pictures(Lamp.WATCH) == {size: draw(Lamp.WATCH, size) for size in SIZES}


def test_every_window_bears_the_programs_own_icon(qtbot):
    shown = app_icon()
    assert {size.width() for size in shown.availableSizes()} == set(APP_SIZES)
    drawn = pixels(app(48))
    stray = [abs(a - b) for a, b in zip(pixels(shown.pixmap(48).toImage()), drawn, strict=True)]
    assert max(stray) <= 4, "draw it anew: python3 dev.py lamps"
    window = QWidget()
    qtbot.addWidget(window)
    open_at(window, 200, 100)
    assert pixels(window.windowIcon().pixmap(48).toImage()) == pixels(shown.pixmap(48).toImage())


ICON_IS_UP = """
import sys
from pathlib import Path
from PySide6 import QtCore
from notifier.storage.places import places
from notifier.tray import start

made = start.application

def application():
    app = made()
    QtCore.QTimer.singleShot(0, look)
    return app

def look():
    from PySide6.QtWidgets import QApplication

    print("Qt" in vars(QtCore), "PySide6.QtWidgets" in sys.modules)
    QApplication.exit(0)

start.application = application
sys.exit(start._run(places(Path(sys.argv[1])), None))
"""


SLIPS = """
import logging, sys
from pathlib import Path
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
from notifier.storage.places import places
from notifier.tray import start

made, programs = start.Program, []

def program(*given):
    programs.append(made(*given))
    QtCore.QTimer.singleShot(0, slip)
    return programs[-1]

def slip():
    logging.getLogger("notifier").error("a defect of ours, in Qt's own thread")
    print("in the middle of it:", programs[0]._slipped)
    QtCore.QTimer.singleShot(0, later)

def later():
    print("after it:", programs[0]._slipped)
    QApplication.exit(0)

start.Program = program
sys.exit(start._run(places(Path(sys.argv[1])), None))
"""


def test_a_defect_in_qts_own_thread_is_told_once_qt_is_out_of_it(tmp_path):
    # Painting what failed from within its own painting would fail again, and again.
    command = [sys.executable, "-c", SLIPS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "in the middle of it: False\nafter it: True\n"


def test_the_icon_is_up_before_qts_hundred_enumerations_are_made(tmp_path):
    # They take 14 ms, and come with the first use of the name `PySide6.QtCore.Qt`.
    command = [sys.executable, "-c", ICON_IS_UP, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


def test_an_icon_is_drawn_once(qapp):
    lamps = Lamps()
    assert lamps.icon(Lamp.CLEAR).cacheKey() == lamps.icon(Lamp.CLEAR).cacheKey()
    assert lamps.icon(Lamp.CLEAR).cacheKey() != lamps.icon(Lamp.TROUBLE).cacheKey()
