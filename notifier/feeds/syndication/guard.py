"""The gate before any reader of XML: nothing passes that could expand, fetch or run away.

A feed is turned into text here, by its byte order mark or by the encoding it declares, looked at
as that text, and handed on as the UTF-8 of that very text. So no encoding can hide from this gate
what a reader behind it would find. A document type is refused whatever it says (entities that
expand, entities that fetch), and so is what nests or repeats without end.
"""

import re
from dataclasses import dataclass
from pyexpat import ExpatError, ParserCreate

from notifier.feeds.shape import Unreadable

MOST_BYTES = 2 * 1024 * 1024
MOST_DAMAGED = 64 * 1024
"""Bytes of a feed, and of one that is not well-formed: to mend is slow work."""

MOST_ENTRIES = 600
"""Entries looked at; of more, the first and the last ones, for either end may be the newest."""

_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Guarded:
    """A feed that may be read: UTF-8, no document type, bounded. `damage` says what is wrong."""

    body: bytes
    damage: str = ""
    """Why it is not well-formed: what it says is then no evidence. Empty where it is."""
    left_out: int = 0
    """Entries taken out of its middle."""
    notes: tuple[str, ...] = ()


def guarded(body: bytes) -> Guarded:
    """`body` as a feed that may be read.

    Raises:
        Unreadable: it is no feed, or one that must not be read.
    """
    text, whole = _admitted(body)
    notes = () if whole else ("some of its characters are broken",)
    encoded = text.encode(errors="replace")
    walk = _Walk()
    try:
        walk.over(encoded)
    except ExpatError as error:
        return _damaged(text, f"the feed is not well-formed ({error})", notes)
    if walk.root not in _ROOTS:
        raise Unreadable("The document is XML, but no feed.")
    encoded, left_out = _without_middle(encoded, walk.entries)
    return Guarded(_OURS + encoded, left_out=left_out, notes=notes)


def well_formed(body: bytes, root: str) -> bytes:
    """`body`, a document of XML whose outermost element is `root`, as UTF-8: nothing is mended.

    Raises:
        Unreadable: it is no such document, or one that must not be read.
    """
    encoded = _admitted(body)[0].encode(errors="replace")
    walk = _Walk()
    try:
        walk.over(encoded)
    except ExpatError as error:
        raise Unreadable(f"The feed is not well-formed ({error}).") from error
    if walk.root != root:
        raise Unreadable("The document is XML, but no feed.")
    return _OURS + encoded


def _admitted(body: bytes) -> tuple[str, bool]:
    """The text of `body` without its declaration, and whether all its characters were whole.

    Raises:
        Unreadable: it is too large, written in an unknown way, or brings a document type.
    """
    if len(body) > MOST_BYTES:
        raise Unreadable(f"The feed is larger than {MOST_BYTES // 1024 // 1024} MB.")
    text, whole = _decoded(body)
    text = _DECLARATION.sub("", text.lstrip(_BLANK), count=1)
    _refuse_document_type(text)
    return text, whole


# -- what it is written in -------------------------------------------------------------------

_BLANK = "\ufeff \t\r\n"
_OURS = b'<?xml version="1.0" encoding="utf-8"?>'
_DECLARATION = re.compile(r"<\?xml\s[^<>]{0,400}\?>", re.IGNORECASE)

_MARKS = (
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
)
"""How a document begins that is not written in bytes of ASCII (XML 1.0, appendix F)."""

_DECLARED = re.compile(rb"""\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([^"'<>]{1,60})["']""")

_ENCODINGS = {
    **dict.fromkeys(("utf8", "usascii", "ascii"), "utf-8"),
    # .NET writes UTF-16 into the declaration of a text it sends as UTF-8.
    **dict.fromkeys(("utf16", "utf16le", "utf16be", "utf32", "utf32le", "utf32be"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    "big5": "big5",
    "shiftjis": "shift_jis",
    "sjis": "shift_jis",
    "xsjis": "shift_jis",
    "eucjp": "euc_jp",
    "euckr": "euc_kr",
    "koi8r": "koi8_r",
    "koi8u": "koi8_u",
    "latin1": "iso8859_1",
    **{f"iso8859{n}": f"iso8859_{n}" for n in range(1, 17) if n != 12},
    **{f"windows{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
}
"""What a declaration may name, without - and _, and how it is read. All contain ASCII."""


def _decoded(body: bytes) -> tuple[str, bool]:
    """The text of `body`, and whether every byte of it was some character's.

    Raises:
        Unreadable: it is written in an unknown way, or not in the way it says.
    """
    encoding = _encoding(body)
    try:
        text, whole = body.decode(encoding), True
    except UnicodeDecodeError:
        text, whole = body.decode(encoding, errors="replace"), False
    if "\x00" in text:
        raise Unreadable("The feed is not written in the encoding it begins in.")
    return text, whole


def _encoding(body: bytes) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding
    declared = _DECLARED.match(body)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii", "replace")
    known = _ENCODINGS.get(re.sub(r"[-_\s]", "", name).lower())
    if known is None:
        raise Unreadable(f"The feed is written in “{name[:40]}”, which is not read here.")
    return known


# -- what must not be in it ------------------------------------------------------------------

_FIRST_ELEMENT = re.compile(r"<[A-Za-z_:]")
_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_SAYS = "The feed brings a document type or entities of its own, which are never read."


def _refuse_document_type(text: str) -> None:
    first = _FIRST_ELEMENT.search(text)
    if _TYPE.search(text, 0, first.start() if first else len(text)):
        raise Unreadable(_SAYS)


def _damaged(text: str, damage: str, notes: tuple[str, ...]) -> Guarded:
    """A feed to be mended. Nobody knows where its quotes end: no `<!` may stand anywhere."""
    if _TYPE.search(text):
        raise Unreadable(_SAYS)
    first = _FIRST_ELEMENT.search(text)
    if first is None or not _BEGINS.match(text, first.start()):
        raise Unreadable("The answer is not a feed.")
    body = text.encode(errors="replace")
    if len(body) > MOST_DAMAGED:
        raise Unreadable(damage[0].upper() + damage[1:] + ".")
    return Guarded(_OURS + body, damage, notes=notes)


_ROOTS = frozenset({"rss", "feed", "rdf"})
_BEGINS = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)


class _Walk:
    """One pass over a document by expat, which is told of no external entity and fetches none."""

    def __init__(self) -> None:
        self.root = ""
        self.entries: list[int] = []
        """Where each entry begins, in bytes."""
        self._depth = 0
        self._begun: int | None = None
        self._parser = ParserCreate("utf-8", " ")

    def over(self, body: bytes) -> None:
        """Walk through all of it; raises ExpatError where it is not well-formed.

        Raises:
            Unreadable: it must not be read.
        """
        parser = self._parser
        parser.StartDoctypeDeclHandler = _refused
        parser.EntityDeclHandler = _refused
        parser.StartElementHandler = self._opens
        parser.EndElementHandler = self._closes
        parser.Parse(body, True)

    def _opens(self, name: str, attributes: object) -> None:
        del attributes
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("The feed is nested too deeply to be one.")
        local = name.rpartition(" ")[2].lower()
        if self._depth == 1:
            self.root = local
        elif self._depth <= 3 and self._begun is None and local in ("item", "entry"):
            self._begun = self._depth
            self.entries.append(self._parser.CurrentByteIndex)

    def _closes(self, name: str) -> None:
        del name
        if self._begun == self._depth:
            self._begun = None
        self._depth -= 1


def _refused(*_: object) -> None:
    raise Unreadable(_SAYS)


def _without_middle(body: bytes, entries: list[int]) -> tuple[bytes, int]:
    """`body` with so many entries out of its middle that the most are left, and how many."""
    left_out = len(entries) - MOST_ENTRIES
    if left_out <= 0:
        return body, 0
    half = MOST_ENTRIES // 2
    return body[: entries[half]] + body[entries[-half] :], left_out
