"""What holds of both real daemons, dunst and xfce4-notifyd: one life per thread, come what may."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from notifier.channels import hush
from notifier.model.announcement import NoticeId
from notifier.model.rung import Behind
from tests.channels.conftest import PrivateBus
from tests.channels.dunst import Dunst
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED
from tests.channels.xfce import PROGRAM, SETTINGS, Xfce
from tests.wording.hostile import CORPUS, OWN, naughty, poisoned

pytestmark = pytest.mark.desktop


@pytest.fixture
def bus(tmp_path_factory, monkeypatch) -> Iterator[PrivateBus]:
    """One on which the settings of Xfce can be asked for, from a home that is empty."""
    folder = tmp_path_factory.mktemp("bus")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    private = PrivateBus(folder, {"org.xfce.Xfconf": str(SETTINGS or "/bin/false")})
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    yield private
    private.end()


@pytest.fixture(params=["dunst", "xfce4-notifyd"])
def daemon(request, bus) -> Iterator[Dunst | Xfce]:
    if request.param == "dunst":
        made: Dunst | Xfce = Dunst()
    elif PROGRAM is None or SETTINGS is None:
        pytest.skip("xfce4-notifyd is not installed")
    else:
        made = Xfce()
    yield made
    made.kill()


@pytest.fixture
def person(daemon, people, qtbot):
    someone = people()
    qtbot.waitUntil(lambda: someone.appeared == 1)
    return someone


def numbered(notice, number: int):
    """The same again, as a notice of its own."""
    return replace(notice, id=NoticeId(f"n-{100 + number}"), replaces=None)


def test_news_takes_the_place_of_the_last_and_never_piles_up(daemon, person, qtbot):
    for number in range(6):
        person.told(numbered(OUTAGE, number))
    person.told(ELSEWHERE)
    qtbot.waitUntil(lambda: daemon.on_screen() == 2)
    person.told(replace(RECOVERED, replaces=NoticeId("n-105")))
    qtbot.waitUntil(lambda: daemon.on_screen() == 2)


def test_what_is_over_leaves_the_screen(daemon, person, qtbot):
    person.told(OUTAGE)
    person.told(ELSEWHERE)
    qtbot.waitUntil(lambda: daemon.on_screen() == 2)
    for notice in (OUTAGE, ELSEWHERE):
        person.channel.withdraw(notice.id)
    qtbot.waitUntil(lambda: daemon.on_screen() == 0)


def described(person) -> Behind:
    heard: list[Behind] = []
    person.channel.describe(heard.append)
    person.qtbot.waitUntil(lambda: heard != [])
    return heard[0]


def test_it_says_who_it_is_and_whether_it_keeps_notices_back(daemon, person):
    name = described(person).name
    assert hush.question(name) is not None, "a daemon we know how to ask"
    assert described(person) == Behind(name, hushed=False), "nobody has ever switched it on"
    for on in (True, False, True):
        daemon.do_not_disturb(on=on)
        assert described(person) == Behind(name, hushed=on)


def test_do_not_disturb_keeps_everything_back_and_afterwards_there_is_one_notice(
    daemon, person, qtbot
):
    daemon.do_not_disturb(on=True)
    for number in range(4):
        person.told(numbered(OUTAGE, number))
    assert daemon.on_screen() == 0
    daemon.do_not_disturb(on=False)
    person.told(numbered(OUTAGE, 9))
    qtbot.waitUntil(lambda: daemon.on_screen() == 1)
    person.channel.withdraw(NoticeId("n-109"))
    qtbot.waitUntil(lambda: daemon.on_screen() == 0)


@pytest.mark.parametrize(
    "times", [3, pytest.param(20, marks=[pytest.mark.slow, pytest.mark.timeout(300)])]
)
def test_killed_and_started_again_it_shows_what_is_owed_once(daemon, person, qtbot, times):
    for number in range(times):
        person.told(numbered(OUTAGE, 2 * number))
        qtbot.waitUntil(lambda: daemon.on_screen() == 1)
        daemon.kill()
        owed = numbered(OUTAGE, 2 * number + 1)
        person.untold(owed)
        before = person.appeared
        daemon.begin()
        qtbot.waitUntil(lambda before=before: person.appeared == before + 1, timeout=10_000)
        person.told(owed)
        qtbot.waitUntil(lambda: daemon.on_screen() == 1)


EVERY = naughty() if CORPUS.is_dir() else OWN


@pytest.mark.parametrize(
    "texts", [EVERY[::6], pytest.param(EVERY, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_no_text_does_more_than_take_the_place_of_the_last(daemon, person, qtbot, texts):
    for text in (*texts, *OWN):
        person.told(poisoned(OUTAGE, text))
    qtbot.waitUntil(lambda: daemon.on_screen() == 1)
    assert daemon.alive
    person.channel.withdraw(OUTAGE.id)
    qtbot.waitUntil(lambda: daemon.on_screen() == 0)
