"""The desktop portal: used where nothing better is, handed over rather than told, never twice."""

from dataclasses import replace

import pytest

from notifier.channels import Outcome, Undeliverable, session_bus
from notifier.channels.portal import Portal, in_its_terms
from notifier.model.announcement import Action, Notice, NoticeId, ThreadId
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED
from tests.channels.stand_in import StandIn
from tests.channels.stand_in_portal import PortalStandIn
from tests.wording.hostile import OWN, acting, naughty, needs_corpus, poisoned


class Person:
    """Somebody in a sandbox, or not."""

    def __init__(self, qtbot, earlier: dict[NoticeId, str], *, in_sandbox: bool) -> None:
        self.qtbot = qtbot
        self.outcomes: list[Outcome] = []
        self.pressed: list[tuple[NoticeId, Action]] = []
        self.appeared: list[None] = []
        self.channel = Portal(earlier, in_sandbox=lambda: in_sandbox)
        self.channel.pressed.connect(lambda *press: self.pressed.append(press))
        self.channel.appeared.connect(lambda: self.appeared.append(None))

    def hears(self, notice: Notice) -> Outcome:
        before = len(self.outcomes)
        self.channel.deliver(notice, self.outcomes.append)
        self.qtbot.waitUntil(lambda: len(self.outcomes) > before)
        return self.outcomes[-1]

    def untold(self, notice: Notice) -> str:
        outcome = self.hears(notice)
        assert isinstance(outcome, Undeliverable)
        return str(outcome)


@pytest.fixture
def people(qtbot):
    made: list[Person] = []

    def make(earlier: dict[NoticeId, str] | None = None, *, in_sandbox: bool = False) -> Person:
        made.append(Person(qtbot, earlier or {}, in_sandbox=in_sandbox))
        return made[-1]

    yield make
    for person in made:
        person.channel.close()


@pytest.fixture
def portal(bus):
    with PortalStandIn(bus.address) as stand_in:
        yield stand_in


def test_an_outage_is_handed_over_whole(portal, people):
    assert people().hears(OUTAGE) == "portal:t-1"
    assert portal.hanging == {
        "t-1": {
            "title": "ChatGPT is down",
            "body": "OpenAI reports a major outage. Your network is fine.",
            "priority": "normal",
            "default-action": "details",
            "buttons": [
                {"label": ("s", "Open Claude"), "action": ("s", "fallback")},
                {"label": ("s", "Got it"), "action": ("s", "got-it")},
                {"label": ("s", "Snooze 1 h"), "action": ("s", "snooze")},
            ],
        }
    }


def test_of_sound_it_speaks_only_to_a_portal_that_understands(bus, people):
    with PortalStandIn(bus.address, version=2) as portal:
        person = people()
        person.hears(OUTAGE)
        person.channel._aloud = lambda _: True
        person.hears(ELSEWHERE)
    assert [handed["sound"] for _, handed in portal.handed] == ["silent", "default"]
    assert "sound" not in in_its_terms(OUTAGE, 1, aloud=True)


# --- where it is used, and where it is not


def test_where_a_daemon_is_there_it_is_not_used(portal, people, bus):
    with StandIn(bus.address):
        assert "only for where no notification daemon" in people().untold(OUTAGE)
        assert portal.handed == []


def test_where_the_bus_could_start_a_daemon_it_is_not_used(startable, people):
    with PortalStandIn(startable) as portal:
        assert "only for where no notification daemon" in people().untold(OUTAGE)
        assert portal.handed == []


def test_in_a_sandbox_it_is_used_whoever_else_is_there(portal, people, bus):
    with StandIn(bus.address):
        assert people(in_sandbox=True).hears(OUTAGE) == "portal:t-1"
    assert list(portal.hanging) == ["t-1"]


def test_without_a_portal_nothing_is_handed_over_and_once_one_comes_it_is_said(bus, people, qtbot):
    person = people()
    assert "org.freedesktop.portal.Desktop" in person.untold(OUTAGE)
    with PortalStandIn(bus.address) as portal:
        qtbot.waitUntil(lambda: len(person.appeared) == 1)
        person.hears(OUTAGE)
        assert list(portal.hanging) == ["t-1"]


def test_a_portal_that_refuses_has_taken_nothing(portal, people):
    portal.refuses = "This app may not show notifications"
    assert people().untold(OUTAGE) == "This app may not show notifications"


def test_without_a_bus_there_is_no_portal_either(people, monkeypatch, tmp_path, qapp):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    assert "session bus cannot be reached" in people().untold(OUTAGE)


def test_a_portal_that_hangs_is_given_up_and_what_it_takes_late_is_taken_back(
    portal, people, qtbot, monkeypatch
):
    monkeypatch.setattr(session_bus, "PATIENCE", 0.05)
    person = people(in_sandbox=True)
    person.hears(ELSEWHERE)
    portal.awake.clear()
    assert "no answer" in person.untold(OUTAGE)
    portal.awake.set()
    qtbot.waitUntil(lambda: len(person.appeared) == 1)
    qtbot.waitUntil(lambda: len(portal.handed) == 2 and list(portal.hanging) == ["t-2"])


def test_a_portal_that_hangs_from_the_start_is_used_once_it_wakes(
    portal, people, qtbot, monkeypatch
):
    monkeypatch.setattr(session_bus, "PATIENCE", 0.05)
    person = people(in_sandbox=True)
    portal.awake.clear()
    assert "no answer" in person.untold(OUTAGE)
    portal.awake.set()
    qtbot.waitUntil(lambda: len(person.appeared) == 1)
    assert person.hears(OUTAGE) == "portal:t-1"


def test_a_bus_that_comes_back_is_found_again(bus, people, qtbot):
    person = people()
    with PortalStandIn(bus.address):
        person.hears(OUTAGE)
        bus.end()
    assert isinstance(person.hears(RECOVERED), Undeliverable)
    bus.begin()
    with PortalStandIn(bus.address) as portal:
        assert person.hears(RECOVERED) == "portal:t-1"
        assert portal.hanging["t-1"]["title"] == RECOVERED.title


# --- one life


def test_news_of_a_thread_takes_the_place_of_the_last(portal, people):
    person = people()
    for notice in (OUTAGE, RECOVERED, ELSEWHERE):
        person.hears(notice)
    assert [place for place, _ in portal.handed] == ["t-1", "t-1", "t-2"]
    assert portal.hanging["t-1"]["title"] == "ChatGPT works again"


def test_one_notice_that_sums_up_several_takes_the_others_back(portal, people, qtbot):
    person = people()
    person.hears(OUTAGE)
    person.hears(ELSEWHERE)
    both = (ThreadId("t-1"), ThreadId("t-2"))
    person.hears(replace(OUTAGE, id=NoticeId("n-4"), threads=both, title="Two are down"))
    qtbot.waitUntil(lambda: list(portal.hanging) == ["t-1"])
    assert portal.hanging["t-1"]["title"] == "Two are down"


def test_what_is_no_longer_true_is_taken_back(portal, people, qtbot):
    person = people()
    person.hears(OUTAGE)
    person.channel.withdraw(OUTAGE.id)
    qtbot.waitUntil(lambda: portal.hanging == {})


def test_what_an_earlier_run_handed_over_is_replaced_and_taken_back(portal, people, qtbot):
    before = people()
    handles = {notice.id: before.hears(notice) for notice in (OUTAGE, ELSEWHERE)}
    before.channel.close()
    after = people({**handles, NoticeId("n-9"): "0123456789abcdef:1.1#11"})
    after.hears(RECOVERED)
    after.channel.withdraw(ELSEWHERE.id)
    qtbot.waitUntil(lambda: list(portal.hanging) == ["t-1"])
    assert portal.hanging["t-1"]["title"] == RECOVERED.title


@pytest.mark.parametrize(
    ("key", "action"),
    [("details", Action.DETAILS), ("got-it", Action.GOT_IT), ("fallback", Action.FALLBACK)],
)
def test_a_pressed_button_is_heard_and_the_notice_taken_away(portal, people, qtbot, key, action):
    person = people()
    person.hears(OUTAGE)
    portal.press_on("t-9", key)
    portal.press_on("t-1", "explode")
    portal.press_on("t-1", key)
    qtbot.waitUntil(lambda: person.pressed == [(OUTAGE.id, action)])
    qtbot.waitUntil(lambda: portal.hanging == {})


def test_a_button_only_the_portal_itself_can_press(portal, people, qtbot, bus):
    person = people()
    person.hears(OUTAGE)
    with PortalStandIn(bus.address, service="org.example.Forger") as forger:
        forger.press_on("t-1", "fallback")
        portal.press_on("t-1", "got-it")
        qtbot.waitUntil(lambda: person.pressed != [])
    assert person.pressed == [(OUTAGE.id, Action.GOT_IT)]


# --- what the texts can do


def words_of(text: str) -> list[str]:
    handed = in_its_terms(poisoned(OUTAGE, text))
    labels = [button["label"][1] for button in handed["buttons"][1]]
    return [handed["title"][1], handed["body"][1], *labels]


@pytest.mark.parametrize("text", OWN)
def test_no_text_acts_and_none_is_markup_to_whoever_it_is_handed_on_to(text):
    title, body, *labels = words_of(text)
    assert all(acting(one, "\n") == [] for one in (title, body, *labels))
    # xdg-desktop-portal-gtk hands both on unescaped, to daemons that read markup.
    assert not set("<>&") & {*title, *body}


@needs_corpus
def test_no_naughty_string_does():
    for text in naughty():
        title, body, *labels = words_of(text)
        assert all(acting(one, "\n") == [] for one in (title, body, *labels))
        assert not set("<>&") & {*title, *body}


def test_what_looks_like_markup_still_looks_like_what_was_written():
    title, *_ = words_of("<b>R&D</b>")
    assert title == "‹b›R＆D‹/b›"
