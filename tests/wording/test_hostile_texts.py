"""Every text from outside, through every rule that hands texts on: read, never obeyed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import documents
from notifier.documents import Origin
from notifier.feeds.shape import TEXT, plain
from notifier.wording import sink
from notifier.wording.say import English
from tests.desktop.scenes import OFFLINE, OUTAGE
from tests.wording.hostile import OWN, acting, naughty, needs_corpus, poisoned, storm

PICKED = st.sampled_from(
    "ab &<\n\r\t\x00\x1b\x85\u0301\u0489\u200b\u200c\u200d\u202e\u2028\ud800\ue000\ufeff🇩🇪👩💻🏽é界"
)
ANY = st.one_of(st.text(max_size=200), st.text(PICKED, max_size=80), st.sampled_from(OWN))


def check_fit(text: str, most: int, breaks: str = "") -> None:
    """What a renderer of somebody else's may be handed."""
    assert acting(text, breaks) == []
    assert storm(text) <= 4
    assert len(text) <= most
    text.encode()


@needs_corpus
def test_every_naughty_string_is_fit_for_a_renderer():
    for text in naughty():
        check_fit(sink.line(text), 200)
        check_fit(sink.lines(text, 120), 120, "\n")
        check_fit(sink.lines(plain(text, TEXT), TEXT), TEXT, "\n")


@given(ANY, st.integers(1, 200))
def test_whatever_comes_the_rule_holds(text, most):
    check_fit(sink.line(text, most), most)
    check_fit(sink.lines(text, most), most, "\n")


@given(ANY, st.integers(1, 200))
def test_cleaning_what_is_clean_changes_nothing(text, most):
    assert sink.harmless(sink.harmless(text)) == sink.harmless(text)
    assert sink.line(sink.line(text, most), most) == sink.line(text, most)
    assert sink.lines(sink.lines(text, most), most) == sink.lines(text, most)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        pytest.param("👨‍👩‍👧 and 👨‍👩‍👧", 13, "👨‍👩‍👧 and…", id="a family is not parted"),
        pytest.param("a🇩🇪🇫🇷🇮🇹", 5, "a🇩🇪…", id="nor a flag"),
        pytest.param("ab👍🏽👍🏽c", 6, "ab👍🏽…", id="nor a hand from its colour"),
        pytest.param("क्षि" * 3, 6, "क्षि…", id="nor a syllable"),
        pytest.param("e\u0301" * 9, 6, "e\u0301e\u0301…", id="nor a letter from its mark"),
    ],
)
def test_what_is_seen_as_one_is_not_cut_apart(text, most, shown):
    assert sink.cut(text, most) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" + "\u200d" * 50 + "b", "a\u200db"),
        ("a\u200c\u200d\u200c\u200db", "a\u200cb"),
        ("\u200da b \u200cc", "a b c"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_joiner_stands_alone_between_two_letters(text, shown):
    assert sink.line(text) == shown


def test_what_means_nothing_outside_one_font_is_not_said():
    assert sink.line("a \uf8ff b") == "a \ufffd b"


@needs_corpus
def test_no_name_is_read_as_a_format_and_none_turns_the_sentence_around():
    say = English()
    for text in naughty():
        told = say("{name} is down", name=text)
        assert told.endswith(" is down")
        assert acting(told) == []


@needs_corpus
@pytest.mark.parametrize("board", [OUTAGE, OFFLINE], ids=["outage", "offline"])
def test_a_json_document_holds_every_text_on_one_line_and_none_acts(board):
    for text in naughty():
        line = documents.dumps(documents.check(poisoned(board, text), Origin.LOOKED), one_line=True)
        assert "\n" not in line
        assert all(acting(one) == [] for one in texts(json.loads(line)))


def texts(document):
    """Every text within a document."""
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        return [text for one in document for text in texts(one)]
    return [document] if isinstance(document, str) else []
