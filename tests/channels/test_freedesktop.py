"""The desktop's own notifications: what it is handed, what it answers, and when it does not."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from notifier.channels import Undeliverable, freedesktop, session_bus
from notifier.channels.freedesktop import Freedesktop
from notifier.desktop.lamps import pictures, portrait
from notifier.model.announcement import Action, NoticeId, Reason, ThreadId
from notifier.model.picture import Lamp
from notifier.tray.ways import Ways
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED
from tests.channels.stand_in import StandIn, Taken


@pytest.fixture
def daemon(bus):
    with StandIn(bus.address) as stand_in:
        yield stand_in


def test_an_outage_is_handed_over_whole(daemon, people):
    people().told(OUTAGE)
    (taken,) = daemon.taken
    assert taken.app == "AI Notifier"
    assert taken.title == "ChatGPT is down"
    assert taken.body == "OpenAI reports a major outage. Your network is fine."
    assert taken.actions == {
        "default": "Details",
        "fallback": "Open Claude",
        "got_it": "Got it",
        "snooze": "Snooze 1 h",
    }
    assert drawn(taken) == pictures(Lamp.TROUBLE)[48].convertToFormat(QImage.Format.Format_RGBA8888)
    del taken.hints["image-data"]
    assert taken.hints == {
        "urgency": 1,
        "desktop-entry": "ai-notifier",
        "category": "x-ai-notifier.outage",
        "suppress-sound": True,
    }


def drawn(taken: Taken) -> QImage:
    """The picture beside the words, as the specification reads it."""
    width, height, row, alpha, bits, channels, data = taken.hints["image-data"]
    assert (alpha, bits, channels) == (True, 8, 4)
    return QImage(data, width, height, row, QImage.Format.Format_RGBA8888).copy()


@pytest.mark.parametrize(
    ("notice", "lamp"),
    [
        pytest.param(replace(OUTAGE, confidence="suspected"), Lamp.WATCH, id="a suspicion"),
        pytest.param(RECOVERED, Lamp.CLEAR, id="a recovery"),
        pytest.param(replace(OUTAGE, reason=Reason.OFFLINE), Lamp.BLIND, id="our own network"),
    ],
)
def test_the_shape_beside_the_words_fits_them(daemon, people, notice, lamp):
    people().told(notice)
    wanted = pictures(lamp)[48].convertToFormat(QImage.Format.Format_RGBA8888)
    assert drawn(daemon.taken[0]) == wanted


@pytest.mark.parametrize(
    ("notice", "stays"),
    [
        pytest.param(OUTAGE, True, id="a confirmed outage"),
        pytest.param(replace(OUTAGE, reason=Reason.REOPENED), True, id="one that came back"),
        pytest.param(replace(OUTAGE, confidence="suspected"), False, id="a suspicion"),
        pytest.param(replace(OUTAGE, transient=True), False, id="a lesser outage"),
        pytest.param(RECOVERED, False, id="a recovery"),
        pytest.param(replace(OUTAGE, reason=Reason.UPDATE), False, id="an update"),
    ],
)
def test_only_a_confirmed_outage_stays_until_it_is_seen(daemon, people, notice, stays):
    people().told(notice)
    (taken,) = daemon.taken
    assert taken.expires == (0 if stays else -1)
    assert taken.hints["urgency"] == 1, "a critical one would break through do not disturb"


@pytest.mark.parametrize(
    ("wanted", "notice", "heard"),
    [
        pytest.param(False, OUTAGE, False, id="not asked for"),
        pytest.param(True, OUTAGE, True, id="a confirmed outage"),
        pytest.param(True, RECOVERED, False, id="its end"),
        pytest.param(True, replace(OUTAGE, confidence="suspected"), False, id="a suspicion"),
    ],
)
def test_it_is_heard_only_where_that_is_wanted(daemon, people, wanted, notice, heard):
    person = people()
    person.channel._aloud = Ways(None, None, (), lambda: wanted, None)._aloud
    person.told(notice)
    hints = daemon.taken[0].hints
    assert ("sound-name" in hints, hints.get("suppress-sound")) == (heard, None if heard else True)


HOSTILE = "<b>5 & 6</b> <img src=file:///x> \u202egnp.exe\x00\x1b[31m \ud800 end"


def test_hostile_text_is_literal_where_the_daemon_reads_markup(daemon, people):
    people().told(replace(OUTAGE, title=HOSTILE, body=HOSTILE))
    (taken,) = daemon.taken
    plain = "<b>5 & 6</b> <img src=file:///x> gnp.exe [31m end"
    assert taken.title == plain
    assert taken.body == plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_nothing_is_escaped_for_a_daemon_that_reads_none(bus, people):
    with StandIn(bus.address, capabilities=("body",)) as daemon:
        people().told(replace(OUTAGE, body="5 & 6 <b>"))
        (taken,) = daemon.taken
    assert taken.body == "5 & 6 <b>"
    assert taken.actions == {}, "it cannot draw buttons"


def test_a_daemon_known_to_turn_buttons_into_dialogues_gets_none(bus, people):
    with StandIn(bus.address, named=("notify-osd", "Canonical Ltd", "1.0", "1.1")) as daemon:
        people().told(OUTAGE)
        assert daemon.taken[0].actions == {}


def test_a_long_text_is_cut_between_words_and_says_so(daemon, people):
    people().told(replace(OUTAGE, body="word " * 400))
    (taken,) = daemon.taken
    assert len(taken.body) <= 200
    assert taken.body.endswith("word…")


def test_at_most_three_buttons_and_never_the_body_among_them(daemon, people):
    actions = (Action.DETAILS, Action.FALLBACK, Action.GOT_IT, Action.SNOOZE)
    labels = ("More", "Open Claude", "Got it", "Snooze 1 h")
    people().told(replace(OUTAGE, actions=actions, labels=labels))
    assert list(daemon.taken[0].actions) == ["default", "fallback", "got_it", "snooze"]


def test_news_of_a_thread_takes_the_place_of_the_last(daemon, people):
    person = people()
    person.told(OUTAGE)
    person.told(replace(OUTAGE, id=NoticeId("n-2"), replaces=OUTAGE.id, reason=Reason.WORSE))
    person.told(replace(RECOVERED, id=NoticeId("n-9"), replaces=None))
    person.told(ELSEWHERE)
    assert [taken.replaces for taken in daemon.taken] == [0, 11, 11, 0]


def test_one_notice_that_sums_up_several_closes_the_others(daemon, people, qtbot):
    person = people()
    person.told(OUTAGE)
    person.told(ELSEWHERE)
    both = (ThreadId("t-1"), ThreadId("t-2"))
    person.told(replace(OUTAGE, id=NoticeId("n-4"), threads=both, reason=Reason.SUMMARY))
    assert daemon.taken[-1].replaces == 11
    qtbot.waitUntil(lambda: daemon.closed == [12])


def test_a_daemon_that_ignores_replacing_is_made_to_close_the_old_one(bus, people, qtbot):
    with StandIn(bus.address, numbers=lambda taken: 50 + len(taken.title)) as daemon:
        person = people()
        person.told(OUTAGE)
        person.told(RECOVERED)
        qtbot.waitUntil(lambda: daemon.closed == [50 + len(OUTAGE.title)])


def test_what_is_no_longer_true_is_closed(daemon, people, qtbot):
    person = people()
    person.told(OUTAGE)
    person.channel.withdraw(OUTAGE.id)
    qtbot.waitUntil(lambda: daemon.closed == [11])


def test_what_is_withdrawn_while_the_daemon_still_thinks_is_closed_too(daemon, people, qtbot):
    person = people()
    daemon.awake.clear()
    person.send(OUTAGE)
    person.send(ELSEWHERE)
    person.channel.withdraw(OUTAGE.id)
    person.channel.withdraw(ELSEWHERE.id)
    daemon.awake.set()
    qtbot.waitUntil(lambda: len(person.outcomes) == 2)
    qtbot.waitUntil(lambda: len(daemon.taken) == len(daemon.closed))
    assert isinstance(person.outcomes[ELSEWHERE.id], Undeliverable)


@pytest.mark.parametrize(
    ("key", "action"),
    [("default", Action.DETAILS), ("fallback", Action.FALLBACK), ("snooze", Action.SNOOZE)],
)
def test_a_pressed_button_is_heard_and_the_notice_closed(daemon, people, qtbot, key, action):
    person = people()
    person.told(OUTAGE)
    daemon.press(11, key)
    qtbot.waitUntil(lambda: person.pressed == [(OUTAGE.id, action)])
    qtbot.waitUntil(lambda: daemon.closed == [11])


def test_buttons_of_others_and_unknown_ones_mean_nothing(daemon, people, qtbot):
    person = people()
    person.told(OUTAGE)
    daemon.press(99, "fallback")
    daemon.press(11, "explode")
    daemon.press(11, "got_it")
    qtbot.waitUntil(lambda: person.pressed != [])
    assert person.pressed == [(OUTAGE.id, Action.GOT_IT)]


def test_a_dismissed_notice_is_not_replaced_but_told_anew(daemon, people, qtbot):
    person = people()
    person.told(OUTAGE)
    person.told(ELSEWHERE)
    daemon.dismiss(11)
    daemon.press(11, "got_it")
    daemon.press(12, "got_it")
    qtbot.waitUntil(lambda: person.pressed == [(ELSEWHERE.id, Action.GOT_IT)])
    person.told(RECOVERED)
    assert daemon.taken[-1].replaces == 0


# --- daemons that are not there, or not all there


def test_without_a_daemon_nothing_is_delivered_and_once_one_comes_it_is_said(bus, people, qtbot):
    person = people()
    assert "org.freedesktop.Notifications" in person.untold(OUTAGE)
    assert person.appeared == 0
    with StandIn(bus.address) as daemon:
        qtbot.waitUntil(lambda: person.appeared == 1)
        person.told(OUTAGE)
        assert [taken.title for taken in daemon.taken] == ["ChatGPT is down"]


def test_a_daemon_that_crashes_and_returns_is_handed_what_is_owed(bus, people, qtbot):
    person = people()
    with StandIn(bus.address):
        person.told(OUTAGE)
    person.untold(RECOVERED)
    with StandIn(bus.address) as second:
        qtbot.waitUntil(lambda: person.appeared == 2)
        person.told(RECOVERED)
        assert second.taken[0].replaces == 0, "the number meant something to the first one only"


def test_a_daemon_that_dies_with_a_notice_in_its_hands_has_not_delivered_it(bus, people):
    person = people()
    with StandIn(bus.address) as daemon:
        person.told(ELSEWHERE)
        daemon.awake.clear()
        person.send(OUTAGE)
        daemon.hang_up()
        person.qtbot.waitUntil(lambda: OUTAGE.id in person.outcomes)
    assert isinstance(person.outcomes[OUTAGE.id], Undeliverable)


def test_number_zero_is_no_delivery(bus, people):
    with StandIn(bus.address, numbers=lambda _: 0):
        assert people().untold(OUTAGE) == "the daemon gave it no number"


def test_a_daemon_that_hangs_is_given_up_and_what_it_shows_late_is_taken_down(
    daemon, people, qtbot, monkeypatch
):
    monkeypatch.setattr(session_bus, "PATIENCE", 0.05)
    person = people()
    person.told(ELSEWHERE)
    daemon.awake.clear()
    assert "no answer" in person.untold(OUTAGE)
    before = person.appeared
    daemon.awake.set()
    qtbot.waitUntil(lambda: person.appeared == before + 1)
    qtbot.waitUntil(lambda: daemon.closed == [12])
    person.told(OUTAGE)


def test_a_daemon_that_hangs_from_the_start_is_met_when_it_wakes(bus, people, qtbot, monkeypatch):
    monkeypatch.setattr(session_bus, "PATIENCE", 0.05)
    with StandIn(bus.address) as daemon:
        daemon.awake.clear()
        person = people()
        person.untold(OUTAGE)
        daemon.awake.set()
        qtbot.waitUntil(lambda: person.appeared >= 1)
        person.told(OUTAGE)


def test_a_daemon_that_babbles_delivers_nothing_and_breaks_nothing(bus, people):
    with StandIn(bus.address, babbles=True):
        assert "wrong kind" in people().untold(OUTAGE)


# --- our own restarts, and the bus


def test_after_a_restart_of_ours_the_old_notice_can_be_replaced_pressed_and_closed(
    daemon, people, qtbot
):
    before = people()
    handles = {n.id: before.told(n) for n in (OUTAGE, ELSEWHERE)}
    before.channel.close()
    after = people(handles)
    after.told(RECOVERED)
    assert daemon.taken[-1].replaces == 11
    daemon.press(12, "got_it")
    qtbot.waitUntil(lambda: after.pressed == [(ELSEWHERE.id, Action.GOT_IT)])


def test_handles_of_another_day_are_not_believed(daemon, people):
    # The numbers of another daemon may by now be those of somebody else's notices.
    person = people({OUTAGE.id: "0123456789abcdef:1.1#11"})
    person.told(RECOVERED)
    assert daemon.taken[-1].replaces == 0


def test_without_a_bus_the_channel_cannot_be_had(monkeypatch, tmp_path, qapp):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    with pytest.raises(Undeliverable, match="cannot be reached"):
        Freedesktop("Details", portray=portrait)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(Undeliverable, match="no session bus"):
        Freedesktop("Details", portray=portrait)


def test_when_the_bus_dies_everybody_waiting_is_told_and_nothing_hangs(bus, daemon, people, qtbot):
    person = people()
    person.told(ELSEWHERE)
    daemon.awake.clear()
    person.send(OUTAGE)
    bus.end()
    qtbot.waitUntil(lambda: OUTAGE.id in person.outcomes)
    assert isinstance(person.outcomes[OUTAGE.id], Undeliverable)
    assert "bus is gone" in person.untold(RECOVERED)
    daemon.awake.set()


def test_a_bus_that_comes_back_is_found_again(bus, people, qtbot, monkeypatch):
    monkeypatch.setattr(freedesktop, "_RETRY", (0.02,))
    person = people()
    bus.end()
    person.untold(OUTAGE)
    bus.begin()
    with StandIn(bus.address):
        qtbot.waitUntil(lambda: person.appeared == 1)
        person.told(OUTAGE)
