"""The window of *Test my fallbacks*, and the quiet lines about it where nothing fails."""

from dataclasses import replace
from datetime import UTC

import pytest
from PySide6.QtWidgets import QLabel

from notifier.desktop.buttons import Button, Link
from notifier.desktop.drill import FallbackTest
from notifier.desktop.menu import entries, perform
from notifier.desktop.plan_b import PlanB
from notifier.desktop.welcome import Welcome
from notifier.model.drill import Came
from notifier.model.picture import Picture
from notifier.wording.drill import last_tested
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop import scenes
from tests.desktop.scenes import DRILL, EXPOSED, NOW, OUTAGE
from tests.desktop.tray_pictures import Desk, down, picture

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

GLANCE = Glance(NOW, UTC, English())
SENTENCE = EXPOSED.exposure[0]


def texts(widget) -> list[str]:
    shown = (one.text() for one in widget.findChildren(QLabel) if one.isVisible())
    return [text.replace("\u00a0", " ").replace("\u200b", "") for text in shown if text]


def button(window, text: str) -> Button:
    return next(one for one in window.findChildren(Button) if one.text() == text)


@pytest.fixture
def dialogue(qtbot):
    made = FallbackTest(English())
    qtbot.addWidget(made)
    made.show_drill(DRILL, GLANCE)
    made.show()
    return made


def test_each_alternative_is_told_in_a_clause_and_in_steps(dialogue):
    shown = texts(dialogue)
    assert "Ollama: answered one token with llama3.2 in 2 s." in shown
    assert "Reached from here: its front door cannot be reached from here (TLS)" in shown
    assert "name 9 ms · connection 18 ms · breaks at the secure connection" in shown
    assert "20 s ago" in shown
    assert shown[-1] == "2 alternatives are ready."


def test_what_is_lacking_is_named_below(dialogue):
    dialogue.show_drill(replace(DRILL, lacking=("ChatGPT",)), GLANCE)
    assert texts(dialogue)[-1] == "Nothing is ready to stand in for ChatGPT."


def test_a_report_can_be_copied_once_it_is_over(qtbot, dialogue):
    waits = replace(DRILL.tested[0], came=Came.PENDING)
    dialogue.show_drill(replace(DRILL, tested=(waits,)), GLANCE)
    assert not button(dialogue, "Copy report").isEnabled()
    assert texts(dialogue)[-1] == "Testing… 1 still to come."
    dialogue.show_drill(DRILL, GLANCE)
    with qtbot.waitSignal(dialogue.copy):
        button(dialogue, "Copy report").click()
    dialogue.copied()
    assert button(dialogue, "Copied")


# -- the window ------------------------------------------------------------------------------


def plan_b(window) -> PlanB:
    return window.findChild(PlanB)


def test_where_nothing_fails_the_window_says_what_may_fall_together_and_when_that_was_tested(
    window,
):
    window.show_picture(EXPOSED)
    assert texts(plan_b(window)) == [
        "If one thing fails",
        SENTENCE,
        "Your fallbacks were last tested 3 months ago.",
    ]


def test_while_something_fails_there_are_other_things_to_say(window):
    window.show_picture(replace(OUTAGE, exposure=EXPOSED.exposure))
    assert not plan_b(window).isVisible()


def test_the_link_there_begins_the_test(window, desk):
    window.show_picture(EXPOSED)
    (link,) = plan_b(window).findChildren(Link)
    link.click()
    assert (link.text(), desk.drills) == ("Test my fallbacks…", 1)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (None, "Your fallbacks were never tested."),
        (0, "Your fallbacks were last tested just now."),
        (59, "Your fallbacks were last tested 59 days ago."),
        (95, "Your fallbacks were last tested 3 months ago."),
        (800, "Your fallbacks were last tested 2 years ago."),
    ],
)
def test_how_long_ago_is_said_in_days_months_and_years(days, says):
    at = None if days is None else NOW.utc - scenes.timedelta(days=days)
    assert last_tested(at, NOW.utc, English()) == says


# -- menu and chooser ------------------------------------------------------------------------


def more(shown: Picture, *, drills: bool) -> list[str]:
    found = next(one for one in entries(shown, GLANCE, drills=drills) if one.label == "More")
    return [one.label for one in found.entries]


def test_the_menu_has_it_where_there_is_something_to_test():
    assert "Test my fallbacks…" in more(OUTAGE, drills=True)
    assert "Test my fallbacks…" not in more(OUTAGE, drills=False), "a rehearsal tests nothing"
    assert "Test my fallbacks…" not in more(picture(), drills=True)


def test_its_entry_begins_the_test():
    desk = Desk()
    menu = entries(picture(down("ChatGPT")), GLANCE, drills=True)
    inside = next(one for one in menu if one.label == "More").entries
    deed = next(one for one in inside if one.label == "Test my fallbacks…").deed
    perform(deed, desk.doors)
    assert desk.asked == [("test fallbacks",)]


def test_the_chooser_s_line_follows_the_ticks(qtbot):
    def exposed(ids):
        return f"{len(ids)} stand on one thing." if len(ids) > 1 else ""

    window = Welcome(English(), scenes.CATALOGUE, {scenes.CHATGPT.id}, exposed=exposed)
    qtbot.addWidget(window)
    window.show()
    assert not [text for text in texts(window) if "stand on" in text]
    window._list.tick({scenes.CLAUDE.id})
    assert "2 stand on one thing." in texts(window)
