"""A private session bus per test, with nothing on it and nothing that could be started."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from notifier.model.announcement import NoticeId
from tests.channels.person import Person

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A dbus-daemon of our own; `address` is where it listens, `starts` what it could start."""

    def __init__(self, folder: Path, starts: Mapping[str, str] | None = None) -> None:
        self._config = folder / "bus.conf"
        services = f"<servicedir>{folder}</servicedir>" if starts else ""
        for name, command in (starts or {}).items():
            entry = f"[D-BUS Service]\nName={name}\nExec={command}\n"
            (folder / f"{name}.service").write_text(entry)
        self._config.write_text(CONFIG.format(socket=folder / "bus", services=services))
        self.address = f"unix:path={folder}/bus"
        self.begin()

    def begin(self) -> None:
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self._config}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture
def bus(tmp_path_factory, monkeypatch) -> Iterator[PrivateBus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    # A path of its own: socket paths end at 107 characters, and pytest's grow with the test's name.
    private = PrivateBus(tmp_path_factory.mktemp("bus"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    yield private
    private.end()


@pytest.fixture
def startable(tmp_path_factory, monkeypatch) -> Iterator[str]:
    """The address of a bus on which nobody owns the daemon's name, but somebody could."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    starts = {"org.freedesktop.Notifications": "/bin/false"}
    private = PrivateBus(tmp_path_factory.mktemp("bus"), starts)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
    yield private.address
    private.end()


@pytest.fixture
def people(qtbot):
    made: list[Person] = []

    def make(earlier: dict[NoticeId, str] | None = None) -> Person:
        made.append(Person(qtbot, earlier))
        return made[-1]

    yield make
    for person in made:
        person.channel.close()
