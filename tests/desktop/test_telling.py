"""What was told and what not, in the window; and the button and the entry that copy the proof."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from notifier.desktop.board_window import BoardWindow
from notifier.desktop.buttons import Button, FoldLine
from notifier.desktop.labels import Words
from notifier.desktop.menu import Prove, entries, perform
from notifier.desktop.telling import NEWEST, Line, ProofOffer, Telling
from notifier.model.announcement import ThreadId
from notifier.model.trace import LastOutage
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop import tray_pictures
from tests.desktop.scenes import CHATGPT, CLAUDE, DOWN, NOW, OUTAGE, at, board, logged, well


def lines(window) -> list[Line]:
    return [one for one in window.findChild(Telling).findChildren(Line) if one.isVisible()]


def said(window) -> list[str]:
    return [
        " ".join(part.text() for part in (line.time, line.text, line.by) if part.text())
        for line in lines(window)
    ]


@pytest.fixture
def asked():
    return []


@pytest.fixture
def window(qtbot, desk, asked):
    made = BoardWindow(
        say=English(),
        send=desk.send,
        open_url=desk.opened.append,
        open_chooser=desk.open_chooser,
        test_connection=desk.test_connection,
        now=lambda: desk.now,
        zone=NOW.utc.tzinfo,
        copy_proof=asked.append,
    )
    qtbot.addWidget(made)
    made.show_picture(OUTAGE)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def button(window) -> Button:
    return window.findChild(ProofOffer).findChild(Button)


def test_each_notice_and_each_silence_stands_there_with_time_reason_and_channel(window):
    assert said(window) == [
        "17:52 not told: you said: got it",
        "17:42 told: ChatGPT is down desktop notification",
        "17:41 could not be shown: ChatGPT does not answer here nobody answered",
        "17:40 not told: seen once only; a second look decides",
        "22 Nov 12:00 withdrawn: OpenAI's status page cannot be read",
    ]


def test_the_others_wait_behind_a_fold_that_opens_by_keyboard(qtbot, window):
    fold = window.findChild(Telling).findChild(FoldLine)
    assert fold.text() == "2 more"
    fold.setFocus()
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    assert len(lines(window)) == NEWEST + 2
    assert said(window)[-1] == "22 Nov 02:00 not told: all is well at the start, which is no news"


def test_each_line_is_heard_as_one_sentence(window):
    heard = [line.text.accessibleName() for line in lines(window)]
    assert heard[1] == "17:42, told: ChatGPT is down (desktop notification)"


def test_where_nothing_was_told_there_is_no_list(window):
    window.select(CLAUDE.key)
    assert not window.findChild(Telling).isVisible()


def test_a_new_line_comes_on_top(window):
    newer = logged(0, "told", "recovered", "ChatGPT works again", channel="window")
    window.show_picture(board(replace(DOWN, log=(newer, *DOWN.log))))
    assert said(window)[0] == "18:00 told: ChatGPT works again line in the window"


def test_the_button_asks_for_the_proof_of_the_service_in_sight(qtbot, window, asked):
    qtbot.mouseClick(button(window), Qt.MouseButton.LeftButton)
    assert asked == [CHATGPT.key]


def test_it_says_that_it_is_done_and_then_is_itself_again(qtbot, window):
    window.proof_copied(CLAUDE.key)
    assert button(window).text() == "Copy as proof", "that was another one"
    window.proof_copied(CHATGPT.key)
    assert button(window).text() == "Copied"
    window.findChild(ProofOffer)._done.timeout.emit()
    assert button(window).text() == "Copy as proof"


def test_what_was_copied_of_one_is_not_said_of_the_next(window):
    window.show_picture(board(DOWN, replace(well(CLAUDE), outage=ended(90))))
    window.proof_copied(CHATGPT.key)
    window.select(CLAUDE.key)
    assert button(window).text() == "Copy as proof"


def test_it_says_of_which_outage(window):
    window.show_picture(board(replace(DOWN, outage=ended(90))))
    (beside,) = window.findChild(ProofOffer).findChildren(Words)
    assert beside.text().startswith("The outage that ended 16:30, as dated text")


def test_where_no_outage_was_written_down_nothing_is_offered(window):
    window.select(CLAUDE.key)
    assert not window.findChild(ProofOffer).isVisible()


def test_without_anybody_to_copy_nothing_is_offered(qtbot, desk):
    made = BoardWindow(
        say=English(),
        send=desk.send,
        open_url=desk.opened.append,
        open_chooser=desk.open_chooser,
        test_connection=desk.test_connection,
        now=lambda: desk.now,
        zone=NOW.utc.tzinfo,
    )
    qtbot.addWidget(made)
    made.show_picture(OUTAGE)
    made.show()
    assert not made.findChild(ProofOffer).isVisible()
    QApplication.processEvents()


def ended(minutes: float) -> LastOutage:
    return LastOutage(ThreadId("t-1"), at(minutes))


def offered(row) -> bool:
    menu = entries(board(row), Glance(NOW, NOW.utc.tzinfo, English()))
    inside = next(entry for entry in menu if entry.label.startswith("ChatGPT:")).entries
    return any(entry.label == "Copy as proof" for entry in inside)


@pytest.mark.parametrize(
    ("outage", "there"),
    [
        (None, False),
        (LastOutage(ThreadId("t-1"), None), True),
        (LastOutage(ThreadId("t-1"), NOW.utc - timedelta(hours=23)), True),
        (LastOutage(ThreadId("t-1"), NOW.utc - timedelta(hours=25)), False),
    ],
)
def test_the_menu_offers_it_while_the_outage_goes_on_and_for_a_day(outage, there):
    assert offered(replace(DOWN, outage=outage)) is there


def test_the_entry_of_the_menu_asks_for_the_same(asked):
    doors = tray_pictures.Desk().doors
    intents = replace(doors.intents, copy_proof=asked.append)
    perform(Prove(CHATGPT.key), replace(doors, intents=intents))
    assert asked == [CHATGPT.key]
