"""The draft of the scratch pad on the disk, where the person keeps it: one file, theirs alone.

It begins with a line that says whether it is private; all after that is the text as it stands.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from notifier.storage import whole_file
from notifier.storage.places import PlaceRefused, private_folder

_OPEN, _PRIVATE = "AI Notifier: draft", "AI Notifier: draft, private"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was kept. Its text is in no `repr`."""

    text: str = field(repr=False)
    private: bool


class NotKept(Exception):
    """The disk holds what it held before; one sentence."""


def read(path: Path) -> Kept | None:
    """The draft that was kept; None where there is none, or what lies there is not of ours."""
    try:
        body = whole_file.content(path)
        head, _, text = ("" if body is None else body.decode("utf-8")).partition("\n")
    except (OSError, UnicodeDecodeError, whole_file.NotAFile):
        return None
    return Kept(text, head == _PRIVATE) if head in (_OPEN, _PRIVATE) else None


def keep(path: Path, text: str, *, private: bool) -> None:
    """Keep `text`, for this person alone: the old draft or the new one, never a mix.

    Raises:
        NotKept: there is no room or no right to.
    """
    body = f"{_PRIVATE if private else _OPEN}\n{text}".encode("utf-8", "replace")
    try:
        private_folder(path.parent)
        whole_file.sweep(path)
        whole_file.replace(path, body)
    except PlaceRefused as error:
        raise NotKept(str(error)) from error
    except OSError as error:
        raise NotKept(f"The draft cannot be kept in {path} ({error.strerror}).") from error


def forget(path: Path) -> None:
    """Leave nothing of it, nor of one that a process was writing when it was killed.

    Raises:
        NotKept: it could not be removed.
    """
    try:
        with suppress(FileNotFoundError):
            whole_file.sweep(path)
            path.unlink()
    except OSError as error:
        raise NotKept(f"The draft cannot be removed from {path} ({error.strerror}).") from error
