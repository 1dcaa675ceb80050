"""Texts that are out to do something, and what must be left of none of them."""

import dataclasses
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "robust" / "naughty-strings"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside this checkout")

OWN = (
    "<h1>Down</h1><img src='file:///etc/passwd'><a href='https://evil.example'>x</a>",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x1b[2J\x1b[31mred\x1b[0m",
    "harmless\rOK: everything works",
    "one\n2026-11-23T18:00:00Z ERROR forged: a second line",
    "[bold red]not bold[/] [link=https://evil.example]x[/link] :smile:",
    "A&B && C_D __E__ %n %s {0} {name} ${HOME} `id` $(id)",
    "safe\u202egnp.exe\u202c \u2066\u2067\u2068 never closed",
    "e" + "\u0301" * 50 + "\u200b" + "\u0302" * 50 + "\u200d" * 50,
    "\u200dstart a\u200d\u200d\u200cb \ue000\U000f0000 \u3164\u115f\ufeff \U000e0041\U000e007f",
    "\ud83d half \udc00 \ufffe \U0001fffe \x00 \x85 \u2028 \u2029",
    "👨‍👩‍👧‍👦" * 40,
    "🇩🇪" * 90,
    "界" * 300,
    "'; DROP TABLE notices; --",
    "x" * 5000,
    "",
)

JOINERS = "\u200c\u200d"
NEEDED = JOINERS + "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
"""Format characters that act on nothing but the letters beside them, or are seen."""


def naughty() -> tuple[str, ...]:
    """The big list of naughty strings, and our own."""
    return (*json.loads((CORPUS / "blns.json").read_text("utf-8")), *OWN)


def acting(text: str, allowed: str = "") -> list[str]:
    """The characters of `text` that act instead of being read; none where a sink has done well."""
    return [
        hex(ord(character))
        for character in text
        if character not in NEEDED + allowed
        and (
            unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
            or ord(character) & 0xFFFE == 0xFFFE
        )
    ]


def storm(text: str) -> int:
    """The most marks upon one letter."""
    most = marks = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
            most = max(most, marks)
        elif character not in JOINERS:
            marks = 0
    return most


_TEXTS = {
    "title", "text", "name", "vendor", "group", "detail", "proves", "summary", "next_step",
    "headline", "state_words", "why", "complaints", "body", "labels",
}  # fmt: skip


def poisoned(value: Any, text: str) -> Any:
    """A frozen value with `text` in the place of everything a vendor or a person may word."""
    if isinstance(value, tuple):
        return tuple(poisoned(one, text) for one in value)
    if not dataclasses.is_dataclass(value):
        return value
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    changed = {
        name: _all_text(old, text) if name in _TEXTS else poisoned(old, text)
        for name, old in fields.items()
    }
    return dataclasses.replace(value, **changed)


def _all_text(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(_all_text(one, text) for one in value)
    return poisoned(value, text)
