"""Copies beside settings.toml: the last one that was understood, and those nobody could read.

The file itself belongs to the person and is not touched here. Nothing here raises for a disk's
sake: a folder that takes no copy has no copy.

    settings.toml                  what the person wrote, whatever it says now
    settings.toml.good             what it said when it was last understood
    settings.toml.bad-20261123-…   what it said when it was not
    settings.toml.before-2026…     what it said before others were taken in
"""

import logging
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from notifier.storage import whole_file

log = logging.getLogger(__name__)

MOST_SET_ASIDE = 3
"""Copies kept of a kind; whoever corrects a file by trying must not fill the folder."""

PATIENCE = 0.2
"""Seconds to wait for whoever changes the file: it will be looked at again once it is changed."""

_NO_COPY = (OSError, whole_file.Busy, whole_file.NotAFile)


class Good(Struct, frozen=True):
    """What the file said when it was last understood, and since when it said so."""

    body: bytes
    since: datetime


def last(path: Path) -> Good | None:
    """The last good content of the settings file at `path`; None where none was kept."""
    place = _good(path)
    try:
        body = whole_file.content(place)
        if body is None:
            return None
        return Good(body, datetime.fromtimestamp(place.stat().st_mtime, UTC))
    except (OSError, OverflowError, ValueError, whole_file.NotAFile) as error:
        log.info("the last good settings cannot be read: %s", error)
        return None


def had_services(path: Path) -> bool:
    """Whether the last good content names services: then there is something to lose."""
    kept = last(path)
    return kept is not None and _chooses(kept.body)


def _chooses(body: bytes) -> bool:
    try:
        return bool(tomllib.loads(body.decode("utf-8-sig")).get("service"))
    except (ValueError, RecursionError):
        return False


def keep(path: Path, body: bytes) -> None:
    """Keep `body`, which was understood, as the last good content of the file at `path`."""
    try:
        with whole_file.locked(path, PATIENCE):
            kept = last(path)
            if kept is None or kept.body != body:
                whole_file.replace(_good(path), body)
    except _NO_COPY as error:
        log.info("no copy of the settings can be kept: %r", error)


def set_aside(path: Path, at: datetime) -> Path | None:
    """Keep what stands at `path`, which was not understood, under a name of its own.

    The place of the copy, of an earlier one where that says the same; None where there is none.
    """
    try:
        with whole_file.locked(path, PATIENCE):
            return _copy(path, at, "bad")
    except _NO_COPY as error:
        log.info("no copy of settings that cannot be read can be kept: %r", error)
        return None


def keep_before(path: Path, at: datetime) -> Path | None:
    """Keep what stands at `path`, which is about to be replaced, whatever it says; the copy.

    Called under the lock. None where there is nothing.

    Raises:
        OSError, NotAFile: there is something, and no copy of it can be made.
    """
    return _copy(path, at, "before")


def _copy(path: Path, at: datetime, kind: str) -> Path | None:
    body = whole_file.content(path)
    if not body:
        return None
    earlier = next((one for one in _copies(path, kind) if whole_file.content(one) == body), None)
    if earlier is not None:
        return earlier
    place = _free(path, at, kind)
    whole_file.replace(place, body)
    for old in _copies(path, kind)[MOST_SET_ASIDE:]:
        old.unlink(missing_ok=True)
    return place


def _good(path: Path) -> Path:
    return path.with_name(f"{path.name}.good")


def _free(path: Path, at: datetime, kind: str) -> Path:
    stem = f"{path.name}.{kind}-{at:%Y%m%d-%H%M%S}"
    place, count = path.with_name(stem), 1
    while place.exists():
        count += 1
        place = path.with_name(f"{stem}.{count}")
    return place


def _copies(path: Path, kind: str) -> list[Path]:
    """The copies of one kind, the youngest first."""
    begins = f"{path.name}.{kind}-"
    found = [one for one in path.parent.iterdir() if one.name.startswith(begins)]
    found.sort(key=lambda one: (one.stat().st_mtime_ns, one.name), reverse=True)
    return found
