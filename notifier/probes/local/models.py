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

# llama.cpp names a model by its file; whose folders that lies in is nobody's business.
_FOLDERS = re.compile(r"(?:[/~]|[A-Za-z]:[\\/]).*[\\/]")


@dataclass(frozen=True, slots=True)
class Models:
    """What a server has: `loaded` by name and `installed` in number, None where it does not say."""

    loaded: tuple[str, ...] | None = None
    installed: int | None = None

    def __str__(self) -> str:
        """For a person: `llama3.2 loaded, 3 installed`."""
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


def _clean(name: str) -> str:
    if found := _FOLDERS.match(name[: 4 * _NAME]):
        name = name[found.end() :]
    return " ".join(plain(name.removesuffix(":latest"), _NAME).split())


def _listed(loaded: tuple[str, ...]) -> str:
    shown = ", ".join(loaded[:_SHOWN])
    more = len(loaded) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
