"""The times of feeds: the right instant in UTC, or none. Never a guess, never an error."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.feeds.shape import moment
from notifier.feeds.stamps import later, stamp
from tests.feeds.bodies import CORPUS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 31 Jul 2026 00:12:00 Z", datetime(2026, 7, 31, 0, 12, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 GMT", datetime(2026, 8, 1, 0, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 UT", datetime(2026, 8, 1, 0, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 EST", datetime(2026, 8, 1, 5, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 EDT", datetime(2026, 8, 1, 4, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 CST", datetime(2026, 8, 1, 6, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 CDT", datetime(2026, 8, 1, 5, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 MST", datetime(2026, 8, 1, 7, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 MDT", datetime(2026, 8, 1, 6, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 PST", datetime(2026, 8, 1, 8, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 PDT", datetime(2026, 8, 1, 7, 22, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 00:22:00 -0730", datetime(2026, 8, 1, 7, 52, tzinfo=UTC)),
        ("Saturday, 1 August 2026 00:22 +02:00", datetime(2026, 7, 31, 22, 22, tzinfo=UTC)),
        ("1 Aug 26 00:22:00 gmt", datetime(2026, 8, 1, 0, 22, tzinfo=UTC)),
        ("Thu, 31 Dec 1998 23:59:60 GMT", datetime(1999, 1, 1, tzinfo=UTC)),
        ("2026-08-01T00:22:00Z", datetime(2026, 8, 1, 0, 22, tzinfo=UTC)),
        (" 2026-08-01T00:22+0200\n", datetime(2026, 7, 31, 22, 22, tzinfo=UTC)),
    ],
)
def test_a_time_of_a_feed_is_the_right_instant(text, expected):
    assert stamp(text) == expected
    assert stamp(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "now",
        "Sat, 01 Aug 2026 00:22:00",
        "Sat, 01 Aug 2026",
        "Sat, 31 Feb 2026 00:22:00 GMT",
        "Sat, 01 Foo 2026 00:22:00 GMT",
        "Sat, 01 Aug 2026 24:22:00 GMT",
        "Sat, 01 Aug 2026 00:22:61 GMT",
        "Sat, 01 Aug 2026 12:59:60 GMT",
        "Sat, 01 Aug 2026 00:22:00 XYZ",
        "Sat, 01 Aug 2026 00:22:00 A",
        "Sat, 01 Aug 2026 00:22:00 +2400",
        "Sat, 01 Aug 2026 00:22:00 +0060",
        "Fri, 31 Dec 9999 23:59:59 -0100",
        "Mon, 01 Jan 0000 00:00:00 GMT",
        "0১ Aug 2026 00:22:00 GMT",
        "2026-08-01T00:22:00",
        "2026-08-01",
        "9" * 100_000,
        "Sat, " + " " * 70 + "x",
        "Sat, 01 Aug 2026 00:22:00 GMT" + " " * 100,
    ],
)
def test_anything_else_is_no_time(text):
    assert stamp(text) is None


@given(st.one_of(st.text(), st.text("0123456789 :+-,.TZGMTsatugdecpm", max_size=50)))
def test_a_time_is_utc_or_none_whatever_was_written(text):
    at = stamp(text)
    assert at is None or at.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1)))  # noqa: DTZ001
def test_every_time_that_is_written_as_the_standard_says_is_read_back(at):
    at = at.replace(microsecond=0)
    assert stamp(at.strftime("%a, %d %b %Y %H:%M:%S GMT")) == at
    assert stamp(at.isoformat()) == at


def test_nothing_is_later_than_the_end_of_time():
    last = datetime.max.replace(tzinfo=UTC)
    assert later(last, last - last.replace(day=1)) == last
    assert later(None, last - last) is None


SHARED = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")

MOUNTAIN = datetime(2006, 1, 2, 22, 4, 5, tzinfo=UTC)
"""The instant of every layout that names a zone of its own: MST or seven hours behind."""


@SHARED
def test_of_the_layouts_seen_in_real_feeds_none_is_read_wrongly():
    layouts = json.loads((CORPUS / "robust/dates/gofeed-layouts.json").read_text())["layouts"]
    read = {text: at for text in layouts if (at := stamp(text)) is not None}
    for text, at in read.items():
        zulu = text.rstrip().endswith(("Z", "UT"))
        expected = MOUNTAIN.replace(hour=15) if zulu else MOUNTAIN
        assert at in (expected, expected.replace(second=0)), text
    assert len(read) > 45


def formats(name: str) -> list[tuple[str, bool]]:
    """The texts of one format of the JSON Schema suite, and whether each is one."""
    path = CORPUS / "robust/formats-rfc" / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"the format {name} was not handed on")
    cases = [one for group in json.loads(path.read_text()) for one in group["tests"]]
    return [(one["data"], one["valid"]) for one in cases if isinstance(one["data"], str)]


@SHARED
def test_an_rfc_3339_time_is_read_and_nothing_like_it():
    for text, valid in formats("date-time"):
        assert (moment(text) is not None) is valid, text
        assert not valid or stamp(text) == moment(text)


@SHARED
def test_a_day_with_the_time_of_day_of_rfc_3339_is_read_and_nothing_like_it():
    for text, valid in formats("time"):
        assert (moment(f"1998-12-31T{text}") is not None) is valid, text


@SHARED
@pytest.mark.parametrize("name", ["date", "time", "duration"])
def test_half_a_time_is_none(name):
    for text, valid in formats(name):
        assert not valid or stamp(text) is None
