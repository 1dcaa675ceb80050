"""What every engine needs to read bytes from outside. Knows no vendor and no state."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TypeVar

import msgspec

from notifier.model.address import opened_host
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
    body = body.removeprefix(b"\xef\xbb\xbf")
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


def _all_there(body: bytes, again: bytes) -> bool:
    """Whether certainly nothing is missing from `body`, which was read and written `again`.

    With every name its colon would be missing; unless there are colons that are written as
    escapes, which nobody does, for these come out as colons more.
    """
    if _written_alike(body, again):
        return True
    return again.count(b":") >= body.count(b":") and b"\\u003" not in body


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
    `document` finds out of any. What `kind` takes as it stands (`msgspec.Raw`) is not looked into.
    """
    try:
        read = msgspec.json.decode(body, type=kind)
        again = msgspec.json.encode(read)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None  # whoever asks tries the long way, and is told what is wrong
    return read if _all_there(body, again) else None


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
    return tuple(f"unknown {what} “{plain(word, 40)}”" for word in sorted({*words} - {*table}))


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


# -- texts ----------------------------------------------------------------------------------

_BREAK = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")

# What acts instead of being read: direction overrides, invisible characters, tags, half
# surrogate pairs, code points that are no characters. The joiners stay: languages need them.
_ACTING = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_CONTROL = re.compile(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]")

_NEW_LINE = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_LEFT = re.compile(r"<(?=[A-Za-z/!?])")

_MOST_ROUNDS = 8


def plain(text: str, limit: int) -> str:
    """`text` without markup, control and direction characters, of at most `limit` characters.

    Line breaks are kept, several as one. Cleaning what is clean changes nothing.
    """
    if len(text) <= limit and _is_plain(text):
        return text
    # Four times the limit leaves room for markup and bounds the work on a text of any size.
    text = text[: limit * 4]
    for _ in range(_MOST_ROUNDS):
        cleaned = _cleaned(text)
        if cleaned == text:
            break
        text = cleaned
    else:
        # Markup within markup within markup is a game, not a text: what could open more goes.
        text = _cleaned(text.replace("&", " ").replace("<", " "))
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _is_plain(text: str) -> bool:
    """Whether there is certainly nothing to do: nearly every name and id."""
    return text.isalnum() or (
        text.isprintable()
        and "<" not in text
        and ("&" not in text or ";" not in text)
        and "  " not in text
        and text == text.strip()
    )


def _cleaned(text: str) -> str:
    text = _CONTROL.sub(" ", _ACTING.sub("", _BREAK.sub("\n", text)))
    text = _TAG.sub("", _NEW_LINE.sub("\n", text))
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _TAG_LEFT.sub("< ", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def link(text: str | None) -> str | None:
    """An address a browser may be given (`opened_host`); None for anything else."""
    return text if text is not None and opened_host(text) is not None else None
