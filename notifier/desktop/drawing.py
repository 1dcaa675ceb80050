"""How the lamps look, drawn from data: a shape of its own per lamp as well as a colour.

The icon and the notices show what `dev.py lamps` has drawn with this beforehand (`lamps.py`); the
window draws with it, at any size.
"""

from dataclasses import dataclass
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QTransform,
)

from notifier.model.picture import Lamp

GRID = 16.0
"""Marks are placed on a 16 × 16 grid, so that whole numbers are whole pixels at 16."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A stroked part of a circle, anticlockwise from `begin` over `span` degrees; 0 is east.

    Its ends are round, or `blunt`.
    """

    x: float
    y: float
    radius: float
    begin: float
    span: float
    width: float
    blunt: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke with round ends through several points; closed and filled where `filled`."""

    points: tuple[tuple[float, float], ...]
    width: float
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """An upright rounded bar. Its edges keep to whole pixels at every size."""

    x: float
    y: float
    width: float
    height: float


Mark = Disc | Arc | Line | Bar


@dataclass(frozen=True, slots=True)
class Design:
    """How a lamp looks: `body` in its own colour with a white rim, `glyph` in white upon it.

    `ground` is white beneath the body, where that is hollow: the rims of thin strokes would run
    into each other on a dark panel. Colours reach 3:1 against white and against black alike, and
    the rim parts them from any panel in between. What the eye cannot tell by colour it tells by
    shape.
    """

    colour: str
    body: tuple[Mark, ...]
    glyph: tuple[Mark, ...] = ()
    ground: tuple[Mark, ...] = ()


def _octagon(reach: float) -> tuple[tuple[float, float], ...]:
    """The corners of an octagon whose sides lie `reach` from the middle of the grid."""
    radius = reach / cos(radians(22.5))
    angles = (radians(22.5 + 45 * corner) for corner in range(8))
    return tuple((8 + radius * cos(angle), 8 + radius * sin(angle)) for angle in angles)


DESIGNS: dict[Lamp, Design] = {
    Lamp.CLEAR: Design(
        colour="#008a61",
        body=(Disc(8, 8, 6),),
        glyph=(Line(((5.3, 8.2), (7.2, 10.1), (10.7, 6.1)), 1.7),),
    ),
    Lamp.MAINTENANCE: Design(
        colour="#0b6fb8",
        body=(Line(((4, 4), (12, 4), (12, 12), (4, 12)), 6, filled=True),),
        glyph=(
            Line(((4.7, 11.3), (8.6, 7.4)), 2.2),
            Arc(10.1, 5.9, 2.1, 100, -290, 1.7),
        ),
    ),
    Lamp.BLIND: Design(
        colour="#6a7282",
        body=(Arc(8, 8, 6.1, 0, 360, 1.8), Arc(8, 6.4, 1.8, 175, -235, 1.7), Disc(8, 11.2, 1.1)),
        ground=(Disc(8, 8, 7),),
    ),
    Lamp.WATCH: Design(
        colour="#c26a00",
        body=(Line(((8, 2.5), (13.8, 12.7), (2.2, 12.7)), 2.6, filled=True),),
        glyph=(Bar(7, 5, 2, 5), Bar(7, 11, 2, 2)),
    ),
    Lamp.TROUBLE: Design(
        colour="#c5172a",
        body=(Line(_octagon(6.4), 1.2, filled=True),),
        glyph=(Line(((5.5, 5.5), (10.5, 10.5)), 2.1), Line(((10.5, 5.5), (5.5, 10.5)), 2.1)),
    ),
    Lamp.PAUSED: Design(
        colour="#7558b0",
        body=(Bar(2, 3, 4, 10), Bar(10, 3, 4, 10)),
    ),
    Lamp.EMPTY: Design(
        colour="#7b818c",
        body=tuple(Arc(8, 8, 6, turn + 11, 38, 2, blunt=True) for turn in range(0, 360, 60)),
        ground=(Arc(8, 8, 6, 0, 360, 2),),
    ),
}

OWED = Design(colour="#1c1c28", body=(Disc(12.5, 3.5, 2.5),))
"""The small mark of a notice that no daemon took."""

_RIM = 1.0
_WHITE = QColor("#ffffff")


def draw(lamp: Lamp, size: int, *, owed: bool = False) -> QImage:
    """One lamp on a transparent square of `size` pixels."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, DESIGNS[lamp], size)
    if owed:
        paint(painter, OWED, size)
    painter.end()
    return picture


def paint(painter: QPainter, design: Design, size: float, *, rim: bool = True) -> None:
    """Draw a design into the square of `size` pixels at the painter's origin.

    Without its white `rim` it is for a ground that is known to part from its colour.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body, ground = _outline(design.body, size), _outline(design.ground, size)
    if rim:
        pen = QPen(_WHITE, 2 * _RIM * max(1.0, size / 32))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for path in (ground, body):
            painter.strokePath(path, pen)
        painter.fillPath(ground, _WHITE)
    painter.fillPath(body, QColor(design.colour))
    painter.fillPath(_outline(design.glyph, size), _WHITE)


def _outline(marks: tuple[Mark, ...], size: float) -> QPainterPath:
    """The outlines of several marks as one path, in pixels."""
    whole = QPainterPath()
    whole.setFillRule(Qt.FillRule.WindingFill)
    for mark in marks:
        whole.addPath(_trace(mark, size / GRID))
    return whole


def _trace(mark: Mark, scale: float) -> QPainterPath:
    """The outline of one mark, in pixels."""
    path = QPainterPath()
    match mark:
        case Disc(x, y, radius):
            path.addEllipse(QPointF(x, y), radius, radius)
        case Arc(x, y, radius, begin, span, width, blunt):
            box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
            path.arcMoveTo(box, begin)
            path.arcTo(box, begin, span)
            path = _stroked(path, width, blunt=blunt)
        case Line(points, width, filled):
            path.moveTo(QPointF(*points[0]))
            for point in points[1:]:
                path.lineTo(QPointF(*point))
            if filled:
                path.closeSubpath()
            inside = QPainterPath(path) if filled else QPainterPath()
            path = _stroked(path, width)
            path.addPath(inside)
        case Bar(x, y, width, height):
            return _snapped(QRectF(x * scale, y * scale, width * scale, height * scale), scale)
    return QTransform.fromScale(scale, scale).map(path)


def _stroked(path: QPainterPath, width: float, *, blunt: bool = False) -> QPainterPath:
    """The outline a pen of `width` leaves along `path`."""
    pen = QPainterPathStroker()
    pen.setWidth(width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if blunt else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCurveThreshold(0.01)  # the outline is drawn up to four times this size
    return pen.createStroke(path)


def _snapped(bar: QRectF, scale: float) -> QPainterPath:
    """A bar whose edges lie on whole pixels: blurred edges are what looks cheap at 16."""
    left, width = _whole(bar.left(), bar.width())
    top, height = _whole(bar.top(), bar.height())
    path = QPainterPath()
    path.addRoundedRect(QRectF(left, top, width, height), 0.8 * scale, 0.8 * scale)
    return path


def _whole(begin: float, length: float) -> tuple[int, int]:
    """The whole pixels nearest to a stretch: first its middle is kept, then its length."""
    middle = begin + length / 2

    def stray(pixels: int) -> tuple[float, float]:
        return abs(round(middle - pixels / 2) + pixels / 2 - middle), abs(pixels - length)

    pixels = min((max(1, round(length) + more) for more in (-1, 0, 1)), key=stray)
    return round(middle - pixels / 2), pixels
