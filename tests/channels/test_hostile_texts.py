"""What each channel is handed: a text that is shown as it was written, and never does anything."""

import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from notifier.channels.balloon import Balloon
from notifier.channels.daemon import MOST_TEXT, Daemon, Quirks, raised
from notifier.channels.desktop_notifier import _in_their_terms
from notifier.wording import sink
from tests.channels.notices import OUTAGE
from tests.channels.stand_in_library import Centre
from tests.wording.hostile import CORPUS, OWN, acting, naughty, poisoned

TEXTS = frozenset({"body", "actions"})
READS_MARKUP = Daemon(":1.7", TEXTS | {"body-markup"})
PLAIN = Daemon(":1.7", TEXTS)
READS_TITLES = Daemon(":1.7", TEXTS | {"body-markup"}, Quirks(escape_title=True))

TITLE, BODY, ACTIONS = 3, 4, 5

EVERY = naughty() if CORPUS.is_dir() else OWN


def handed(text: str, daemon: Daemon):
    """Title, body and actions of a notice that says `text` everywhere, once on the wire."""
    message = raised(poisoned(OUTAGE, text), daemon, 0, text, None)
    assert message.serialise(serial=1)
    return message.body[TITLE], message.body[BODY], message.body[ACTIONS]


def as_shown(markup: str) -> str:
    """What a daemon shows that reads markup; fails where it would find a tag."""
    read = ET.fromstring(f"<b>{markup}</b>")
    assert len(read) == 0, "a tag was let through"
    return read.text or ""


@pytest.mark.parametrize("daemon", [READS_MARKUP, PLAIN, READS_TITLES])
def test_a_notice_says_what_is_written_and_nothing_in_it_acts(daemon):
    for text in EVERY:
        title, body, actions = handed(text, daemon)
        assert all(acting(one, "\n") == [] for one in (title, body, *actions))
        shown = as_shown(body) if daemon is not PLAIN else body
        assert shown == sink.lines(text, MOST_TEXT)
        told = as_shown(title) if daemon is READS_TITLES else title
        assert told == sink.line(text, MOST_TEXT)


def test_an_image_is_not_fetched_and_a_link_is_not_one():
    hostile = replace(OUTAGE, body="<img src='https://evil.example/x.png'><a href='x'>y</a>")
    _, body, _ = raised(hostile, READS_MARKUP, 0, "Details", None).body[TITLE : ACTIONS + 1]
    assert "<" not in body


def test_a_balloon_is_one_plain_line_and_plain_lines():
    blown: list[str] = []
    balloon = Balloon(lambda title, text, _: blown.extend((title, text)) or True)
    for text in EVERY:
        balloon.deliver(poisoned(OUTAGE, text), lambda _: None)
        title, body = blown[-2:]
        assert acting(title) == []
        assert acting(body, "\n") == []
        assert (title, body) == (sink.line(text), sink.lines(text))


def test_windows_and_macos_are_handed_plain_texts_and_no_more_than_fits(monkeypatch):
    monkeypatch.setitem(sys.modules, "desktop_notifier", Centre().module())
    for text in EVERY:
        terms = _in_their_terms(poisoned(OUTAGE, text), "h-1", lambda: None, aloud=False)
        assert (terms.title, terms.message) == (sink.line(text), sink.lines(text))
        for said in (terms.title, terms.message, *(button.title for button in terms.buttons)):
            assert acting(said, "\n") == []
