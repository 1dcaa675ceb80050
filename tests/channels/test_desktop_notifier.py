"""The notifications of Windows and macOS, over a stand-in for the library: told is what was shown.

No Windows and no Mac has tried it.
"""

import sys
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from notifier.channels import Outcome, Undeliverable, desktop_notifier
from notifier.channels.desktop_notifier import NotificationCentre
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.tray.ways import Ways
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED
from tests.channels.stand_in_library import Centre


@pytest.fixture
def centre(monkeypatch):
    made = Centre()
    monkeypatch.setitem(sys.modules, "desktop_notifier", made.module())
    yield made
    made.stuck.set()


class Person:
    """Somebody whose system shows notices through the channel."""

    def __init__(self, qtbot, earlier: dict[NoticeId, str] | None = None) -> None:
        self.qtbot = qtbot
        self.outcomes: dict[NoticeId, Outcome] = {}
        self.pressed: list[tuple[NoticeId, Action]] = []
        self.threads: set[threading.Thread] = set()
        self.appeared = 0
        self.channel = NotificationCentre(earlier)
        # Directly, so that it is heard in whichever thread it is said.
        self.channel.pressed.connect(self._press, Qt.ConnectionType.DirectConnection)
        self.channel.appeared.connect(self._appear)

    def _press(self, notice: NoticeId, action: Action) -> None:
        self.threads.add(threading.current_thread())
        self.pressed.append((notice, action))

    def _appear(self) -> None:
        self.appeared += 1

    def send(self, notice: Notice) -> None:
        def done(outcome: Outcome) -> None:
            self.threads.add(threading.current_thread())
            self.outcomes[notice.id] = outcome

        self.channel.deliver(notice, done)

    def hears(self, notice: Notice) -> Outcome:
        self.outcomes.pop(notice.id, None)
        self.send(notice)
        self.qtbot.waitUntil(lambda: notice.id in self.outcomes)
        return self.outcomes[notice.id]

    def untold(self, notice: Notice) -> str:
        outcome = self.hears(notice)
        assert isinstance(outcome, Undeliverable)
        return str(outcome)


@pytest.fixture
def people(qtbot):
    made: list[Person] = []

    def make(earlier: dict[NoticeId, str] | None = None) -> Person:
        made.append(Person(qtbot, earlier))
        return made[-1]

    yield make
    for person in made:
        person.channel.close()


def test_what_the_system_took_is_told_with_its_words_and_buttons(centre, people):
    person = people()
    handle = person.hears(OUTAGE)
    shown = centre.shown[handle]
    assert (shown.title, shown.message) == (OUTAGE.title, OUTAGE.body)
    assert [button.title for button in shown.buttons] == ["Open Claude", "Got it", "Snooze 1 h"]
    assert centre.made == [{"app_name": "AI Notifier", "app_icon": None}]


def test_it_is_heard_only_where_that_is_wanted(centre, people):
    person = people()
    assert centre.shown[person.hears(OUTAGE)].sound is None
    person.channel._aloud = lambda notice: notice == ELSEWHERE
    assert centre.shown[person.hears(ELSEWHERE)].sound == "default"


def test_hostile_words_stay_plain(centre, people):
    notice = replace(OUTAGE, title="A\x00B\u202e", body="<b>one</b>\n\ntwo & x")
    shown = centre.shown[people().hears(notice)]
    assert (shown.title, shown.message) == ("A B", "<b>one</b>\ntwo & x")


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ({"fails": True}, "the system did not take it"),
        ({"raises": True}, "the system refused it (the system said no)"),
        ({"broken": True}, "the system refused it (Could not get ToastNotificationManagerForUser)"),
        ({"allowed": False}, "the system's settings do not let AI Notifier show notices"),
        ({"capable": False}, "the system shows notices only of programs it knows as such"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_was_not_shown_was_not_told(centre, people, trouble, why):
    person = people()
    for name, value in trouble.items():
        setattr(centre, name, value)
    if "broken" in trouble:
        person = people()
    assert person.untold(OUTAGE) == why
    assert centre.shown == {}
    for name in trouble:
        setattr(centre, name, not trouble[name])
    assert isinstance(person.hears(ELSEWHERE), str), "trouble that is over is over"


def test_without_the_library_there_is_no_such_channel(qapp, monkeypatch):
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    with pytest.raises(Undeliverable, match="is not installed"):
        NotificationCentre()


def test_news_takes_the_place_of_what_it_replaces_and_there_is_always_one(centre, people):
    person = people()
    person.hears(OUTAGE)
    person.hears(ELSEWHERE)
    person.hears(RECOVERED)
    assert centre.titles == [ELSEWHERE.title, RECOVERED.title]
    assert centre.log[-2:] == [f"+{RECOVERED.title}", f"-{OUTAGE.title}"]


def test_what_could_not_be_replaced_stays(centre, people):
    person = people()
    person.hears(OUTAGE)
    centre.fails = True
    person.untold(RECOVERED)
    assert centre.titles == [OUTAGE.title]


def test_what_is_no_longer_true_is_closed(centre, people, qtbot):
    person = people()
    person.hears(OUTAGE)
    person.channel.withdraw(ELSEWHERE.id)
    person.channel.withdraw(OUTAGE.id)
    qtbot.waitUntil(lambda: centre.titles == [])


def test_a_withdrawal_waits_for_what_was_sent_before_it(centre, people, qtbot):
    person = people()
    centre.stuck.clear()
    person.send(OUTAGE)
    person.channel.withdraw(OUTAGE.id)
    centre.stuck.set()
    qtbot.waitUntil(lambda: centre.log == [f"+{OUTAGE.title}", f"-{OUTAGE.title}"])


def test_every_button_is_heard_once_in_qts_own_thread_and_its_notice_closed(centre, people, qtbot):
    person = people()
    for label, action in zip(OUTAGE.labels, OUTAGE.actions, strict=True):
        person.hears(OUTAGE)
        centre.press(OUTAGE.title, label)
        qtbot.waitUntil(lambda wanted=(OUTAGE.id, action): person.pressed[-1:] == [wanted])
        qtbot.waitUntil(lambda: centre.titles == [])
    assert len(person.pressed) == 3
    assert person.threads == {threading.main_thread()}


def test_a_click_on_the_body_opens_the_details(centre, people, qtbot):
    person = people()
    person.hears(OUTAGE)
    centre.click(OUTAGE.title)
    qtbot.waitUntil(lambda: person.pressed == [(OUTAGE.id, Action.DETAILS)])


def test_a_notice_the_person_closed_is_gone_and_takes_nobodys_place(centre, people, qtbot):
    person = people()
    handle = person.hears(OUTAGE)
    centre.dismiss(OUTAGE.title)
    person.hears(ELSEWHERE)
    centre._elsewhere(centre.notifier.on_clicked, handle)
    person.hears(RECOVERED)
    assert person.pressed == []
    assert centre.log == [f"+{OUTAGE.title}", f"+{ELSEWHERE.title}", f"+{RECOVERED.title}"]


def test_what_an_earlier_run_left_is_pressed_replaced_and_closed(centre, people, qtbot):
    handle = people().hears(OUTAGE)
    person = people({OUTAGE.id: handle, ELSEWHERE.id: ""})
    person.hears(ELSEWHERE)  # by now the second one has its buttons connected
    centre.press(OUTAGE.title, "Got it")
    qtbot.waitUntil(lambda: person.pressed == [(OUTAGE.id, Action.GOT_IT)])
    qtbot.waitUntil(lambda: centre.titles == [ELSEWHERE.title])


def test_what_comes_too_late_is_taken_down_and_owed(centre, people, qtbot, monkeypatch):
    monkeypatch.setattr(desktop_notifier, "PATIENCE", 0.05)
    person = people()
    centre.stuck.clear()
    assert person.untold(OUTAGE) == "the system did not answer within 0.05 s"
    centre.stuck.set()
    qtbot.waitUntil(lambda: person.appeared == 1)
    qtbot.waitUntil(lambda: centre.log == [f"+{OUTAGE.title}", f"-{OUTAGE.title}"])
    monkeypatch.setattr(desktop_notifier, "PATIENCE", 10.0)
    assert isinstance(person.hears(OUTAGE), str)


@pytest.mark.parametrize(
    ("system", "own"),
    [
        ("linux", ("_freedesktop", "_portal")),
        ("win32", ("_notification_centre",)),
        ("darwin", ("_notification_centre",)),
    ],
)
def test_every_system_tries_its_own_way_first_and_then_the_balloon(monkeypatch, system, own):
    monkeypatch.setattr(sys, "platform", system)
    names = ("_freedesktop", "_portal", "_notification_centre", "_balloon")
    ways = SimpleNamespace(**{name: name for name in names})
    assert Ways.candidates(ways) == (*own, "_balloon")


def test_after_the_end_a_notice_is_undeliverable_at_once(centre, people):
    person = people()
    person.channel.close()
    assert person.untold(OUTAGE) == "the program is ending"
