"""An app is started where it is installed, as the desktop's own menu would start it."""

import os
import sys
from pathlib import Path

import pytest

from notifier.desktop import apps
from notifier.model.service import NO_APPS, Apps

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="desktop entries")

JAN = Apps(linux=("com.example.Absent", "com.example.Jan"))


@pytest.fixture
def entries(tmp_path, monkeypatch):
    """The two folders of installed programs: the person's own, and everybody's."""
    own, shared = tmp_path / "own", tmp_path / "shared"
    for folder in (own, shared):
        (folder / "applications").mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(own))
    monkeypatch.setenv("XDG_DATA_DIRS", f"relative:{shared}")
    return own / "applications", shared / "applications"


@pytest.fixture
def launcher(tmp_path, monkeypatch):
    """A `gtk-launch` that writes down what it is to start."""
    tools, record = tmp_path / "bin", tmp_path / "launched"
    tools.mkdir()
    (tools / "gtk-launch").write_text(
        f'#!/bin/sh\necho "$@" >{record}.new\nmv {record}.new {record}\n'
    )
    (tools / "gtk-launch").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    return record


def enter(
    folder: Path, text: str = "[Desktop Entry]\nType=Application\nName=Jan\nExec=jan\n"
) -> None:
    (folder / "com.example.Jan.desktop").write_text(text)


@pytest.mark.parametrize("place", [0, 1], ids=["own", "everybody's"])
def test_what_is_installed_is_found_and_started(qtbot, entries, launcher, place):
    assert apps.installed(JAN) == ""
    assert not apps.start(JAN)
    enter(entries[place])
    assert apps.installed(JAN) == "com.example.Jan"
    assert apps.start(JAN)
    qtbot.waitUntil(launcher.exists)
    assert launcher.read_text() == "com.example.Jan\n"


def test_what_a_person_has_removed_is_not(entries, launcher):
    enter(entries[1])
    enter(entries[0], "[Desktop Entry]\nHidden = true\n")
    assert apps.installed(JAN) == ""


def test_nor_what_nothing_here_could_start(entries, monkeypatch):
    enter(entries[1])
    monkeypatch.setenv("PATH", "/nowhere")
    assert apps.installed(JAN) == ""


@pytest.mark.parametrize("id_", ["", "../../etc/passwd", "a/b"])
def test_an_id_is_a_name_and_no_path(entries, launcher, id_):
    assert apps.installed(Apps(linux=(id_,))) == ""
    assert apps.installed(NO_APPS) == ""
