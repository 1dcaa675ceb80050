"""The tray's menu says how everything is and offers what can be done, whatever the names."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from notifier.desktop.hosted_menu import HostedMenu, literal
from notifier.desktop.lamps import Lamps
from notifier.desktop.menu import SEPARATOR, Entry, Visit, entries, perform, tomorrow
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.picture import Lamp, Picture, ShownExclusion, ToldLine
from notifier.model.verdict import Override
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.tray_pictures import NOON, Desk, down, picture, well


def at(seconds: float = 20, zone=UTC) -> Glance:
    return Glance(NOON.later(seconds), zone, English())


def labels(some: tuple[Entry, ...]) -> list[str]:
    return [entry.label for entry in some if entry != SEPARATOR]


def find(some: tuple[Entry, ...], label: str) -> Entry:
    return next(entry for entry in some if entry.label.startswith(label))


def choose(some: tuple[Entry, ...], label: str, desk: Desk) -> None:
    deed = find(some, label).deed
    assert deed is not None, f"{label} cannot be chosen"
    perform(deed, desk.doors)


OUTAGE = picture(down("ChatGPT"), well("Claude"))


def test_it_begins_with_how_everything_is_and_ends_with_the_way_out():
    assert labels(entries(OUTAGE, at(20))) == [
        "ChatGPT is down: theirs. Your network is fine.",
        "Is it me? Check now",
        "Test my connection…",
        "ChatGPT: down · 20 s ago",
        "Claude: no problem reported · 20 s ago",
        "Scratch pad…",
        "Add or remove tools…",
        "Pause for…",
        "Open",
        "More",
        "Quit",
    ]


def test_before_anything_is_chosen_there_is_nothing_to_ask_about():
    assert labels(entries(picture(), at())) == [
        "Nothing chosen yet.",
        "Test my connection…",
        "Add or remove tools…",
        "Pause for…",
        "Open",
        "More",
        "Quit",
    ]


def test_a_failing_service_offers_what_works_their_page_and_every_answer():
    inside = find(entries(OUTAGE, at()), "ChatGPT:").entries
    assert labels(inside) == [
        "ChatGPT is down: ChatGPT Inc reports a major outage.",
        "Use Claude instead",
        "Status page of ChatGPT Inc",
        "It is broken for me",
        "It works for me",
        "Got it",
        "Snooze 1 h",
    ]


def test_a_page_that_is_not_read_can_be_opened_all_the_same():
    row = well("Claude")
    unread = replace(row.service, page=None, look_at="https://status.claude.test/")
    inside = find(entries(picture(replace(row, service=unread)), at()), "Claude:").entries
    assert find(inside, "Status page of Claude").deed == Visit("https://status.claude.test/")


def test_where_nothing_is_left_that_is_said_and_one_can_only_wait():
    refused = (ShownExclusion("claude", "Claude", "has problems itself"),)
    alone = replace(down("ChatGPT"), fallbacks=(), excluded=refused)
    inside = find(entries(picture(alone), at()), "ChatGPT:").entries
    assert labels(inside)[1:] == [
        "Nothing else is known to work right now",
        "Status page of ChatGPT Inc",
        "It is broken for me",
        "It works for me",
        "Tell me when it is back",
        "Snooze 1 h",
    ]
    waiting = find(entries(picture(replace(alone, acknowledged=True)), at()), "ChatGPT:").entries
    assert find(waiting, "You will be told when it is back").deed is None


def test_a_service_that_is_well_has_nothing_to_snooze():
    inside = find(entries(OUTAGE, at()), "Claude:").entries
    assert "Got it" not in labels(inside)
    assert "It is broken for me" in labels(inside)


def test_no_two_entries_of_a_menu_do_the_same():
    menu = entries(picture(down("ChatGPT"), well("Claude"), owed=1), at())
    for some in (menu, *(entry.entries for entry in menu)):
        deeds = [entry.deed for entry in some if entry.deed is not None]
        assert len(deeds) == len(set(deeds))


def test_every_entry_does_what_it_says():
    desk = Desk(now=NOON.later(20))
    menu = entries(OUTAGE, at())
    inside = find(menu, "ChatGPT:").entries
    more, pause = find(menu, "More").entries, find(menu, "Pause").entries
    for where, label in (
        (menu, "ChatGPT is down: theirs"),
        (menu, "Is it me?"),
        (menu, "Test my"),
        (inside, "ChatGPT is down"),
        (inside, "Use Claude"),
        (inside, "Status page"),
        (inside, "It is broken"),
        (inside, "It works"),
        (inside, "Got it"),
        (inside, "Snooze"),
        (pause, "1 hour"),
        (menu, "Scratch pad"),
        (menu, "Add or remove"),
        (menu, "Open"),
        (more, "Test notification"),
        (more, "Settings"),
        (more, "Log"),
        (menu, "Quit"),
    ):
        choose(where, label, desk)
    an_hour_on = desk.now.utc + timedelta(hours=1)
    assert desk.asked == [
        ("window", None),
        ("is it me",),
        ("test",),
        ("window", "chatgpt"),
        ("instead", "https://claude.ai/new"),
        ("visit", "https://status.chatgpt.example/"),
        (Wish.BROKEN, "chatgpt", None),
        (Wish.WORKS, "chatgpt", None),
        (Wish.GOT_IT, "chatgpt", None),
        (Wish.SNOOZE, "chatgpt", an_hour_on),
        (Wish.PAUSE, None, an_hour_on),
        ("pad", None),
        ("chooser",),
        ("window", None),
        ("test notice",),
        ("settings",),
        ("log",),
        ("quit",),
    ]


def test_whether_it_starts_at_login_is_a_tick_among_the_settings():
    for ticked in (True, False):
        more = find(entries(OUTAGE, at(), at_login=ticked), "More").entries
        assert [(entry.label, entry.ticked) for entry in more] == [
            ("Start when I log in", ticked),
            ("Test notification…", None),
            ("Settings file", None),
            ("Log", None),
        ]
    desk = Desk()
    choose(more, "Start when I log in", desk)
    assert desk.asked == [("login",)]


def test_where_a_login_has_nothing_to_do_with_it_the_menu_does_not_ask():
    assert labels(find(entries(OUTAGE, at()), "More").entries) == [
        "Test notification…",
        "Settings file",
        "Log",
    ]


def test_what_was_answered_already_cannot_be_answered_again():
    row = replace(
        down("ChatGPT"),
        acknowledged=True,
        override=Override.WORKS,
        snoozed_until=NOON.utc + timedelta(minutes=50),
    )
    inside = find(entries(picture(row), at()), "ChatGPT:").entries
    grey = [entry.label for entry in inside if entry.deed is None and entry != SEPARATOR]
    assert grey == ["It works for me", "Got it", "Snoozed until 12:50"]


def test_while_paused_the_menu_says_until_when_and_offers_the_end_of_it():
    desk = Desk()
    menu = entries(picture(well("Claude"), paused_until=NOON.utc + timedelta(hours=1)), at())
    choose(find(menu, "Paused until 13:00").entries, "Resume", desk)
    assert desk.asked == [(Wish.RESUME, None, None)]


def test_notices_that_nobody_took_are_not_hidden():
    assert "2 notices could not be shown" in labels(entries(picture(well("A"), owed=2), at()))


def kept_back(name: str, minutes: float = 0):
    told = ToldLine("outage", NOON.later(60 * minutes).utc, kept_back=True)
    return replace(down(name), told=told)


def hints(*rows, looked=None) -> list[str]:
    menu = entries(picture(*rows), at(), looked=looked)
    return [label for label in labels(menu) if "do not disturb" in label]


def test_what_do_not_disturb_keeps_back_is_counted_and_leads_to_the_log_of_the_newest():
    rows = kept_back("ChatGPT"), kept_back("Claude", 5), down("Cursor")
    assert hints(*rows) == ["Kept back by do not disturb: 2 notices"]
    desk = Desk()
    choose(entries(picture(*rows), at()), "Kept back", desk)
    assert desk.asked == [("read log", "claude")]


def test_one_notice_about_two_services_is_one():
    assert hints(kept_back("ChatGPT"), kept_back("Claude")) == [
        "Kept back by do not disturb: 1 notice"
    ]


def test_only_what_was_kept_back_since_somebody_looked_is_counted():
    rows = kept_back("ChatGPT"), kept_back("Claude", 5)
    assert hints(*rows, looked=NOON.later(60).utc) == ["Kept back by do not disturb: 1 notice"]
    assert hints(*rows, looked=NOON.later(600).utc) == []


def test_where_nothing_is_kept_back_the_menu_does_not_speak_of_it():
    assert hints(down("ChatGPT"), well("Claude")) == []


def test_a_service_without_a_page_opens_its_own_address():
    row = well("Local")
    row = replace(row, service=replace(row.service, page=None))
    assert "Open Local" in labels(find(entries(picture(row), at()), "Local:").entries)


def test_a_service_never_looked_at_claims_no_age():
    row = replace(well("Claude"), checked=None, state_words="not checked yet")
    assert "Claude: not checked yet" in labels(entries(picture(row), at()))


def test_an_alternative_in_doubt_is_not_praised():
    row = down("ChatGPT")
    doubtful = replace(row.fallbacks[0], state=Health.UNKNOWN)
    inside = find(entries(picture(replace(row, fallbacks=(doubtful,))), at()), "ChatGPT:").entries
    assert "Use Claude instead (in doubt)" in labels(inside)


def test_thirty_services_leave_the_menu_short_and_none_out():
    rows = (down("Last"), *(well(f"Tool {number}") for number in range(30)))
    menu = entries(picture(*rows), at())
    assert len(menu) < 26
    assert labels(menu)[3].startswith("Last: down")
    assert len(find(menu, "Other tools").entries) == 19


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        pytest.param("2026-11-23T23:50+01:00", "2026-11-24T08:00+01:00", id="late in the evening"),
        pytest.param("2026-11-24T02:00+01:00", "2026-11-25T08:00+01:00", id="in the night"),
        pytest.param("2026-10-24T12:00+02:00", "2026-10-25T08:00+01:00", id="the clocks go back"),
    ],
)
def test_tomorrow_begins_at_eight_by_the_persons_own_clock(now, morning):
    there = tomorrow(datetime.fromisoformat(now).astimezone(UTC), ZoneInfo("Europe/Berlin"))
    assert there == datetime.fromisoformat(morning)
    assert there.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["R&D", "A & B & C", "my_model", "R&D my_model", "&", "_", "&_", "%n {}", "a &"]
)
def test_marks_of_access_keys_in_names_are_shown_not_obeyed(text):
    assert as_qt_shows(literal(text, hosted=False)) == text
    assert as_a_host_shows(literal(text, hosted=True)) in (text, text.replace("&", "+"))


def as_qt_shows(label: str) -> str:
    """Qt's rule: && is an ampersand, a single & marks a key and is not shown."""
    return label.replace("&&", "\0").replace("&", "").replace("\0", "&")


def as_a_host_shows(label: str) -> str:
    """com.canonical.dbusmenu's rule for _, after Qt has turned the first & but a last one into _.

    GTK counts wrongly behind a mark, so none may stand before a doubled underscore.
    """
    first = label.find("&")
    if 0 <= first < len(label) - 1:
        assert "__" not in label
        label = label[:first] + "_" + label[first + 1 :]
    return label.replace("__", "\0").replace("_", "").replace("\0", "_")


# --- painted


class Painted:
    """A menu on the screen of somebody whose picture changes."""

    def __init__(self, first: Picture) -> None:
        self.picture = first
        self.seconds = 0.0
        self.at_login: bool | None = False
        self.done: list[object] = []
        self.hosted = HostedMenu(Lamps(), self.done.append, self.entries, hosted=False)
        self.repaint()

    def entries(self) -> tuple[Entry, ...]:
        return entries(self.picture, at(self.seconds), at_login=self.at_login)

    def repaint(self, new: Picture | None = None, seconds: float = 0.0) -> None:
        self.picture, self.seconds = new or self.picture, self.seconds + seconds
        self.hosted.show(self.entries())

    @property
    def menu(self) -> QMenu:
        return self.hosted.menu

    def texts(self) -> list[str]:
        return [action.text() for action in self.menu.actions() if not action.isSeparator()]

    def action(self, text: str) -> QAction:
        return next(a for a in self.menu.actions() if a.text().startswith(text))


def test_the_menu_says_what_the_picture_says(qapp):
    painted = Painted(OUTAGE)
    assert painted.texts() == labels(entries(OUTAGE, at(0)))
    painted.repaint(picture(well("Claude")))
    assert painted.texts()[0] == "All well."


def test_ages_grow_in_place(qapp):
    painted = Painted(OUTAGE)
    before = painted.menu.actions()
    painted.repaint(seconds=40)
    assert "Claude: no problem reported · 40 s ago" in painted.texts()
    assert painted.menu.actions() == before


def test_a_menu_that_opens_tells_ages_from_that_moment(qapp):
    painted = Painted(OUTAGE)
    painted.seconds = 90
    painted.menu.aboutToShow.emit()
    assert "Claude: no problem reported · 1 min ago" in painted.texts()


def test_nothing_moves_under_the_mouse_and_all_is_there_once_the_menu_is_closed(qapp):
    painted = Painted(OUTAGE)
    painted.menu.aboutToShow.emit()
    before = painted.menu.actions()
    painted.repaint(picture(well("Claude"), well("ChatGPT")))
    assert painted.menu.actions() == before
    assert painted.texts()[0] == "All well.", "the words are never old"
    assert painted.texts()[3:5] == [
        "ChatGPT: no problem reported · just now",
        "Claude: no problem reported · just now",
    ]
    painted.menu.aboutToHide.emit()
    assert painted.texts()[3:5] == [
        "Claude: no problem reported · just now",
        "ChatGPT: no problem reported · just now",
    ]


def test_what_was_put_off_and_taken_back_is_not_painted(qapp):
    painted = Painted(OUTAGE)
    painted.menu.aboutToShow.emit()
    painted.repaint(picture(well("Claude")))
    painted.repaint(OUTAGE)
    painted.menu.aboutToHide.emit()
    assert painted.texts()[0].startswith("ChatGPT is down")


def test_choosing_an_entry_does_its_deed_once(qapp):
    painted = Painted(OUTAGE)
    painted.repaint(seconds=5)
    painted.action("Quit").trigger()
    inside = painted.action("ChatGPT: down").menu()
    next(a for a in inside.actions() if a.text() == "Got it").trigger()
    menu = painted.entries()
    assert painted.done == [
        find(menu, "Quit").deed,
        find(find(menu, "ChatGPT:").entries, "Got it").deed,
    ]


def box(painted: Painted) -> QAction:
    more = painted.action("More").menu()
    return next(a for a in more.actions() if a.text() == "Start when I log in")


def test_a_tick_is_what_is_so_and_not_what_was_clicked(qapp):
    painted = Painted(OUTAGE)
    assert box(painted).isCheckable()
    box(painted).trigger()
    assert not box(painted).isChecked(), "nobody has said yet that it came true"
    painted.at_login = True
    painted.repaint()
    assert box(painted).isChecked()


def test_a_tick_comes_and_goes_in_place_while_the_menu_is_open(qapp):
    painted = Painted(OUTAGE)
    painted.menu.aboutToShow.emit()
    same = box(painted)
    painted.at_login = True
    painted.repaint()
    assert box(painted) is same
    assert same.isChecked()
    assert not painted.action("Quit").isCheckable()


def test_every_service_bears_its_lamp(qapp):
    painted = Painted(OUTAGE)
    assert not painted.action("ChatGPT: down").icon().isNull()
    before = painted.action("Claude").icon().cacheKey()
    worse = replace(well("Claude"), lamp=Lamp.WATCH)
    painted.repaint(picture(down("ChatGPT"), worse))
    assert painted.action("Claude").icon().cacheKey() != before


def test_hostile_names_stay_text(qapp):
    painted = Painted(picture(well("<b>A</b> & \u202eB\x00\nC"), headline="<img src=x>&\u202e"))
    assert painted.texts()[0] == "<img src=x>&&"
    assert painted.texts()[3].startswith("<b>A</b> && B C")


def test_a_year_of_pictures_leaves_no_submenus_behind(qapp, qtbot):
    painted = Painted(OUTAGE)
    for _ in range(50):
        painted.repaint(picture(well("A"), well("B"), well("C")))
        painted.repaint(OUTAGE)
    qtbot.wait(0)
    qtbot.waitUntil(lambda: len(painted.menu.findChildren(QMenu)) <= 8)
