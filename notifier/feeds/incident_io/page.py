"""The document that incident.io's pages carry in their HTML, for the script that draws them.

Next.js writes what its components were given as rows of text, cut anywhere and pushed in pieces:
`self.__next_f.push([1,"…"])`. Nothing is run; the pieces are joined and the document cut out.
Seen: real pages of two vendors.
"""

import json
import re

from notifier.feeds.incident_io import document
from notifier.feeds.incident_io.document import Summary
from notifier.feeds.shape import Unreadable

MOST_BYTES = 4 * 1024 * 1024

_PIECE = re.compile(r'self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*+")\]\)', re.DOTALL)
_BEGINS = '"summary":{'


def summary(body: bytes) -> Summary:
    """The document within a page.

    Raises:
        Unreadable: there is none, or it is cut off, or the page carries two that differ.
    """
    if len(body) > MOST_BYTES:
        raise Unreadable(f"The page is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if b"__next_f" in body and not body.rstrip().endswith(b"</html>"):
        raise Unreadable("The web page is cut off.")
    rows = "".join(_pieces(body.decode(errors="replace")))
    found = {one for text in _documents(rows) if (one := _read(text)) is not None}
    if not found:
        raise Unreadable("A web page came, with no status in it that could be read.")
    if len(found) > 1:
        raise Unreadable("The page says two different things, so it is not clear which counts.")
    return found.pop()


def _pieces(page: str) -> list[str]:
    try:
        return [str(json.loads(piece)) for piece in _PIECE.findall(page)]
    except ValueError:
        raise Unreadable("The status within the web page is broken.") from None


def _documents(rows: str) -> list[str]:
    """Every summary that names what is affected; others have only the name in common."""
    found = []
    begin = rows.find(_BEGINS)
    while begin >= 0:
        start = begin + len(_BEGINS) - 1
        end = _end(rows, start)
        if '"affected_components":' in rows[start:end]:
            found.append(rows[start:end])
        begin = rows.find(_BEGINS, end)
    return found


def _read(text: str) -> Summary | None:
    """One copy of the document; None where parts of it only point at another copy."""
    try:
        return document.summary(text.encode())
    except Unreadable:
        return None


def _end(rows: str, start: int) -> int:
    """Where the object ends that begins at `start`."""
    try:
        return json.JSONDecoder().raw_decode(rows, start)[1]
    except (ValueError, RecursionError):
        raise Unreadable("The status within the web page is broken.") from None
