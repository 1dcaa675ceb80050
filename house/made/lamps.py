"""The strips of pictures in resources/lamps, drawn by notifier/desktop/drawing.py.

usage: python -m house.made.lamps, in an environment of the desktop program (`dev.py lamps`)
"""

import os
import sys

from house.system import ROOT

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from notifier.desktop.drawing import draw
from notifier.desktop.lamps import SIZES, STRIP
from notifier.model.picture import Lamp


def main() -> int:
    """Write down all of them."""
    _application = QGuiApplication(sys.argv[:1])
    folder = ROOT / "resources"
    for lamp in Lamp:
        file = folder / STRIP.format(lamp=lamp.value)
        file.parent.mkdir(exist_ok=True)
        if not strip(lamp).save(str(file)):
            print(f"{file} could not be written.", file=sys.stderr)
            return 1
    print(f"{len(Lamp)} lamps at {len(SIZES)} sizes each: resources/lamps")
    return 0


def strip(lamp: Lamp) -> QImage:
    """A lamp at every size, side by side."""
    whole = QImage(sum(SIZES), SIZES[-1], QImage.Format.Format_ARGB32)
    whole.fill(Qt.GlobalColor.transparent)
    painter, left = QPainter(whole), 0
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for size in SIZES:
        painter.drawImage(left, 0, draw(lamp, size))
        left += size
    painter.end()
    return whole


if __name__ == "__main__":
    sys.exit(main())
