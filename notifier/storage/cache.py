"""The last reading per source with its validators, for commands that find no owner.

One file per source, replaced whole: several commands may run side by side, and a damaged file
costs one reading. Nothing here raises for a disk's sake; whatever cannot be read is not there.
The program's own owner keeps validators in memory and does not need this.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from notifier.model.last_reading import LastReading
from notifier.model.service import SourceId
from notifier.storage import whole_file
from notifier.storage.places import PlaceRefused, private_folder

log = logging.getLogger(__name__)

MOST_BODY = 4 * 1024 * 1024
"""Bytes of one document: what a look takes in at most."""

MOST_TOTAL = 32_000_000
"""Bytes of all readings; the oldest make room."""

_ENDING = ".reading1"
"""The number is that of the form they are kept in; those of another form are not looked at."""


class Cache:
    """The readings kept in `folder`, which is made when something is first kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, source: SourceId) -> LastReading | None:
        """The last reading of `source`; None where there is none that can be used."""
        path = self._path(source)
        try:
            if path.stat().st_size > MOST_TOTAL:
                return None
            reading = msgspec.msgpack.decode(path.read_bytes(), type=LastReading)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, msgspec.MsgspecError, RecursionError) as error:
            log.info("a kept reading cannot be read and is left out: %s", error)
            return None
        return reading if _usable(reading, source) else None

    def keep(self, reading: LastReading) -> bool:
        """Put `reading` in the place of the last one of its source; False where it is not kept."""
        if any(len(document.body) > MOST_BODY for document in reading.documents.values()):
            return False
        try:
            body = msgspec.msgpack.encode(reading)
        except ValueError as error:  # half a character pair in an address or a header
            log.info("a reading cannot be kept: %s", error)
            return False
        if len(body) > MOST_TOTAL:
            return False
        try:
            self._replace(self._path(reading.source), body)
        except (OSError, PlaceRefused) as error:
            log.info("a reading could not be kept: %s", error)
            return False
        return True

    def forget(self, source: SourceId) -> None:
        """Keep nothing of `source` any more."""
        with suppress(OSError):
            self._path(source).unlink()

    def _path(self, source: SourceId) -> Path:
        """A name of its own for every source, whatever characters its address has."""
        name = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}{_ENDING}"

    def _replace(self, path: Path, body: bytes) -> None:
        private_folder(self._folder)
        self._make_room(path, len(body))
        whole_file.replace(path, body)

    def _make_room(self, path: Path, wanted: int) -> None:
        """Remove the oldest readings until `wanted` more bytes fit.

        What a command left that died while writing counts, and goes, like a reading.
        """
        others = sorted(self._others(path))
        total = wanted + sum(size for _, size, _ in others)
        for _, size, found in others:
            if total <= MOST_TOTAL:
                return
            found.unlink(missing_ok=True)
            total -= size

    def _others(self, path: Path) -> Iterator[tuple[int, int, Path]]:
        """Age, size and place of all that lies here but `path`; another command may be quicker."""
        for found in self._folder.glob(f"*{_ENDING}*"):
            with suppress(FileNotFoundError):
                if found != path:
                    seen = found.stat()
                    yield seen.st_mtime_ns, seen.st_size, found


def _usable(reading: LastReading, source: SourceId) -> bool:
    """Whether it is that of `source`, and names an instant."""
    return (
        reading.source == source
        and reading.fetched_at.tzinfo is not None
        and all(len(document.body) <= MOST_BODY for document in reading.documents.values())
    )
