"""A desktop entry as text: what is written for the session, and what a file that was found says.

The rules are those of the Desktop Entry Specification 1.5: a value is escaped as a string, and
before that each word of `Exec` is quoted by rules of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from notifier.autostart import COMMENT, NAME, Refused

FILE = "ai-notifier.desktop"

_GROUP = "[Desktop Entry]"
_MARK = "X-AI-Notifier-Autostart"
"""By this key an entry is known as ours; the tools of desktops keep keys they do not know."""

_RESERVED = frozenset(" '\"><~|&;$*?#()`")
_ESCAPED_IN_QUOTES = re.compile(r'(["`$])')

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Line breaks and their kin, and bytes of a name on disk that are no UTF-8."""

_MISREAD = frozenset("\\")
"""systemd 252, which starts the programs of GNOME and Plasma, takes it for an escape of its own."""

_MISREAD_IN_PROGRAM = _MISREAD | frozenset("%=")
"""GLib and systemd look for a program that has %% in its name; the specification forbids =."""

_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says; `words` are empty where it starts nothing that can be understood."""

    words: tuple[str, ...]
    must_exist: str
    """`TryExec`: where it is given and not there, the entry is passed over."""
    off: bool
    ours: bool

    @property
    def only_off(self) -> bool:
        """Whether it does nothing but switch off what is started for every account."""
        return self.off and not self.words


def starting(words: Sequence[str]) -> str:
    """The text of an entry that starts `words`.

    Raises:
        Refused: an entry cannot name that program.
    """
    _sayable(words)
    program, *arguments = words
    command = " ".join((_quoted(program), *map(_plain_or_quoted, arguments)))
    return _text(
        f"Exec={_string(command)}",
        f"TryExec={_string(program)}",
        "Icon=ai-notifier",
        "Terminal=false",
        "StartupNotify=false",
        "X-GNOME-Autostart-enabled=true",
    )


def switched_off() -> str:
    """The text of an entry that keeps the one for every account from starting."""
    return _text("Hidden=true")


def _text(*lines: str) -> str:
    head = ("Type=Application", f"Name={NAME}", f"Comment={COMMENT}")
    about = "# Written by `notifier autostart`, which also changes and removes it."
    return "\n".join((about, _GROUP, *head, *lines, f"{_MARK}=1", ""))


def _sayable(words: Sequence[str]) -> None:
    """Raise Refused for what desktops would read as something else, whatever the rules say."""
    for place, word in enumerate(words):
        misread = _MISREAD if place else _MISREAD_IN_PROGRAM
        if bad := next((one for one in word if one in misread or category(one) in _NO_TEXT), None):
            raise Refused(
                f"A login cannot start {word!r}: desktops misread the {bad!r} in it. "
                "Install it under a plainer name."
            )


def _plain_or_quoted(word: str) -> str:
    return _quoted(word) if not word or _RESERVED & set(word) else word.replace("%", "%%")


def _quoted(word: str) -> str:
    inside = _ESCAPED_IN_QUOTES.sub(r"\\\1", word)
    # A single % would begin a field code.
    return f'"{inside.replace("%", "%%")}"'


def _string(value: str) -> str:
    """A value of type string. A space at its end would be lost in reading."""
    escaped = value.replace("\\", "\\\\")
    return f"{escaped[:-1]}\\s" if escaped.endswith(" ") else escaped


def read(text: str) -> Entry:
    """What an entry says, whoever wrote it."""
    said = _keys(text)
    return Entry(
        words=_words(said.get("Exec", "")),
        must_exist=said.get("TryExec", ""),
        off=said.get("Hidden") == "true" or said.get("X-GNOME-Autostart-enabled") == "false",
        ours=_MARK in said,
    )


def _keys(text: str) -> dict[str, str]:
    """The keys of the entry itself; other groups are about actions, which no login takes."""
    said: dict[str, str] = {}
    inside = False
    for line in text.split("\n"):
        if line.startswith("["):
            inside = line.strip() == _GROUP
        elif inside and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            said.setdefault(key.strip(), _unescaped(value.strip(" \t\r")))
    return said


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value)


_WORD = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^ "]+)')


def _words(command: str) -> tuple[str, ...]:
    """The words of a command line, field codes left out."""
    words = []
    for found in _WORD.finditer(command):
        quoted = found["quoted"]
        word = found["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        expanded = re.sub("%(.?)", lambda code: "%" if code[1] == "%" else "", word)
        if expanded or quoted is not None:
            words.append(expanded)
    return tuple(words)
