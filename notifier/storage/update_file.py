"""The update of the catalogue on the disk, and what is remembered of those there were.

    catalogue.signed   the signed file, as it came
    catalogue.seen     by key, the newest number that was taken and its digest; and when the
                       address in the settings was last asked

What is remembered outlives the file, or a file taken away would open the door to an older one.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from notifier.catalogue.update import Seen
from notifier.storage import whole_file
from notifier.storage.places import PlaceRefused, private_folder


class _Memory(msgspec.Struct, frozen=True):
    seen: dict[str, Seen] = {}
    asked: datetime | None = None


class NotStored(Exception):
    """The update could not be put on the disk; one sentence."""


class UpdateFile:
    """The files of one profile."""

    def __init__(self, signed: Path) -> None:
        """`signed` is where the signed file lies; the other is beside it."""
        self._signed = signed
        self._memory = signed.with_suffix(".seen")

    def body(self) -> bytes | None:
        """The signed file; None where there is none, or none that can be read."""
        try:
            return whole_file.content(self._signed)
        except (OSError, whole_file.NotAFile):
            return None

    def seen(self) -> Mapping[str, Seen]:
        """The newest update of each key."""
        return self._remembered().seen

    def asked(self) -> datetime | None:
        """When the address was last asked."""
        return self._remembered().asked

    def keep(self, body: bytes, key: str, seen: Seen) -> None:
        """Remember an update that was looked through, and then put it on the disk.

        In this order: a program killed between the two falls back to the built-in one, and takes
        the same update again. Raises NotStored.
        """
        known = self._remembered()
        self._remember(_Memory({**known.seen, key: seen}, known.asked))
        self._write(self._signed, body)

    def note_asked(self, at: datetime) -> None:
        """Remember that the address was asked; raises NotStored."""
        self._remember(_Memory(self._remembered().seen, at))

    def drop(self) -> bool:
        """Take the signed file away; False where there was none. Raises NotStored."""
        try:
            self._signed.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise NotStored(f"{self._signed} cannot be removed: {error.strerror}.") from error
        return True

    def _remembered(self) -> _Memory:
        try:
            return msgspec.json.decode(whole_file.content(self._memory) or b"{}", type=_Memory)
        except (OSError, whole_file.NotAFile, msgspec.DecodeError):
            return _Memory()

    def _remember(self, memory: _Memory) -> None:
        self._write(self._memory, msgspec.json.encode(memory))

    def _write(self, path: Path, body: bytes) -> None:
        try:
            private_folder(path.parent)
            with whole_file.locked(path):
                whole_file.replace(path, body)
        except OSError as error:
            raise NotStored(f"{path} cannot be written: {error.strerror}.") from error
        except PlaceRefused as error:
            raise NotStored(str(error)) from error
        except whole_file.Busy as error:
            raise NotStored(f"{path} is being written by another program; try again.") from error
