"""What each single value of settings.toml may be, in a phrase that completes `must be …`."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from notifier.model.address import KEY_PLACE, place
from notifier.model.duration import seconds
from notifier.model.settings import LEAST_INTERVAL, MOST_INTERVAL
from notifier.model.settings_words import PUSH_ENTRY

T = TypeVar("T")

Check = Callable[[object], T]
"""Turns what the file says into what is meant, or raises `Wrong`."""

MOST_SHOWN = 60
"""Characters of a wrong value that a complaint repeats."""

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
# How keys of the large vendors begin: such a word is a key, not the name of one.
_KEY_ITSELF = re.compile(r"(sk|pk|rk|gsk|hf|ghp|gho|pplx|xai)[-_]|github_pat_|AIza|eyJ")
_PUBLIC_KEY = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")
_LONGEST_LINE = 200
_MOST_NOTICES = 100


class Wrong(Exception):
    """A value is not allowed; says what is. A secret is not to be repeated."""

    def __init__(self, allowed: str, *, secret: bool = False) -> None:
        super().__init__(allowed)
        self.allowed = allowed
        self.secret = secret


def one_of(words: Mapping[str, T]) -> Check[T]:
    """One of a few words, each with what it means."""
    *most, last = (f'"{word}"' for word in words)
    allowed = f"{', '.join(most)} or {last}" if most else last

    def check(raw: object) -> T:
        if not isinstance(raw, str) or raw not in words:
            raise Wrong(allowed)
        return words[raw]

    return check


def yes_or_no(raw: object) -> bool:
    """On or off."""
    if not isinstance(raw, bool):
        raise Wrong("true or false")
    return raw


def version(raw: object) -> int:
    """The version of the format, from 1."""
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 1:
        raise Wrong("a whole number, such as 1")
    return raw


def interval(raw: object) -> float:
    """Seconds between two looks: `60s`, `5m`, `1h`."""
    span = seconds(raw) if isinstance(raw, str) else None
    if span is None:
        raise Wrong('a time such as "60s" or "5m", between 30s and 1h')
    if not LEAST_INTERVAL <= span <= MOST_INTERVAL:
        raise Wrong("between 30s and 1h")
    return span


def span(least: str, most: str) -> Check[float]:
    """Seconds, from `least` to `most`, both written as files write them."""
    shortest, longest = seconds(least) or 0.0, seconds(most) or 0.0

    def check(raw: object) -> float:
        found = seconds(raw) if isinstance(raw, str) else None
        if found is None or not shortest <= found <= longest:
            raise Wrong(f'a time such as "10s", between {least} and {most}')
        return found

    return check


def ceiling(raw: object) -> int:
    """The most notices of an hour."""
    if not isinstance(raw, int) or isinstance(raw, bool) or not 3 <= raw <= _MOST_NOTICES:
        raise Wrong(f"a whole number between 3 and {_MOST_NOTICES}")
    return raw


def clock(raw: object) -> time:
    """A time of day, `22:00`."""
    found = _CLOCK.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise Wrong('a time of day such as "22:00"')
    return time(int(found[1]), int(found[2]))


def line(raw: object) -> str:
    """A line of text a person may read."""
    if not isinstance(raw, str) or not raw.strip() or len(raw) > _LONGEST_LINE:
        raise Wrong(f"a text of 1 to {_LONGEST_LINE} characters")
    if not raw.isprintable():
        raise Wrong("one line of text without control characters")
    return raw


def identifier(raw: object) -> str:
    """The id of a service."""
    if not isinstance(raw, str) or not _IDENTIFIER.fullmatch(raw):
        raise Wrong('a word of letters, digits, ".", "_" and "-", such as "chatgpt"')
    return raw


def key_name(raw: object) -> str:
    """The name of an entry of the key store, never a key itself."""
    allowed = "the name of an entry in the key store, never the key itself"
    if not isinstance(raw, str) or not _KEY_NAME.fullmatch(raw) or _KEY_ITSELF.match(raw):
        raise Wrong(allowed, secret=True)
    return raw


def kept_name(raw: object) -> str:
    """The name of an entry under which something is kept: a key, or the address of a push."""
    if isinstance(raw, str) and raw.startswith(PUSH_ENTRY):
        return PUSH_ENTRY + key_name(raw.removeprefix(PUSH_ENTRY))
    return key_name(raw)


def secret(raw: object) -> object:
    """What should not stand there, whatever it is: it is complained of and never repeated."""
    return raw


def command(raw: object) -> tuple[str, ...]:
    """A program by its whole path, and its arguments; `~` is the person's own folder.

    No shell reads it, and nobody looks for it on a path that others may write to. What it says is
    not repeated: people hand tokens to programs.
    """
    allowed = 'a list that begins with the whole path of a program, such as ["~/bin/lamp", "red"]'
    if not isinstance(raw, list) or not raw:
        raise Wrong(allowed, secret=True)
    if not all(isinstance(word, str) and "\0" not in word for word in raw):
        raise Wrong(allowed, secret=True)
    try:
        program = Path(raw[0]).expanduser()
    except RuntimeError as error:  # `~name` of somebody this machine does not know
        raise Wrong(allowed, secret=True) from error
    if not program.is_absolute():
        raise Wrong(allowed, secret=True)
    return (str(program), *raw[1:])


def address(raw: object) -> str:
    """An address of the web, whole."""
    allowed = "an address that begins with https:// or http://"
    if not isinstance(raw, str) or not raw.lower().startswith(("https://", "http://")):
        raise Wrong(allowed)
    if place(raw) is None or any(char.isspace() or not char.isprintable() for char in raw):
        raise Wrong(allowed)
    return raw


def update_address(raw: object) -> str:
    """Where an update of the catalogue is fetched, or nothing."""
    if raw == "":
        return ""
    if not isinstance(raw, str) or not raw.startswith("https://"):
        raise Wrong('"" or an address that begins with https://')
    return address(raw)


def public_key(raw: object) -> str:
    """A public key of 32 bytes in base64, as `dev.py sign-catalogue` prints it."""
    if not isinstance(raw, str) or not _PUBLIC_KEY.fullmatch(raw):
        raise Wrong("a public key of Ed25519 in base64, of 44 characters")
    return raw


def keyed_address(raw: object) -> str:
    """An address in whose path or query `{key}` stands for a secret; in its host it would leak."""
    if not isinstance(raw, str) or KEY_PLACE not in raw:
        return address(raw)
    before, _, rest = raw.partition("://")
    if KEY_PLACE in before + re.split(r"[/?#\\]", rest, maxsplit=1)[0]:
        raise Wrong(f"an address with {KEY_PLACE} after its host only", secret=True)
    address(raw.replace(KEY_PLACE, "key"))
    return raw


def proxy(raw: object) -> str:
    """`system`, `none` or the address of a proxy."""
    if raw in ("system", "none"):
        return str(raw)
    allowed = '"system", "none" or http://host:port'
    if not isinstance(raw, str) or not raw.startswith("http://"):
        raise Wrong(allowed)
    try:
        parts = urlsplit(raw)
        complete = bool(parts.hostname) and bool(parts.port)
    except ValueError:
        complete = False
    if not complete or place(raw) is None or parts.path not in ("", "/") or parts.query:
        raise Wrong(allowed)
    return raw.rstrip("/")


def file_beside(folder: Path) -> Check[str]:
    """The path of a file; a relative one is meant from `folder`."""

    def check(raw: object) -> str:
        if not isinstance(raw, str) or not raw.strip() or not raw.isprintable():
            raise Wrong("the path of a file")
        try:
            return str(folder / Path(raw).expanduser())
        except RuntimeError as error:  # `~name` of somebody this machine does not know
            raise Wrong("the path of a file") from error

    return check


def file_of_its_own(raw: object) -> str:
    """The path of a file, whole: it says the same wherever the program is started."""
    allowed = "the path of a file that begins with / or ~"
    if not isinstance(raw, str) or not raw.isprintable() or raw.endswith("/"):
        raise Wrong(allowed)
    try:
        path = Path(raw).expanduser()
    except RuntimeError as error:  # as in `file_beside`
        raise Wrong(allowed) from error
    if not path.is_absolute():
        raise Wrong(allowed)
    return str(path)


def shown(raw: object) -> str:
    """A wrong value as a complaint repeats it: short, on one line, no password, no query."""
    match raw:
        case bool():
            text = str(raw).lower()
        case str():
            text = f'"{_discreet(raw)}"'
        case date() | time():
            text = raw.isoformat()
        case list():
            text = f"[{', '.join(shown(item) for item in raw[:3])}{', …' * (len(raw) > 3)}]"
        case dict():
            text = "a table"
        case _:
            text = str(raw)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def _discreet(text: str) -> str:
    """Without what may be a password or a token in an address."""
    return plain(re.sub(r"(?<=\?)\S*=\S*", "…", re.sub(r"(?<=//)[^/@]*@", "…@", text)))


def plain(text: str) -> str:
    """Somebody else's text without control characters, cut to a line."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…"
