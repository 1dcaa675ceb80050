"""What never reaches a log or a report: secrets, and characters that act instead of being read.

Two nets. What is known to be secret is handed to `hide` by whoever reads it from the key store,
and is cut out of every text in whatever writing it stands there. What merely looks like one
(queries and passwords in addresses, headers with keys, the shapes vendors give their keys) is cut
out though nobody has named it.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterator

INSTEAD = "…"
"""What stands where a secret stood."""

SHORTEST = 4
"""A shorter secret would blot out half of every text; none is so short."""

MOST_CHARACTERS = 8_000
"""Of one line; the size of a log is bounded only if its lines are."""

_known: dict[str, re.Pattern[str]] = {}
"""Each secret with its writings, the longest first: one may begin with another."""


def hide(secret: str) -> None:
    """Cut `secret` out of every text from now on, in this process: like `logging`, it has one."""
    global _known  # noqa: PLW0603 - replaced whole, so that other threads see the old or the new
    if len(secret) >= SHORTEST and secret not in _known:
        known = {**_known, secret: re.compile("|".join(writings(secret)))}
        _known = dict(sorted(known.items(), key=lambda each: len(each[0]), reverse=True))


def without(secret: str, text: str) -> str:
    """`text` without a secret that was handed to `hide`; all else stays."""
    known = _known.get(secret)
    return text if known is None else known.sub("", text)


def redacted(text: str) -> str:
    """`text` without what is, or looks like, a secret."""
    for known in _known.values():
        text = known.sub(INSTEAD, text)
    for pattern, instead in _LOOKS_SECRET:
        text = re.sub(pattern, instead, text)
    return text


def a_token(word: str) -> bool:
    """Whether a word is one no person would write: long, of letters and digits mixed."""
    digits = sum(one.isdigit() for one in word)
    mixed = digits > 0 and any(one.isalpha() for one in word)
    long = len(word) >= 20 or (len(word) >= 16 and digits >= 3)
    return (mixed and long) or (len(word) >= 32 and not word.islower())


def line(text: str) -> str:
    """`text` as one line of a log: nothing secret in it, nothing that acts, and not too long."""
    # Escaped first: what is taken out of a text afterwards could join two halves of a secret.
    plain = redacted(_escaped(text))
    return plain if len(plain) <= MOST_CHARACTERS else plain[: MOST_CHARACTERS - 1] + INSTEAD


def _escaped(text: str) -> str:
    """Line ends, escapes, marks that turn the text, half a character pair: written out."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _spelt(one) for one in text)


def _spelt(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


# ------------------------------------------------------------- what somebody named as secret


def writings(secret: str) -> Iterator[str]:
    """Patterns: as it is and escaped, character by character; as hexadecimal digits; in base64."""
    raw = secret.encode("utf-8", "surrogatepass")
    yield "".join(_any_writing(character) for character in secret)
    yield f"(?i:{raw.hex()})"
    yield from (form for skip in range(3) if (form := _base64(raw, skip)) is not None)


_NAMED_IN_HTML = {"<": "lt", ">": "gt", "&": "amp", '"': "quot", "'": "apos"}


def _any_writing(character: str) -> str:
    """A character as it stands, or as addresses, JSON, Python and HTML escape it."""
    code, utf8 = ord(character), character.encode("utf-8", "surrogatepass")
    pairs = character.encode("utf-16-be", "surrogatepass").hex(" ", 2).split()
    units = r"\\".join(f"u{unit}" for unit in pairs)
    as_is = rf"\\?{re.escape(character)}"
    percent = "".join(f"%{byte:02x}" for byte in utf8) + (r"|\+" if character == " " else "")
    numbers = rf"\\(?:x{code:02x}|{units}|U{code:08x})"
    named = f"|{_NAMED_IN_HTML[character]}" if character in _NAMED_IN_HTML else ""
    entity = rf"&(?:\#0*{code}|\#x0*{code:x}{named});"
    return rf"(?:{as_is}|(?i:{percent}|{numbers}|{entity}))"


def _base64(raw: bytes, skip: int) -> str | None:
    """`raw` in base64 (either alphabet) after `skip` bytes of a group of three; what is certain.

    The characters at its ends also carry bits of what stands beside it and are cut out with it.
    """
    whole = b2a_base64(bytes(skip) + raw).decode()
    first, last = (0, 2, 3)[skip], (skip + len(raw)) * 8 // 6
    certain = whole[first:last]
    if len(certain) < SHORTEST:
        return None
    either = re.escape(certain).replace(r"\+", "[+-]").replace("/", "[/_]")
    return f"[A-Za-z0-9+/_-]{{0,{first}}}{either}[A-Za-z0-9+/_-]?={{0,2}}"


# ------------------------------------------------------------------ what looks like a secret

# Where keys are shown in documentation of their vendors; base64 keeps the beginning recognisable.
_SHAPES = (
    ("sk-", r"[\w-]{16,}"),  # OpenAI, Anthropic, DeepSeek, OpenRouter
    ("gsk_", r"\w{16,}"),  # Groq
    ("xai-", r"[\w-]{16,}"),
    ("pplx-", r"[\w-]{16,}"),
    ("hf_", r"\w{16,}"),  # Hugging Face
    ("r8_", r"\w{16,}"),  # Replicate
    ("AIza", r"[\w-]{20,}"),  # Google
    ("ya29.", r"[\w.-]{16,}"),
    ("AKIA", r"[0-9A-Z]{12,}"),  # Amazon
    ("ghp_", r"\w{16,}"),
    ("gho_", r"\w{16,}"),
    ("ghs_", r"\w{16,}"),
    ("github_pat_", r"\w{16,}"),
    ("eyJ", r"[\w-]{12,}(?:\.[\w-]*){0,4}"),  # a token of JSON, signed or not
)

# Not within a word (`risk-averse…`), but after the escape of whatever stands before it.
_BEGINS = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))"

_NAMES = (
    r"(?:proxy-)?authorization|(?:x-)?(?:goog-)?api[-_]?key|(?:set-)?cookie"
    r"|(?:access|refresh|auth)[-_]?token|token|client[-_]?secret|secret|password|passwd|passphrase"
)

_NAMED = (
    rf"(?i)\b({_NAMES})(\\?[\"']\s*[:=,]\s*b?\\?[\"']|\\?[\"']?\s*[:=]\s*)"
    r"[^\"'\\\s][^\"'\\\n]*"
)
"""A name, what joins it to its value, and the value; either may be quoted, the quotes escaped."""


def _in_base64(prefix: str) -> str:
    """What every base64 of a text with this beginning begins with."""
    return re.escape(b2a_base64(prefix.encode()).decode()[: len(prefix) * 8 // 6])


_LOOKS_SECRET = (
    # https://name:password@host
    (r"(?<=://)[^\s/?#@\"'<>]+@", f"{INSTEAD}@"),
    # https://host/path?query#fragment; a query that lost its address; one within another
    (r"(\b[A-Za-z][A-Za-z0-9+.-]{1,9}://[^\s?#\"'<>]*)[?#][^\s\"'<>]*", rf"\1?{INSTEAD}"),
    (r"\?[\w.~%\[\]-]{1,80}=[^\s\"'<>]*", f"?{INSTEAD}"),
    (r"(?i)%3F[\w.~%-]{1,80}%3D[^\s\"'<>]*", f"?{INSTEAD}"),
    # 'authorization': 'Bearer …', x-api-key: …, (b'X-Api-Key', b'…'), token=…
    (_NAMED, rf"\1\2{INSTEAD}"),
    (r"(?i)\b(Bearer)\s+[\w.~+/=-]{8,}", rf"\1 {INSTEAD}"),
    (r"(?i)\b(Basic)\s+[\w+/=-]{16,}", rf"\1 {INSTEAD}"),
    (_BEGINS + "(?:" + "|".join(re.escape(p) + rest for p, rest in _SHAPES) + ")", INSTEAD),
    (
        _BEGINS + "(?:" + "|".join(_in_base64(p) for p, _ in _SHAPES) + r")[\w+/-]{16,}={0,2}",
        INSTEAD,
    ),
)
"""Patterns, and what is left of each; compiled with the first line, long after the icon."""
