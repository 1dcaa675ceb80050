"""The window shows a picture truthfully, keeps the person's place, answers clicks with wishes."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from notifier.desktop.buttons import Button, FoldLine, Link, Primary
from notifier.desktop.service_list import ServiceList
from notifier.desktop.service_page import ServicePage
from notifier.model.event import Wish
from notifier.model.picture import ShownExclusion
from notifier.model.service import PartRef
from notifier.model.verdict import Override
from tests.desktop import scenes
from tests.desktop.scenes import CHATGPT, CLAUDE, DOWN, NOW, OUTAGE, board, well
from tests.desktop.sight import button, listed, page, shown, spoken, texts, unfold


def test_the_verdict_is_the_largest_text_on_the_screen(window):
    largest = max(shown(window), key=lambda label: label.font().pointSizeF())
    assert largest.text() == "ChatGPT is down: OpenAI reports a major outage."
    sizes = {round(label.font().pointSizeF(), 2) for label in shown(window)}
    assert len(sizes) == 3, "three type sizes, no more"


def test_whose_it_is_stands_under_the_verdict_with_the_next_step(window):
    said = texts(window)
    place = said.index("ChatGPT is down: OpenAI reports a major outage.")
    assert said[place + 1 : place + 3] == [
        "It is them; your network is fine.",
        "Nothing to do here: it is theirs.",
    ]


def test_the_best_alternative_is_the_one_primary_button_and_opens(qtbot, window, desk):
    (primary,) = shown(window, Primary)
    assert primary.text() == "Open Claude"
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert desk.taken == ["https://claude.ai/new"]


def test_further_alternatives_are_links_and_what_is_not_offered_says_why(qtbot, window, desk):
    link = button(window, "Open Perplexity", Link)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert desk.taken == ["https://www.perplexity.ai/"]
    reason = "GitHub Copilot: runs partly on the same models"
    assert reason not in texts(window)
    qtbot.mouseClick(button(window, "2 are not offered", FoldLine), Qt.MouseButton.LeftButton)
    assert reason in texts(window)


def test_where_only_an_account_is_missing_one_click_says_that_there_is_one(qtbot, window, desk):
    closed = ShownExclusion(CLAUDE.id, "Claude", "needs an account", closed=True)
    shut = ShownExclusion(CHATGPT.id, "Other", "has problems itself")
    row = replace(OUTAGE.rows[0], excluded=(shut, closed))
    window.show_picture(replace(OUTAGE, rows=(row, *OUTAGE.rows[1:])))
    unfold(window)
    (mine,) = [one for one in shown(window, Link) if one.text() == "I have an account there"]
    qtbot.mouseClick(mine, Qt.MouseButton.LeftButton)
    assert desk.accounts == [CLAUDE.id]
    assert mine.text() == "Noted"


def test_what_the_vendor_writes_is_shown_as_it_is_and_never_as_markup(window):
    update = "We are seeing errors for most conversations. <b>Files</b> & images are not affected."
    label = next(one for one in shown(window) if one.text() == update)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in window.findChildren(QLabel))


def test_the_vendors_times_are_told_by_the_persons_own_clock(window):
    assert "18:57 · Cause found" in texts(window)
    assert "planned · 24 Nov 21:00 to 24 Nov 23:00" in texts(window)


def test_the_parts_that_matter_come_first_and_the_others_wait_folded(qtbot, window):
    said = texts(window)
    assert said.index("ChatGPT: Conversations") < said.index("ChatGPT: File uploads")
    assert "APIs: Batch" not in said
    qtbot.mouseClick(button(window, "2 other parts", FoldLine), Qt.MouseButton.LeftButton)
    assert "APIs: Batch" in texts(window)


def test_a_chosen_part_that_is_not_on_the_page_any_more_is_named_there(window):
    assert not [text for text in texts(window) if "any more" in text]
    window.show_picture(board(replace(DOWN, gone=LOST)))
    (said,) = [text for text in texts(window) if "any more" in text]
    assert said.startswith("OpenAI does not list Voice any more. Choose its parts anew")


LOST = (PartRef(name="Voice"),)


def test_evidence_says_how_old_it_is_and_what_it_proves(window):
    window.select(CLAUDE.key)
    assert (
        "api.claude.example · HTTP 401 in 95 ms · 24 s ago · proves: the front door is open"
        in texts(window)
    )


def test_a_service_that_is_well_has_no_primary_button(window):
    window.select(CLAUDE.key)
    assert shown(window, Primary) == []
    assert "Anthropic reports no problem." in texts(window)


def test_every_row_is_heard_as_a_whole_sentence(window):
    assert spoken(window)[0] == (
        "ChatGPT: down. ChatGPT is down: OpenAI reports a major outage. Checked 20 s ago."
    )
    assert "Last read 5 min ago." in spoken(window)[2]


def test_every_control_has_a_name(window):
    for kind in (Button, Link, ServiceList, ServicePage):
        for control in shown(window, kind):
            spoken_as = QAccessible.queryAccessibleInterface(control)
            assert spoken_as.text(QAccessible.Text.Name), control


def test_a_name_with_an_ampersand_is_no_shortcut(window):
    offer = replace(DOWN.fallbacks[0], name="R&D chat")
    window.show_picture(board(replace(DOWN, fallbacks=(offer,))))
    (primary,) = shown(window, Primary)
    assert primary.text() == "Open R&&D chat"
    assert primary.shortcut().isEmpty()


# --- the person's place


def test_a_new_picture_keeps_what_is_selected_though_the_order_changes(window):
    window.select(CLAUDE.key)
    window.show_picture(board(replace(well(CLAUDE)), DOWN))
    assert listed(window).selected() == CLAUDE.key
    assert "Anthropic reports no problem." in texts(window)


def test_a_new_picture_keeps_how_far_the_page_is_scrolled(qtbot, window):
    window.resize(700, 400)
    bar = page(window).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(200)
    window.show_picture(replace(OUTAGE, at=NOW.later(30)))
    assert bar.value() == 200


def test_what_has_gone_gives_way_to_the_most_urgent(window):
    window.select(CLAUDE.key)
    window.show_picture(board(DOWN, scenes.SLOW))
    assert listed(window).selected() == CHATGPT.key
    assert "ChatGPT is down: OpenAI reports a major outage." in texts(window)


def test_a_new_picture_leaves_the_keyboard_where_it_was(qtbot, window):
    link = button(window, "Open Perplexity", Link)
    link.setFocus()
    window.show_picture(replace(OUTAGE, rows=(replace(DOWN, checked=NOW), *OUTAGE.rows[1:])))
    assert link.hasFocus()
    assert link.isVisible()


# --- time


def test_ages_go_on_while_the_window_is_seen_and_rest_while_it_is_not(window, desk):
    assert window._ages.isActive()
    desk.now = NOW.later(100)
    window._ages.timeout.emit()
    assert "Checked 2 min ago." in spoken(window)[0]
    window.hide()
    assert not window._ages.isActive()


def test_an_hour_of_quiet_begins_now_and_not_when_the_picture_was_painted(qtbot, window, desk):
    desk.now = NOW.later(600)
    qtbot.mouseClick(button(window, "Snooze 1 h"), Qt.MouseButton.LeftButton)
    assert desk.sent == [(Wish.SNOOZE, CHATGPT.key, NOW.utc + timedelta(seconds=4200))]


# --- wishes


@pytest.mark.parametrize(
    ("label", "wish"),
    [
        ("It is broken for me", Wish.BROKEN),
        ("It works for me", Wish.WORKS),
        ("Got it", Wish.GOT_IT),
    ],
)
def test_a_button_sends_a_wish_for_the_service_in_sight(qtbot, window, desk, label, wish):
    qtbot.mouseClick(button(window, label), Qt.MouseButton.LeftButton)
    assert desk.sent == [(wish, CHATGPT.key, None)]
    assert label in [one.text() for one in shown(window, Button)], "the picture changes it, not we"


def test_got_it_and_snooze_are_offered_only_for_what_was_told(window):
    window.show_picture(board(replace(DOWN, told=None)))
    labels = {one.text() for one in shown(window, Button)}
    assert not labels & {"Got it", "Snooze 1 h"}


def test_the_persons_own_word_is_shown_and_its_button_goes(window):
    window.show_picture(board(replace(DOWN, override=Override.WORKS)))
    assert "It works for me" not in {one.text() for one in shown(window, Button)}
    assert any(text.startswith("You said it works for you.") for text in texts(window))


def test_a_pause_is_shown_and_ends_with_one_click(qtbot, window, desk):
    window.show_picture(replace(OUTAGE, paused_until=NOW.utc + timedelta(hours=1)))
    assert "Paused until 20:00: nothing is told." in texts(window)
    qtbot.mouseClick(button(window, "Resume"), Qt.MouseButton.LeftButton)
    assert desk.sent == [(Wish.RESUME, None, None)]


def test_with_nothing_chosen_the_window_leads_to_the_chooser(qtbot, window, desk):
    window.show_picture(scenes.NOTHING)
    assert "Nothing is watched yet" in texts(window)
    qtbot.mouseClick(button(window, "Choose tools…", Primary), Qt.MouseButton.LeftButton)
    assert desk.choosers == 1


# --- is it me?


def test_is_it_me_asks_for_a_look_and_turns_to_what_fails(qtbot, window, desk):
    window.select(CLAUDE.key)
    qtbot.mouseClick(button(window, "Is it me? Check now"), Qt.MouseButton.LeftButton)
    assert desk.sent == [(Wish.CHECK_NOW, None, None)]
    assert listed(window).selected() == CHATGPT.key
    assert texts(window).count("looking…") == 3


def test_the_lines_fill_in_as_the_looks_come_home(qtbot, window, desk):
    window.check_now()
    desk.now = NOW.later(2)
    seen = replace(DOWN.verdict.evidence[1], at=NOW.later(1), says="alive", detail="HTTP 401")
    verdict = replace(DOWN.verdict, evidence=(DOWN.verdict.evidence[0], seen))
    window.show_picture(board(replace(DOWN, verdict=verdict)))
    said = texts(window)
    assert "answers (HTTP 401)" in said
    assert said.count("looking…") == 1, "only their page is still to come"


def test_nobody_is_left_looking_for_ever(window, desk):
    window.check_now()
    desk.now = NOW.later(61)
    window._ages.timeout.emit()
    assert "looking…" not in texts(window)
    assert "reports a major outage" in texts(window)


def test_opened_from_the_menu_it_does_not_ask_twice(window, desk):
    window.is_it_me()
    assert desk.sent == []
    assert "looking…" in texts(window)


def test_under_is_it_me_the_connection_itself_can_be_tested(qtbot, window, desk):
    qtbot.mouseClick(button(window, "Test my connection…", Link), Qt.MouseButton.LeftButton)
    assert desk.tests == 1


# --- weight


def test_the_window_needs_neither_svg_nor_network():
    asked = (
        "import sys, notifier.desktop.board_window, notifier.desktop.welcome;"
        "print([m for m in sys.modules if m in ('PySide6.QtSvg', 'PySide6.QtNetwork', 'httpx')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_an_exclusion_with_braces_in_its_name_is_only_text(window):
    odd = ShownExclusion(CLAUDE.id, "{name} 100 %s", "{why}")
    window.show_picture(board(replace(DOWN, excluded=(odd,))))
    unfold(window)
    assert "{name} 100 %s: {why}" in texts(window)


def test_beside_the_alternatives_of_what_fails_stands_the_way_to_the_pad(window, desk):
    button(window, "Take a prompt along…", Link).click()
    assert desk.pads == [DOWN.key]
    window.show_picture(scenes.QUIET)
    assert "Take a prompt along…" not in [one.text() for one in shown(window, Link)]
