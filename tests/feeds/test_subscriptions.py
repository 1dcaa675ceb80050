"""Lists of pages as others write them: what is in them, and what is never read."""

import pytest

from notifier.feeds import Unreadable
from notifier.feeds.subscriptions import MOST, Listed, is_xml, read_lines, read_opml
from tests.feeds.bodies import CORPUS

ATTACKS = sorted((CORPUS / "robust" / "xml-attacks").glob("*.xml"))

FROM_A_READER = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Subscriptions</title></head>
  <body>
    <outline text="AI" title="AI">
      <outline text="Deep">
        <outline type="rss" text="Claude status" xmlUrl="https://status.claude.com/history.rss"
                 htmlUrl="https://status.claude.com/"/>
      </outline>
      <outline title="Campus &amp; co" htmlUrl="https://status.example.edu"/>
    </outline>
    <outline text="Broken" xmlUrl="javascript:alert(1)"/>
    <outline text="Again" xmlUrl="https://status.claude.com/history.rss"/>
  </body>
</opml>
"""


def test_the_outlines_of_a_feed_reader_are_found_however_deep_they_lie():
    listing = read_opml(FROM_A_READER)
    assert listing.entries == (
        Listed(
            "https://status.claude.com/history.rss", "https://status.claude.com/", "Claude status"
        ),
        Listed("https://status.example.edu", "https://status.example.edu", "Campus & co"),
    )
    assert listing.strange == ("“Broken”",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_it_is_read_in_the_encoding_it_is_written_in(encoding):
    text = FROM_A_READER.decode().partition("\n")[2]
    assert is_xml(text.encode(encoding))
    assert read_opml(text.encode(encoding)) == read_opml(FROM_A_READER)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>', "document type"),
        (b"<opml><body></opml>", "not well-formed"),
        (b"<rss><channel/></rss>", "but no list"),
        (b"<opml>" + b"<outline>" * 200 + b"</outline>" * 200 + b"</opml>", "nested too deeply"),
        (b"<opml>" + b" " * 3_000_000 + b"</opml>", "larger than 2 MB"),
    ],
)
def test_what_must_not_be_read_is_refused_with_a_sentence(body, says):
    with pytest.raises(Unreadable, match=says):
        read_opml(body)


def test_a_plain_list_has_an_address_a_line_and_comments():
    listing = read_lines(
        "# mine\n\nhttps://status.example.edu/  # the campus\nstatus.example.org\r\n"
        "https://page.example/#part\nnot an address\nword\nhttps://status.example.edu/\n"
    )
    assert [one.url for one in listing.entries] == [
        "https://status.example.edu/",
        "status.example.org",
        "https://page.example/#part",
    ]
    assert listing.strange == ("line 6", "line 7")


def test_a_list_of_more_than_can_be_asked_after_is_refused_whole():
    lines = [f"https://{number}.example/" for number in range(MOST + 1)]
    with pytest.raises(Unreadable, match=f"{MOST + 1} addresses"):
        read_lines("\n".join(lines))
    assert len(read_lines("\n".join(lines[1:])).entries) == MOST


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.name)
def test_no_attack_on_readers_of_xml_is_read(path):
    with pytest.raises(Unreadable):
        read_opml(path.read_bytes())
