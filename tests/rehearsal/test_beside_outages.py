"""A login page through the whole program: one hint, taken back, also across a crash."""

from notifier.model.announcement import Reason
from tests.rehearsal.test_shipped import story

PORTAL = '[[at]]\nt = "5m"\nnetwork = "captive_portal"\n'
SIGNED_IN = '[[at]]\nt = "20m"\nnetwork = "online"\n'


def test_a_login_page_is_one_hint_about_the_connection(tmp_path):
    watched = story(
        tmp_path,
        PORTAL + '[[expect]]\nt = "15m"\nlamp = "blind"\nconnection = "captive_portal"\n'
        'notices = ["offline"]\nwithheld = ["baseline", "offline"]\n'
        'chatgpt = { state = "unknown", whose = "you", cause = "captive_portal" }\n'
        + SIGNED_IN
        + '[[expect]]\nt = "22m"\nlamp = "clear"\nconnection = "online"\nnotices = []\n',
    )
    assert watched.outcome.failures == []
    assert watched.reasons == [Reason.OFFLINE.value]
    assert len(watched.withdrawn) == 1


def test_the_hint_survives_a_crash_and_is_taken_back_by_the_next_run(tmp_path):
    watched = story(
        tmp_path,
        PORTAL
        + '[[at]]\nt = "10m"\nprogram = "killed"\n[[at]]\nt = "12m"\nprogram = "started"\n'
        + SIGNED_IN,
    )
    assert watched.reasons == [Reason.OFFLINE.value]
    assert len(watched.withdrawn) == 1


def test_a_page_that_cannot_be_read_is_one_quiet_line_and_not_repeated_after_a_restart(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "5m"\npage.chatgpt = { answer = "503" }\n'
        '[[at]]\nt = "40m"\nprogram = "quit"\n[[at]]\nt = "41m"\nprogram = "started"\n'
        '[[at]]\nt = "70m"\npage.chatgpt = { state = "operational" }\n',
        length="80m",
    )
    assert watched.reasons == [Reason.SOURCE_UNREADABLE.value]
    assert len(watched.withdrawn) == 1
