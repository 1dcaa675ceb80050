"""Text as a foreign renderer may be handed it: plain, bounded, without characters that act."""

import unicodedata

ELLIPSIS = "…"

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the text around them: dunst, xfce4-notifyd and mako all obey them."""

_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")
"""Characters that only hide something."""

_TAGS = range(0xE0000, 0xE0080)

_MOST_MARKS = 4
"""Marks upon one letter; no language needs more."""


def line(text: str, most: int = 200) -> str:
    """`text` as one line of at most `most` characters."""
    return cut(" ".join(harmless(text).split()), most)


def lines(text: str, most: int = 200) -> str:
    """`text` of at most `most` characters, its line breaks kept and blank lines dropped."""
    each = (" ".join(one.split()) for one in harmless(text).split("\n"))
    return cut("\n".join(one for one in each if one), most)


def harmless(text: str) -> str:
    """`text` without what acts instead of being read; other line breaks become newlines.

    A NUL or half a surrogate pair would cost the whole connection to the bus.
    """
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n"):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(_read(character, category))
    return "".join(kept)


def _read(character: str, category: str) -> str:
    """What is left of one character."""
    if character == "\n" or category in ("Zl", "Zp") or character in "\r\x85\v\f":
        return "\n"
    if category == "Cc":
        return " "
    code = ord(character)
    unfit = category == "Cs" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    if unfit or code in _TAGS or character in _DIRECTION or character in _INVISIBLE:
        return ""
    return character


def cut(text: str, most: int) -> str:
    """`text` shortened to `most` characters with an ellipsis, between words where one is near."""
    if len(text) <= most:
        return text
    end = most - 1
    while end > 0 and _clings(text[end]):
        end -= 1
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > most * 3 // 4:
        end = space
    return text[:end].rstrip() + ELLIPSIS


def _clings(character: str) -> bool:
    """Whether it belongs to the character before it: marks, joiners, skin tones."""
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
