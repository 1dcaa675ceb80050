"""`notifier autostart`: on, off and status of an account of its own."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from notifier.autostart import entry
from tests.cli.person import ROOT, Said, no_qt, surroundings


class Account:
    """Somebody with a home of their own, at a terminal in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.entry = home / ".config" / "autostart" / entry.FILE

    def runs(self, *words: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "notifier", *words],
            cwd=self.home,
            env=surroundings(HOME=str(self.home), XDG_CONFIG_DIRS=str(self.home / "xdg")),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        no_qt(done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def account():
    with tempfile.TemporaryDirectory() as folder:
        yield Account(Path(folder))


def test_it_is_switched_on_asked_for_and_switched_off(account):
    off = "It does not start at login.\n"
    assert account.runs("autostart", "status") == Said(0, off, "")
    on = account.runs("autostart", "on")
    script = ROOT / "notifier" / "__main__.py"
    assert on == Said(0, f"It starts at login: {script}\n", "")
    assert account.runs("autostart", "status") == on
    assert account.runs("autostart", "off") == Said(0, off, "")
    assert not account.entry.exists()


def test_the_entry_starts_this_program_with_no_help_from_path_or_folder(account):
    """The very words of the entry, as a session would run them, but for the screen."""
    account.runs("autostart", "on")
    words = entry.read(account.entry.read_text()).words
    done = subprocess.run(
        words, cwd="/", env={"HOME": str(account.home)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("notifier: There is no screen here")


def test_a_program_that_has_gone_is_told_with_the_remedy(account):
    account.runs("autostart", "on")
    text = account.entry.read_text()
    account.entry.write_text(text.replace(str(ROOT), str(account.home / "moved away")))
    said = account.runs("autostart", "status")
    assert said.code == 0
    assert "moved away" in said.out
    assert said.out.endswith("is not there any more; `notifier autostart on` sets it right.\n")
    assert account.runs("autostart", "on").out.startswith(f"It starts at login: {ROOT}")


@pytest.mark.parametrize("word", ["on", "off", "status"])
def test_what_somebody_else_put_there_ends_with_1_and_a_sentence(account, word):
    account.entry.parent.mkdir(parents=True)
    account.entry.write_text("[Desktop Entry]\nExec=notifier-tray\n")
    said = account.runs("autostart", word)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{account.entry} was not written by `notifier autostart`, so it stays as it is; "
        "move it away, then try again.\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--profile", "DIR", "autostart", "on"),
        ("autostart", "--profile", "DIR", "on"),
        ("autostart", "on", "--profile", "DIR"),
        ("autostart", "off", "--profile", "DIR"),
        ("autostart", "status", "--profile", "DIR"),
    ],
    ids=" ".join,
)
def test_it_serves_only_the_default_profile(account, words):
    said = account.runs(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("autostart serves only the default profile.")
    assert list(account.home.iterdir()) == []


@pytest.mark.parametrize("words", [(), ("perhaps",), ("on", "now")], ids=["nothing", "odd", "more"])
def test_wrong_usage_ends_with_2(account, words):
    said = account.runs("autostart", *words)
    assert said.code == 2
    assert said.err.startswith("Usage: notifier autostart")
