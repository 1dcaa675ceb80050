"""One table of settings.toml being read: gives what is right, complains once of what is not."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from notifier.model.settings import Complaint
from notifier.storage.settings_value import Check, Wrong, shown
from notifier.storage.toml_outline import Key, Outline

T = TypeVar("T")


class Findings:
    """What was found wrong with one file so far."""

    def __init__(self, file: str, outline: Outline) -> None:
        self._file = file
        self._outline = outline
        self._strange: set[str] = set()
        self.complaints: list[Complaint] = []
        self.newer = False
        """A newer program wrote the file: what is strange here means something there."""

    def line_of(self, key: Key) -> int | None:
        """The line of `key`, or of the nearest thing around it."""
        return self._outline.line_of(key)

    def complain(self, key: Key, text: str) -> None:
        """One more complaint, about `key`."""
        self.complaints.append(Complaint(self._file, self.line_of(key), text))

    def strange(self, key: Key, known: set[str]) -> None:
        """A key this version does not know: said once, however often it stands there."""
        name = str(key[-1])
        if self.newer or name in self._strange:
            return
        self._strange.add(name)
        from difflib import get_close_matches  # only slips of the pen need it

        near = get_close_matches(name, known, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        self.complain(key, f"{shown(name)} is not a setting this version knows; it is kept.{hint}")


class Table:
    """A table and where it stands. Whatever was not asked for is not known."""

    def __init__(self, raw: Mapping[str, object], key: Key, findings: Findings) -> None:
        self._raw = raw
        self._findings = findings
        self._known: set[str] = set()
        self.key = key

    @property
    def line(self) -> int | None:
        """The line the table begins on."""
        return self._findings.line_of(self.key)

    def __iter__(self) -> Iterator[str]:
        """The names the file says anything under."""
        return iter(self._raw)

    def has(self, name: str) -> bool:
        """Whether the file says anything under `name`."""
        return name in self._raw

    def complain(self, text: str, name: str | None = None) -> None:
        """A complaint about the table, or about one key of it."""
        self._findings.complain(self.key if name is None else (*self.key, name), text)

    def take(self, name: str, check: Check[T], default: T) -> T:
        """What the file says under `name`; `default` where it says nothing, or something wrong."""
        found = self._take(name, check)
        return default if found is None else found

    def maybe(self, name: str, check: Check[T]) -> T | None:
        """What the file says under `name`, None where it says nothing, or something wrong."""
        return self._take(name, check)

    def need(self, name: str, check: Check[T], otherwise: str) -> T | None:
        """The same, but its absence is complained of with what happens `otherwise`."""
        if not self.has(name):
            self._known.add(name)
            self.complain(f'"{name}" is missing; {otherwise}')
        return self._take(name, check)

    def several(self, name: str, check: Check[T]) -> tuple[T, ...] | None:
        """The right elements of a list, with one complaint about the wrong ones.

        None where there is no list, or nothing in it is right.
        """
        elements = self._take(name, _list)
        if elements is None:
            return None
        right: list[T] = []
        wrong = 0
        for place, raw in enumerate(elements):
            try:
                right.append(check(raw))
            except Wrong as error:
                wrong += 1
                if wrong == 1:
                    self._wrong((*self.key, name, place), f'each of "{name}"', raw, error)
        return tuple(right) if right or not wrong else None

    def table(self, name: str) -> "Table":
        """The table under `name`; an empty one where there is none."""
        return self.maybe_table(name) or Table({}, (*self.key, name), self._findings)

    def maybe_table(self, name: str) -> "Table | None":
        """The table under `name`, None where there is none."""
        raw = self._take(name, _table)
        return None if raw is None else Table(raw, (*self.key, name), self._findings)

    def tables(self, name: str, form: str) -> tuple["Table", ...]:
        """The tables of the list under `name`, which is written as `form` says."""
        self._known.add(name)
        raw = self._raw.get(name, [])
        if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
            self.complain(f'"{name}" must be written as {form}.', name)
            return ()
        return tuple(
            Table(one, (*self.key, name, place), self._findings) for place, one in enumerate(raw)
        )

    def close(self) -> None:
        """Everything was asked for: what is left is not known."""
        for name in self._raw:
            if name not in self._known:
                self._findings.strange((*self.key, name), self._known)

    def _take(self, name: str, check: Check[T]) -> T | None:
        self._known.add(name)
        if name not in self._raw:
            return None
        raw = self._raw[name]
        try:
            return check(raw)
        except Wrong as error:
            self._wrong((*self.key, name), f'"{name}"', raw, error)
            return None

    def _wrong(self, key: Key, what: str, raw: object, error: Wrong) -> None:
        says = "" if error.secret else f"; it says {shown(raw)}"
        self._findings.complain(key, f"{what} must be {error.allowed}{says}.")


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise Wrong("a list, as in [ … ]")
    return raw


def _table(raw: object) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise Wrong("a table")
    return raw
