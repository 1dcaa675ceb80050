"""A piece of a page that has not changed is not read again; whatever has is."""

import msgspec
import pytest

from notifier import feeds
from notifier.feeds.memory import LARGEST, MOST, forget, remembered
from notifier.feeds.shape import Unreadable, pieces
from notifier.model.health import Health
from tests.feeds.bodies import body, event, summary, update


class Piece(msgspec.Struct, frozen=True):
    """Something a page says."""

    says: object


class Reader:
    """Reads pieces, and counts how often it had to."""

    def __init__(self):
        forget()
        self.read = []
        self.of = remembered(self._of)

    def _of(self, piece, home=""):
        self.read.append(piece)
        return (piece, home)


def test_the_same_piece_is_read_once_and_another_for_itself():
    reader = Reader()
    assert reader.of(Piece("down")) is reader.of(Piece("down"))
    assert reader.of(Piece("up")) == (Piece("up"), "")
    assert reader.of(Piece("up"), "https://a.example") == (Piece("up"), "https://a.example")
    assert len(reader.read) == 3


def test_what_two_readers_make_of_one_piece_is_not_mixed_up():
    one, other = Reader(), Reader()
    one.of(b"{}")
    assert other.of(b"{}") == (b"{}", "")
    assert (len(one.read), len(other.read)) == (1, 1)


def test_a_start_remembers_nothing():
    reader = Reader()
    reader.of(b"{}")
    forget()
    reader.of(b"{}")
    assert len(reader.read) == 2


def test_a_piece_too_large_is_read_each_time():
    reader = Reader()
    for size in (LARGEST - 8, LARGEST + 8):
        for _ in range(2):
            reader.of(b"x" * size)
    assert [len(piece) for piece in reader.read] == [LARGEST - 8, LARGEST + 8, LARGEST + 8]


def test_however_much_comes_only_so_much_is_remembered_and_the_newest_of_it():
    reader, size = Reader(), 100_000
    everything = [bytes([number]) * size for number in range(MOST // size + 20)]
    for piece in everything:
        reader.of(piece)
    reader.read.clear()
    for piece in reversed(everything[-MOST // size + 1 :]):
        reader.of(piece)
    assert reader.read == [], "what came last is still there"
    reader.of(everything[0])
    assert reader.read == [everything[0]], "what came first is gone"


@pytest.mark.parametrize("odd", [10**30, -(10**30)])
def test_what_cannot_be_compared_is_read_each_time(odd):
    reader = Reader()
    assert reader.of(Piece(odd)) == reader.of(Piece(odd)) == (Piece(odd), "")
    assert len(reader.read) == 2


def test_a_page_that_changes_is_never_told_as_it_was():
    first = event(incident_updates=[update("identified", "We know.", "2026-07-29T13:00:00Z")])
    more = update("monitoring", "Mended.", "2026-07-29T14:00:00Z")
    told = []
    for updates in ([], [more], []):
        page = summary(
            incidents=[first | {"incident_updates": [*updates, *first["incident_updates"]]}]
        )
        report = feeds.read("statuspage", "summary", {"summary": body(page)})
        told.append([one.text for one in report.incidents[0].updates])
    assert told == [["We know."], ["Mended.", "We know."], ["We know."]]
    worse = summary(incidents=[first | {"impact": "critical", "status": "investigating"}])
    report = feeds.read("statuspage", "summary", {"summary": body(worse)})
    assert report.incidents[0].floor is Health.MAJOR_OUTAGE


class TestTheUnreadPiecesOfAList:
    def test_are_as_they_stand_in_it(self):
        assert pieces(b' [ {"a": 1} , null,[2 ]] ') == (b'{"a": 1}', b"null", b"[2 ]")
        assert pieces(b"[]") == ()
        assert pieces(b"\xef\xbb\xbf[1]") == (b"1",)

    @pytest.mark.parametrize(
        ("document", "says"),
        [
            (b"{}", "no list"),
            (b'"a"', "no list"),
            (b"[1", "not a whole JSON document"),
            (b"[1]]", "not a whole JSON document"),
            (b"", "empty"),
            (b"<html><body>Sign in</body></html>", "web page"),
            (b"[" * 100_000, "nested"),
        ],
    )
    def test_are_none_where_there_is_no_list(self, document, says):
        with pytest.raises(Unreadable, match=says):
            pieces(document)
