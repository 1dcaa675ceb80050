"""Whether anybody else could put another program in the place of the one a login starts."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import grp
    import pwd

_AS_GOOD_AS_ROOT = frozenset({0, 80} if sys.platform == "darwin" else {0})
"""Groups whose members administer the machine anyway; on macOS 80 is `admin`."""


def weak_spot(path: Path) -> Path | None:
    """The file or folder on the way to `path` that anybody but this person and root may change.

    On Windows nothing is looked at: what its access lists grant is another matter.
    """
    return next((one for one in _on_the_way(path) if _others_may_change(one)), None)


def _on_the_way(path: Path) -> Iterator[Path]:
    """`path` and every folder above it, and the same for what every link among them leads to."""
    ahead, seen = [path], set()
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        if one != one.parent:
            ahead.append(one.parent)
        if one.is_symlink():
            ahead.append(one.parent / one.readlink())
        yield one


def _others_may_change(one: Path) -> bool:
    try:
        found = one.lstat()
    except OSError:
        return False  # what is not there is found missing elsewhere
    if sys.platform == "win32":
        return False
    else:  # noqa: RET505 - mypy reads one branch per system
        if found.st_uid not in (0, os.getuid()):
            return True
        if stat.S_ISLNK(found.st_mode) or _sticky(found.st_mode):
            return False
        if found.st_mode & stat.S_IWOTH:
            return True
        return bool(found.st_mode & stat.S_IWGRP) and not _harmless(found.st_gid)


def _sticky(mode: int) -> bool:
    """As /tmp: everybody may add to the folder, nobody replaces what belongs to another."""
    return stat.S_ISDIR(mode) and bool(mode & stat.S_ISVTX)


if sys.platform != "win32":

    def _harmless(group: int) -> bool:
        """Whether only this person is in `group`, or its members could change anything anyway.

        Many systems give every person a group of their name and let it write to all that is theirs.
        """
        if group in _AS_GOOD_AS_ROOT:
            return True
        try:
            person, known = pwd.getpwuid(os.getuid()), grp.getgrgid(group)
        except KeyError:
            return False
        return known.gr_name == person.pw_name and set(known.gr_mem) <= {person.pw_name}
