"""What a desktop offers over its bus: found, missing or hung; and a hung one is a finding."""

import os
import threading
import time
from pathlib import Path

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from notifier.doctor import desktop
from notifier.doctor.bus import IN_ALL, Bus, NoAnswer
from notifier.doctor.finding import Level, Notes, Subject
from notifier.wording.say import English
from tests.channels.conftest import PrivateBus

pytestmark = pytest.mark.desktop

WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFIER = "org.freedesktop.Notifications"
KEYS = "org.freedesktop.secrets"


def looked(tray=None):
    """The findings by the part of the desktop they are about."""
    bus, tray_, notices, keys = desktop.look(Notes(Subject.DESKTOP, English()), tray)
    assert (bus.level, bus.says) == (Level.OK, "The session bus answers")
    return tray_, notices, keys


@pytest.fixture
def bus(tmp_path_factory, monkeypatch):
    """A bus with nothing on it, in a desktop session of no particular name."""
    private = PrivateBus(tmp_path_factory.mktemp("bus"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    yield private
    private.end()


class Somebody:
    """Owns a name and answers what it is told to: by member, or by property; else says nothing."""

    def __init__(self, name, **answers):
        self._answers = answers
        self._connection = open_dbus_connection("SESSION")
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ending = True
        self._thread.join()
        self._connection.close()

    _ending = False

    def _serve(self):
        while not self._ending:
            try:
                asked = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if asked.header.message_type is MessageType.method_call:
                self._answer(asked)

    def _answer(self, asked):
        member = asked.header.fields[HeaderFields.member]
        wanted = asked.body[1] if member == "Get" else member
        if wanted not in self._answers:
            if self._answers:
                self._connection.send(new_error(asked, "test.Error.No"))
            return
        signature, body = self._answers[wanted]
        self._connection.send(new_method_return(asked, signature, body))


def host(*items, shown=True):
    return Somebody(
        WATCHER,
        IsStatusNotifierHostRegistered=("v", (("b", shown),)),
        RegisteredStatusNotifierItems=("v", (("as", list(items)),)),
    )


class TestTray:
    def test_a_desktop_without_one_is_for_attention_with_what_to_do(self, bus):
        tray, _, _ = looked()
        assert tray.level is Level.ATTENTION
        assert tray.advice.startswith("Add a tray (status icons) to the panel")

    def test_gnome_is_told_of_its_extension(self, bus, monkeypatch):
        monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
        tray, _, _ = looked()
        assert "AppIndicator" in tray.advice

    def test_without_a_display_it_is_merely_unknown(self, bus, monkeypatch):
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        tray, notices, _ = looked()
        assert (tray.level, notices.level) == (Level.UNKNOWN, Level.UNKNOWN)

    def test_the_host_is_named_with_its_icons(self, bus):
        with host(":1.7/StatusNotifierItem", "org.kde.StatusNotifierItem-1-1"):
            tray, _, _ = looked()
        assert tray.level is Level.OK
        assert tray.says.endswith("; 2 icons")

    def test_a_watcher_that_nobody_shows_is_for_attention(self, bus):
        with host(shown=False):
            tray, _, _ = looked()
        assert tray.level is Level.ATTENTION
        assert "but nothing shows them" in tray.says

    def test_one_that_hangs_is_named_and_not_waited_for(self, bus):
        with Somebody(WATCHER):
            tray, _, _ = looked()
        assert tray.level is Level.ATTENTION
        assert "does not answer" in tray.says

    def test_our_own_icon_is_known_by_its_process(self, bus):
        name = "org.kde.StatusNotifierItem-1-1"
        with Somebody(name), host(name):
            ours, _, _ = looked(tray=os.getpid())
            not_ours, _, _ = looked(tray=1)
        assert ours.says.endswith("; 1 icon, ours among them")
        assert not_ours.level is Level.ATTENTION
        assert "its icon is not among those" in not_ours.says


class TestNotifications:
    def test_nobody_who_shows_them_is_for_attention(self, bus):
        _, notices, _ = looked()
        assert notices.level is Level.ATTENTION

    def test_the_program_is_named_with_what_it_can_do(self, bus):
        information = ("ssss", ("dunst", "knopwob", "1.9.0", "1.2"))
        abilities = ("as", (["body", "actions"],))
        with Somebody(NOTIFIER, GetServerInformation=information, GetCapabilities=abilities):
            _, notices, _ = looked()
        assert notices.says == "Notifications are shown by dunst 1.9.0; actions and body"

    def test_one_that_hangs_is_named_with_its_process_and_not_waited_for(self, bus):
        began = time.monotonic()
        with Somebody(NOTIFIER):
            _, notices, _ = looked()
        assert notices.level is Level.ATTENTION
        assert notices.says.endswith("does not answer")
        assert str(os.getpid()) in notices.advice
        assert time.monotonic() - began < IN_ALL * 10


class TestKeyStore:
    @pytest.mark.parametrize(("locked", "says"), [(True, "locked"), (False, "open")])
    def test_whether_it_is_locked_is_told_and_it_is_not_opened(self, bus, locked, says):
        with Somebody(KEYS, Locked=("v", (("b", locked),))):
            _, _, keys = looked()
        assert keys.level is Level.OK
        assert says in keys.says

    def test_none_is_no_trouble(self, bus):
        _, _, keys = looked()
        assert (keys.level, keys.says[:21]) == (Level.OK, "There is no key store")


def test_everybody_hanging_at_once_takes_no_longer_than_all_may(bus):
    began = time.monotonic()
    with Somebody(NOTIFIER), Somebody(KEYS), Somebody(WATCHER):
        found = looked()
    assert time.monotonic() - began < IN_ALL * 10
    assert found[1].level is Level.ATTENTION


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_are_not_looked_at(monkeypatch, system):
    monkeypatch.setattr(desktop.sys, "platform", system)
    (finding,) = desktop.look(Notes(Subject.DESKTOP, English()), None)
    assert finding.level is Level.UNKNOWN
    assert finding.says.endswith("are not looked at on this system")


def test_on_the_rig_every_part_is_found_as_it_is():
    tray, notices, keys = looked()
    rig = {name: os.environ[f"RIG_{name}"] for name in ("TRAY", "NOTIFY", "KEYRING")}
    assert (rig["TRAY"] in ("none", "tint2")) == (tray.level is Level.ATTENTION)
    assert (rig["NOTIFY"] == "none") == (notices.level is Level.ATTENTION)
    assert keys.level is Level.OK
    if rig["NOTIFY"] == "dunst":
        assert "shown by dunst" in notices.says


def test_nothing_is_started_by_looking(bus, tmp_path, monkeypatch):
    """A key store the bus could start stays as it is: locked away, and not asked."""
    started = tmp_path / "started"
    services = tmp_path / "services"
    services.mkdir()
    (services / "keys.service").write_text(
        f"[D-BUS Service]\nName={KEYS}\nExec=/usr/bin/touch {started}\n"
    )
    bus.end()
    config = bus._config.read_text()
    bus._config.write_text(
        config.replace("</busconfig>", f"<servicedir>{services}</servicedir></busconfig>")
    )
    Path(bus.address.removeprefix("unix:path=")).unlink()
    bus.begin()
    with Bus() as asking:
        assert KEYS in asking.startable()
        with pytest.raises(NoAnswer):
            asking.value("/", KEYS, "org.freedesktop.Secret.Service", "Collections")
    _, _, keys = looked()
    assert keys.says == "The key store starts when it is needed"
    assert not started.exists()
