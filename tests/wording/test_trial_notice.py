"""*Test notification*: which way of telling took it, in a sentence that claims no more."""

from datetime import UTC, datetime

import pytest

from notifier.model.announcement import NoticeId
from notifier.model.picture import Lamp
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.rung import Behind, Rung
from notifier.model.tried import Refused, Tried
from notifier.wording import trial_notice as words
from notifier.wording.say import English

SAY = English()

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
XFCE = Behind("Xfce Notify Daemon")


@pytest.mark.parametrize(
    ("tried", "lamp", "says"),
    [
        (Tried(Rung.FREEDESKTOP, XFCE), Lamp.CLEAR, "Shown by Xfce Notify Daemon."),
        (Tried(Rung.FREEDESKTOP), Lamp.CLEAR, "Shown by your desktop."),
        (
            Tried(Rung.FREEDESKTOP, Behind("dunst", hushed=True)),
            Lamp.BLIND,
            "Taken by dunst, which keeps it back: do not disturb is on.",
        ),
        (
            Tried(Rung.PORTAL),
            Lamp.BLIND,
            "Handed to the desktop portal; whether it was shown nobody says.",
        ),
        (
            Tried(Rung.BALLOON),
            Lamp.CLEAR,
            "No notification daemon: shown as the icon's balloon.",
        ),
        (
            Tried(Rung.TERMINAL),
            Lamp.CLEAR,
            ("`notifier watch` shows it to who reads its standard output, a line for each notice."),
        ),
        (
            Tried(None),
            Lamp.WATCH,
            "Nobody took it. What cannot be shown is kept in menu and log.",
        ),
    ],
)
def test_the_sentence_says_who_took_it_and_claims_no_more(tried, lamp, says):
    assert words.conclusion(tried, SAY) == (lamp, says)


def test_every_way_has_its_sentence_and_its_name():
    for rung in Rung:
        _, sentence = words.conclusion(Tried(rung), SAY)
        assert sentence.endswith(".")
        assert words.refusal(Refused(rung, "no"), SAY).endswith(": no")


def test_do_not_disturb_is_hinted_at_only_where_nobody_could_say():
    assert "do not disturb" in words.hint(Tried(Rung.FREEDESKTOP, XFCE), SAY)
    quiet = Behind("dunst", hushed=False)
    assert words.hint(Tried(Rung.FREEDESKTOP, quiet), SAY) == ""
    assert words.hint(Tried(Rung.PORTAL), SAY) == ""


def test_a_terminal_is_told_why_each_way_did_not_take_it():
    refused = (Refused(None, "no session bus"), Refused(Rung.WINDOW, "the window is not open"))
    assert words.lines(Tried(None, refused=refused), SAY) == (
        "Nobody took it. What cannot be shown is kept in menu and log.",
        "no session bus",
        "Window: the window is not open",
    )


def relayed(kind, name, why=""):
    state = RelayState.FAILED if why else RelayState.HANDED_OVER
    return Relayed(NoticeId("test"), kind, name, state, NOON, why=why)


def test_a_terminal_is_told_of_each_push_and_hook_by_name():
    beside = (
        relayed(RelayKind.PUSH, "phone"),
        relayed(RelayKind.HOOK, "lamp.sh", "It ended with 3: no lamp"),
    )
    tried = Tried(Rung.BALLOON, refused=(Refused(None, "no session bus"),), relayed=beside)
    assert words.lines(tried, SAY)[1:] == (
        "no session bus",
        "Push phone: handed over.",
        "Hook lamp.sh: It ended with 3: no lamp",
    )
    assert [words.passed_on(one, SAY)[0] for one in beside] == [Lamp.CLEAR, Lamp.WATCH]


def test_the_notice_is_about_nothing_and_goes_by_itself():
    notice = words.notice(NOON, SAY)
    assert (notice.services, notice.actions, notice.transient) == ((), (), True)
    assert notice.title == "Test notification"
    assert "Nothing has happened" in notice.body
    assert words.notice(NOON, SAY, rehearsal=True).title == "Rehearsal – Test notification"
