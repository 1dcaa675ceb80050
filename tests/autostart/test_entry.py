"""A desktop entry names exactly the program that is meant, whatever its path looks like."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.autostart import Refused, entry

PLAIN = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\")
PROGRAMS = st.text(PLAIN.filter(lambda c: c not in "%="), min_size=1).map("/".__add__)
AWKWARD = st.text(st.sampled_from(" \"'`$%&;#~*?()<>|[]{}!äé☃\u00a0\u2028x"), min_size=1)
ARGUMENTS = st.lists(st.text(PLAIN) | AWKWARD, max_size=4)


@given(PROGRAMS, ARGUMENTS)
def test_what_is_written_is_read_back(program, arguments):
    written = entry.read(entry.starting([program, *arguments]))
    assert written.words == (program, *arguments)
    assert (written.must_exist, written.ours, written.off) == (program, True, False)


@given(PROGRAMS, ARGUMENTS)
def test_every_key_stays_on_its_line(program, arguments):
    lines = entry.starting([program, *arguments]).split("\n")
    assert [line.partition("=")[0] for line in lines[2:]] == [
        *("Type", "Name", "Comment", "Exec", "TryExec", "Icon", "Terminal", "StartupNotify"),
        *("X-GNOME-Autostart-enabled", "X-AI-Notifier-Autostart", ""),
    ]


@given(st.text() | st.binary().map(os.fsdecode))
def test_whatever_is_found_is_read_without_an_error(text):
    entry.read(text)
    entry.read(f"[Desktop Entry]\nExec={text}\n")


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("/opt/a b/n", r'Exec="/opt/a b/n"'),
        ('/opt/"a"/n', r'Exec="/opt/\\"a\\"/n"'),
        ("/opt/$HOME/n", r'Exec="/opt/\\$HOME/n"'),
        ("/opt/`id`/n", r'Exec="/opt/\\`id\\`/n"'),
    ],
)
def test_it_is_quoted_as_the_specification_says(program, command):
    assert command in entry.starting([program]).split("\n")


def test_a_percent_sign_in_an_argument_begins_no_field_code():
    assert 'Exec="/usr/bin/python3" /a%%u/n' in entry.starting(["/usr/bin/python3", "/a%u/n"])


@pytest.mark.parametrize("bad", ["\n", "\r", "\t", "\x1b", "\\", "\udcff", "=", "%"])
def test_a_program_no_entry_can_name_is_refused_by_name(bad):
    with pytest.raises(Refused, match="Install it under a plainer name") as refused:
        entry.starting([f"/opt/a{bad}b/notifier-tray"])
    assert str(refused.value).isprintable()


def test_only_the_entry_itself_is_read():
    text = (
        "[Desktop Action x]\nExec=/bin/evil\n"
        "[Desktop Entry]\nExec=/bin/a %U b\nExec=/bin/second\n# Hidden=true\n"
        "[Desktop Action y]\nHidden=true\n"
    )
    assert entry.read(text) == entry.Entry(("/bin/a", "b"), "", off=False, ours=False)


GIO = """
import sys, gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio
Gio.DesktopAppInfo.new_from_filename(sys.argv[1]).launch([], None)
"""


@pytest.mark.desktop
@pytest.mark.parametrize(
    "awkward", ["a b", 'q"t', "p%u", "d$HOME", "t`id`", "a'b", "ü ☃", "a;b|c "]
)
def test_a_desktops_own_launcher_starts_just_that(tmp_path, awkward):
    """GLib is what GNOME, XFCE and others start programs by; it is there for the screen reader."""
    folder = tmp_path / awkward
    folder.mkdir()
    program = tmp_path / awkward.replace("%", "") / "prog ram"
    program.parent.mkdir(exist_ok=True)
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" > '{heard}'\n")
    program.chmod(0o755)
    words = [str(program), "-P", str(folder / "main.py"), "tray"]
    written = tmp_path / "x.desktop"
    written.write_text(entry.starting(words))
    subprocess.run(["/usr/bin/python3", "-c", GIO, str(written)], check=True, timeout=20)
    assert heard.read_text().split("\n")[:-1] == words


ROOT = Path(__file__).parents[2]


def test_the_script_of_a_checkout_starts_from_any_folder_and_with_an_empty_environment(tmp_path):
    """Found by its own path: neither the folder, nor PYTHONPATH, nor PATH leads to it."""
    (tmp_path / "notifier").mkdir()
    (tmp_path / "notifier" / "__init__.py").write_text("raise SystemExit('another one')")
    script = str(ROOT / "notifier" / "__main__.py")
    done = subprocess.run(
        [sys.executable, "-P", script, "--version"],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("AI Notifier, version")


WHOSE = """
import runpy, sys
runpy.run_path(sys.argv[1], run_name="a script")
import notifier
print(notifier.__file__)
"""


def test_the_script_of_a_checkout_takes_the_package_it_lies_in():
    """Without `site` nothing else leads to one, neither an installed copy nor another checkout."""
    script = str(ROOT / "notifier" / "__main__.py")
    command = [sys.executable, "-S", "-P", "-c", WHOSE, script]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=True)
    assert done.stdout == f"{ROOT / 'notifier' / '__init__.py'}\n"
