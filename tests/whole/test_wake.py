"""The computer wakes: everything is looked at afresh, and nothing is told that is no news."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_signal
from jeepney.io.blocking import open_dbus_connection

from notifier.model.picture import Lamp
from tests.whole.desk import until

pytestmark = pytest.mark.desktop

LOGIND = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")


@pytest.fixture
def system_bus(tmp_path_factory) -> Iterator[str]:
    """A system bus of our own; its address."""
    folder: Path = tmp_path_factory.mktemp("system")
    address = f"unix:path={folder}/bus"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert bus.stdout is not None
    bus.stdout.readline()
    yield address
    bus.kill()
    bus.wait()
    bus.stdout.close()


def test_after_waking_everything_is_looked_at_at_once(person, vendors, system_bus):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    person.starts(env={"DBUS_SYSTEM_BUS_ADDRESS": system_bus})
    person.shows(Lamp.CLEAR)
    asked = (alpha.asked, beta.asked)
    with open_dbus_connection(system_bus) as logind:
        logind.send(new_signal(LOGIND, "PrepareForSleep", "b", (True,)))
        logind.send(new_signal(LOGIND, "PrepareForSleep", "b", (False,)))
    until(lambda: alpha.asked > asked[0] and beta.asked > asked[1])
    person.shows(Lamp.CLEAR)
    assert person.notes() == []
