"""What pages were found to be: kept from run to run, bounded, private, and never in the way."""

import stat
import sys
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from notifier.model.asked_page import AskedPage
from notifier.model.last_reading import Document, LastReading
from notifier.model.observation import Failure, FailureKind
from notifier.model.service import SourceId
from notifier.storage import cache, whole_file
from notifier.storage.asked_pages import MOST, UNKNOWN_FOR, AskedPages
from notifier.storage.cache import Cache

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = SourceId("page:status.example.test")
NOBODY_KNOWS = Failure(FailureKind.UNREADABLE, "status.example.test is not a status page.")


def asked(source=PAGE, at=NOON, taken_for=("statuspage", "https://status.example.test"), **more):
    return AskedPage(SourceId(source), "as set", at, 86400.0, taken_for, **more)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "cache"


@pytest.fixture
def kept(folder):
    return AskedPages(folder)


def file(folder):
    """The one file there is."""
    (found,) = folder.iterdir()
    return found


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(asked(moved=True), id="taken for another"),
        pytest.param(asked(taken_for=None, unknown=NOBODY_KNOWS, early_at=NOON), id="unknown"),
    ],
)
def test_what_one_run_keeps_the_next_one_reads(folder, kept, page):
    assert kept.read(PAGE) is None
    assert kept.keep(page)
    assert AskedPages(folder).read(PAGE) == page
    assert kept.read(SourceId("page:else.example.test")) is None


def test_what_is_kept_later_takes_the_place_of_what_was_before(folder, kept):
    later = asked(at=NOON + timedelta(hours=1))
    assert kept.keep(asked())
    assert kept.keep(asked("page:other.example.test"))
    assert kept.keep(later)
    assert AskedPages(folder).read(PAGE) == later
    assert AskedPages(folder).read(SourceId("page:other.example.test")) is not None
    assert file(folder).is_file()


def test_it_is_read_from_the_disk_once(folder, kept):
    kept.keep(asked())
    again = AskedPages(folder)
    assert again.read(PAGE) is not None
    file(folder).unlink()
    assert again.read(PAGE) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_it_is_for_this_person_alone(folder, kept):
    kept.keep(asked())
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder, file(folder))]
    assert modes == [0o700, 0o600]


# -- how much ---------------------------------------------------------------------------------


def test_of_too_many_those_go_that_nobody_has_asked_about_for_longest(folder, kept):
    for number in range(MOST):
        kept.keep(asked(f"page:{number}"))
    assert kept.read(SourceId("page:0")) is not None
    kept.keep(asked("page:one more"))
    left = AskedPages(folder)
    assert [left.read(SourceId(f"page:{one}")) is None for one in (0, 1, 2)] == [False, True, False]
    assert left.read(SourceId("page:one more")) is not None


def test_as_many_as_are_kept_fit_into_a_file_that_is_read(folder, kept):
    for number in range(MOST):
        long = "https://status.example.test/" + "x" * 2700
        assert kept.keep(asked(f"page:{number}", taken_for=("statuspage", long)))
    assert AskedPages(folder).read(SourceId("page:0")) is not None


def test_one_of_a_monstrous_address_is_not_kept_and_keeps_out_nobody(folder, kept):
    assert not kept.keep(asked("page:" + "x" * 5000))
    assert kept.keep(asked())
    assert AskedPages(folder).read(PAGE) == asked()


def test_what_was_taken_for_nothing_and_not_asked_for_a_month_is_dropped(folder, kept):
    kept.keep(asked("page:nothing", taken_for=None, unknown=NOBODY_KNOWS))
    kept.keep(asked("page:something"))
    month_later = NOON + UNKNOWN_FOR + timedelta(seconds=1)
    kept.keep(asked(at=month_later))
    left = AskedPages(folder)
    assert left.read(SourceId("page:nothing")) is None
    assert left.read(SourceId("page:something")) is not None


# -- damage -----------------------------------------------------------------------------------


def test_no_damage_of_the_file_is_ever_more_than_none(folder, kept):
    kept.keep(asked(moved=True, early_at=NOON))
    path = file(folder)
    good = path.read_bytes()
    read = set()
    for place in range(len(good)):
        for bad in (good[:place], good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :]):
            path.write_bytes(bad)
            page = AskedPages(folder).read(PAGE)
            read.add(page is None)
            assert page is None or page.at.tzinfo is not None
    assert True in read


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0" * 200, id="zeros, as after a crash"),
        pytest.param(b'[{"more":' + b"[" * 100_000, id="deep"),
        pytest.param(b" " * (whole_file.MOST_BYTES + 1), id="huge"),
        pytest.param(
            msgspec.json.encode([asked(at=NOON.replace(tzinfo=None))]), id="of no known instant"
        ),
        pytest.param(
            msgspec.json.encode([asked(early_at=NOON.replace(tzinfo=None))]), id="nor that"
        ),
    ],
)
def test_a_file_that_says_nothing_is_mended_by_the_next_that_is_kept(folder, kept, body):
    kept.keep(asked())
    file(folder).write_bytes(body)
    again = AskedPages(folder)
    assert again.read(PAGE) is None
    assert again.keep(asked())
    assert AskedPages(folder).read(PAGE) == asked()


def test_a_folder_where_the_file_should_be_is_lived_with(folder, kept):
    kept.keep(asked())
    path = file(folder)
    path.unlink()
    path.mkdir()
    again = AskedPages(folder)
    assert again.read(PAGE) is None
    assert not again.keep(asked())
    assert again.read(PAGE) == asked(), "for this run at least"


def test_a_place_that_cannot_be_written_is_lived_with(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    kept = AskedPages(tmp_path / "cache")
    assert kept.read(PAGE) is None
    assert not kept.keep(asked())


def test_half_characters_are_not_kept_and_keep_out_nobody(folder, kept):
    assert not kept.keep(asked("page:\ud83d"))
    assert kept.keep(asked())
    assert AskedPages(folder).read(PAGE) == asked()


def test_what_a_run_left_that_died_while_writing_is_swept_away(folder, kept, monkeypatch):
    kept.keep(asked())
    path = file(folder)
    path.with_name(f".{path.name}.new-left").write_bytes(b"half")
    kept.keep(asked())
    assert file(folder) == path


def test_readings_that_make_room_leave_it_alone(folder, kept, monkeypatch):
    monkeypatch.setattr(cache, "MOST_TOTAL", 300)
    kept.keep(asked())
    readings = Cache(folder)
    for number in range(3):
        document = Document("https://status.example.test/", b"x" * 100)
        source = SourceId(f"page:{number}")
        assert readings.keep(LastReading(source, NOON, "summary", {"summary": document}))
    assert readings.read(SourceId("page:0")) is None
    assert AskedPages(folder).read(PAGE) == asked()
