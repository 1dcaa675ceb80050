"""The chooser: ticking tools by keyboard alone, finding them, and adding a page of one's own."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from notifier.desktop.buttons import Link
from notifier.desktop.check_list import MOST_USED, CheckList
from notifier.desktop.fields import Address, Search
from notifier.desktop.tick_box import TickBox
from notifier.desktop.welcome import Welcome
from notifier.wording.say import English
from tests.desktop.scenes import CATALOGUE, CHATGPT, CLAUDE, COPILOT, CURSOR, GITHUB

Key = Qt.Key

# Said by the offscreen platform of every dialogue with a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Chosen:
    """What the chooser said."""

    def __init__(self, window: Welcome) -> None:
        self.chosen: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self.asked: list[str] = []
        self.login: list[bool] = []
        window.login_wanted.connect(self.login.append)
        window.chosen.connect(lambda ids, addresses: self.chosen.append((ids, addresses)))
        window.address_entered.connect(self.asked.append)


@pytest.fixture
def opened(qtbot):
    def open_it(watched=(), at_login=None, of=CATALOGUE):
        window = Welcome(English(), of, watched, at_login=at_login)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window, Chosen(window)

    return open_it


def press(qtbot, *keys):
    """Press keys wherever the keyboard is."""
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(QApplication.focusWidget(), key)
        else:
            qtbot.keyClick(QApplication.focusWidget(), key)


def rows(window: Welcome) -> list[str]:
    items = window.findChild(CheckList)
    return [
        items.item(place).text()
        for place in range(items.count())
        if not items.item(place).isHidden()
    ]


def says(window: Welcome) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def button(window: Welcome, text: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text() == text)


def test_by_keyboard_alone_from_the_first_letter_to_watch_these(qtbot, opened):
    window, said = opened()
    assert isinstance(QApplication.focusWidget(), Search)
    press(qtbot, "clau", Key.Key_Down, Key.Key_Space, Key.Key_Return)
    assert said.chosen == [((CLAUDE.id,), ())]
    assert not window.isVisible()


def test_down_and_space_tick_one_after_the_other(qtbot, opened):
    _, said = opened()
    press(qtbot, Key.Key_Down, Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space)
    press(qtbot, Key.Key_Return)
    assert said.chosen == [((CHATGPT.id, COPILOT.id), ())]


def test_escape_changes_nothing(qtbot, opened):
    window, said = opened({CHATGPT.id})
    press(qtbot, Key.Key_Down, Key.Key_Space, Key.Key_Escape)
    assert said.chosen == []
    assert not window.isVisible()


def test_searching_finds_by_name_vendor_and_ability(qtbot, opened):
    window, _ = opened()
    press(qtbot, "anysph")
    assert rows(window) == ["Cursor"]
    QApplication.focusWidget().clear()
    press(qtbot, "coding git")
    assert rows(window) == ["GitHub Copilot"]


def test_what_was_ticked_stays_ticked_while_another_is_searched_for(qtbot, opened):
    _, said = opened()
    press(qtbot, "cursor", Key.Key_Down, Key.Key_Space, Key.Key_Backtab)
    QApplication.focusWidget().clear()
    press(qtbot, "claude", Key.Key_Down, Key.Key_Space, Key.Key_Return)
    assert said.chosen == [((CLAUDE.id, CURSOR.id), ())]


def test_what_tools_stand_on_comes_last_under_its_own_heading(opened):
    window, _ = opened()
    assert rows(window) == [
        *("ChatGPT", "Claude", "GitHub Copilot", "Perplexity", "Cursor"),
        *("Infrastructure", "Cloudflare", "GitHub"),
    ]


CODERS = tuple(replace(CURSOR, id=f"coder{n}", name=f"Coder {n}") for n in range(MOST_USED))
HOSTED = replace(CLAUDE, id="hosted", name="Hosted", vendor="Somebody", can=("hosting", "api"))
MANY = (*CODERS, CHATGPT, CURSOR, HOSTED, GITHUB)
"""More than anybody looks through: the most used, then one of a kind."""


class TestALongList:
    def test_begins_with_what_is_used_most_and_goes_on_by_kinds(self, opened):
        window, _ = opened(of=MANY)
        assert rows(window) == [
            *(one.name for one in CODERS),
            *("Chat and search", "ChatGPT", "Coding", "Cursor"),
            *("Models and APIs", "Hosted", "Infrastructure", "GitHub"),
        ]

    def test_shows_what_is_watched_before_all_headings(self, opened):
        window, said = opened({HOSTED.id, GITHUB.id}, of=MANY)
        shown = rows(window)
        assert shown.index("Hosted") == len(CODERS)
        assert shown[-2:] == ["Infrastructure", "GitHub"]
        window.accept()
        assert said.chosen == [((HOSTED.id, GITHUB.id), ())]

    def test_is_found_in_without_headings(self, qtbot, opened):
        window, _ = opened(of=MANY)
        press(qtbot, "openai")
        assert rows(window) == ["ChatGPT"]

    def test_is_walked_through_past_its_headings(self, qtbot, opened):
        _, said = opened(of=MANY)
        press(qtbot, *[Key.Key_Down] * (MOST_USED + 1), Key.Key_Space, Key.Key_Return)
        assert said.chosen == [((CHATGPT.id,), ())]


def test_it_is_said_beforehand_why_no_page_of_a_tool_is_read(opened):
    window, _ = opened(of=(CHATGPT, replace(CLAUDE, page=None, no_page="It is shut.")))
    items = window.findChild(CheckList)
    assert [items.item(place).toolTip() for place in range(2)] == ["", "It is shut."]


def test_the_heading_cannot_be_ticked(qtbot, opened):
    window, said = opened({GITHUB.id})
    items = window.findChild(CheckList)
    heading = items.visualItemRect(items.findItems("Infrastructure", Qt.MatchFlag.MatchExactly)[0])
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    press(qtbot, Key.Key_Return)
    assert said.chosen == [((GITHUB.id,), ())]


def test_a_click_anywhere_on_a_row_ticks_it_once(qtbot, opened):
    window, said = opened()
    items = window.findChild(CheckList)
    for place in (0, 1, 1):
        rect = items.visualItemRect(items.item(place))
        qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    press(qtbot, Key.Key_Return)
    assert said.chosen == [((CHATGPT.id,), ())]


def test_what_is_watched_is_ticked_and_can_be_taken_away_to_the_last(qtbot, opened):
    window, said = opened({CHATGPT.id})
    assert "1 chosen" in says(window)
    press(qtbot, Key.Key_Down, Key.Key_Space)
    assert "0 chosen" in says(window)
    press(qtbot, Key.Key_Return)
    assert said.chosen == [((), ())]


def test_at_the_first_start_nothing_chosen_is_nothing_to_watch(qtbot, opened):
    window, said = opened()
    assert not button(window, "Watch these").isEnabled()
    press(qtbot, Key.Key_Return)
    assert said.chosen == []
    assert window.isVisible()


# --- a page of one's own


def enter(qtbot, window: Welcome, address: str) -> None:
    window.findChild(Address).setFocus()
    press(qtbot, address, Key.Key_Return)


def test_enter_in_the_address_field_looks_it_up_and_closes_nothing(qtbot, opened):
    window, said = opened({CHATGPT.id})
    enter(qtbot, window, " status.example.edu ")
    assert said.asked == ["status.example.edu"]
    assert said.chosen == []
    assert "Looking at that page…" in says(window)


def test_a_page_that_was_found_is_ticked_and_comes_with_the_choice(qtbot, opened):
    window, said = opened()
    enter(qtbot, window, "https://status.example.edu/")
    window.show_address_result("Campus can be watched.", True)
    assert "Campus can be watched." in says(window)
    assert rows(window)[0] == "status.example.edu"
    assert window.findChild(Address).text() == ""
    press(qtbot, Key.Key_Return)
    assert said.chosen == [((), ("https://status.example.edu/",))]


def test_a_page_that_was_not_found_says_why_and_can_be_mended(qtbot, opened):
    window, _ = opened()
    enter(qtbot, window, "https://example.edu/")
    window.show_address_result("That page is no status page we can read.", False)
    assert "That page is no status page we can read." in says(window)
    field = window.findChild(Address)
    assert field.hasFocus()
    assert field.selectedText() == "https://example.edu/"
    assert rows(window)[0] == "ChatGPT"


def test_of_several_pages_the_one_that_is_pressed_is_looked_at(qtbot, opened):
    window, said = opened()
    enter(qtbot, window, "https://example.edu/")
    window.offer_addresses(("https://status.example.edu", "https://example.statuspage.io"))
    assert "There is more than one status page. Which one do you mean?" in says(window)
    assert [offer.text() for offer in window.findChildren(Link)] == [
        "https://status.example.edu",
        "https://example.statuspage.io",
    ]
    press(qtbot, Key.Key_Tab, Key.Key_Space)
    assert said.asked == ["https://example.edu/", "https://example.statuspage.io"]
    window.show_address_result("It can be watched.", True)
    assert rows(window)[0] == "example.statuspage.io"
    assert not [offer for offer in window.findChildren(Link) if offer.isVisible()]


def test_a_page_of_the_catalogue_ticks_its_tools(qtbot, opened):
    window, said = opened()
    enter(qtbot, window, "https://status.openai.com/")
    window.show_address_result("Its tools are ticked.", True, {CHATGPT.id})
    press(qtbot, Key.Key_Return)
    assert said.chosen == [((CHATGPT.id,), ())]


def test_a_choice_that_cannot_be_written_keeps_the_window_and_says_why(qtbot, opened):
    window, said = opened({CHATGPT.id})
    window.chosen.connect(lambda *_: window.show_address_result("The disk is full.", False))
    press(qtbot, Key.Key_Return)
    assert len(said.chosen) == 1
    assert window.isVisible()
    assert "The disk is full." in says(window)


# --- starting with the login


def box(window: Welcome) -> TickBox:
    return window.findChild(TickBox)


def test_the_box_says_how_it_is_and_nothing_is_asked_for_that_is_so_already(qtbot, opened):
    for now in (True, False):
        window, said = opened({CHATGPT.id}, at_login=now)
        assert box(window).text() == "Start when I log in"
        assert box(window).isChecked() is now
        press(qtbot, Key.Key_Return)
        assert (said.login, window.isVisible()) == ([], False)


def test_the_box_is_ticked_by_keyboard_and_asked_for_once_the_choice_is_made(qtbot, opened):
    window, said = opened({CHATGPT.id}, at_login=False)
    box(window).setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    assert said.login == []
    press(qtbot, Key.Key_Return)
    assert (said.login, len(said.chosen)) == ([True], 1)


def test_a_click_on_the_words_is_a_click_on_the_box(qtbot, opened):
    window, said = opened({CHATGPT.id}, at_login=True)
    words = box(window).rect().center()
    qtbot.mouseClick(box(window), Qt.MouseButton.LeftButton, pos=words)
    qtbot.mouseClick(button(window, "Watch these"), Qt.MouseButton.LeftButton)
    assert said.login == [False]


def test_not_now_leaves_the_login_as_it_was(qtbot, opened):
    window, said = opened({CHATGPT.id}, at_login=False)
    box(window).setChecked(True)
    qtbot.mouseClick(button(window, "Not now"), Qt.MouseButton.LeftButton)
    assert said.login == []


def test_a_login_that_cannot_be_changed_keeps_the_window_and_says_why(qtbot, opened):
    window, said = opened({CHATGPT.id}, at_login=False)
    window.login_wanted.connect(lambda _: window.refuse("The disk is full."))
    box(window).setChecked(True)
    press(qtbot, Key.Key_Return)
    assert "The disk is full." in says(window)
    assert not box(window).isChecked(), "it says how things are"
    press(qtbot, Key.Key_Return)
    assert (said.login, window.isVisible()) == ([True], False)


def test_where_a_login_has_nothing_to_do_with_it_there_is_no_box(opened):
    window, _ = opened()
    assert box(window) is None or not box(window).isVisible()


def test_it_fits_a_small_screen_at_twice_the_size(opened):
    window, _ = opened(at_login=False)
    least = window.minimumSizeHint()
    assert least.width() <= 683
    assert least.height() <= 384 - 40, "a panel and a title bar take their part"
