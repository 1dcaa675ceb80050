"""The last settings that were understood are kept, and so are those that were not."""

import os
import stat
import sys
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.model.settings import Watched
from notifier.storage import settings_good, whole_file
from notifier.storage.settings_file import (
    SettingsUnreadable,
    add,
    keep_good,
    read,
    read_last_good,
    remove,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHOSEN = '# mine\nversion = 1\n\n[[service]]\nid = "claude"\n'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


@pytest.fixture
def good(path):
    """The file of somebody who chose, was understood, and whose choice was kept."""
    path.write_text(CHOSEN)
    keep_good(path)
    return path


def names(path):
    return sorted(found.name for found in path.parent.iterdir() if not found.name.startswith("."))


def ids(path):
    known = read_last_good(path)
    return None if known is None else [one.id for one in known[0].watched]


def test_what_was_understood_is_kept_as_it_was(good):
    assert settings_good.last(good).body == CHOSEN.encode()
    assert ids(good) == ["claude"]
    assert names(good) == ["settings.toml", "settings.toml.good"]


def test_it_is_kept_since_it_was_first_said(good):
    long_ago = NOON.timestamp()
    os.utime(good.with_name("settings.toml.good"), (long_ago, long_ago))
    keep_good(good)
    assert settings_good.last(good).since == NOON, "nothing was written: nothing had changed"
    good.write_text(CHOSEN + "# more\n")
    keep_good(good)
    assert settings_good.last(good).since > NOON


@pytest.mark.parametrize("bad", [b"", b"\0" * 99, b"version = ", b"\xff\xfe", b"[[service]\n"])
def test_what_is_not_understood_never_takes_the_place_of_what_was(good, bad):
    good.write_bytes(bad)
    keep_good(good)
    assert ids(good) == ["claude"]


def test_no_file_is_no_reason_to_forget(good):
    good.unlink()
    keep_good(good)
    assert ids(good) == ["claude"]


def test_whoever_changes_the_settings_keeps_them_too(path):
    add(path, Watched("chatgpt"))
    assert ids(path) == ["chatgpt"]
    remove(path, "chatgpt")
    assert ids(path) == []


def test_a_good_copy_that_is_bad_itself_is_none(good):
    good.with_name("settings.toml.good").write_bytes(b"\xff")
    assert read_last_good(good) is None


# -- an empty file ----------------------------------------------------------------------------


def test_an_empty_file_where_services_were_chosen_is_a_loss(good):
    good.write_bytes(b"")
    with pytest.raises(SettingsUnreadable, match=r"settings\.toml is empty, as after a crash"):
        read(good)
    with pytest.raises(SettingsUnreadable):
        add(good, Watched("chatgpt"))
    assert good.read_bytes() == b""
    assert ids(good) == ["claude"]


@pytest.mark.parametrize("text", ["version = 1\n", "# nothing for now\n", "\n"])
def test_a_file_that_says_so_chooses_nothing(good, text):
    good.write_text(text)
    assert read(good)[0].watched == ()


def test_an_empty_file_where_nothing_was_chosen_is_empty(path):
    path.touch()
    assert read(path)[0].watched == ()
    add(path, Watched("chatgpt"))
    remove(path, "chatgpt")
    path.write_bytes(b"")
    assert read(path)[0].watched == ()


def test_the_program_itself_never_leaves_an_empty_file(path):
    path.write_text('[[service]]\nid = "claude"\n')
    keep_good(path)
    assert remove(path, "claude")
    assert path.read_text() == "version = 1\n"
    assert read(path)[0].watched == ()
    assert ids(path) == []


# -- a bad file -------------------------------------------------------------------------------


def test_a_bad_file_is_kept_once_beside_the_file_and_stays_where_it_is(good):
    good.write_bytes(b"half of [[")
    place = settings_good.set_aside(good, NOON)
    assert place.name == "settings.toml.bad-20261123-120000"
    assert place.read_bytes() == good.read_bytes() == b"half of [["
    assert settings_good.set_aside(good, NOON + timedelta(days=1)) == place
    good.write_bytes(b"another half [")
    assert settings_good.set_aside(good, NOON).name == "settings.toml.bad-20261123-120000.2"
    assert ids(good) == ["claude"]


def test_whoever_corrects_by_trying_does_not_fill_the_folder(good):
    for minute in range(9):
        good.write_text(f"attempt {minute} [")
        settings_good.set_aside(good, NOON + timedelta(minutes=minute))
    bad = [name for name in names(good) if ".bad-" in name]
    assert [name[-6:] for name in bad] == ["120600", "120700", "120800"]


def test_nothing_at_all_is_not_kept(good):
    good.write_bytes(b"")
    assert settings_good.set_aside(good, NOON) is None
    good.unlink()
    assert settings_good.set_aside(good, NOON) is None
    good.mkdir()
    assert settings_good.set_aside(good, NOON) is None


# -- the disk ---------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777], ids=oct)
def test_the_copies_are_private_under_any_umask(path, umask):
    path.write_text(CHOSEN)
    before = os.umask(umask)
    try:
        keep_good(path)
        path.write_bytes(b"[")
        settings_good.set_aside(path, NOON)
    finally:
        os.umask(before)
    copies = [found for found in path.parent.iterdir() if found.name != "settings.toml"]
    assert len(copies) == 3
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) & 0o077 == 0, copy


def test_a_disk_that_takes_no_copy_is_lived_with(good, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("notifier.storage.whole_file.os.fsync", full)
    good.write_text(CHOSEN + "# more\n")
    keep_good(good)
    assert settings_good.last(good).body == CHOSEN.encode()
    good.write_bytes(b"[")
    assert settings_good.set_aside(good, NOON) is None
    assert names(good) == ["settings.toml", "settings.toml.good"]


def test_whoever_changes_the_file_right_now_is_not_waited_for(good):
    good.write_text(CHOSEN + "# more\n")
    with whole_file.locked(good):
        keep_good(good)
    assert settings_good.last(good).body == CHOSEN.encode()


def test_what_a_killed_writer_left_of_a_copy_is_swept_away(good):
    for name in (".settings.toml.good.new-x", ".settings.toml.bad-20261123-120000.new-y"):
        good.with_name(name).write_text("half")
    add(good, Watched("chatgpt"))
    assert {found.name for found in good.parent.iterdir()} == {
        "settings.toml",
        "settings.toml.good",
        ".settings.toml.lock",
    }


# -- whatever the file says -------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "# a note of mine",
        "",
        "   ",
        'colour = "teal"   # not a setting',
        'text = """\nseveral\n[[service]]\nlines"""',
        "[polling]\ninterval   =   '5m'",
        "[look]\nsize = 3",
        '[network]\nproxy = "none"',
        '["a.b"."c d"]\n"e f" = 1979-05-27T07:32:00Z',
        '[[service]]\nid = "claude"\nmood = "calm"  # why not',
        '[[service]]\nid = "chatgpt"\n\n[service.probe]\nurl = "https://a.test/"\nodd = [1, 2.0]',
        "[[hook]]\nrun = { a = [1,\n  2,\n] }",
    ]
)


@st.composite
def files(draw):
    """A settings file as somebody may have written it, with much in it that is not ours."""
    text = "version = 1\n" + "".join(f"{piece}\n" for piece in draw(st.lists(PIECES, max_size=8)))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return "version = 1\n"
    return text


@settings(deadline=None, max_examples=60)
@given(files())
def test_a_service_more_and_less_leaves_every_byte_as_it_was(tmp_path_factory, text):
    """Property 16 of faults.md: unknown keys, comments, spaces and line ends included."""
    path = tmp_path_factory.mktemp("round") / "settings.toml"
    path.write_bytes(text.encode())
    before = tomllib.loads(text)
    add(path, Watched("codex"))
    after = tomllib.loads(path.read_text())
    assert after.pop("service")[:-1] == before.pop("service", [])
    assert after == before
    remove(path, "codex")
    assert path.read_bytes() == text.encode()
