"""One owner per profile: the second is refused, whatever became of the first is forgotten."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from notifier.owner.lock import LOCK_FILE, Holder, Kind, acquire, holder
from notifier.owner.transport import OwnerError
from tests.mounted import READ_ONLY, linux, on_a_mount

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and rights of POSIX")

OWNS = """
import sys
from pathlib import Path
from notifier.owner.lock import Kind, acquire
lock = acquire(Path(sys.argv[1]), Kind(sys.argv[2]))
print(lock is not None, flush=True)
sys.stdin.read()
"""


class Other:
    """Another process that wants to own the profile."""

    def __init__(self, run, kind="watch"):
        self._process = subprocess.Popen(
            [sys.executable, "-c", OWNS, run, kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.pid = self._process.pid
        self.owns = self._process.stdout.readline() == "True\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def kill(self):
        self._process.kill()
        self.end()

    def end(self):
        """Let it end, or wait until it has; may be called twice."""
        with self._process:
            self._process.stdin.close()


@pytest.fixture
def run(tmp_path):
    return tmp_path / "profile" / "run"


def test_a_second_owner_is_refused_until_the_first_has_ended(run):
    first = Other(run)
    assert first.owns
    assert acquire(run, Kind.TRAY) is None
    assert holder(run) == Holder(Kind.WATCH, first.pid)
    first.end()
    with acquire(run, Kind.TRAY) as lock:
        assert lock.kind is Kind.TRAY
        assert holder(run) == Holder(Kind.TRAY, os.getpid())
        with Other(run) as second:
            assert not second.owns


@posix
def test_after_a_kill_the_next_one_owns_at_once(run):
    first = Other(run)
    assert acquire(run, Kind.TRAY) is None
    first.kill()
    assert (run / LOCK_FILE).exists(), "the file is left behind, the lock is not"
    with acquire(run, Kind.TRAY) as lock:
        assert lock is not None


def test_in_one_process_too_there_is_one_owner(run):
    lock = acquire(run, Kind.TRAY)
    assert acquire(run, Kind.TRAY) is None
    lock.release()
    lock.release()
    with acquire(run, Kind.TRAY):
        assert acquire(run, Kind.TRAY) is None


def test_whoever_waits_owns_once_the_first_lets_go(run):
    first = Other(run)
    waits = OWNS.replace("Kind(sys.argv[2])", "Kind.TRAY, 60.0")
    with subprocess.Popen(
        [sys.executable, "-c", waits, run],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as waiting:
        first.end()
        assert waiting.stdout.readline() == "True\n"
        waiting.stdin.close()


def test_profiles_do_not_know_of_each_other(tmp_path):
    with acquire(tmp_path / "a", Kind.TRAY), acquire(tmp_path / "b", Kind.TRAY):
        assert acquire(tmp_path / "a", Kind.WATCH) is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"kind": "cat", "pid": 1}', b"\xff" * 5000])
def test_a_lock_file_that_says_nonsense_hinders_nobody(run, content):
    assert holder(run) is None
    run.mkdir(parents=True)
    (run / LOCK_FILE).write_bytes(content)
    assert holder(run) is None
    with acquire(run, Kind.WATCH):
        assert holder(run) == Holder(Kind.WATCH, os.getpid())


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_sees_it(run, umask):
    before = os.umask(umask)
    try:
        acquire(run, Kind.TRAY).release()
    finally:
        os.umask(before)
    places = [run.parent, run, run / LOCK_FILE]
    assert [place.stat().st_mode & 0o777 for place in places] == [0o700, 0o700, 0o600]


@posix
def test_a_run_folder_open_to_others_is_closed_first(run):
    run.mkdir(parents=True)
    run.chmod(0o777)
    acquire(run, Kind.TRAY).release()
    assert run.stat().st_mode & 0o777 == 0o700


@posix
def test_a_link_laid_out_for_us_is_not_followed(run, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    run.mkdir(parents=True)
    (run / LOCK_FILE).symlink_to(victim)
    with pytest.raises(OwnerError, match="cannot be opened"):
        acquire(run, Kind.TRAY)
    assert victim.read_text() == "precious"

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "linked").symlink_to(elsewhere)
    with pytest.raises(OwnerError, match="not a folder"):
        acquire(tmp_path / "linked", Kind.TRAY)


@posix
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() != 0, reason="needs a second user")
def test_a_run_folder_of_another_user_is_refused(run):
    run.mkdir(parents=True)
    os.chown(run, 65534, 65534)
    with pytest.raises(OwnerError, match="another user"):
        acquire(run, Kind.TRAY)


def test_a_file_where_the_folder_should_be_is_said_so(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(OwnerError, match=r"run.*cannot be used|run is not a folder"):
        acquire(tmp_path / "run", Kind.TRAY)


# -- disks ------------------------------------------------------------------------------------

TAKES = """
import sys
from pathlib import Path
from notifier.owner.lock import Kind, acquire
lock = acquire(Path(sys.argv[1]) / "run", Kind.WATCH)
print(lock and lock.problem)
"""


@linux
def test_a_disk_that_takes_no_file_is_no_reason_not_to_watch(tmp_path):
    (said,) = on_a_mount(tmp_path, READ_ONLY, TAKES)
    assert said == (
        f"{tmp_path / 'run'} cannot be used: Read-only file system. "
        "So a second AI Notifier would not notice this one."
    )


@linux
def test_on_a_disk_turned_read_only_there_is_still_one_owner(tmp_path):
    """The lock of before is enough: it can be held without being written."""
    with acquire(tmp_path / "run", Kind.TRAY):
        assert on_a_mount(tmp_path, READ_ONLY, TAKES) == ["None"], "None: another owns it"
    assert on_a_mount(tmp_path, READ_ONLY, TAKES + "print(lock is None)") == ["None", "False"]


@posix
def test_a_disk_that_knows_no_locks_is_said_so(run, monkeypatch):
    def knows_none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("notifier.owner.lock.fcntl.flock", knows_none)
    lock = acquire(run, Kind.TRAY)
    assert lock is not None
    assert lock.problem == (
        f"The disk of {run} knows no locks (No locks available). "
        "So a second AI Notifier would not notice this one."
    )
    lock.release()


@posix
def test_the_number_of_a_dead_owner_may_be_anybodys_by_now(run):
    """What the file says is never asked; the kernel knows who holds it."""
    run.mkdir(parents=True)
    (run / "owner.lock").write_text(f'{{"kind": "tray", "pid": {os.getpid()}}}')
    with acquire(run, Kind.WATCH) as lock:
        assert lock.problem is None
        assert holder(run) == Holder(Kind.WATCH, os.getpid())
