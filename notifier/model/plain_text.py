"""Text from outside as it may be shown: plain, bounded, with nothing in it that acts."""

import html
import re

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
