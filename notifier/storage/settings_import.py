"""Settings from another computer: believed only as a whole, and what they would change here."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from notifier.model.address import KEY_PLACE
from notifier.model.settings import Choices
from notifier.storage.settings_check import check, newer
from notifier.storage.settings_export import FORMAT, FORMAT_VERSION, HEAD, names_kept
from notifier.storage.settings_value import plain
from notifier.storage.toml_outline import outline
from notifier.storage.toml_text import toml

_ASSIGNS = re.compile(r"[\w.\"'-]+\s*=")


class NotTakenIn(Exception):
    """Nothing of a file is taken in; each of `says` is a sentence."""

    def __init__(self, *says: str) -> None:
        super().__init__(" ".join(says))
        self.says = says


@dataclass(frozen=True, slots=True)
class Brought:
    """Settings of another computer, every value of which is right here.

    `keys` are the names of those that were kept there.
    """

    data: Mapping[str, Any]
    choices: Choices
    keys: tuple[str, ...]

    def text(self, here: Mapping[str, object]) -> str:
        """The settings file they make in the place of what is `here`: its keys stay this one's."""
        keys = {"keys": kept} if isinstance(kept := here.get("keys"), dict) else {}
        return toml({**self.data, **keys})

    def keys_missing(self, here: Mapping[str, object]) -> tuple[str, ...]:
        """The names of keys that were kept there or that an address wants, and are not `here`."""
        kept = names_kept(here)
        wanted = dict.fromkeys((*self.keys, *_wanted(self.choices)))
        return tuple(name for name in wanted if name not in kept)


def _wanted(choices: Choices) -> Iterator[str]:
    for one in choices.watched:
        door = one.probe
        if KEY_PLACE in f"{one.status} {door and door.url}":
            yield (door and door.key) or one.id


def is_settings(text: str) -> bool:
    """Whether a text is settings, right or wrong ones: an address is never followed by `=`."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return first.startswith("[") or _ASSIGNS.match(first) is not None


def read(name: str, text: str) -> Brought:
    """What `notifier export` has written, or a settings file as it stands.

    Raises:
        NotTakenIn: with all that is wrong with it.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotTakenIn(f"{name} is not TOML: {plain(str(error))}.") from error
    head = data.pop(HEAD, None)
    _refuse_strange(name, data, head)
    choices, complaints = check(name, data, outline(text), Path())
    if complaints:
        raise NotTakenIn(*(str(one) for one in complaints))
    keys = names_kept({"keys": {"kept": head.get("keys")}} if head else data)
    data.pop("keys", None)
    return Brought(data, choices, keys)


def _refuse_strange(name: str, data: Mapping[str, Any], head: object) -> None:
    if head is not None:
        said = head if isinstance(head, dict) else {}
        if said.get("format") != FORMAT:
            raise NotTakenIn(f"{name} is no export of this program.")
        if said.get("version") != FORMAT_VERSION:
            raise NotTakenIn(f"{name} was written by a newer version of this program; update it.")
    if "version" not in data:
        raise NotTakenIn(f"{name} is no export of this program: it names no version.")
    if newer(data):
        raise NotTakenIn(f"{name} was written by a newer version of this program; update it.")


# ---------------------------------------------------------------------------- what would change


class Kind(Enum):
    """What becomes of one thing."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise: a service by its id, or a table; `keys` of it, if few."""

    kind: Kind
    what: str
    keys: tuple[str, ...] = ()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """How `after` differs from `before`, both as TOML has them."""
    return (
        *_between(_services(before), _services(after), "{}"),
        *_between(_tables(before), _tables(after), "[{}]"),
    )


def _tables(data: Mapping[str, Any]) -> dict[str, Any]:
    """What holds for all services; the keys stay those of each computer."""
    return {name: data[name] for name in sorted(data.keys() - {"service", "version", "keys"})}


def _services(data: Mapping[str, Any]) -> dict[str, Any]:
    """The services by id; a second one of the same id is `claude#2`."""
    found: dict[str, Any] = {}
    tables = data.get("service", [])
    for one in tables if isinstance(tables, list) else []:
        id_ = str(one.get("id", "")) if isinstance(one, dict) else ""
        count = sum(key.partition("#")[0] == id_ for key in found)
        found[f"{id_}#{count + 1}" if count else id_] = one
    return found


def _between(old: Mapping[str, Any], new: Mapping[str, Any], form: str) -> Iterator[Change]:
    for name in (*new, *(one for one in old if one not in new)):
        what = form.format(name)
        if name not in old:
            yield Change(Kind.ADDED, what)
        elif name not in new:
            yield Change(Kind.REMOVED, what)
        elif old[name] != new[name]:
            yield Change(Kind.CHANGED, what, _differing(old[name], new[name]))


def _differing(old: object, new: object) -> tuple[str, ...]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ()
    return tuple(key for key in {**new, **old} if old.get(key) != new.get(key))
