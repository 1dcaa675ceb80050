"""The status file on the disk: put in place whole, and taken away. Knows not what it says."""

import stat
from contextlib import suppress
from pathlib import Path

from notifier.storage import whole_file
from notifier.storage.places import make_folder

BEGINS = b'{\n  "schema": '
"""How every document of ours begins: what begins otherwise is somebody else's."""


class NotWritten(Exception):
    """The file is as it was; one sentence, and what to do."""


def put(path: Path, body: bytes) -> None:
    """Put `body` at `path`, for this person alone; a reader sees the old one whole, or this one.

    Raises:
        NotWritten: there is no room or no right to, or another file lies there.
    """
    try:
        if not _is_ours(path):
            raise NotWritten(
                f"{path} is no status file and is left alone; name another in settings.toml."
            )
        make_folder(path.parent)
        whole_file.sweep(path)
        whole_file.replace(path, body, lasting=False)
    except OSError as error:
        raise NotWritten(
            f"The status file {path} cannot be written ({error.strerror}); "
            "this is tried again every minute."
        ) from error


def take_away(path: Path) -> None:
    """Leave nothing at `path`: nobody watches any more, and what is old would lie.

    Also nothing of what a process has begun that was killed over it. Another's file stays.
    """
    with suppress(OSError):
        whole_file.sweep(path)
        if _is_ours(path):
            path.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Whether a status file is there, or nothing yet, or an empty file made to become one."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block whoever opens it
            return False
        with path.open("rb") as file:
            return file.read(len(BEGINS)) in (BEGINS, b"")
    except FileNotFoundError:
        return not path.is_symlink()
