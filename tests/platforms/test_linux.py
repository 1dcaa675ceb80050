"""What is particular to a Linux desktop: whether it has a tray, and when it wakes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_signal
from jeepney.io.blocking import open_dbus_connection

from notifier.platforms.linux import Linux
from notifier.wording import tray as words

ROOT = Path(__file__).parents[2]
LOGIND = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")


@pytest.mark.parametrize(
    ("desktop", "hint"),
    [
        pytest.param("XFCE", words.NO_TRAY, id="xfce"),
        pytest.param("GNOME", words.NO_TRAY_GNOME, id="gnome has none as it comes"),
        pytest.param("ubuntu:GNOME", words.NO_TRAY_GNOME, id="ubuntu adds the extension"),
        pytest.param("", words.NO_TRAY, id="unknown"),
    ],
)
def test_gnome_alone_is_told_of_the_extension_that_shows_tray_icons(desktop, hint):
    assert Linux({"XDG_CURRENT_DESKTOP": desktop}).no_tray == hint


def listener(address: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.platforms.listener"],
        cwd=ROOT,
        env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_waking_is_heard_and_going_to_sleep_is_not(tmp_path_factory):
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    socket = tmp_path_factory.mktemp("bus") / "bus"
    bus = subprocess.Popen(
        [
            "dbus-daemon",
            "--session",
            "--nofork",
            f"--address=unix:path={socket}",
            "--print-address",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert bus.stdout is not None
    bus.stdout.readline()
    heard = listener(f"unix:path={socket}")
    assert heard.stdout is not None
    try:
        assert heard.stdout.readline() == "listening\n"
        with open_dbus_connection(f"unix:path={socket}") as logind:
            logind.send(new_signal(LOGIND, "PrepareForSleep", "b", (True,)))
            logind.send(new_signal(LOGIND, "PrepareForSleep", "b", (False,)))
            assert heard.communicate(timeout=20)[0] == "woke\n"
    finally:
        heard.kill()
        heard.wait()
        heard.stdout.close()
        bus.kill()
        bus.wait()
        bus.stdout.close()


def test_without_a_system_bus_nobody_tells_us_and_nothing_breaks(tmp_path):
    heard = listener(f"unix:path={tmp_path}/nothing")
    assert heard.communicate(timeout=20)[0] == "nobody tells us\n"
