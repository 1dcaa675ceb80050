"""Keys from the click to the store and back: the engine's thread works, Qt's waits for nothing."""

import asyncio
import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from notifier.app.key_desk import Done, KeyDesk
from notifier.app.profile import open_profile, read_settings
from notifier.desktop.buttons import Button
from notifier.desktop.key_dialog import KeyDialog, KeyField
from notifier.model.key import KeyState
from notifier.model.key_answer import KeyAnswer
from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.storage import settings_file
from notifier.storage.settings_file import SettingsRefused
from notifier.tray.keys import Keys
from notifier.watch.thread import LoopThread
from notifier.wording.say import English
from tests.desktop.scenes import ACCOUNTS, OPENAI_API

pytestmark = pytest.mark.qt_log_ignore("does not support")

KEY = "sk-canary-1234"
STORE = "SecretService Keyring"
SETTINGS = """[[service]]
id = "openai-api"
"""
OWN = """[[service]]
id = "openai-api"
probe = { url = "http://llm.example.test/v1/models", auth = "bearer" }
"""
GOOD = Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 200 in 420 ms")
WAITS = Failure(FailureKind.KEY_STORE, "Waiting for your key store.", store=KeyState.WAITING)


class Store:
    """A key store that answers when the test lets it; it notes whoever gave up waiting."""

    def __init__(self) -> None:
        self.state = KeyState.READ
        self.kept: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.opened = asyncio.Event()
        self.opened.set()
        self.given_up = threading.Event()

    async def read(self, entries, *, quiet=False):
        assert quiet, "to look where a key would be kept opens no prompt"
        assert tuple(entries) == ()
        return KeyAnswer(self.state, STORE)

    async def set(self, entry, secret, origins):
        await self._prompt()
        if self.state is KeyState.READ:
            self.kept[entry] = (secret.reveal(), tuple(origins))
        return KeyAnswer(self.state, STORE)

    async def forget(self, entry):
        await self._prompt()
        there = self.kept.pop(entry, None)
        return KeyAnswer(KeyState.READ if there else KeyState.ABSENT, STORE)

    async def _prompt(self):
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.given_up.set()
            raise


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def thread():
    thread = LoopThread()
    thread.start()
    yield thread
    assert thread.stop()


@pytest.fixture
def profile(tmp_path):
    profile = open_profile(tmp_path)
    profile.places.settings.parent.mkdir(parents=True, exist_ok=True)
    profile.places.settings.write_text(SETTINGS)
    return profile


@pytest.fixture
def changed():
    return []


@pytest.fixture
def outcomes():
    return [GOOD]


@pytest.fixture
def keys(qtbot, thread, profile, store, changed, outcomes):
    async def call(service):
        assert service == OPENAI_API.key
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    made = Keys(
        say=English(),
        thread=thread,
        desk=lambda: KeyDesk(profile, English(), store),
        changed=changed.append,
        call=call,
    )
    yield made
    if made._window is not None:
        made._window.close()


def windows() -> list[KeyDialog]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, KeyDialog) and one.isVisible()
    ]


def texts() -> list[str]:
    (window,) = windows()
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def press(name: str) -> None:
    (window,) = windows()
    next(one for one in window.findChildren(Button) if one.text() == name).click()


def type_in(text: str) -> None:
    (window,) = windows()
    window.findChild(KeyField).setText(text)


def kept(profile) -> tuple[str, ...]:
    return read_settings(profile).choices.keys


def test_a_key_is_kept_for_its_one_origin_and_noted_and_the_watch_hears_of_it(
    qtbot, keys, store, profile, changed
):
    keys.set_key(ACCOUNTS["none"])
    place = "It will be kept in the Secret Service of this desktop."
    qtbot.waitUntil(lambda: place in texts())
    type_in(KEY)
    press("Keep the key")
    said = "The key is kept in the Secret Service of this desktop, and is being tried."
    qtbot.waitUntil(lambda: said in texts())
    assert store.kept == {"openai-api": (KEY, ("https://api.openai.com",))}
    assert kept(profile) == ("openai-api",)
    assert changed == ["openai-api"]
    assert KEY not in profile.places.settings.read_text()


def test_while_the_store_asks_the_window_lives_and_cancel_ends_the_wait(
    qtbot, keys, store, profile, changed
):
    store.opened.clear()
    keys.set_key(ACCOUNTS["none"])
    type_in(KEY)
    qtbot.waitUntil(lambda: any(text.startswith("It will be kept") for text in texts()))
    press("Keep the key")
    assert "Waiting for your key store…" in texts()
    press("Cancel")
    assert windows() == []
    assert store.given_up.wait(5), "the prompt is let go of"
    assert (store.kept, kept(profile), changed) == ({}, (), [])


def test_a_prompt_that_is_dismissed_changes_nothing_and_can_be_tried_again(qtbot, keys, store):
    store.state = KeyState.LOCKED
    keys.set_key(ACCOUNTS["none"])
    qtbot.waitUntil(lambda: any("may ask to be unlocked" in text for text in texts()))
    type_in(KEY)
    press("Keep the key")
    locked = "Your key store was not unlocked, so nothing was changed."
    qtbot.waitUntil(lambda: locked in texts())
    store.state = KeyState.READ
    press("Keep the key")
    qtbot.waitUntil(lambda: any(text.startswith("The key is kept") for text in texts()))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (KeyState.NO_STORE, "There is no key store to ask"),
        (KeyState.PLAIN_TEXT, "Keys would be kept where anybody could read them"),
        (KeyState.HANGING, "Your key store does not answer"),
        (KeyState.FOREIGN, "The session bus belongs to another user"),
    ],
)
def test_a_store_that_is_no_good_takes_no_key(qtbot, keys, store, state, said):
    store.state = state
    keys.set_key(ACCOUNTS["none"])
    qtbot.waitUntil(lambda: any(text.startswith(said) for text in texts()))
    assert not windows()[0].findChild(KeyField).isEnabled()


def test_no_key_is_taken_for_an_address_in_the_clear(qtbot, keys, profile, store):
    profile.places.settings.write_text(OWN)
    keys.set_key(ACCOUNTS["none"])
    qtbot.waitUntil(lambda: any("is asked without encryption" in text for text in texts()))
    assert store.kept == {}


def test_what_can_be_no_key_is_said_at_once(qtbot, keys, store):
    keys.set_key(ACCOUNTS["none"])
    qtbot.waitUntil(lambda: any(text.startswith("It will be kept") for text in texts()))
    type_in("two words")
    press("Keep the key")
    qtbot.waitUntil(lambda: any(text.startswith("That is no key") for text in texts()))
    assert store.kept == {}


def test_settings_that_say_nonsense_are_told_and_no_key_is_kept(qtbot, keys, store, profile):
    keys.set_key(ACCOUNTS["none"])
    qtbot.waitUntil(lambda: any(text.startswith("It will be kept") for text in texts()))
    profile.places.settings.write_text("this is = = no settings")
    type_in(KEY)
    press("Keep the key")
    qtbot.waitUntil(lambda: any(text.startswith("settings.toml, line 1") for text in texts()))
    assert store.kept == {}


def test_settings_that_cannot_be_written_are_told_and_that_the_key_is_kept(
    qtbot, keys, store, profile, monkeypatch
):
    def refuse(path, entry, *, kept):
        raise SettingsRefused("settings.toml cannot be written: the disk is full.")

    monkeypatch.setattr(settings_file, "keep_key", refuse)
    keys.set_key(ACCOUNTS["none"])
    qtbot.waitUntil(lambda: any(text.startswith("It will be kept") for text in texts()))
    type_in(KEY)
    press("Keep the key")
    qtbot.waitUntil(lambda: any("the disk is full. The key is kept, but" in t for t in texts()))
    assert store.kept


def test_a_key_is_forgotten_only_after_a_question(qtbot, keys, store, profile, changed):
    store.kept["openai-api"] = (KEY, ())
    keys.forget_key(ACCOUNTS["tried"])
    assert store.kept
    press("Forget the key")
    qtbot.waitUntil(lambda: "The key is forgotten." in texts())
    assert (store.kept, kept(profile), changed) == ({}, (), ["openai-api"])


def test_a_real_call_is_made_once_and_only_after_its_cost_was_said(qtbot, keys, outcomes):
    keys.deep_check(ACCOUNTS["tried"])
    assert (
        "One real request with your key, charged to your account: under 0.00001 US$ (1 token of "
        "gpt-4o-mini)."
    ) in texts()
    assert outcomes == [GOOD]
    press("Make the call")
    qtbot.waitUntil(lambda: "It was answered (HTTP 200 in 420 ms): the whole way works." in texts())
    assert outcomes == []
    (left,) = [one for one in windows()[0].findChildren(Button) if one.isVisible()]
    assert left.text() == "Close"


def test_a_real_call_waits_for_the_key_store_and_then_goes_on(qtbot, keys, outcomes):
    outcomes[:] = [WAITS, GOOD]
    keys.deep_check(ACCOUNTS["tried"])
    press("Make the call")
    qtbot.waitUntil(lambda: any(text.startswith("It was answered") for text in texts()))


def test_a_defect_of_ours_is_owned_up_to(qtbot, keys, outcomes, caplog):
    outcomes[:] = [RuntimeError("a defect")]
    keys.deep_check(ACCOUNTS["tried"])
    press("Make the call")
    failed = "The program itself failed here; its log says more."
    qtbot.waitUntil(lambda: failed in texts())
    assert "nothing came of what was wished with a key" in caplog.text


def test_another_wish_takes_the_place_of_the_first(qtbot, keys):
    keys.forget_key(ACCOUNTS["tried"])
    keys.deep_check(ACCOUNTS["tried"])
    assert [one.windowTitle() for one in windows()] == ["Deep check of OpenAI API – AI Notifier"]


def test_what_came_for_a_window_that_is_gone_is_said_in_no_other(qtbot, keys):
    keys.forget_key(ACCOUNTS["tried"])
    (gone,) = windows()
    keys.deep_check(ACCOUNTS["tried"])
    keys._came.emit(gone, Done(well=True, says="The key is forgotten."))
    QApplication.processEvents()
    assert "The key is forgotten." not in texts()


def test_nothing_is_offered_where_nothing_is_known(qtbot, keys):
    bare = replace(ACCOUNTS["tried"], account=None)
    for wish in (keys.set_key, keys.forget_key, keys.deep_check):
        wish(bare)
    assert windows() == []
