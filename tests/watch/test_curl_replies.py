"""The replies curl is tested with, many deliberately broken: each ends in a failure of a kind."""

import functools
import re
from pathlib import Path

import pytest

from notifier import feeds
from notifier.model.observation import Failure, FailureKind, Report
from tests.watch.fault_server import CLOSE
from tests.watch.looking import SUMMARY, door, fetching, in_loop, page, statuspage
from tests.watch.test_fetch_sent import OURS

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "robust" / "http-curl"

REPLY = re.compile(rb"<(data\d*)( [^>]*)?>\r?\n(.*?)</\1>", re.DOTALL)
HEX = re.compile(rb"%hex\[(.*?)\]hex%", re.DOTALL)
REPEAT = re.compile(rb"%repeat\[(\d+) x (.*?)\]%", re.DOTALL)
CODED = re.compile(rb"%([0-9a-fA-F]{2})")


def uncoded(text: bytes) -> bytes:
    return CODED.sub(lambda found: bytes([int(found[1], 16)]), text)


def replies(stranger):
    """Every reply of the corpus, its macros (FILEFORMAT.md) filled in to point at `stranger`."""
    macros = (
        (b"%HOSTIP", stranger.host.encode()),
        (b"%HTTPPORT", str(stranger.port).encode()),
        (b"%TESTNUMBER", b"1"),
        (b"%CR", b"\r"),
    )
    for file in sorted(CORPUS.glob("test*.xml.txt")):
        for _, how, text in REPLY.findall(file.read_bytes()):
            filled = functools.reduce(lambda so_far, macro: so_far.replace(*macro), macros, text)
            filled = HEX.sub(lambda found: uncoded(found[1]), filled)
            filled = REPEAT.sub(lambda found: int(found[1]) * uncoded(found[2]), filled)
            yield with_line_ends(filled, how)


def with_line_ends(text: bytes, how: bytes) -> bytes:
    head, blank, rest = text.partition(b"\n\n")
    if b'crlf="headers"' in how:
        return head.replace(b"\n", b"\r\n") + blank.replace(b"\n", b"\r\n") + rest
    return text.replace(b"\n", b"\r\n") if b'crlf="yes"' in how else text


pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="curl's replies are not beside this checkout"
)


@in_loop
async def test_every_reply_of_curls_tests_ends_well(server, stranger, caplog):
    kinds = set()
    async with fetching(deadline=5.0) as fetch:
        for number, answer in enumerate(replies(stranger)):
            server.say(f"/{number}{SUMMARY}", (answer, CLOSE))
            server.say(f"/{number}", (answer, CLOSE))
            looked = await fetch.look(page(server.url(f"/{number}")))
            assert isinstance(looked.outcome, Failure)
            kinds.add(looked.outcome.kind)
            await fetch.look(door(server.url(f"/{number}")))
    assert number > 250
    assert FailureKind.INTERNAL not in kinds
    assert FailureKind.TIMEOUT not in kinds
    assert len(kinds) >= 6
    assert caplog.records == []
    assert stranger.connections == 0
    assert all(request.headers.keys() <= OURS for request in server.requests)


@in_loop
async def test_under_none_of_their_heads_does_half_a_document_count(server, stranger):
    """Where a whole one arrives by a head's own rules it says what it always said."""
    whole = statuspage()
    true = feeds.read("statuspage", "summary", {"summary": whole})
    read = 0
    async with fetching(deadline=5.0) as fetch:
        for answer in replies(stranger):
            head = re.split(rb"\r?\n\r?\n", answer)[0] + b"\r\n\r\n"
            for body in (whole[:-1], whole[: len(whole) // 2], whole):
                server.say(SUMMARY, (head + body, CLOSE))
                outcome = (await fetch.look(page(server.url()), fresh=True)).outcome
                if isinstance(outcome, Report):
                    read += 1
                    assert (body, outcome) == (whole, true), head
    assert read > 10, "some of the heads are in order"
    assert stranger.connections == 0
