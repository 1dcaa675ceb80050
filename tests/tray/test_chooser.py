"""The chooser of a program that runs on: what an update of the catalogue brings stands in it."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from notifier.app import followed, session
from notifier.app.catalogue_update import take_in
from notifier.catalogue import keys
from notifier.desktop.bridge import Bridge
from notifier.desktop.check_list import CheckList
from notifier.desktop.welcome import Welcome
from notifier.model.settings import Choices
from notifier.storage.places import places
from notifier.tray.start import _Later
from notifier.wording.say import English
from tests.catalogue.signing import CHAT, PAGE, Signer, toml
from tests.watch.fault_server import FaultServer, reply

MINE = Signer()

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def proxy():
    """The only way out, which leads nowhere and remembers who was asked for."""
    with FaultServer() as proxy:
        proxy.say_to_all(reply(b"", 502))
        yield proxy


@pytest.fixture
def place(tmp_path, proxy, monkeypatch):
    """A profile that trusts a key, and a day on which its updates are good."""
    monkeypatch.setattr(keys, "MADE", date(2000, 1, 1))
    monkeypatch.setattr(session, "SENSE_AFTER", 1e6)
    monkeypatch.setattr(followed, "EVERY", 0.02)
    monkeypatch.setattr(followed, "SETTLED", 0.0)
    place = places(tmp_path / "me")
    place.settings.parent.mkdir()
    network = f'[network]\nproxy = "http://{proxy.place}"\nreferences = []\n'
    trust = f'[catalogue]\nkeys = ["{MINE.public}"]\n'
    place.settings.write_text(f"version = 1\n{network}{trust}")
    return place


@contextmanager
def running(later):
    """A session in the engine's thread, as the tray program runs it."""
    at_work = later.session(Bridge(), None)
    later.thread.start()
    over = later.thread.run(at_work.run())
    try:
        yield
    finally:
        later.thread.call(at_work.stop)
        over.result(20)
        assert later.thread.stop()


@pytest.fixture
def tray(qtbot, place):
    """A tray program that watches nothing yet, without its icon."""
    later = _Later(place, English(), None)
    with running(later):
        yield later


def update(place, number=1, more=None):
    """Somebody runs `notifier update-catalogue` beside it."""
    now = datetime.now(UTC)
    signed = MINE.update(number, made=now, **({} if more is None else {"more": more}))
    take_in(place, signed, Choices(catalogue_keys=(MINE.public,)), now)


def opened(tray) -> Welcome:
    tray.choose()
    found = QApplication.topLevelWidgets()
    (one,) = [one for one in found if isinstance(one, Welcome) and one.isVisible()]
    return one


def offered(window: Welcome) -> set[str]:
    items = window.findChild(CheckList)
    return {items.item(place).text() for place in range(items.count())}


def has(window: Welcome, name: str) -> bool:
    return any(name in text for text in offered(window))


def watch(qtbot, window: Welcome, name: str) -> None:
    """Tick it by keyboard, and *Watch these*."""
    search = window.findChildren(QLineEdit)[0]
    qtbot.keyClicks(search, name)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(window.findChild(CheckList), Qt.Key.Key_Space)
    window.accept()


def test_what_an_update_brings_is_offered_when_the_chooser_is_next_opened_and_watched(
    qtbot, tray, place, proxy
):
    first = opened(tray)
    assert not has(first, "Campus Chat")
    first.reject()

    update(place)
    second = opened(tray)
    assert has(second, "Campus Chat")
    watch(qtbot, second, "campus")
    qtbot.waitUntil(lambda: "status.campus.example:443" in proxy.paths(), timeout=20_000)


def test_a_window_that_is_open_while_an_update_comes_takes_nothing_away_it_does_not_show(
    qtbot, tray, place
):
    """Somebody adds the new one in a terminal: it was not there to be ticked, nor left unticked."""
    window = opened(tray)
    update(place)
    place.settings.write_text(place.settings.read_text() + '[[service]]\nid = "campus-chat"\n')
    watch(qtbot, window, "perplexity")
    said = place.settings.read_text()
    assert '"campus-chat"' in said
    assert '"perplexity"' in said


def test_what_is_watched_is_asked_at_the_address_an_update_gives_it(qtbot, tray, place, proxy):
    update(place)
    place.settings.write_text(place.settings.read_text() + '[[service]]\nid = "campus-chat"\n')
    qtbot.waitUntil(lambda: "status.campus.example:443" in proxy.paths(), timeout=20_000)

    moved = {**PAGE, "url": "https://health.campus.example/"}
    update(place, 2, toml(page=[moved], service=[CHAT]))
    qtbot.waitUntil(lambda: "health.campus.example:443" in proxy.paths(), timeout=20_000)


def test_a_session_that_is_begun_anew_begins_with_the_update_that_came_before(tray, place):
    update(place)
    assert "campus-chat" in tray.profile().catalogue.by_id
    again = tray.session(Bridge(), None)
    assert "campus-chat" in again.profile.catalogue.by_id
