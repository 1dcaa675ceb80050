"""settings.toml on the disk: read whole, and changed under a lock without touching the rest."""

import os
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from notifier.model.settings import Choices, Complaint, Watched
from notifier.storage import settings_edit, settings_good, whole_file
from notifier.storage.places import make_folder
from notifier.storage.settings_check import check, newer
from notifier.storage.settings_value import plain
from notifier.storage.toml_outline import Outline, outline

_NEW = "version = 1\n"

_WHAT_TO_DO = "correct it, or move the file away to start afresh"

_NEWER = (
    "{} was written by a newer version of this program and is not changed by this one; change it "
    "there, or by hand."
)

_Data = Mapping[str, object]

Fingerprint = tuple[int, int, int]
"""What differs once a file has been changed: time of change, size, number on the disk."""


class SettingsUnreadable(Exception):
    """The file is there and says nothing that can be understood; one sentence, and what to do."""


class SettingsRefused(Exception):
    """A change that was not made: the file is as it was; one sentence, and what to do."""


def read(path: Path) -> tuple[Choices, tuple[Complaint, ...]]:
    """What a person chose, and one complaint per wrong value. No file: nothing chosen.

    Raises:
        SettingsUnreadable: it is no TOML, no text, no file, or may not be read.
    """
    text = _text(path)
    if text is None:
        return Choices(), ()
    data, lines = _parsed(path, text)
    return check(path.name, data, lines, path.parent)


def read_last_good(path: Path) -> tuple[Choices, datetime] | None:
    """What a person had chosen when the file was last understood, and since when it said so.

    None where no such copy was kept, or where that one cannot be understood either.
    """
    good = settings_good.last(path)
    if good is None:
        return None
    try:
        data, lines = _parsed(path, _decoded(path, good.body))
    except SettingsUnreadable:
        return None
    return check(path.name, data, lines, path.parent)[0], good.since


def keep_good(path: Path) -> None:
    """Keep what the file says now as the last good content, if it is understood."""
    with suppress(SettingsUnreadable):
        body = _body(path)
        if body is not None:
            _parsed(path, _decoded(path, body))
            settings_good.keep(path, body)


def fingerprint(path: Path) -> Fingerprint | None:
    """What to compare to notice a change; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


# ------------------------------------------------------------------------------- changing


def add(path: Path, *watched: Watched) -> None:
    """Put more services at the end: all of them, or none.

    Raises:
        SettingsRefused: nothing was changed.
        SettingsUnreadable: what is there cannot be understood, so it is not touched.
    """
    _change(path, lambda text, _data, _lines: settings_edit.appended(text, watched))


def remove(path: Path, id_: str) -> bool:
    """Take a service out, with every entry of that id; `claude#2` means the second one alone.

    False where there is none. Raises as `add` does.
    """

    def edit(text: str, data: Mapping[str, object], lines: Outline) -> str:
        return settings_edit.without(text, lines, settings_edit.places_of(data, id_))

    return _change(path, edit)


def choose(path: Path, ids: Iterable[str], offered: Collection[str]) -> bool:
    """Watch exactly `ids` of those that were `offered`, as a chooser shows them.

    What stays chosen keeps its own label, parts and notes; what was not offered stays as it is.
    False where that changes nothing. Raises as `add` does.
    """
    wanted = tuple(dict.fromkeys(ids))

    def edit(text: str, data: Mapping[str, object], lines: Outline) -> str:
        there = settings_edit.ids_in(data)
        gone = tuple(
            place for place, id_ in enumerate(there) if id_ in offered and id_ not in wanted
        )
        new = tuple(Watched(id=id_) for id_ in wanted if id_ not in there)
        return settings_edit.appended(settings_edit.without(text, lines, gone), new)

    return _change(path, edit)


def keep_key(path: Path, entry: str, *, kept: bool) -> bool:
    """Note that the key store has, or with `kept` false no longer has, a key under `entry`.

    False where that was noted already. Raises as `add` does.
    """

    def edit(text: str, data: Mapping[str, object], lines: Outline) -> str:
        before = check(path.name, data, lines, path.parent)[0].keys
        after = tuple(name for name in before if name != entry)
        if kept is (entry in before):
            return text
        return settings_edit.with_list(text, lines, _KEYS, (*after, entry) if kept else after)

    return _change(path, edit)


def have_account(path: Path, id_: str) -> bool:
    """Note that the person has an account with a service, so that it may be offered.

    False where that was noted already. Raises as `add` does.
    """

    def edit(text: str, data: Mapping[str, object], lines: Outline) -> str:
        before = check(path.name, data, lines, path.parent)[0].instead.accounts
        if id_ in before:
            return text
        return settings_edit.with_list(text, lines, _ACCOUNTS, (*sorted(before), id_))

    return _change(path, edit)


def raw(path: Path) -> tuple[_Data, Outline]:
    """All that stands there, as TOML has it, and on which lines; raises SettingsUnreadable."""
    return _parsed(path, _text(path) or "")


def take_in(path: Path, compose: Callable[[_Data], str], at: datetime) -> Path | None:
    """Put the text `compose` makes of what is there in its place; where the copy of that is.

    None where there was nothing to keep, or nothing changes. Raises SettingsRefused.
    """
    with _alone(path) as real:
        new = compose(what_is_there(real)).encode()
        if new == whole_file.content(real):
            return None
        before = settings_good.keep_before(real, at)
        whole_file.replace(real, new)
    keep_good(path)
    return before


def what_is_there(path: Path) -> _Data:
    """The same; nothing where it cannot be understood. Raises SettingsRefused of a newer one."""
    try:
        data = raw(path)[0]
    except SettingsUnreadable:
        return {}
    if newer(data):
        raise SettingsRefused(_NEWER.format(path.name))
    return data


_KEYS = ("keys", "kept")
_ACCOUNTS = ("fallbacks", "accounts")

Edit = Callable[[str, Mapping[str, object], Outline], str]


def _change(path: Path, edit: Edit) -> bool:
    """Read, change and write in one go, no other process between; whether it made a difference."""
    with _alone(path) as real:
        before = _text(real)
        after = _edited(real, before or _NEW, edit)
        if after is None:
            return False
        # Never an empty file: that is what a crash leaves, and is not taken for a choice.
        whole_file.replace(real, (after or _NEW).encode())
    keep_good(path)
    return True


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """While inside, nobody else changes the file; whatever fails there is a `SettingsRefused`."""
    # A settings file that is a symbolic link is followed: somebody keeps it with their dotfiles.
    real = Path(os.path.realpath(path))
    try:
        make_folder(real.parent)
        with whole_file.locked(real):
            yield real
    except whole_file.Busy as error:
        raise SettingsRefused(
            f"{path.name} is being changed by another program; try again in a moment."
        ) from error
    except whole_file.NotAFile as error:
        raise SettingsRefused(f"{path.name} cannot be replaced, because {error}.") from error
    except settings_edit.NotEditable as error:
        raise SettingsRefused(f"{path.name} {error}") from error
    except OSError as error:
        raise SettingsRefused(
            f"{path.name} could not be written ({error.strerror}); it is as it was."
        ) from error


def _edited(path: Path, text: str, edit: Edit) -> str | None:
    """The text after the change; None where that changes nothing."""
    data, lines = _parsed(path, text)
    if newer(data):
        raise SettingsRefused(_NEWER.format(path.name))
    after = edit(text, data, lines)
    return None if after == text else after


# -------------------------------------------------------------------------------- reading


def _text(path: Path) -> str | None:
    """The text of the file without a byte-order mark, None where there is no file."""
    body = _body(path)
    return None if body is None else _decoded(path, body)


def _body(path: Path) -> bytes | None:
    """The bytes of the file, None where there is no file."""
    try:
        body = whole_file.content(path)
    except whole_file.NotAFile as error:
        raise SettingsUnreadable(
            f"{path.name} cannot be read, because {error}; move it away to start afresh."
        ) from error
    except OSError as error:
        raise SettingsUnreadable(
            f"{path.name} cannot be read ({error.strerror}); see who may read it."
        ) from error
    # A crash leaves files of no bytes. So does whoever empties one by hand; without services to
    # lose they are taken at their word.
    if body == b"" and settings_good.had_services(path):
        raise SettingsUnreadable(
            f"{path.name} is empty, as after a crash or on a full disk; restore it from "
            f"{path.name}.good, or write `version = 1` into it to start afresh."
        )
    return body


def _decoded(path: Path, body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise SettingsUnreadable(
            f"{path.name}, line {line}: this is not text in UTF-8; save it as UTF-8, or move the "
            "file away to start afresh."
        ) from error


def _parsed(path: Path, text: str) -> tuple[Mapping[str, object], Outline]:
    if text and not text.strip("\0"):
        raise SettingsUnreadable(
            f"{path.name} holds only zero bytes, as after a crash or on a full disk; restore it "
            "from a copy, or move it away to start afresh."
        )
    try:
        return tomllib.loads(text), outline(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsUnreadable(f"{path.name}{_where(error, text)}; {_WHAT_TO_DO}.") from error
    except RecursionError as error:
        raise SettingsUnreadable(
            f"{path.name} nests lists too deeply to be read; {_WHAT_TO_DO}."
        ) from error


def _where(error: tomllib.TOMLDecodeError, text: str) -> str:
    """Line, column and reason from the reader's own words: `Expected … (at line 1, column 5)`."""
    reason, _, at = str(error).rpartition(" (at ")
    place = at.removesuffix(")")
    if not place.startswith("line "):
        place = f"line {len(text.splitlines())}, its end"
    return f", {place}: this is not TOML ({plain(reason)})"
