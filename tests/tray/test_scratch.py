"""The scratch pad at work: what is opened with a draft, what is said of it, and where it lies."""

from dataclasses import replace
from datetime import UTC

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from notifier.desktop.buttons import Button
from notifier.desktop.scratch_pad import ScratchPad
from notifier.desktop.tick_box import TickBox
from notifier.desktop.writing import Writing
from notifier.model.way_in import WayIn
from notifier.storage.draft_file import read
from notifier.tray import scratch as scratches
from notifier.tray.around import Around
from notifier.tray.scratch import Scratch
from notifier.wording import scratch_pad as words
from notifier.wording.say import English
from tests.desktop.scenes import CHATGPT, CLAUDE, DOWN, FILLED, NOW, OUTAGE, PROMPT, QUIET, Desk
from tests.desktop.sight import button, texts

pytestmark = pytest.mark.qt_log_ignore("does not support")

TAKES = replace(CLAUDE, prompt=PROMPT)
STAYS = "Claude takes no text in its address: copy it here and paste it there."
NOTICE = (CHATGPT.key, ("t-1",))
"""Of what a notice tells, and of which outage."""


class Person:
    """At the pad: what was opened, and the services there are."""

    def __init__(self, file) -> None:
        self.desk, self.opened, self.opens = Desk(NOW), [], True
        self.known, self.picture, self.ranked = [TAKES], OUTAGE, []
        self.around = Around(
            say=English(),
            zone=UTC,
            now=lambda: NOW,
            open_url=self.opened.append,
            open_way=self._open,
            settings_file=file.parent / "settings.toml",
            log_file=file.parent / "log",
            wire=lambda: None,
            draft_file=file,
        )
        self.scratch = self.begins()

    def begins(self) -> Scratch:
        return Scratch(
            around=self.around,
            picture=lambda: self.picture,
            rank=self._rank,
            find=lambda url: next((one for one in self.known if one.home == url), None),
        )

    def _open(self, way: WayIn) -> bool:
        self.opened.append(way.address)
        return self.opens

    def _rank(self, service, then) -> None:
        self.ranked.append(service)
        then(((FILLED,), ()))

    def writes(self, text: str) -> None:
        self.scratch.open()
        self.pad.findChild(Writing).setPlainText(text)

    @property
    def pad(self) -> ScratchPad:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, ScratchPad)]
        return next(one for one in found if one.isVisible())

    def ticks(self, name: str) -> None:
        button(self.pad, name, TickBox).click()


@pytest.fixture
def person(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(scratches, "KEPT_AFTER", 10)
    yield Person(tmp_path / "data" / "draft.txt")
    for one in QApplication.topLevelWidgets():
        if isinstance(one, ScratchPad):
            one.close()
            one.deleteLater()


def pads() -> list[ScratchPad]:
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, ScratchPad) and one.isVisible()]


def test_without_a_draft_a_button_opens_the_page_and_nothing_else(person):
    for _ in range(2):
        person.scratch.open_instead(TAKES.home, *NOTICE)
    assert person.opened == [TAKES.home] * 2
    assert pads() == []


def test_with_one_it_goes_along_and_a_second_press_asks_for_the_pad(person):
    person.writes("hello & good day")
    person.pad.close()
    person.scratch.open_instead(TAKES.home, *NOTICE)
    assert person.opened == ["https://claude.ai/new?q=hello%20%26%20good%20day"]
    assert pads() == []
    person.scratch.open_instead(TAKES.home, *NOTICE)
    assert len(person.opened) == 1
    assert person.pad.text == "hello & good day"
    person.pad.close()
    person.scratch.open_instead(TAKES.home, CHATGPT.key, ("t-2",))
    assert len(person.opened) == 2, "another outage is another matter"


@pytest.mark.parametrize("marked", [True, False], ids=["private", "takes none"])
def test_where_it_may_not_go_along_the_page_opens_and_the_pad_says_so(person, marked):
    person.writes("hello")
    if marked:
        person.ticks(words.PRIVATE)
    else:
        person.known = [CLAUDE]
    person.pad.close()
    person.scratch.open_instead(TAKES.home, *NOTICE)
    assert person.opened == [TAKES.home]
    said = texts(person.pad)[2]
    assert said.startswith("It is marked private") if marked else said == STAYS


def test_what_another_run_named_is_opened_all_the_same(person):
    person.writes("hello")
    person.scratch.open_instead("https://gone.example/", *NOTICE)
    assert person.opened == ["https://gone.example/"]


def test_a_press_in_vain_is_said(person):
    person.writes("hello")
    person.opens = False
    button(person.pad, "Open Claude", Button).click()
    assert words.NOT_OPENED in texts(person.pad)


def test_the_pad_shows_what_works_now_and_goes_with_the_picture(person):
    person.scratch.open()
    assert "Instead of ChatGPT, as they are now" in texts(person.pad)
    person.picture = QUIET
    person.scratch.show_picture(QUIET)
    QApplication.processEvents()
    first = QUIET.rows[0]
    assert person.ranked == [first.key], "of what is well nothing is ranked until it is asked"
    assert f"{first.service.name} and its alternatives, as they are now" in texts(person.pad)
    assert button(person.pad, f"Open {first.service.name}").isVisible()
    person.pad.close()
    person.scratch.show_picture(OUTAGE)
    person.scratch.show_picture(QUIET)
    assert len(person.ranked) == 1, "nobody sees it"


def test_opened_from_a_service_it_is_about_that_one(person):
    other = OUTAGE.rows[-1]
    assert other.key != DOWN.key
    person.scratch.open(other.key)
    QApplication.processEvents()
    assert person.ranked == [other.key]


def test_only_copy_writes_the_clipboard(person):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    person.writes("hello\u00a0you\n")
    button(person.pad, "Open Claude", Button).click()
    person.scratch.open_instead(TAKES.home, *NOTICE)
    assert clipboard.text() == "before"
    button(person.pad, words.COPY, Button).click()
    assert clipboard.text() == "hello\u00a0you\n"


def test_a_draft_is_in_memory_until_it_is_to_be_kept(qtbot, person):
    file = person.around.draft_file
    person.writes("hello")
    person.pad.close()
    person.scratch.open()
    assert person.pad.text == "hello", "closing the pad loses nothing"
    assert not file.exists()
    person.scratch.keep_now()
    assert not file.exists()
    person.ticks(words.KEEP)
    assert read(file).text == "hello"
    person.ticks(words.PRIVATE)
    qtbot.waitUntil(lambda: read(file).private)
    person.ticks(words.KEEP)
    assert not file.exists()


def test_emptied_nothing_of_it_stays_on_the_disk(qtbot, person):
    file = person.around.draft_file
    person.writes("hello")
    person.ticks(words.KEEP)
    person.pad.findChild(Writing).clear()
    qtbot.waitUntil(lambda: not file.exists())
    person.pad.findChild(Writing).setPlainText("anew")
    qtbot.waitUntil(lambda: file.exists() and read(file).text == "anew")


def test_the_end_of_the_program_waits_for_no_timer_and_the_next_finds_it(person):
    person.writes("hello")
    person.ticks(words.KEEP)
    person.ticks(words.PRIVATE)
    person.pad.findChild(Writing).setPlainText("the last words")
    person.scratch.keep_now()
    person.pad.close()
    person.scratch = person.begins()
    person.scratch.open_instead(TAKES.home)
    assert person.opened == [TAKES.home], "private it was and private it is"
    assert person.pad.text == "the last words"


def test_where_it_cannot_be_kept_the_pad_says_so(person):
    person.around.draft_file.parent.write_text("a file where a folder should be")
    person.writes("hello")
    person.ticks(words.KEEP)
    assert [one for one in texts(person.pad) if "use --profile" in one or "cannot be" in one]
