"""Times, texts and links from outside, made safe once."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.feeds.shape import link, moment, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-29T20:33:45.596Z", datetime(2026, 7, 29, 20, 33, 45, 596000, tzinfo=UTC)),
        ("2026-08-04T12:59:24.842-07:00", datetime(2026, 8, 4, 19, 59, 24, 842000, tzinfo=UTC)),
        ("2026-08-04t12:59:24z", datetime(2026, 8, 4, 12, 59, 24, tzinfo=UTC)),
        ("2026-08-04 12:59:24+05:30", datetime(2026, 8, 4, 7, 29, 24, tzinfo=UTC)),
        ("2026-01-01T00:00:00.1234567899Z", datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)),
        ("1998-12-31T23:59:60Z", datetime(1999, 1, 1, tzinfo=UTC)),
        ("1998-12-31T15:59:60-08:00", datetime(1999, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_stamp_is_the_right_instant(text, expected):
    assert moment(text) == expected
    assert moment(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "$undefined",
        "yesterday",
        "2026-07-29",
        "2026-07-29T20:33:45",
        "2026-07-29T20:33:45+01",
        "2026-07-29T20:33:45+10:60",
        "2026-07-29T20:33:45+24:00",
        "2026-07-29T24:00:00Z",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "9999-12-31T23:59:60Z",
        "1998-12-31T22:59:60Z",
        "2026-07-29T20:33:61Z",
        "２０２６-07-29T20:33:45Z",
        "2026-07-29T20:33:45Z\n",
        "1" * 10_000,
    ],
)
def test_anything_else_is_no_time(text):
    assert moment(text) is None


@given(
    st.one_of(
        st.text(),
        st.from_regex(
            r"[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]"
            r"(\.[0-9]{1,12})?([Zz]|[+-][0-9]{2}:[0-9]{2})",
            fullmatch=True,
        ),
    )
)
def test_a_time_is_utc_or_none_whatever_was_written(text):
    at = moment(text)
    assert at is None or at.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_time_that_is_written_is_read_back(at):
    assert moment(at.isoformat()) == at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are investigating.", "We are investigating."),
        ("  a\t b \r\n\r\n\r\n c  ", "a b\nc"),
        ("see <a href='https://x'>the <b>guide</b></a>.", "see the guide."),
        ("one<br>two<br/>three</p><p>four", "one\ntwo\nthree\nfour"),
        ("AT&T &amp; R&D &lt;5%", "AT&T & R&D <5%"),
        ("a < b, 5<6, p99 <3s", "a < b, 5<6, p99 <3s"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "< script>alert(1)< /script>"),
        ("&amp;lt;b&amp;gt;", "< b>"),
        ("<scr<b>ipt>x", "< script>x"),
        ("if x<y then", "if x< y then"),
        ("\x1b[31mred\x07\x00 \u202egnp.exe\u2066", "[31mred gnp.exe"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("zero\u200bwidth \ufeff\U000e0041tag \ud83d", "zerowidth tag"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
        ("", ""),
    ],
)
def test_a_text_is_what_a_person_would_read(text, expected):
    assert plain(text, 200) == expected


def test_a_long_text_ends_in_an_ellipsis():
    assert plain("word " * 100, 21) == "word word word word…"
    assert len(plain("x" * 100_000, 300)) == 300


HOSTILE = st.text(st.sampled_from("<>&;/!ab#x3lt8gmp \n\t\x00\u202e\u200b\ud800é"), max_size=60)


@given(st.one_of(st.text(), HOSTILE), st.integers(1, 80))
def test_cleaning_what_is_clean_changes_nothing(text, limit):
    once = plain(text, limit)
    assert plain(once, limit) == once


@given(st.one_of(st.text(), HOSTILE), st.integers(1, 80))
def test_no_markup_and_nothing_that_acts_is_ever_left(text, limit):
    clean = plain(text, limit)
    assert len(clean) <= limit
    assert not any(one < " " and one != "\n" for one in clean)
    assert not set(clean) & set(
        "\x7f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )
    assert not any("\ud800" <= one <= "\udfff" for one in clean)
    assert "\n\n" not in clean
    assert not any(clean.find("<" + one) >= 0 for one in "abcxyzABC/!?")


@pytest.mark.parametrize(
    "text", ["&amp;" * 100_000, "<" * 400_000, "<!--" * 100_000, "&#38;" * 100_000, "\n" * 400_000]
)
def test_a_text_made_to_be_slow_is_bounded(text):
    assert len(plain(text, 4000)) <= 4000


def test_of_a_text_that_is_far_too_long_only_the_beginning_is_looked_at():
    assert plain(" " * 1000 + "late", 100) == ""


@pytest.mark.parametrize(
    "text",
    ["https://stspg.io/p7pqqb00414c", "http://a.example:8080/x?y=1#z", "HTTPS://EXAMPLE.COM"],
)
def test_an_address_of_the_web_may_be_opened(text):
    assert link(text) == text


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//example.com/x",
        "example.com",
        "https://",
        "https://trusted.example@evil.example/",
        "https://trusted.example\\@evil.example/",
        "https://a b/",
        "https://x/\n",
        "https://x/\u202etxt",
        "https://[::1/",
        "search-ms:query=x",
    ],
)
def test_nothing_else_may(text):
    assert link(text) is None
