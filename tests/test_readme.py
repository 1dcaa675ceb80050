"""The README tells the truth: its commands run, its settings are valid, its head is in order."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from notifier.cli import load
from notifier.storage import settings_file

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
HEAD = TEXT.splitlines()[:40]


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def no_screen() -> dict[str, str]:
    """The environment of a machine without a desktop; not CI, where dev.py prepares one."""
    drop = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "CI")
    return {name: value for name, value in os.environ.items() if name not in drop}


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(HEAD) if words in line)


def test_the_first_forty_lines_stand_in_order():
    order = [
        "Is it them, or you, and what works right now?",
        "installers/screenshots/outage.png",
        "python3 dev.py demo",
        "python3 dev.py run",
        "notifier why chatgpt",
        "sends no telemetry",
        "| Linux | Windows | macOS |",
    ]
    places = [line_of(words) for words in order]
    assert places == sorted(places)
    assert "badge" not in "\n".join(HEAD)


def test_its_picture_is_there():
    assert (ROOT / "installers" / "screenshots" / "outage.png").read_bytes()[:4] == b"\x89PNG"


def test_the_demo_command_runs_to_its_end_and_names_what_to_try_next(no_screen):
    (shown,) = [line for line in blocks("sh")[0].splitlines() if "demo" in line]
    command = shown.partition("#")[0].split()
    done = subprocess.run(
        [sys.executable, *command[1:], "--speed", "100"],
        cwd=ROOT,
        env=no_screen,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "ChatGPT is down" in done.stdout
    # A hundred times as fast, on a machine that may be busy, a minute is half a second.
    assert re.search(r"ChatGPT works again after 1[1-4] minutes", done.stdout)
    assert "notifier tray" in done.stdout.splitlines()[-1]


def test_the_run_command_without_a_screen_watches_and_says_how_to_add(no_screen, tmp_path):
    (shown,) = [line for line in blocks("sh")[0].splitlines() if "run" in line]
    command = shown.partition("#")[0].split()
    running = subprocess.Popen(
        [sys.executable, *command[1:], "--profile", str(tmp_path)],
        cwd=ROOT,
        env=no_screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = ""
        for line in running.stdout:
            said += line
            if "notifier add" in line:
                break
        assert "No screen found" in said
        assert "notifier add chatgpt" in said
    finally:
        running.terminate()
        assert running.wait(timeout=20) in (0, -15)
        running.stdout.close()


def test_its_settings_are_read_without_a_complaint(tmp_path):
    whole, *more = blocks("toml")
    assert tomllib.loads(whole)["version"] == 1
    path = tmp_path / "settings.toml"
    for example in (whole, *more):
        path.write_text(example)
        _, complaints = settings_file.read(path)
        assert complaints == ()


def test_every_command_it_names_exists():
    known = set(load().commands) | {"tray"}
    named = set(re.findall(r"`notifier ([a-z-]+)", TEXT))
    assert named <= known
