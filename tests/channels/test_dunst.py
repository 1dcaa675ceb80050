"""The real daemon, dunst, on a screen: what a person reads, presses and no longer sees."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest

from notifier.model.announcement import Action, NoticeId
from tests.channels.dunst import Dunst
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED

pytestmark = pytest.mark.desktop


@pytest.fixture
def dunst(bus) -> Iterator[Dunst]:
    daemon = Dunst()
    yield daemon
    daemon.kill()


@pytest.fixture
def person(dunst, people, qtbot):
    someone = people()
    qtbot.waitUntil(lambda: someone.appeared == 1)
    return someone


def test_a_notice_is_on_the_screen_with_its_words_as_they_are(dunst, person):
    person.told(replace(OUTAGE, title="<b>R&D</b> is down", body="5 & 6 <img src=x> fail"))
    assert dunst.on_screen() == 1
    (shown,) = dunst.shown()
    assert shown["summary"] == "<b>R&D</b> is down"
    # As it was handed over: dunst reads it as markup, and draws 5 & 6 <img src=x> fail.
    assert shown["body"] == "5 &amp; 6 &lt;img src=x&gt; fail"
    assert shown["appname"] == "AI Notifier"
    assert shown["timeout"] == 0, "a confirmed outage stays until it is seen"


def test_news_replaces_and_does_not_pile_up(dunst, person):
    person.told(OUTAGE)
    person.told(RECOVERED)
    person.told(ELSEWHERE)
    assert dunst.on_screen() == 2
    assert {shown["summary"] for shown in dunst.shown()} == {RECOVERED.title, ELSEWHERE.title}


def test_what_is_no_longer_true_leaves_the_screen(dunst, person, qtbot):
    person.told(OUTAGE)
    person.channel.withdraw(OUTAGE.id)
    qtbot.waitUntil(lambda: dunst.on_screen() == 0)


def test_a_pressed_button_is_heard_and_leaves_the_screen(dunst, person, qtbot):
    person.told(OUTAGE)
    subprocess.run(["press", "Open Claude"], check=True)
    qtbot.waitUntil(lambda: person.pressed == [(OUTAGE.id, Action.FALLBACK)])
    qtbot.waitUntil(lambda: dunst.on_screen() == 0)


def test_killed_and_started_again_it_is_handed_what_is_owed(dunst, person, qtbot):
    person.told(OUTAGE)
    dunst.kill()
    person.untold(RECOVERED)
    dunst.begin()
    qtbot.waitUntil(lambda: person.appeared == 2)
    person.told(replace(RECOVERED, id=NoticeId("n-7")))
    assert dunst.on_screen() == 1
    assert dunst.shown()[0]["summary"] == RECOVERED.title


def test_do_not_disturb_is_obeyed_and_nothing_is_lost(dunst, person, qtbot):
    dunst.ask("set-paused", "true")
    person.told(OUTAGE)
    assert dunst.on_screen() == 0
    dunst.ask("set-paused", "false")
    qtbot.waitUntil(lambda: dunst.on_screen() == 1)
