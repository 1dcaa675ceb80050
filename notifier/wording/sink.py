"""Text as a foreign renderer may be handed it: plain, bounded, without characters that act."""

import unicodedata

ELLIPSIS = "…"

_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs around numbers, the only format characters that are seen.

All others turn the text around them (dunst, xfce4-notifyd and mako obey them) or hide something.
"""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters by name that nobody sees."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible, and needed: by many scripts, and to make one picture of several."""

_OF_FLAGS = "".join(chr(code) for code in range(0x1F1E6, 0x1F200))
"""Two of these make one flag."""

_MOST_MARKS = 4
"""Marks upon one letter; no language needs more."""

_NOT_SAID = "\ufffd"
"""In place of a character that means something in one font only."""


def line(text: str, most: int = 200) -> str:
    """`text` as one line of at most `most` characters."""
    return cut(" ".join(harmless(text).split()), most)


def lines(text: str, most: int = 200) -> str:
    """`text` of at most `most` characters, its line breaks kept and blank lines dropped."""
    each = (" ".join(one.split()) for one in harmless(text).split("\n"))
    return cut("\n".join(one for one in each if one), most)


def harmless(text: str) -> str:
    """`text` without what acts instead of being read; other line breaks become newlines.

    A NUL or half a surrogate pair would cost the whole connection to the bus. What is harmless
    stays as it is.
    """
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n"):
        category = unicodedata.category(character)
        read = _read(character, category)
        if read in _JOINERS:
            if kept and kept[-1] not in _JOINERS and not kept[-1].isspace():
                kept.append(read)
        # What leaves nothing behind begins no new letter: or the next cleaning would find more.
        elif read:
            marks = marks + 1 if category in ("Mn", "Me") else 0
            if marks <= _MOST_MARKS:
                kept.append(read)
    return "".join(kept)


def _read(character: str, category: str) -> str:
    """What is left of one character."""
    if character == "\n" or category in ("Zl", "Zp") or character in "\r\x85\v\f":
        return "\n"
    if category == "Cc":
        return " "
    if category == "Co":
        return _NOT_SAID
    code = ord(character)
    unseen = category == "Cf" and character not in _JOINERS and character not in _SEEN
    unfit = category == "Cs" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "" if unseen or unfit or character in _BLANK else character


def cut(text: str, most: int) -> str:
    """`text` shortened to `most` characters with an ellipsis, between words where one is near.

    What a reader sees as one is not cut apart, so it is at most as many of those, too.
    """
    if len(text) <= most:
        return text
    end = most - 1
    while end > 0 and _clings(text, end):
        end -= 1
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > most * 3 // 4:
        end = space
    return text[:end].rstrip() + ELLIPSIS


def _clings(text: str, place: int) -> bool:
    """Whether what stands there belongs to what stands before: marks, joiners, tones, flags."""
    character = text[place]
    if character in _OF_FLAGS:
        before = text[:place]
        return (len(before) - len(before.rstrip(_OF_FLAGS))) % 2 == 1
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in _JOINERS
        or text[place - 1] == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
