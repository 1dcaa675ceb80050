"""The data a page built with Next.js carries in its HTML, for the script that draws it.

Next.js writes what its components were given as rows of text, cut anywhere and pushed in pieces:
`self.__next_f.push([1,"…"])`. Nothing is run; the pieces are joined and objects cut out. Knows no
vendor.
"""

import json
import re

from notifier.feeds.shape import Unreadable

MOST_BYTES = 4 * 1024 * 1024

_PIECE = re.compile(r'self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*+")\]\)', re.DOTALL)


def rows(body: bytes) -> str:
    """The rows of a page, joined; empty where it has none.

    Raises:
        Unreadable: the page is too large, cut off or broken.
    """
    if len(body) > MOST_BYTES:
        raise Unreadable(f"The page is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if b"__next_f" in body and not is_whole(body):
        raise Unreadable("The web page is cut off.")
    try:
        pieces = [str(json.loads(piece)) for piece in _PIECE.findall(body.decode(errors="replace"))]
    except ValueError:
        raise Unreadable("The status within the web page is broken.") from None
    return "".join(pieces)


def is_whole(body: bytes) -> bool:
    """Whether a web page ends as one does."""
    return body.rstrip().endswith(b"</html>")


def objects(text: str, name: str) -> list[str]:
    """Every JSON object in `text` that stands under `name`, those within one another left out.

    Raises:
        Unreadable: one of them does not end.
    """
    begins, found = f'"{name}":{{', []
    begin = text.find(begins)
    while begin >= 0:
        start = begin + len(begins) - 1
        end = _end(text, start)
        found.append(text[start:end])
        begin = text.find(begins, end)
    return found


def _end(text: str, start: int) -> int:
    """Where the object ends that begins at `start`."""
    try:
        return json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        raise Unreadable("The status within the web page is broken.") from None
