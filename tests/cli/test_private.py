"""Nothing of ours is for others to read, from its first byte, and nothing lies among theirs."""

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.person import Person, Running, service, soon
from tests.traced import made, needs_strace, traced

posix = pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")

DEVICES = {"/dev/null", "/dev/tty"}


@pytest.fixture
def home():
    """Where all the program makes must lie; a short name, so that its socket does too."""
    with tempfile.TemporaryDirectory(prefix="n-") as folder:
        yield Path(folder)


def goes_through_everything(person, page, run):
    """A first start, a tool chosen, an outage seen, a slip in the settings, the end."""
    watch = Running(run(*person.words("watch")))
    try:
        watch.says("Nothing chosen yet.")
        person.chooses(service("campus", page.url))
        person.settings.chmod(0o600)
        watch.says("Campus: ")
        page.says("major_outage", title="Chat is down")
        person.runs("check", "--now")
        watch.says("Notice: Campus is down.")
        person.settings.write_text("[[service")
        soon(lambda: list(person.folder.glob("*.bad-*")), "the bad settings are kept")
        assert watch.interrupted() == 0
    finally:
        watch.kill()


def modes(folder):
    """The rights of all that lies there."""
    return {
        str(found.relative_to(folder)): stat.S_IMODE(found.lstat().st_mode)
        for found in folder.rglob("*")
    }


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_every_file_is_0600_and_every_folder_0700_under_any_umask(person, umask):
    said = ["sh", "-c", f'umask {umask:o}; exec "$@"', "sh"]
    subprocess.run([*said, *person.words("add", "chatgpt")], check=True, capture_output=True)
    watch = Running([*said, *person.words("watch")])
    try:
        watch.says("ChatGPT: ")
        subprocess.run([*said, *person.words("remove", "chatgpt")], check=True, capture_output=True)
        assert watch.interrupted() == 0
    finally:
        watch.kill()
    found = modes(person.folder)
    assert {"data/history.db", "state/notifier.log", "settings.toml.good"} <= found.keys()
    for name, mode in found.items():
        assert mode == (0o700 if (person.folder / name).is_dir() else 0o600), name


def assert_private(one, before):
    """It was made so that nobody else could open it, even for a moment."""
    if one.mode is None or str(one.path) in DEVICES:
        return
    most = 0o700 if one.folder else 0o600
    # SQLite names the rights it would give its file; we have made it before.
    assert one.mode & ~most == 0 or one.path in before, one


def assert_all_private(trace, home):
    makes = made(trace)
    before = set()
    for one in makes:
        assert_private(one, before)
        before.add(one.path)
        assert one.path.is_relative_to(home) or str(one.path) in DEVICES, f"{one} is not ours"
    return makes


@needs_strace
def test_it_is_so_from_the_first_byte_and_nothing_is_made_anywhere_else(home, page):
    person = Person(home / "me")
    trace = home / "trace"
    goes_through_everything(person, page, lambda *words: traced(trace, *words, umask=0o000))
    names = {one.path.name for one in assert_all_private(trace, home)}
    assert {"me", "run", "owner.lock", "owner.sock", "history.db", "notifier.log"} <= names


@needs_strace
@pytest.mark.parametrize(
    "command", [("rehearse", "demo", "--fast"), ("check",), ("add", "chatgpt")], ids=lambda c: c[0]
)
def test_neither_does_a_command_make_anything_anywhere_else(home, command):
    person = Person(home / "me")
    trace = home / "trace"
    ran = Running(traced(trace, *person.words(*command), umask=0o000))
    try:
        ran.ends()
    finally:
        ran.kill()
    assert_all_private(trace, home)
