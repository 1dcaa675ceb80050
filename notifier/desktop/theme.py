"""What is ours in the look: state colours, a 4-px grid, three type sizes; no more than that."""

from collections.abc import Iterable
from enum import Enum

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from notifier.desktop.drawing import DESIGNS
from notifier.model.health import Health
from notifier.model.picture import Lamp

GRID = 4
"""Logical pixels; every distance is a multiple."""

LEAST_CONTRAST = 4.5
"""Of text against what it stands on (WCAG 2.2, 1.4.3)."""


def space(steps: int) -> int:
    """`steps` of the grid, in logical pixels."""
    return GRID * steps


class Size(Enum):
    """The three type sizes, as multiples of the system's own."""

    LARGE = 1.65
    NORMAL = 1.0
    SMALL = 0.9


class Tone(Enum):
    """What a text is for, where it is not a state."""

    TEXT = "text"
    SOFT = "soft"
    """Beside the point: ages, details, reasons."""
    LINK = "link"


LAMP_OF = {
    Health.OPERATIONAL: Lamp.CLEAR,
    Health.MAINTENANCE: Lamp.MAINTENANCE,
    Health.UNKNOWN: Lamp.BLIND,
    Health.DEGRADED: Lamp.WATCH,
    Health.PARTIAL_OUTAGE: Lamp.TROUBLE,
    Health.MAJOR_OUTAGE: Lamp.TROUBLE,
}
"""The shape of a state (interfaces.md, Words)."""

# On light grounds the lamps' own colours serve; on dark ones they would glow too little.
_ON_DARK = {
    Lamp.CLEAR: "#57d364",
    Lamp.MAINTENANCE: "#6cb6ff",
    Lamp.BLIND: "#b1bac4",
    Lamp.WATCH: "#f0b429",
    Lamp.TROUBLE: "#ff8078",
    Lamp.PAUSED: "#c8a6ff",
    Lamp.EMPTY: "#b1bac4",
}


def font(size: Size, *, strong: bool = False) -> QFont:
    """The system's font in one of the three sizes."""
    own = QFont(QApplication.font())
    if own.pointSizeF() > 0:
        own.setPointSizeF(own.pointSizeF() * size.value)
    else:
        own.setPixelSize(round(own.pixelSize() * size.value))
    if strong:
        own.setWeight(QFont.Weight.DemiBold)
    return own


def dark(palette: QPalette) -> bool:
    """Whether text is lighter than what it stands on."""
    ink, ground = _of(palette, QPalette.ColorRole.Text), _of(palette, QPalette.ColorRole.Base)
    return ink.lightness() > ground.lightness()


def ink(palette: QPalette, tone: Tone | Lamp) -> QColor:
    """The colour of a text, legible on everything a text of ours stands on."""
    grounds = (ground(palette), side(palette), chosen(palette), hovered(palette))
    text = _of(palette, QPalette.ColorRole.Text)
    match tone:
        case Tone.TEXT:
            return legible(text, grounds)
        case Tone.SOFT:
            return legible(mixed(text, ground(palette), 0.36), grounds)
        case Tone.LINK:
            # Where no desktop says otherwise, Qt's own link colour is the blue of 1995.
            return legible(accent(palette), grounds)
        case Lamp() as lamp:
            return legible(_of_state(palette, lamp), grounds)


def _of_state(palette: QPalette, lamp: Lamp) -> QColor:
    return QColor(_ON_DARK[lamp] if dark(palette) else DESIGNS[lamp].colour)


def ground(palette: QPalette) -> QColor:
    """What the page stands on."""
    return _of(palette, QPalette.ColorRole.Base)


def side(palette: QPalette) -> QColor:
    """What the list and the header stand on."""
    return _of(palette, QPalette.ColorRole.Window)


def chosen(palette: QPalette) -> QColor:
    """What the selected row stands on: the list's ground with a breath of the accent."""
    return mixed(side(palette), accent(palette), 0.16)


def hovered(palette: QPalette) -> QColor:
    """What the row under the mouse stands on."""
    return mixed(side(palette), _of(palette, QPalette.ColorRole.Text), 0.06)


def hairline(palette: QPalette) -> QColor:
    """The one-pixel line between two grounds: decoration, never the bearer of a meaning."""
    return mixed(side(palette), _of(palette, QPalette.ColorRole.Text), 0.16)


def banner(palette: QPalette, lamp: Lamp) -> QColor:
    """What a line across the window stands on: the page's ground, tinted by its state."""
    return mixed(side(palette), _of_state(palette, lamp), 0.14)


def accent(palette: QPalette) -> QColor:
    """The system's accent. `Highlight` is what every desktop sets; `Accent` only some do."""
    return _of(palette, QPalette.ColorRole.Highlight)


def _of(palette: QPalette, role: QPalette.ColorRole) -> QColor:
    """One colour, the same whether the window is in front or not."""
    return palette.color(QPalette.ColorGroup.Active, role)


def primary(palette: QPalette) -> tuple[QColor, QColor]:
    """Ground and text of the one primary button, legible on each other.

    The accent gives way, not the text: several systems pair their accent with white at 3.7:1.
    """
    text = _of(palette, QPalette.ColorRole.HighlightedText)
    return legible(accent(palette), (text,)), text


def legible(wanted: QColor, grounds: Iterable[QColor]) -> QColor:
    """`wanted`, made darker or lighter only as far as every ground needs; its hue stays."""
    against = tuple(grounds)
    for end in _ends(against):
        for step in range(41):
            colour = _lit(wanted, end, step / 40)
            if all(contrast(colour, one) >= LEAST_CONTRAST for one in against):
                return colour
    return _ends(against)[0]


def _lit(colour: QColor, end: QColor, share: float) -> QColor:
    """`colour` with its lightness taken `share` of the way to that of `end`."""
    light = colour.lightnessF() + (end.lightnessF() - colour.lightnessF()) * share
    return QColor.fromHslF(max(colour.hslHueF(), 0.0), colour.hslSaturationF(), light)


def _ends(grounds: tuple[QColor, ...]) -> tuple[QColor, QColor]:
    """Black and white, the one first that stands out more."""
    black, white = QColor("#000000"), QColor("#ffffff")
    by_black = min(contrast(black, one) for one in grounds)
    by_white = min(contrast(white, one) for one in grounds)
    return (black, white) if by_black > by_white else (white, black)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    light, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`one` with `share` (0 to 1) of `other`."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )
