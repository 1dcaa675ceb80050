"""What every engine needs to read bytes from outside. Knows no vendor and no state."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TypeVar

import msgspec

from notifier.model.address import opened_host
from notifier.model.plain_text import plain
from notifier.model.web_page import is_web_page

__all__ = [
    "ID",
    "LINE",
    "TEXT",
    "Unreadable",
    "body_of",
    "decode",
    "document",
    "is_web_page",
    "link",
    "moment",
    "newest",
    "pieces",
    "plain",
    "shaped",
    "unknown",
    "whole",
]

ID, LINE, TEXT = 100, 300, 4000
"""The most characters of an id, of a name or title, and of an update's text."""

_Kind = TypeVar("_Kind")


class Unreadable(Exception):
    """Bytes that are not the document they should be; one sentence for a person."""


# -- documents ------------------------------------------------------------------------------


def decode(body: bytes, kind: type[_Kind]) -> _Kind:
    """The one complete JSON document that `body` is, as `kind`.

    Raises:
        Unreadable: broken, ambiguous or of another shape.
    """
    return shaped(document(body), kind)


def document(body: bytes) -> object:
    """The one complete JSON document that `body` is, as plain dicts and lists.

    Raises:
        Unreadable: broken (RFC 8259), or a name stands twice in one object.
    """
    body = _unmarked(body)
    try:
        tree = msgspec.json.decode(body)
        again = msgspec.json.encode(tree)
    except RecursionError:
        raise Unreadable("The document is nested too deeply to be a status page.") from None
    except UnicodeDecodeError:
        raise Unreadable("The document is not valid UTF-8.") from None
    except msgspec.DecodeError as error:
        raise Unreadable(_broken(body, error)) from None
    # Of a name that stands twice only one is left. Which of two words counts nobody can know: an
    # ambiguous document is no evidence.
    if not _all_there(body, again) and _says_twice(body):
        raise Unreadable("The document says the same thing twice, so it is not clear which counts.")
    return tree


_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"}
"""How JSON begins that is marked with what it is written in, as Amazon's is (feeds.md 1.10)."""


def _unmarked(body: bytes) -> bytes:
    """`body` in UTF-8, without the mark it may begin with.

    Raises:
        Unreadable: it is not written in what its mark says.
    """
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            try:
                return body.removeprefix(mark).decode(encoding).encode()
            except UnicodeDecodeError:
                raise Unreadable(f"The document is not valid {encoding[:6].upper()}.") from None
    return body


def _all_there(body: bytes, again: bytes) -> bool:
    """Whether certainly nothing is missing from `body`, which was read and written `again`.

    With every name its colon would be missing; unless there are colons that are written as
    escapes, which nobody does, for these come out as colons more.
    """
    if _written_alike(body, again):
        return True
    if again.count(b":") < body.count(b":"):
        return False
    return b"\\" not in body or not _ESCAPED_COLON.search(body)


def _says_twice(body: bytes) -> bool:
    """Whether a name stands twice in one object: each is looked at, which takes its time."""
    try:
        json.loads(body, object_pairs_hook=_each_once, parse_int=str, parse_float=str)
    except (_Twice, RecursionError):
        return True
    return False


class _Twice(Exception):
    """A name stands twice in one object."""


def _each_once(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise _Twice


_ESCAPED_COLON = re.compile(rb"\\u003[aA]")

_ESCAPED = {b"\\u0026": b"&", b"\\u003c": b"<", b"\\u003e": b">"}
"""What Ruby on Rails, and with it many a vendor, writes in a longer way than it must."""

_MOST_ESCAPES = 200


def _written_alike(body: bytes, again: bytes) -> bool:
    """Whether both are the same but for such escapes: then nothing of `body` is missing.

    It says so of most pages in a tenth of the time it takes to count; it may say no of any.
    """
    here = there = 0
    view = memoryview(body)  # whose slices are no copies
    for _ in range(_MOST_ESCAPES):
        escape = body.find(b"\\", here)
        if escape < 0:
            left = len(body) - here
            return len(again) - there == left and again.startswith(view[here:], there)
        if not again.startswith(view[here:escape], there):
            return False
        there += escape - here
        letter = _ESCAPED.get(body[escape : escape + 6])
        if letter and again.startswith(letter, there):
            here, there = escape + 6, there + 1
        elif again.startswith(body[escape : escape + 2], there):
            here, there = escape + 2, there + 2
        else:
            return False
    return False


def whole(body: bytes, kind: type[_Kind]) -> _Kind | None:
    """The document as `kind`, if that says all there is in `body` and says it once; else None.

    For the one form nearly all documents of a vendor have: there it proves, in half the time, what
    `document` finds out of any. What `kind` adds where it is not said (a default that is not
    `msgspec.UNSET`) could stand for what is said twice: it must not.
    """
    try:
        read = msgspec.json.decode(body, type=kind)
        again = msgspec.json.encode(read)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None  # whoever asks tries the long way, and is told what is wrong
    return read if _all_there(body, again) else None


def pieces(body: bytes) -> tuple[bytes, ...]:
    """The pieces of a document that is a list, unread.

    Raises:
        Unreadable: it is no list, or broken.
    """
    body = _unmarked(body)
    try:
        return tuple(map(bytes, msgspec.json.decode(body, type=tuple[msgspec.Raw, ...])))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        document(body)  # tells whether it is broken; else it is no list
        raise Unreadable("The document is not of the expected shape: it is no list.") from None


def read_whole(body: bytes, kind: type[_Kind]) -> _Kind:
    """As `decode`, and quicker where `kind` has all there is in `body`.

    Raises:
        Unreadable: broken, ambiguous or of another shape.
    """
    read = whole(body, kind)
    return decode(body, kind) if read is None else read


def shaped(tree: object, kind: type[_Kind]) -> _Kind:
    """A part of a `document` as `kind`.

    Raises:
        Unreadable: it has another shape.
    """
    try:
        return msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The document is not of the expected shape: {error}.") from None


def body_of(bodies: Mapping[str, bytes], name: str) -> bytes:
    """The body that answers the want `name`.

    Raises:
        Unreadable: nobody brought it.
    """
    try:
        return bodies[name]
    except KeyError:
        raise Unreadable(f"The document “{name}” is missing.") from None


def _broken(body: bytes, error: msgspec.DecodeError) -> str:
    if not body.strip():
        return "The answer is empty."
    if is_web_page(body):
        return "A web page came instead of data."
    return f"The answer is not a whole JSON document: {error}."


def unknown(what: str, words: Iterable[str], table: Mapping[str, object]) -> tuple[str, ...]:
    """A note for each of `words` that `table` does not know, the word kept."""
    odd = {*words}.difference(table)
    return tuple(f"unknown {what} “{plain(word, 40)}”" for word in sorted(odd)) if odd else ()


# -- times ----------------------------------------------------------------------------------

_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]((?:[01][0-9]|2[0-3]):[0-9]{2}:)([0-9]{2})(?:\.([0-9]+))?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)


_USUAL = 40
"""Characters of a stamp; a longer one is none of those that are met again."""


def moment(text: str | None) -> datetime | None:
    """The instant of an RFC 3339 stamp, in UTC; None for anything else. Never raises.

    Fractions beyond microseconds are cut. A leap second is the second after it.
    """
    if not text:
        return None
    return _moment(text) if len(text) <= _USUAL else _moment.__wrapped__(text)


@lru_cache(maxsize=2048)  # a page is full of the same old times whenever it is read
def _moment(text: str) -> datetime | None:
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    day, hours, second, fraction, sign, offset_hours, offset_minutes = found.groups()
    leap = second == "60"
    try:
        local = datetime.fromisoformat(f"{day}T{hours}{'59' if leap else second}")
        zone = UTC if sign is None else timezone(_offset(sign, offset_hours, offset_minutes))
        stamp = local.replace(tzinfo=zone, microsecond=int((fraction or "0")[:6].ljust(6, "0")))
        stamp = stamp.astimezone(UTC)
        if leap:
            stamp = stamp.replace(microsecond=0)
            return stamp + timedelta(seconds=1) if (stamp.hour, stamp.minute) == (23, 59) else None
        return stamp
    except (ValueError, OverflowError):  # a day, an offset or a year that does not exist
        return None


def _offset(sign: str, hours: str, minutes: str) -> timedelta:
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError("no such offset")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return -ahead if sign == "-" else ahead


def newest(*times: datetime | None) -> datetime | None:
    """The latest of `times` that is known."""
    return max((at for at in times if at is not None), default=None)


# -- addresses ------------------------------------------------------------------------------


def link(text: str | None) -> str | None:
    """An address a browser may be given (`opened_host`); None for anything else."""
    return text if text and opened_host(text) is not None else None
