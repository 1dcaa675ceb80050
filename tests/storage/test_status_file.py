"""The status file on the disk: whole at every moment, ours alone, and never another's."""

import json
import os
import stat
import threading

import pytest

from notifier.storage.status_file import BEGINS, NotWritten, put, take_away
from tests.mounted import TINY, linux, on_a_mount

DOCUMENTS = [
    json.dumps({"schema": 1, "n": n, "text": "x" * length}, indent=2).encode()
    for n, length in enumerate((10, 70_000, 3, 9000))
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "ai-notifier" / "status.json"


def test_it_is_for_this_person_alone_and_so_is_the_folder_made_for_it(path):
    put(path, DOCUMENTS[0])
    assert path.read_bytes() == DOCUMENTS[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_finds_a_whole_one_every_time(path):
    """Thousands of readings while it is written again and again, in four lengths."""
    put(path, DOCUMENTS[0])
    over = threading.Event()

    def write():
        while not over.is_set():
            for body in DOCUMENTS:
                put(path, body)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = {path.read_bytes() for _ in range(5000)}
    finally:
        over.set()
        writer.join()
    assert found <= set(DOCUMENTS)
    assert len(found) > 1, "it was written meanwhile"


@pytest.mark.parametrize("theirs", [b"[polling]\n", b'{"theirs": 1}', b"x", BEGINS[:-2]], ids=repr)
def test_another_file_under_the_name_is_left_alone(path, theirs):
    path.parent.mkdir(parents=True)
    path.write_bytes(theirs)
    with pytest.raises(NotWritten, match="is no status file and is left alone"):
        put(path, DOCUMENTS[0])
    take_away(path)
    assert path.read_bytes() == theirs


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_is_left_alone_and_not_waited_for(path, make):
    path.parent.mkdir(parents=True)
    make(path)
    with pytest.raises(NotWritten):
        put(path, DOCUMENTS[0])
    take_away(path)
    assert os.path.lexists(path)


def test_an_empty_file_and_what_a_killed_writer_left_make_room(path):
    path.parent.mkdir(parents=True)
    path.touch()
    (path.parent / ".status.json.new-killed").touch()
    put(path, DOCUMENTS[0])
    assert list(path.parent.iterdir()) == [path]
    (path.parent / ".status.json.new-killed").touch()
    take_away(path)
    assert list(path.parent.iterdir()) == []
    take_away(path)


def test_a_folder_that_cannot_be_made_is_complained_of(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match=r"cannot be written \(Not a directory\)"):
        put(tmp_path / "file" / "status.json", DOCUMENTS[0])


FULL = """
import sys
from pathlib import Path
from notifier.storage.status_file import NotWritten, put
path = Path(sys.argv[1]) / "status.json"
old, new = ('{\\n  "schema": 1,' + "x" * length for length in (10, 300_000))
put(path, old.encode())
ballast = path.with_name("ballast")
ballast.write_bytes(b"x" * 900_000)
try:
    put(path, new.encode())
except NotWritten as error:
    print(error)
print(path.read_text() == old, sorted(one.name for one in path.parent.iterdir()))
ballast.unlink()
put(path, new.encode())
print(path.read_text() == new)
"""


@linux
def test_a_full_disk_leaves_the_old_one_whole_and_nothing_half(tmp_path):
    complaint, kept, later = on_a_mount(tmp_path, TINY, FULL)
    assert "cannot be written (No space left on device); this is tried again every minute." in (
        complaint
    )
    assert kept == "True ['ballast', 'status.json']"
    assert later == "True"
