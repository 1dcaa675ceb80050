"""A screen reader hears the window: over AT-SPI, in a private session of real parts."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAME = "ai-notifier-preview"

pytestmark = pytest.mark.desktop

# Shows a window, reads it aloud as Orca would find it, and closes it again.
STORY = f"""
"$0" tests/desktop/preview.py "$@" &
read-aloud {NAME} 20 && /usr/bin/python3 -c "$TICKS"; heard=$?
kill $!; exit $heard
"""

TICKS = """
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

def walk(node):
    if node.get_state_set().contains(Atspi.StateType.CHECKED):
        print(f"ticked: {node.get_name()}")
    for place in range(node.get_child_count()):
        walk(node.get_child_at_index(place))

walk(Atspi.get_desktop(0))
"""


def read_aloud(*scene: str) -> list[tuple[str, str]]:
    """Role and name of everything a screen reader finds in the preview, then what is ticked."""
    quiet = ("--tray", "none", "--notify", "none", "--keyring", "none", "--a11y", "--")
    done = subprocess.run(
        [ROOT / "tests/rig/desktop", *quiet, "sh", "-c", STORY, sys.executable, *scene],
        check=False,
        cwd=ROOT,
        env={**os.environ, "TICKS": TICKS},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    lines = (re.match(r" *([^:]+): (.*)", line) for line in done.stdout.splitlines())
    return [(line[1], line[2]) for line in lines if line]


@pytest.fixture(scope="module")
def heard():
    return read_aloud("outage")


def names(heard: list[tuple[str, str]], *roles: str) -> list[str]:
    return [name for role, name in heard if role in roles]


def test_the_verdict_is_heard(heard):
    said = names(heard, "label")
    verdict = said.index("ChatGPT is down: OpenAI reports a major outage.")
    assert said[verdict + 1] == "It is them; your network is fine."


def test_the_primary_button_is_heard_by_its_name(heard):
    assert "Open Claude" in names(heard, "push button", "button")


def test_every_service_is_heard_as_a_whole_sentence(heard):
    rows = names(heard, "list item")
    assert len(rows) == 5
    assert rows[0] == (
        "ChatGPT: down. ChatGPT is down: OpenAI reports a major outage. Checked 20 s ago."
    )
    assert rows[2] == (
        "Cursor: unknown. Nobody can tell: Anysphere's page could not be read since 17:54. "
        "Last read 5 min ago."
    )
    assert rows[4] == "Claude: no problem reported. Anthropic reports no problem. Checked 20 s ago."


def test_the_four_lines_are_heard_with_their_ages(heard):
    said = names(heard, "label")
    assert "Your network: works: 3 of 4 other sites answered, 12 s ago." in said
    assert "Their page: reports a major outage, 20 s ago." in said
    assert "Your account: cannot be checked from here." in said


def test_no_control_is_without_a_name(heard):
    controls = {"push button", "button", "check box", "toggle button", "list", "text", "entry"}
    silent = [role for role, name in heard if role in controls and not name.strip()]
    assert silent == []


def test_the_chooser_is_heard_with_what_is_ticked():
    said = read_aloud("chooser")
    assert names(said, "list item")[:3] == [
        "ChatGPT by OpenAI",
        "Claude by Anthropic",
        "GitHub Copilot by GitHub",
    ]
    assert names(said, "ticked") == ["ChatGPT by OpenAI", "Claude by Anthropic"]
    assert names(said, "text", "entry")[0].startswith("Search the tools")
    assert "Watch these" in names(said, "push button", "button")
    assert names(said, "check box") == ["Start when I log in"]
    assert "" not in names(said, "push button", "button")
