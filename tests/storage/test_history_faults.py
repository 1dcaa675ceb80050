"""The history on broken, full, locked and foreign disks, and killed: the present always goes on."""

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifier.model.announcement import NoticeId, Reason, Silence, ThreadId, Withheld
from notifier.model.board import Thread, Told
from notifier.model.health import Health
from notifier.model.record import (
    NoticeHeard,
    PauseKept,
    Remembered,
    RunBegan,
    SilenceKept,
    ThreadKept,
)
from notifier.model.service import ServiceKey
from notifier.storage import database, mounts
from notifier.storage.history import History
from notifier.storage.rows import statements
from notifier.storage.steps import STEPS, climb
from tests.mounted import READ_ONLY, TINY, linux, on_a_mount

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHATGPT = ServiceKey("chatgpt")
OUTAGE = Thread(ThreadId("t-20261123-4"), (CHATGPT,), NOON)
TOLD = Told(OUTAGE.id, Health.MAJOR_OUTAGE, False, Reason.OUTAGE, NOON, NoticeId("n-9"))

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and rights of POSIX")


OPENED: list[History] = []


@pytest.fixture(autouse=True)
def _let_go():
    """Some tests leave a history as a killed program does; its connection is closed at the end."""
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "history.db"


def noon():
    return NOON


def silence(number):
    at = NOON + timedelta(seconds=number)
    return SilenceKept(Withheld(at, ThreadId(f"t-{number}"), (CHATGPT,), Silence.LEVEL))


def opened(path, now=noon):
    history = History(path, now)
    OPENED.append(history)
    return history, history.load()


def with_an_outage(path):
    """A history that has seen a good deal, and in which one outage is told and goes on."""
    history, _ = opened(path)
    history.write([silence(n) for n in range(2000)])
    history.write([RunBegan(CHATGPT, "major_outage", NOON), ThreadKept(OUTAGE)])
    history.write([NoticeHeard(TOLD.notice, NOON, "freedesktop", "1", (TOLD,))])
    history.close()


def count(path, table="silences"):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


# -- killed -----------------------------------------------------------------------------------

WRITES_FOR_EVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from notifier.model.announcement import NoticeId, Reason, Silence, ThreadId, Withheld
from notifier.model.board import Thread, Told
from notifier.model.health import Health
from notifier.model.record import NoticeHeard, SilenceKept, ThreadKept
from notifier.storage.history import History
now = datetime(2026, 11, 23, 12, tzinfo=UTC)
history = History(Path(sys.argv[1]), lambda: now)
history.load()
n = 0
while True:
    n += 1
    id_ = ThreadId(f"t-20261123-{n}")
    told = Told(id_, Health.DEGRADED, False, Reason.OUTAGE, now, NoticeId(f"n-{n}"))
    history.write([
        ThreadKept(Thread(id_, ("chatgpt",), now)),
        NoticeHeard(told.notice, now, "", "", (told,)),
        SilenceKept(Withheld(now, id_, ("chatgpt",), Silence.LEVEL)),
    ])
    print(n, flush=True)
"""


@posix
@pytest.mark.parametrize("after", [1, 2, 9, 60, 400])
def test_killed_while_writing_nothing_is_lost_and_nothing_is_half(path, after):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES_FOR_EVER, path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with writer:
        for _ in range(after):
            writer.stdout.readline()
        writer.kill()
        acknowledged = after + len(writer.stdout.read().splitlines())

    history, known = opened(path)
    assert history.problem is None
    assert len(known.threads) == len(known.told) == count(path)
    assert known.thread_count == len(known.threads) >= acknowledged
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


KILLED_AT_STATEMENT = WRITES_FOR_EVER.replace(
    "n = 0\n",
    """n, left = 0, int(sys.argv[2])
import os, signal
def counted(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
history._db.set_trace_callback(counted)
""",
)


@posix
def test_killed_before_any_statement_of_a_write_it_is_whole(tmp_path):
    for statement in range(1, 26):
        path = tmp_path / str(statement) / "history.db"
        done = subprocess.run(
            [sys.executable, "-c", KILLED_AT_STATEMENT, path, str(statement)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode == -signal.SIGKILL
        known = opened(path)[1]
        written = len(done.stdout.splitlines())
        # A kill after COMMIT and before the line was printed leaves one more on disk.
        assert len(known.threads) == len(known.told) == count(path)
        assert len(known.threads) in (written, written + 1)


# -- damaged ----------------------------------------------------------------------------------


def damages():
    """Ways a database file is found in the morning. Each takes the good bytes."""
    chance = random.Random(7)

    def page(number):
        def damage(good):
            start = number * 4096 % len(good)
            return good[:start] + chance.randbytes(4096) + good[start + 4096 :]

        return damage

    yield from (pytest.param(page(n), id=f"page {n} overwritten") for n in range(24))
    yield pytest.param(lambda good: good[: len(good) // 2], id="cut in half")
    yield pytest.param(lambda good: good[:5000], id="cut in its second page")
    yield pytest.param(lambda good: b"\0" * len(good), id="zeroes")
    yield pytest.param(lambda _: b"<!doctype html>" * 300, id="a web page")
    yield pytest.param(
        lambda good: good.replace(b"CREATE TABLE told", b"CREATE TABLE tolt"), id="schema"
    )


@pytest.mark.parametrize("damage", list(damages()))
def test_a_damaged_history_is_set_aside_and_the_program_goes_on(path, damage):
    with_an_outage(path)
    bad = damage(path.read_bytes())
    path.write_bytes(bad)

    history, known = opened(path)
    history.write([silence(1), ThreadKept(OUTAGE)])
    set_aside = path.with_name("history.db.bad-20261123-120000")
    if set_aside.exists():
        assert f"set aside as {set_aside.name}" in history.problem
        assert set_aside.read_bytes() == bad, "the bad copy is kept as it was"
        assert all(found.stat().st_mode & 0o077 == 0 for found in path.parent.iterdir())
    else:
        assert len(known.threads) == 1, "nothing that is used was hit"
    history.close()

    again, known = opened(path)
    assert again.problem is None
    assert known.threads == {OUTAGE.id: OUTAGE}
    assert again.log(CHATGPT, 1)


def test_the_present_is_rescued_from_a_damaged_past(path):
    """The silences are torn; that an outage was told is not, and so it is not told twice."""
    with_an_outage(path)
    with closing(sqlite3.connect(path)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'silences'").fetchone()[
            0
        ]
    torn = bytearray(path.read_bytes())
    torn[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    path.write_bytes(torn)

    history, known = opened(path)
    assert "set aside" in history.problem
    assert known.threads == {OUTAGE.id: OUTAGE}
    assert known.told == {OUTAGE.id: TOLD}
    assert known.thread_count == 4
    assert history.log(CHATGPT, 10) == ()


def test_the_present_is_rescued_from_an_older_form_too(path):
    """Damaged, and written by the version before: what both forms know is carried over."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        climb(db, STEPS[:1])
        db.execute(
            "INSERT INTO threads (id, services, opened, incidents, worst)"
            " VALUES (:id, :services, :opened, :incidents, :worst)",
            statements(ThreadKept(OUTAGE))[0][1],
        )
        db.execute(
            "INSERT INTO told (thread, health, suspected, reason, at, notice, over)"
            " VALUES (:thread, :health, :suspected, :reason, :at, :notice, :over)",
            statements(NoticeHeard(TOLD.notice, NOON, "", "", (TOLD,)))[1][1],
        )
        db.execute("CREATE TABLE torn (x)")
    history, known = opened(path)
    assert "set aside" in history.problem
    assert known.threads == {OUTAGE.id: OUTAGE}
    assert known.told == {OUTAGE.id: TOLD}


def test_damage_that_shows_while_running_costs_only_the_past(path):
    with_an_outage(path)
    history, _ = opened(path)
    broken = database.Damaged("it is damaged")

    def fails(db):
        history_commit_calls.append(1)
        if len(history_commit_calls) == 1:
            raise broken
        return commit(db)

    history_commit_calls: list[int] = []
    commit, history._commit = history._commit, fails
    history.write([silence(1)])
    assert "set aside" in history.problem
    assert [line.thread for line in history.log(CHATGPT, 5)] == ["t-1"]
    history.close()
    assert opened(path)[1].told == {OUTAGE.id: TOLD}


def test_the_database_of_another_program_is_kept_for_it(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE recipes (name)")
        db.execute("INSERT INTO recipes VALUES ('pancakes')")
    history, known = opened(path)
    assert known == Remembered()
    assert "another program" in history.problem
    (theirs,) = path.parent.glob("*.bad-*")
    with closing(sqlite3.connect(theirs)) as db:
        assert db.execute("SELECT name FROM recipes").fetchall() == [("pancakes",)]


def test_the_log_of_another_database_beside_ours_does_no_harm(path, tmp_path):
    with_an_outage(path)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL").fetchall()
        db.execute("CREATE TABLE intruder (x)")
        foreign = other.with_name("other.db-wal").read_bytes()
    path.with_name("history.db-wal").write_bytes(foreign)
    history, known = opened(path)
    assert "set aside" in history.problem, "SQLite takes it for ours: it has no owner's name"
    assert known.told == {OUTAGE.id: TOLD}


def test_a_dying_disk_does_not_fill_itself_with_bad_copies(path):
    for minute in range(5):
        with_an_outage(path)
        path.write_bytes(b"bad" * 5000)
        history, _ = opened(path, lambda minute=minute: NOON + timedelta(minutes=minute))
        history.close()
    assert sorted(found.name for found in path.parent.glob("*.bad-*")) == [
        "history.db.bad-20261123-120300",
        "history.db.bad-20261123-120400",
    ]


# -- newer ------------------------------------------------------------------------------------


def test_a_history_of_a_newer_version_is_left_alone_and_memory_serves(path):
    with_an_outage(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()

    history, known = opened(path)
    assert known == Remembered()
    history.write([silence(1)])
    history.write([RunBegan(CHATGPT, "degraded", NOON - timedelta(hours=1))])
    assert "newer version" in history.problem
    assert [line.kind for line in history.log(CHATGPT, 5)] == ["withheld"]
    assert history.uptime(CHATGPT, NOON - timedelta(hours=2), NOON) == (0, 3600)
    history.close()
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.bad-*")) == []


# -- locked -----------------------------------------------------------------------------------

HOLDS = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
if sys.argv[2] == "EXCLUSIVE":
    db.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
db.execute(f"BEGIN {sys.argv[2]}")
print("held", flush=True)
sys.stdin.read()
"""


class Holder:
    """Another process that holds the database, as a backup tool does, until let go."""

    def __init__(self, path, how):
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, path, how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout.readline() == "held\n"

    def let_go(self):
        self._process.communicate()


def test_what_finds_the_database_locked_is_written_later(path):
    history, _ = opened(path)
    history.write([silence(0)])
    holder = Holder(path, "IMMEDIATE")
    for n in range(1, 4):
        history.write([silence(n)])
    assert "another program holds it" in history.problem
    assert [line.thread for line in history.log(CHATGPT, 9)] == ["t-0"], "reading goes on"
    holder.let_go()
    history.write([])
    assert history.problem is None
    assert [line.thread for line in history.log(CHATGPT, 9)] == ["t-3", "t-2", "t-1", "t-0"]


def test_a_start_under_another_programs_lock_still_knows_what_was_told(path):
    with_an_outage(path)
    holder = Holder(path, "IMMEDIATE")
    history, known = opened(path)
    assert known.told == {OUTAGE.id: TOLD}
    history.write([silence(5000)])
    assert history.log(CHATGPT, 1)[0].thread == "t-1999", "and can be asked"
    holder.let_go()
    history.write([silence(5001)])
    history.close()
    assert history.problem is None
    assert count(path) == 2002
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT COUNT(*) FROM runs WHERE until IS NULL").fetchone() == (0,)


@pytest.mark.slow
def test_a_start_under_a_lock_that_lets_nobody_read_knows_it_too(path):
    with_an_outage(path)
    holder = Holder(path, "EXCLUSIVE")
    history, known = opened(path)
    assert known.told == {OUTAGE.id: TOLD}
    assert "another program holds it" in history.problem
    holder.let_go()
    history.write([silence(5000)])
    assert history.problem is None
    assert count(path) == 2001


# -- no room, no right ------------------------------------------------------------------------


def test_a_full_disk_is_waited_out(path):
    history, _ = opened(path)
    history.write([silence(0)])
    pages = history._db.execute("PRAGMA page_count").fetchone()[0]
    history._db.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    for n in range(1, 200):
        history.write([silence(n)])
    assert "the disk is full" in history.problem
    assert count(path) < 200
    history._db.execute("PRAGMA max_page_count = 1000000").fetchall()
    history.write([silence(200)])
    assert history.problem is None
    assert count(path) == 201


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a limit Linux keeps")
def test_a_disk_that_takes_no_more_bytes_is_waited_out(path):
    import resource

    history, _ = opened(path)
    history.write([silence(0)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 40_000, hard))
    problems = set()
    try:
        for n in range(1, 200):
            history.write([silence(n)])
            problems.add(history.problem)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert any("the disk reports an error" in problem for problem in problems if problem)
    history.write([silence(200)])
    assert history.problem is None
    assert count(path) == 201


ON_A_READ_ONLY_DISK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from notifier.model.record import PauseKept
from notifier.storage.history import History
now = datetime(2026, 11, 23, 13, tzinfo=UTC)
history = History(Path(sys.argv[1]) / "data" / "history.db", lambda: now)
known = history.load()
history.write([PauseKept(now)])
print(len(known.threads), len(known.told), known.thread_count)
print(history.problem)
history.close()
"""


@linux
def test_a_disk_turned_read_only_still_says_what_was_told(path, tmp_path):
    with_an_outage(path)
    knows, problem = on_a_mount(tmp_path, READ_ONLY, ON_A_READ_ONLY_DISK)
    assert knows == "1 1 4"
    assert "cannot be written" in problem


@linux
def test_a_home_that_takes_nothing_at_all_is_lived_with(tmp_path):
    knows, problem = on_a_mount(tmp_path, READ_ONLY, ON_A_READ_ONLY_DISK)
    assert knows == "0 0 0"
    assert "data cannot be used: Read-only file system. What happens is kept" in problem


ON_A_TINY_DISK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from notifier.model.announcement import Silence, ThreadId, Withheld
from notifier.model.record import SilenceKept
from notifier.storage.history import History
now = datetime(2026, 11, 23, 13, tzinfo=UTC)
disk = Path(sys.argv[1])
history = History(disk / "data" / "history.db", lambda: now)
history.load()
ballast = disk / "ballast"
ballast.write_bytes(b"x" * 500_000)
n, problems = 0, set()
while not history.problem:
    n += 1
    history.write([SilenceKept(Withheld(now, ThreadId(f"t-{n}"), ("chatgpt",), Silence.LEVEL))])
print(history.problem)
ballast.unlink()
history.write([])
print(history.problem, len(history.log(None, 1_000_000)) == n)
"""


@linux
def test_a_really_full_disk_is_waited_out(tmp_path):
    full, later = on_a_mount(tmp_path, TINY, ON_A_TINY_DISK)
    assert "cannot be written" in full
    assert later == "None True"


def test_a_file_too_short_to_be_a_database_is_begun_anew(path):
    path.parent.mkdir()
    path.write_bytes(b"x")
    history, known = opened(path)
    assert known == Remembered()
    history.write([silence(1)])
    assert history.problem is None
    assert count(path) == 1


def test_a_folder_under_the_files_name_is_lived_with(path):
    path.mkdir(parents=True)
    history, known = opened(path)
    history.write([PauseKept(NOON), silence(1)])
    assert known == Remembered()
    assert "cannot be written" in history.problem
    assert len(history.log(None, 5)) == 1


# -- where a write-ahead log may be used --------------------------------------------------------

MOUNTS = [
    "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
    "40 22 0:35 / /home rw,relatime shared:1 - nfs4 server:/home rw",
    "41 40 0:36 / /home/me/My\\040Disk rw - btrfs /dev/sdb rw",
    "42 22 0:37 / /mnt rw - cifs //server/share rw",
    "43 42 0:38 / /mnt rw - xfs /dev/sdc rw",
    "nonsense",
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/x", "ext4"),
        ("/home/me/x", "nfs4"),
        ("/homework/x", "ext4"),
        ("/home/me/My Disk/x", "btrfs"),
        ("/mnt/x", "xfs"),
    ],
)
def test_the_file_system_a_path_lies_on(path, kind):
    assert mounts.file_system(Path(path), MOUNTS) == kind


def test_on_a_network_disk_there_is_no_write_ahead_log(path, monkeypatch):
    monkeypatch.setattr(database, "is_local", lambda _: False)
    with_an_outage(path)
    history, known = opened(path)
    assert known.told == {OUTAGE.id: TOLD}
    assert history._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert history._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert history._db.execute("PRAGMA secure_delete").fetchone() == (1,)


def mutated(good, chance):
    """A file as failing disks and memories make them."""
    bad = bytearray(good)
    start, length = chance.randrange(len(bad)), chance.randrange(9000)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randint(1, 30)):
                bad[chance.randrange(len(bad))] = chance.randrange(256)
        case 1:
            bad[100 + chance.randrange(8000)] ^= 1 << chance.randrange(8)
        case 2:
            del bad[start:]
        case 3:
            bad[start : start + length] = chance.randbytes(length)
    return bytes(bad)


@pytest.mark.slow
def test_every_mutated_history_starts_and_keeps_what_comes(path):
    with_an_outage(path)
    good, chance = path.read_bytes(), random.Random(1)
    for _ in range(1000):
        for left in path.parent.iterdir():
            left.unlink()
        path.write_bytes(mutated(good, chance))
        history, _ = opened(path)
        history.write([ThreadKept(OUTAGE)])
        history.log(CHATGPT, 10)
        history.uptime(CHATGPT, NOON, NOON + timedelta(hours=1))
        history.close()
        again, known = opened(path)
        assert OUTAGE.id in known.threads
        again.close()
