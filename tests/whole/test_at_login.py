"""The person asks for it to start at login, in the menu, and then a login starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notifier.autostart import entry
from tests.whole.desk import ROOT, Person, until

pytestmark = pytest.mark.desktop

BOX = "Start when I log in"
WINDOW = "AI Notifier"
CHOOSER = "Choose your tools – AI Notifier"


class Home(Person):
    """A person whose default profile lies in a home of their own."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.entry = home / ".config" / "autostart" / entry.FILE
        settings = home / ".config" / "ai-notifier" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text("version = 1\n[network]\nreferences = []\n")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        kept["XDG_CURRENT_DESKTOP"] = os.environ.get("XDG_CURRENT_DESKTOP", "")
        self.environment = {**kept, "HOME": str(home), "HTTPS_PROXY": "http://127.0.0.1:9"}

    def begins(self, words: list[str], folder: Path) -> subprocess.Popen[str]:
        """Start a program in the session, and wait for its icon."""
        process = subprocess.Popen(words, cwd=folder, env=self.environment, text=True)
        self.processes.append(process)
        until(self.icon)
        return process

    def box(self) -> bool | None:
        """Whether the box in the menu is ticked, as the host draws it; None without a box."""
        icon = self.icon()
        for one in [] if icon is None else icon["menu"]:
            for inner in one.get("children", ()):
                if inner.get("label") == BOX:
                    assert inner["toggle"] == "checkmark"
                    return bool(inner["checked"])
        return None


@pytest.fixture
def home(tmp_path):
    someone = Home(tmp_path)
    yield someone
    someone.ends()


def test_a_tick_in_the_menu_is_all_a_login_needs(home):
    home.begins([sys.executable, "-m", "notifier", "tray"], ROOT)
    until(home.box, lambda ticked: ticked is False)
    home.clicks(BOX)
    until(home.box)
    words = entry.read(home.entry.read_text()).words
    home.ends()

    home.begins(list(words), Path("/"))
    until(home.box)
    home.clicks(BOX)
    until(home.box, lambda ticked: ticked is False)
    assert not home.entry.exists()


def test_a_box_ticked_in_the_chooser_comes_with_the_choice(home):
    home.begins([sys.executable, "-m", "notifier", "tray"], ROOT)
    until(lambda: home.windows(CHOOSER))
    home.types(*"perplexity", "Down", "space", "Tab", "Tab", "Tab", "space")
    assert not home.entry.exists(), "nothing is changed before the choice is made"
    home.types("Return")
    until(home.entry.exists)
    until(home.box)
    until(lambda: home.windows(CHOOSER), lambda found: not found)


def test_an_entry_of_somebody_elses_stays_and_the_window_says_why(home):
    home.entry.parent.mkdir(parents=True)
    home.entry.write_text("[Desktop Entry]\nExec=notifier-tray\n")
    home.begins([sys.executable, "-m", "notifier", "tray"], ROOT)
    until(home.box, lambda ticked: ticked is False)
    home.types("Escape")  # the chooser, since nothing is chosen
    home.clicks(BOX)
    until(lambda: home.windows(WINDOW))
    assert home.box() is False
    assert home.entry.read_text() == "[Desktop Entry]\nExec=notifier-tray\n"


def test_a_profile_of_its_own_has_nothing_to_do_with_the_login(person):
    person.starts()
    until(lambda: "Quit" in [one.get("label") for one in person.icon()["menu"]])
    icon = until(person.icon)
    more = next(one for one in icon["menu"] if one.get("label") == "More")
    assert BOX not in [one.get("label") for one in more["children"]]
