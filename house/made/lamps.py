"""The strips of pictures in resources: lamps, drawn by notifier/desktop/drawing.py, and app icon.

usage: python -m house.made.lamps, in an environment of the desktop program (`dev.py lamps`)
"""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from house.system import ROOT
from notifier.desktop.drawing import draw
from notifier.desktop.lamps import APP_SIZES, APP_STRIP, SIZES, STRIP
from notifier.model.picture import Lamp


def main() -> int:
    """Write down all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication(sys.argv[:1])
    folder = ROOT / "resources"
    drawn = {STRIP.format(lamp=lamp.value): strip(partial(draw, lamp), SIZES) for lamp in Lamp}
    drawn[APP_STRIP] = strip(app, APP_SIZES)
    for name, picture in drawn.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        if not picture.save(str(file)):
            print(f"{file} could not be written.", file=sys.stderr)
            return 1
    print(f"{len(drawn)} strips of pictures: {', '.join(drawn)}")
    return 0


def strip(paint: Callable[[int], QImage], sizes: Sequence[int]) -> QImage:
    """One picture at every size, side by side."""
    whole = QImage(sum(sizes), sizes[-1], QImage.Format.Format_ARGB32)
    whole.fill(Qt.GlobalColor.transparent)
    painter, left = QPainter(whole), 0
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for size in sizes:
        painter.drawImage(left, 0, paint(size))
        left += size
    painter.end()
    return whole


def app(size: int) -> QImage:
    """The program's own icon on a transparent square of `size` pixels."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(ROOT / "resources" / "app-icon.svg")).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture


if __name__ == "__main__":
    sys.exit(main())
