"""Text for renderers we do not own: nothing in it acts, and it ends where it should."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.wording import sink


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("ChatGPT is down", "ChatGPT is down", id="plain text"),
        pytest.param("a\x00b\x1b[31mc\x07", "a b [31mc", id="controls and escapes"),
        pytest.param("a\u202egnp\u2066b\u200f", "agnpb", id="what turns the text around"),
        pytest.param("a\ud800b\uffffc", "abc", id="what is no character"),
        pytest.param("a\u200bb\ufeff\u00ad", "ab", id="what is not seen"),
        pytest.param("x\U000e0041\U000e007f", "x", id="tags"),
        pytest.param("a\u2028b\r\nc\nd", "a b c d", id="line breaks of every kind"),
        pytest.param("e" + "\u0301" * 40, "e" + "\u0301" * 4, id="a storm of marks"),
        pytest.param("<b>5 & 6</b>", "<b>5 & 6</b>", id="markup is the sink's own affair"),
        pytest.param("👩‍💻 می‌خواهم", "👩‍💻 می‌خواهم", id="joiners that languages need"),
    ],
)
def test_a_line_is_what_a_person_can_read(text, plain):
    assert sink.line(text) == plain


def test_lines_keep_their_breaks_and_lose_blank_ones():
    assert sink.lines("one\n\n  two  \r\n\x0b three") == "one\ntwo\nthree"


def test_a_long_text_ends_between_words():
    assert sink.line("word " * 50, 23) == "word word word word…"


def test_one_long_word_is_cut_hard():
    assert sink.line("x" * 50, 10) == "xxxxxxxxx…"


def test_a_letter_is_not_cut_from_its_marks():
    assert sink.line("abcde\u0301\u0302fgh", 6) == "abcd…"


@given(st.text(max_size=300), st.integers(2, 120))
def test_whatever_comes_in_what_goes_out_is_short_and_harmless(text, most):
    out = sink.lines(text, most)
    assert len(out) <= most
    assert not any(unicodedata.category(c) in ("Cs", "Zl", "Zp") for c in out)
    assert all(c == "\n" or unicodedata.category(c) != "Cc" for c in out)
    out.encode()
