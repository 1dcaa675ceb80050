"""Every command says how it is used, takes its profile anywhere, and knows wrong usage."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from notifier import __version__
from notifier.__main__ import _wants_tray, tray
from notifier.cli import load
from tests.cli.person import ROOT

COMMANDS = sorted(load().commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_help(person, command):
    said = person.runs(command, "--help")
    assert said.code == 0
    assert f"notifier {command}" in said.lines[0]
    assert "--profile DIR" in said.out
    assert not person.folder.exists()


def test_the_program_lists_its_commands(person):
    said = person.runs("--help")
    assert said.code == 0
    assert [name for name in COMMANDS if f"  {name} " not in said.out] == []


def test_what_only_one_command_needs_is_carried_by_no_other():
    """Every command loads the names of all; a check must not pay for the doctor."""
    loaded = "import sys; from notifier.cli import load; load(); print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy = {"httpx", "jeepney", "zipfile", "notifier.doctor", "notifier.feeds.statuspage"}
    assert heavy & set(said.stdout.split()) == set()


def test_the_version_is_told(person):
    assert person.runs("--version").out == f"AI Notifier, version {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("divine",),
        ("--frobnicate",),
        ("tray", "now"),
        ("check", "--frobnicate"),
        ("check", "nobody"),
        ("why",),
        ("why", "nobody"),
        ("fallback", "nobody"),
        ("add",),
        ("got-it",),
        ("snooze", "chatgpt", "--for", "soon"),
        ("wait",),
        ("wait", "nobody"),
        ("rehearse", "--speed", "fast"),
        ("rehearse", "--speed", "0"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(person, words):
    said = person.runs(*words)
    assert said.code == 2
    assert said.err.strip()
    assert said.out == ""


def test_the_profile_is_taken_before_and_after_the_command(person):
    person.runs("add", "chatgpt")
    after = person.runs("remove", "chatgpt")
    assert after.out == "chatgpt is watched no more.\n"
    words = person.words("add", "claude")
    person.words = lambda *_: [*words[:3], "--profile", str(person.folder), "add", "claude"]
    assert person.runs().out == "Claude is watched now.\n"
    assert 'id = "claude"' in person.settings.read_text()


TRAY = """

tray
--profile DIR
--profile=DIR
tray --profile DIR
--profile DIR tray
rehearse --tray
rehearse demo --speed 40 --tray
--profile DIR rehearse --tray
"""

TERMINAL = """
check
rehearse
rehearse demo --fast
watch --profile DIR
--help
-h
--version
tray --help
rehearse --tray --help
tray now
--frobnicate
--tray
--profile
tray --profile
--profile tray check
check tray
check rehearse --tray
"""


@pytest.mark.parametrize("line", TRAY.splitlines()[1:])
def test_the_tray_program_is_meant(line):
    assert _wants_tray(line.split())


@pytest.mark.parametrize("line", TERMINAL.splitlines()[1:])
def test_a_command_of_the_terminal_is_meant(line):
    assert not _wants_tray(line.split())


def test_a_profile_called_rehearse_is_a_profile(monkeypatch):
    started = []
    program = SimpleNamespace(tray=started.append, rehearse=lambda _: pytest.fail("rehearsed"))
    room = SimpleNamespace(start=program, lean_qt=None)
    monkeypatch.setitem(sys.modules, "notifier.tray", room)
    tray(["--profile", "rehearse"])
    assert started == [Path("rehearse")]
