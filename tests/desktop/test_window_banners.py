"""The lines across the top: rehearsal, settings, and notices nobody else could show."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from notifier.model.announcement import NoticeId, ThreadId
from notifier.model.event import Wish
from tests.desktop import scenes
from tests.desktop.scenes import CHATGPT, NOW, OUTAGE, QUIET
from tests.desktop.sight import button, texts


def test_a_notice_counts_as_shown_only_where_somebody_can_see_it(window):
    window.hide()
    assert window.show_notice(scenes.NOTICE) is False
    window.show()
    assert "ChatGPT is down" not in texts(window)
    assert window.show_notice(scenes.NOTICE) is True
    assert "ChatGPT is down" in texts(window)


def test_the_buttons_of_a_notice_do_what_they_say(qtbot, window, desk):
    window.show_picture(QUIET)
    window.show_notice(scenes.NOTICE)
    qtbot.mouseClick(button(window, "Open Claude"), Qt.MouseButton.LeftButton)
    assert desk.taken == ["https://claude.ai/new"]
    assert "ChatGPT is down" not in texts(window)
    window.show_notice(scenes.NOTICE)
    qtbot.mouseClick(button(window, "Snooze 1 h"), Qt.MouseButton.LeftButton)
    assert desk.sent == [(Wish.SNOOZE, CHATGPT.key, NOW.utc + timedelta(hours=1))]


def test_one_thread_has_one_line_and_it_goes_when_it_is_no_longer_true(window):
    window.show_notice(scenes.NOTICE)
    later = replace(scenes.NOTICE, id=NoticeId("n-2"), title="ChatGPT is worse")
    window.show_notice(later)
    assert "ChatGPT is worse" in texts(window)
    assert "ChatGPT is down" not in texts(window)
    window.withdraw_notice(NoticeId("n-2"))
    assert "ChatGPT is worse" not in texts(window)


def test_notices_never_push_the_verdict_out_of_sight(window):
    for number in range(5):
        window.show_notice(
            replace(
                scenes.NOTICE,
                id=NoticeId(f"n-{number}"),
                threads=(ThreadId(f"t-{number}"),),
                title=f"Notice {number}",
            )
        )
    assert [text for text in texts(window) if text.startswith("Notice")] == [
        "Notice 2",
        "Notice 3",
        "Notice 4",
    ]


def test_what_is_owed_is_said_until_it_is_shown(window):
    window.show_picture(replace(OUTAGE, owed=2))
    assert any(text.startswith("2 notices could not be shown") for text in texts(window))
    window.show_notice(scenes.NOTICE)
    assert not any("notices could not be shown" in text for text in texts(window))


def test_what_is_wrong_in_the_settings_is_said_with_file_and_line(window):
    complaint = 'settings.toml, line 4: "interval" must be at least 30s; it says 5s.'
    window.show_picture(replace(OUTAGE, complaints=(complaint,)))
    assert complaint in texts(window)
    window.show_picture(OUTAGE)
    assert complaint not in texts(window)


def test_a_hint_about_the_desktop_stays_until_it_is_dismissed(qtbot, window):
    window.hint("This desktop shows no tray icons.")
    window.show_picture(QUIET)
    assert "This desktop shows no tray icons." in texts(window)
    qtbot.mouseClick(button(window, "Dismiss"), Qt.MouseButton.LeftButton)
    assert "This desktop shows no tray icons." not in texts(window)


def test_a_rehearsal_is_marked_and_unmarked(window):
    window.set_caption("Rehearsal · 36 min · ChatGPT fails")
    assert window.windowTitle() == "Rehearsal – AI Notifier"
    assert "Rehearsal · 36 min · ChatGPT fails" in texts(window)
    window.set_caption("")
    assert window.windowTitle() == "AI Notifier"
