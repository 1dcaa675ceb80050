"""The models of a local server, as a person is told of them: their names are anybody's text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from notifier.model.plain_text import plain

_NAME = 60
"""The most characters of a model's name."""

_MOST = 50
"""Names that are kept, however many a server says it has loaded."""

_SHOWN = 3

_LONGEST = 512
"""Characters of a name that is sent back to the server which said it."""

_SILENT = ("embed", "rerank", "whisper", "bge-")
"""What is in the names of models that answer nobody in words."""

# llama.cpp names a model by its file; whose folders that lies in is nobody's business.
_FOLDERS = re.compile(r"(?:[/~]|[A-Za-z]:[\\/]).*[\\/]")


@dataclass(frozen=True, slots=True)
class Models:
    """What a server has: `loaded` by name and `installed` in number, None where it does not say.

    `ids` are those it can be asked for, in its own words and not cleaned, the loaded ones first.
    Where it says neither, it keeps them to itself, and is taken to have some.
    """

    loaded: tuple[str, ...] | None = None
    installed: int | None = None
    ids: tuple[str, ...] = ()

    @property
    def able(self) -> bool:
        """Whether it has any, as far as it tells."""
        untold = self.loaded is None and self.installed is None
        return untold or bool(self.loaded or self.installed)

    def __str__(self) -> str:
        """For a person: `llama3.2 loaded, 3 installed`."""
        if self.loaded is None and self.installed is None:
            return "its models are told to those who are signed in"
        if self.installed == 0 and not self.loaded:
            return "no model installed"
        if self.loaded is None:
            return f"{self.installed} {'model' if self.installed == 1 else 'models'} installed"
        loaded = f"{_listed(self.loaded) or 'no model'} loaded"
        return loaded if self.installed is None else f"{loaded}, {self.installed} installed"


def names(said: Iterable[str]) -> tuple[str, ...]:
    """The first of these names, as they may be shown."""
    cleaned = (_clean(name) for name in islice(said, _MOST))
    return tuple(name for name in cleaned if name)


def talker(ids: Iterable[str]) -> str:
    """The model to ask for a word: the first that answers in words, by its name; else none."""
    fit = (name for name in ids if 0 < len(name) <= _LONGEST)
    return next((one for one in fit if not any(word in one.lower() for word in _SILENT)), "")


def _clean(name: str) -> str:
    if found := _FOLDERS.match(name[: 4 * _NAME]):
        name = name[found.end() :]
    return " ".join(plain(name.removesuffix(":latest"), _NAME).split())


def _listed(loaded: tuple[str, ...]) -> str:
    shown = ", ".join(loaded[:_SHOWN])
    more = len(loaded) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
