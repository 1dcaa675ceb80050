"""Where things lie, and that nobody else can look into them."""

import os
import socket
import stat
import sys
import tempfile
from pathlib import Path

import pytest

import notifier
from notifier.catalogue import load
from notifier.storage.places import (
    MOST_SOCKET_BYTES,
    PlaceRefused,
    make_folder,
    places,
    private_folder,
    resource,
    resource_path,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="folders have no mode there")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of one's own, without a session's folder."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_profile_keeps_everything_in_its_folder(tmp_path):
    mine = places(tmp_path)
    assert mine.settings == tmp_path / "settings.toml"
    assert mine.socket == tmp_path / "run" / "owner.sock"
    assert mine.profile == tmp_path
    for place in (mine.data, mine.state, mine.cache, mine.run, mine.log):
        assert place.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == [], "looking where things lie makes nothing"


def test_a_profile_is_the_same_however_one_names_it(tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert places(Path("real")) == places(Path("link")) == places(tmp_path / "x" / ".." / "real")


@pytest.mark.skipif(sys.platform != "linux", reason="names the folders of Linux")
def test_without_a_profile_the_platforms_own_folders_are_used(home):
    mine = places(None)
    assert mine.settings == home / ".config" / "ai-notifier" / "settings.toml"
    assert mine.state == home / ".local" / "state" / "ai-notifier"
    assert mine.profile is None


@pytest.mark.skipif(sys.platform != "linux", reason="the session's folder is one of Linux")
class TestALongProfile:
    """`DIR/run/owner.sock` of more than 100 bytes cannot be a socket."""

    @pytest.fixture
    def deep(self, tmp_path):
        return tmp_path / ("d" * 100)

    @pytest.fixture
    def session(self, home, monkeypatch):
        """A session's folder, with a name as short as real ones have."""
        with tempfile.TemporaryDirectory() as folder:
            monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
            yield Path(folder)

    def test_its_socket_lies_in_the_sessions_folder(self, deep, session):
        mine = places(deep)
        assert mine.run.parent == session / "ai-notifier"
        assert len(os.fsencode(mine.socket)) <= MOST_SOCKET_BYTES
        assert mine.state == deep / "state"
        with socket.socket(socket.AF_UNIX) as listener:
            private_folder(mine.run)
            listener.bind(str(mine.socket))

    def test_two_of_them_do_not_meet_and_each_finds_itself(self, deep, session):
        assert places(deep).socket == places(deep).socket
        assert places(deep).socket != places(deep / "other").socket

    @pytest.mark.parametrize("rights", [0o755, 0o777, 0o1777], ids=oct)
    def test_a_folder_others_can_enter_is_not_a_sessions_folder(self, deep, session, rights):
        session.chmod(rights)
        assert not places(deep).socket.is_relative_to(session)

    def test_without_a_session_it_lies_at_home(self, deep, monkeypatch, home):
        monkeypatch.setenv("XDG_STATE_HOME", "/s")
        monkeypatch.setattr("notifier.storage.places._ours_alone", lambda folder: False)
        assert places(deep).run.parent == Path("/s/ai-notifier/run")


def test_a_folder_of_exactly_the_longest_socket_stays_in_place():
    room = MOST_SOCKET_BYTES - len("/run/owner.sock")
    assert places(Path("/" + "x" * (room - 1))).socket.parent.parent.name == "x" * (room - 1)
    assert places(Path("/" + "x" * room)).socket.parent.parent.name != "x" * room


@posix
def test_folders_are_private_under_any_umask(tmp_path, umask):
    made = private_folder(tmp_path / "a" / "b")
    assert (mode(made), mode(made.parent)) == (0o700, 0o700)


@posix
def test_a_folder_is_private_before_anybody_could_look(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "chmod", lambda *_: pytest.fail("too late: it was open until now"))
    before = os.umask(0)
    try:
        private_folder(tmp_path / "a" / "b")
    finally:
        os.umask(before)


@posix
def test_a_folder_others_could_read_is_closed_to_them(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "open").chmod(0o755)
    assert mode(private_folder(tmp_path / "open")) == 0o700


@posix
def test_a_folder_above_that_is_there_already_is_left_as_it_is(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs").chmod(0o755)
    make_folder(tmp_path / "theirs" / "ours")
    assert mode(tmp_path / "theirs") == 0o755
    assert mode(tmp_path / "theirs" / "ours") == 0o700


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PlaceRefused, match=r"file is not a folder"):
        private_folder(tmp_path / "file")
    with pytest.raises(PlaceRefused, match=r"below cannot be used: Not a directory"):
        private_folder(tmp_path / "file" / "below")


@posix
def test_the_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    (tmp_path / "run").mkdir(mode=0o700)
    somebody_else = os.getuid() + 1
    monkeypatch.setattr("notifier.storage.places.os.getuid", lambda: somebody_else)
    with pytest.raises(PlaceRefused, match="another user"):
        private_folder(tmp_path / "run")


def test_the_catalogue_is_found_in_a_checkout():
    assert load(resource("catalogue.toml")).services


def test_resources_are_found_in_a_wheel_and_in_a_bundle(tmp_path, monkeypatch):
    package = tmp_path / "wheel" / "notifier"
    (package / "_resources").mkdir(parents=True)
    (package / "_resources" / "x.toml").write_bytes(b"wheel")
    monkeypatch.setattr(notifier, "__file__", str(package / "__init__.py"))
    assert resource("x.toml") == b"wheel"
    (tmp_path / "bundle" / "resources").mkdir(parents=True)
    (tmp_path / "bundle" / "resources" / "y.toml").write_bytes(b"bundle")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert resource("y.toml") == b"bundle"


@pytest.mark.parametrize("name", ["no-such.toml", "../pyproject.toml", "/etc/hostname"])
def test_what_is_no_resource_is_not_found(name):
    with pytest.raises(FileNotFoundError):
        resource_path(name)
