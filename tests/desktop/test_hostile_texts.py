"""Whatever a vendor or a person writes, every widget shows it as a text and does nothing else."""

from dataclasses import replace
from datetime import UTC

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtGui import Qt as Rich
from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QMenu, QWidget

from notifier.desktop.banners import Banners
from notifier.desktop.buttons import Link
from notifier.desktop.hosted_menu import MOST_TEXT, HostedMenu, literal
from notifier.desktop.incidents import Told
from notifier.desktop.lamps import Lamps
from notifier.desktop.menu import entries
from notifier.desktop.tray import tooltip
from notifier.desktop.welcome import Welcome
from notifier.wording import sink
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.scenes import CATALOGUE, INCIDENT, NOTICE, NOW, OUTAGE
from tests.desktop.sight import shown, unfold
from tests.wording.hostile import OWN, acting, naughty, needs_corpus, poisoned

SEAM = "\u200b"
"""Our own seams in long words: where a narrow window may break them."""

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def assert_shown_as_texts(window: QWidget) -> None:
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
        assert acting(label.text(), "\n" + SEAM) == []
    for button in window.findChildren(QAbstractButton):
        assert QKeySequence.mnemonic(button.text()).isEmpty(), button.text()
        assert acting(button.text()) == []
    for widget in (window, *window.findChildren(QWidget)):
        assert acting(widget.accessibleName(), "\n") == []
        for tip in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
            assert not Rich.mightBeRichText(tip), tip
    for rows in window.findChildren(QListWidget):
        for item in map(rows.item, range(rows.count())):
            texts = (item.data(role) for role in ROLES)
            assert all(acting(text) == [] for text in texts if isinstance(text, str))
            assert not item.toolTip()


def test_qt_would_read_our_texts_as_markup_if_it_were_let():
    assert Rich.mightBeRichText(OWN[0])


def test_the_window_shows_every_text_and_reads_none(window):
    for text in OWN:
        window.show_picture(poisoned(OUTAGE, text))
        window.show_notice(poisoned(NOTICE, text))
        window.hint(text)
        window.set_caption(text)
        unfold(window)
        assert_shown_as_texts(window)


@needs_corpus
def test_the_window_stands_every_naughty_string(window):
    for text in naughty()[::9]:
        window.show_picture(poisoned(OUTAGE, text))
        assert_shown_as_texts(window)


@needs_corpus
def test_a_notice_in_the_window_is_a_line_of_text_whatever_it_says(window):
    banners = window.findChild(Banners)
    for text in naughty():
        window.show_notice(poisoned(NOTICE, text))
        assert_shown_as_texts(banners)


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@needs_corpus
def test_the_chooser_shows_every_name_and_reads_none(qtbot):
    texts = naughty()
    services = tuple(poisoned(CATALOGUE[n % len(CATALOGUE)], one) for n, one in enumerate(texts))
    window = Welcome(English(), services, ())
    qtbot.addWidget(window)
    assert_shown_as_texts(window)


@needs_corpus
def test_the_tooltip_is_one_plain_line():
    for text in naughty():
        tip = tooltip(replace(OUTAGE, headline=text))
        assert not Rich.mightBeRichText(tip)
        assert acting(tip) == []
        assert "<" not in tip


@needs_corpus
@pytest.mark.parametrize("hosted", [True, False], ids=["drawn by a host", "drawn by Qt"])
def test_every_entry_of_the_menu_is_shown_as_it_is_written(qapp, hosted):
    glance = Glance(NOW, UTC, English())
    menu = HostedMenu(Lamps(), lambda deed: None, lambda: (), hosted=hosted)
    for text in (*naughty()[::7], *OWN):
        menu.show(entries(poisoned(OUTAGE, text), glance))
        first = menu.menu.actions()[0]
        label = sink.line(text, MOST_TEXT)
        assert first.text() == literal(label, hosted=hosted)
        assert all(acting(action.text()) == [] for action in every(menu.menu))
        if not hosted:
            assert first.text().replace("&&", "&") == label
            assert all(QKeySequence.mnemonic(one.text()).isEmpty() for one in every(menu.menu))


def every(menu: QMenu) -> list[QAction]:
    """The entries of a menu and of those inside it."""
    inside = [one.menu() for one in menu.actions() if isinstance(one.menu(), QMenu)]
    return [*menu.actions(), *(action for submenu in inside for action in every(submenu))]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://status.openai.com/incidents/01J", "Read it on status.openai.com"),
        ("https://status.opеnai.com/incidents/01J", "Read it on status.xn--opnai-0we.com"),
        ("http://127.0.0.1:8080/x", "Read it on 127.0.0.1:8080"),
        ("https://status.openai.com@evil.example/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        (None, None),
    ],
)
def test_the_host_is_named_before_a_vendor_s_link_is_opened(qtbot, window, url, says):
    down = OUTAGE.rows[0]
    incident = replace(INCIDENT, url=url)
    window.show_picture(replace(OUTAGE, rows=(replace(down, incidents=(incident,)),)))
    (told,) = shown(window, Told)
    names = [link.text() for link in shown(told, Link)]
    assert [name for name in names if name.startswith("Read it")] == (
        [] if says is None else [says]
    )
