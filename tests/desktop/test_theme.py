"""Every text can be read: light or dark, and whatever accent a person has chosen."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from notifier.desktop import theme
from notifier.desktop.theme import LEAST_CONTRAST, Size, Tone, contrast
from notifier.model.picture import Lamp


def palette(window: str, base: str, text: str, accent: str, on_accent: str = "#ffffff") -> QPalette:
    made = QPalette(QColor(window), QColor(window))
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Base: base,
        roles.Text: text,
        roles.WindowText: text,
        roles.Highlight: accent,
        roles.HighlightedText: on_accent,
    }.items():
        made.setColor(role, QColor(colour))
    return made


PALETTES = {
    "fusion light": palette("#efefef", "#ffffff", "#000000", "#308cc6"),
    "fusion dark": palette("#323232", "#242424", "#ffffff", "#308cc6"),
    "adwaita light": palette("#faf9f8", "#faf9f8", "#000000", "#3584e4"),
    "adwaita dark": palette("#323232", "#323232", "#ffffff", "#15539e"),
    "breeze light": palette("#eff0f1", "#fcfcfc", "#232629", "#3daee9", "#fcfcfc"),
    "breeze dark": palette("#2a2e32", "#1b1e20", "#fcfcfc", "#3daee9", "#fcfcfc"),
    "yellow accent": palette("#fafafa", "#ffffff", "#202020", "#ffcc00"),
    "graphite accent": palette("#ececec", "#ffffff", "#262626", "#8c8c8c"),
    "high contrast": palette("#000000", "#000000", "#ffffff", "#00ffff", "#000000"),
}

TEXTS = (*Tone, *Lamp)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("tone", TEXTS, ids=str)
def test_every_text_stands_out_from_everything_it_can_stand_on(name, tone):
    made = PALETTES[name]
    ink = theme.ink(made, tone)
    for ground in (theme.ground(made), theme.side(made), theme.chosen(made)):
        assert contrast(ink, ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", PALETTES)
def test_plain_text_stands_out_from_a_row_under_the_mouse_and_from_every_banner(name):
    made = PALETTES[name]
    text = theme.ink(made, Tone.TEXT)
    for ground in (theme.hovered(made), *(theme.banner(made, lamp) for lamp in Lamp)):
        assert contrast(text, ground) >= LEAST_CONTRAST
    for tone in (Tone.SOFT, Lamp.TROUBLE, Lamp.WATCH, Lamp.MAINTENANCE):
        assert contrast(theme.ink(made, tone), theme.hovered(made)) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", PALETTES)
def test_the_primary_button_can_be_read(name):
    ground, text = theme.primary(PALETTES[name])
    assert contrast(ground, text) >= LEAST_CONTRAST


def test_a_legible_colour_keeps_its_hue():
    red = theme.legible(QColor("#cc1f2f"), [QColor("#1b1e20")])
    assert abs(red.hslHueF() - QColor("#cc1f2f").hslHueF()) < 0.01
    assert red.hslSaturationF() > 0.5, "red, not grey"


def test_contrast_is_that_of_wcag():
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_there_are_three_sizes_of_the_systems_own_type(qapp):
    own = QApplication.font()
    fonts = [theme.font(size) for size in Size]
    assert {font.family() for font in fonts} == {own.family()}
    large, normal, small = (font.pointSizeF() for font in fonts)
    assert small < normal < large
    assert normal == own.pointSizeF()


def test_distances_keep_to_the_grid():
    assert [theme.space(steps) for steps in (1, 2, 8)] == [4, 8, 32]
