"""The last readings for commands without an owner: kept, bounded, private, and never in the way."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from notifier.model.last_reading import Document, LastReading
from notifier.model.service import SourceId
from notifier.storage import cache, whole_file
from notifier.storage.cache import MOST_BODY, Cache

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = SourceId("page:https://status.openai.com/")


def reading(source=PAGE, body=b'{"page": 1}', **more):
    summary = Document(
        url="https://status.openai.com/api/v2/summary.json",
        body=body,
        etag='W/"abc"',
        last_modified="Mon, 23 Nov 2026 11:59:00 GMT",
        headers={"content-type": "application/json"},
    )
    return LastReading(source, NOON, "summary", {"summary": summary}, **more)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "cache"


@pytest.fixture
def kept(folder):
    return Cache(folder)


def files(folder):
    return sorted(folder.iterdir())


def test_what_one_command_keeps_the_next_one_reads(folder, kept):
    assert kept.read(PAGE) is None
    assert kept.keep(reading())
    assert Cache(folder).read(PAGE) == reading()


def test_a_later_reading_takes_the_place_of_the_one_before(folder, kept):
    kept.keep(reading())
    later = replace(reading(body=b"{}"), fetched_at=NOON.replace(hour=13))
    kept.keep(later)
    assert kept.read(PAGE) == later
    assert len(files(folder)) == 1


def test_a_front_doors_answer_keeps_its_status_headers_and_time(kept):
    door = SourceId("probe:https://api.openai.com/v1/models")
    answer = Document(
        url="https://api.openai.com/v1/models",
        body=bytes(range(256)),
        status=401,
        headers={"www-authenticate": "Bearer"},
        seconds=0.095,
    )
    one = LastReading(door, NOON, "probe", {"answer": answer})
    assert kept.keep(one)
    assert kept.read(door) == one


@pytest.mark.parametrize(
    "source",
    ["page:../../../etc/passwd", "page:" + "x" * 5000, "page:https://ünï.example/a b?c", ""],
)
def test_any_source_has_a_file_of_its_own_inside_the_folder(folder, kept, source):
    assert kept.keep(reading(SourceId(source)))
    assert kept.keep(reading(PAGE))
    assert kept.read(SourceId(source)).source == source
    assert {found.parent for found in files(folder)} == {folder}


def test_forgetting_a_source(kept):
    kept.keep(reading())
    kept.forget(PAGE)
    kept.forget(PAGE)
    assert kept.read(PAGE) is None


# -- damage -----------------------------------------------------------------------------------


def test_no_damage_of_a_file_is_ever_more_than_an_empty_place(folder, kept):
    kept.keep(reading())
    (file,) = files(folder)
    good = file.read_bytes()
    found = set()
    for place in range(len(good)):
        for bad in (good[:place], good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :]):
            file.write_bytes(bad)
            read = kept.read(PAGE)
            found.add(read is None)
            assert read is None or (read.source == PAGE and read.fetched_at.tzinfo is not None)
    assert True in found
    file.write_bytes(b"\x91" * 100_000)
    assert kept.read(PAGE) is None
    assert kept.keep(reading()), "and is mended by the next reading"
    assert kept.read(PAGE) == reading()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"source": "page:https://else.example/"}, id="of another source"),
        pytest.param({"fetched_at": NOON.replace(tzinfo=None)}, id="of no known instant"),
    ],
)
def test_a_reading_that_is_not_ours_is_left_out(folder, kept, other):
    kept.keep(reading())
    (file,) = files(folder)
    file.write_bytes(msgspec.msgpack.encode(replace(reading(), **other)))
    assert kept.read(PAGE) is None


def test_a_folder_where_a_reading_should_be_is_lived_with(folder, kept):
    kept.keep(reading())
    (file,) = files(folder)
    file.unlink()
    file.mkdir()
    assert kept.read(PAGE) is None
    assert not kept.keep(reading())
    kept.forget(PAGE)


def test_a_place_that_cannot_be_written_is_lived_with(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    kept = Cache(tmp_path / "cache")
    assert not kept.keep(reading())
    assert kept.read(PAGE) is None


def test_half_characters_are_not_kept(kept):
    odd = Document(url="https://x.example/", body=b"", etag="\ud83d")
    assert not kept.keep(LastReading(PAGE, NOON, "summary", {"summary": odd}))
    assert not kept.keep(reading(SourceId("page:\ud83d")))


def test_a_command_that_dies_while_writing_leaves_the_old_reading(folder, kept, monkeypatch):
    kept.keep(reading())

    def dies(_):
        raise OSError("no space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", dies)
    assert not kept.keep(reading(body=b"new"))
    monkeypatch.undo()
    assert kept.read(PAGE) == reading()


# -- bounds -----------------------------------------------------------------------------------


def test_a_document_larger_than_a_look_may_bring_is_not_kept(kept):
    assert kept.keep(reading(body=b"x" * MOST_BODY))
    assert not kept.keep(reading(body=b"x" * (MOST_BODY + 1)))
    assert len(kept.read(PAGE).documents["summary"].body) == MOST_BODY


def test_the_oldest_make_room(folder, kept, monkeypatch):
    monkeypatch.setattr(cache, "MOST_TOTAL", 5000)
    sources = [SourceId(f"page:{n}") for n in range(8)]
    for age, source in enumerate(sources):
        kept.keep(reading(source, body=b"x" * 1000))
        os.utime(kept._path(source), ns=(age, age))
    assert sum(file.stat().st_size for file in files(folder)) <= 5000
    there = [kept.read(source) is not None for source in sources]
    assert there == sorted(there), "the young ones stay"
    assert there.count(True) >= 3
    assert not kept.keep(reading(body=b"x" * 5000))


def test_what_a_dead_command_left_makes_room_too(folder, kept, monkeypatch):
    kept.keep(reading())
    left = folder / f".{kept._path(PAGE).name}.new-xyz"
    left.write_bytes(b"x" * 10_000)
    os.utime(left, ns=(1, 1))
    monkeypatch.setattr(cache, "MOST_TOTAL", 5000)
    kept.keep(reading(SourceId("page:other")))
    assert not left.exists()
    assert kept.read(PAGE) == reading()


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another matter there")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_can_read_it(folder, kept, umask):
    before = os.umask(umask)
    try:
        kept.keep(reading())
    finally:
        os.umask(before)
    places = [folder.parent, folder, *files(folder)]
    assert [place.stat().st_mode & 0o777 for place in places] == [0o700, 0o700, 0o600]


def test_it_names_no_source_in_the_clear(folder, kept):
    kept.keep(reading(SourceId("page:https://secret.example/")))
    assert all("secret" not in Path(found).name for found in files(folder))
