"""The small file a login reads: read with suspicion, replaced whole, for this person alone."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from notifier.autostart import Refused

MOST_BYTES = 1 << 16
"""Ours has some hundred."""


def content(path: Path) -> str | None:
    """The text of the file, None where there is none.

    Raises:
        Refused: it is a link, no file, too large, no text, or cannot be read.
    """
    try:
        body = _bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(foreign(path, "is not text")) from error


def _bytes(path: Path) -> bytes:
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind):
        raise Refused(foreign(path, f"is a link to {path.readlink()}"))
    if not stat.S_ISREG(kind):
        raise Refused(foreign(path, "is not a file"))
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Refused(foreign(path, "is far too large"))
    return body


def foreign(path: Path, what: str = "was not written by `notifier autostart`") -> str:
    """What is said of a file under our name that is not ours."""
    return f"{path} {what}, so it stays as it is; move it away, then try again."


def replace(path: Path, text: str) -> None:
    """Put `text` in the place of the file, readable by this person alone; whole or not at all.

    Raises:
        Refused: nothing was changed.
    """
    try:
        _make(path.parent)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        new = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # mkstemp never gives more than 0600; a strange umask may have taken from that.
            new.chmod(0o600)
            new.replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                new.unlink()
            raise
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from error


def _make(folder: Path) -> None:
    """Make `folder` and all above it where missing, for this person alone under any umask."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        one.chmod(0o700)


def remove(path: Path) -> None:
    """Take the file away.

    Raises:
        Refused: it is still there.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(f"{path} cannot be removed: {error.strerror}.") from error
