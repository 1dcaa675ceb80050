"""Where things lie: the settings, data, state, cache and socket of one profile, and resources."""

import os
import stat
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

import notifier
from notifier.model.settings_words import SETTINGS_FILE

APPLICATION = "ai-notifier"

SOCKET_FILE = "owner.sock"
LOG_FILE = "notifier.log"
HISTORY_FILE = "history.db"
DRAFT_FILE = "draft.txt"
UPDATE_FILE = "catalogue.signed"

MOST_SOCKET_BYTES = 100
"""A socket's address holds 108 bytes on Linux and 104 on macOS, its closing zero included."""

_PRIVATE = 0o700


class PlaceRefused(Exception):
    """A folder that is not ours alone to use; the sentence says which and what to do."""


class Places(Struct, frozen=True):
    """Where one profile keeps its things. Nothing of it need exist.

    `settings`, `socket` and `log` are files, the others folders; `profile` is the folder given
    with `--profile`, None for the default profile. `run` holds the socket and nothing else: only
    `state` is the same for every process of a profile whatever its environment, so locks go there.
    """

    settings: Path
    data: Path
    state: Path
    cache: Path
    run: Path
    socket: Path
    log: Path
    profile: Path | None = None

    @property
    def history(self) -> Path:
        """The database of what was seen and told."""
        return self.data / HISTORY_FILE

    @property
    def draft(self) -> Path:
        """The draft of the scratch pad, where the person keeps it."""
        return self.data / DRAFT_FILE

    @property
    def catalogue_update(self) -> Path:
        """The signed file that updates the catalogue, where there is one."""
        return self.data / UPDATE_FILE


def places(profile: Path | None) -> Places:
    """The places of the default profile (the platform's own folders), or of that in a folder.

    Raises:
        PlaceRefused: this account has no home folder, and no profile was named.
    """
    if profile is None:
        return _platforms_own()
    root = Path(os.path.realpath(profile.expanduser()))
    run = _short(root / "run")
    return Places(
        settings=root / SETTINGS_FILE,
        data=root / "data",
        state=root / "state",
        cache=root / "cache",
        run=run,
        socket=run / SOCKET_FILE,
        log=root / "state" / LOG_FILE,
        profile=root,
    )


def _platforms_own() -> Places:
    """The platform's folders. The socket lies with the state, not in the session's folder: a
    shell that knows nothing of the session must find the same owner.
    """
    from platformdirs import PlatformDirs  # with --profile there is nothing to ask it

    dirs = PlatformDirs(APPLICATION, appauthor=False)
    if not dirs.user_state_path.is_absolute():
        raise PlaceRefused("This account has no home folder; name a folder with --profile.")
    run = _short(dirs.user_state_path / "run")
    return Places(
        settings=dirs.user_config_path / SETTINGS_FILE,
        data=dirs.user_data_path,
        state=dirs.user_state_path,
        cache=dirs.user_cache_path,
        run=run,
        socket=run / SOCKET_FILE,
        log=dirs.user_state_path / LOG_FILE,
    )


# ------------------------------------------------------------------------------ the socket


def _short(run: Path) -> Path:
    """`run`, or where a socket in it would have too long an address, a folder named by its hash.

    The same folder always gets the same answer, so that whoever asks finds the owner.
    """
    if _fits(run) or sys.platform == "win32":  # there it is a named pipe
        return run
    name = sha256(os.fsencode(run)).hexdigest()[:16]
    return next((root / name for root in _private_roots() if _fits(root / name)), run)


def _fits(run: Path) -> bool:
    return len(os.fsencode(run / SOCKET_FILE)) <= MOST_SOCKET_BYTES


def _private_roots() -> Iterator[Path]:
    """Folders of this person alone, never a shared one: the session's, else one at home."""
    if sys.platform == "linux":
        given = os.environ.get("XDG_RUNTIME_DIR", "")
        # A shell started by cron has no such variable and must still find the same owner.
        for session in (Path(given), Path(f"/run/user/{os.getuid()}")):
            if session.is_absolute() and _ours_alone(session):
                yield session / APPLICATION
                break
    from platformdirs import PlatformDirs

    home = PlatformDirs(APPLICATION, appauthor=False).user_state_path
    if home.is_absolute():
        yield home / "run"
        yield Path.home() / f".{APPLICATION}"


def _ours_alone(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and _owned(found) and not found.st_mode & 0o077


def _owned(found: os.stat_result) -> bool:
    return sys.platform == "win32" or found.st_uid == os.getuid()


# -------------------------------------------------------------------------------- folders


def private_folder(folder: Path) -> Path:
    """`folder`, made with all above it where missing: 0700 from the first moment, any umask.

    One that is there must be ours; if others could read it, they no longer can.

    Raises:
        PlaceRefused: it belongs to somebody else, is no folder, or cannot be made.
    """
    try:
        make_folder(folder)
        found = folder.stat()
        if not stat.S_ISDIR(found.st_mode):
            raise PlaceRefused(f"{folder} is not a folder; move it away, or use --profile.")
        if not _owned(found):
            raise PlaceRefused(f"{folder} belongs to another user; use --profile with your own.")
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) & 0o777 != _PRIVATE:
            folder.chmod(_PRIVATE)
    except OSError as error:
        raise PlaceRefused(f"{folder} cannot be used: {error.strerror}.") from error
    return folder


def make_folder(folder: Path) -> None:
    """Make `folder` and all above it where missing, for this person alone.

    What is there already stays as it is: `--profile` may name a folder with rights of its own.

    Raises:
        OSError: it cannot be made.
    """
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        try:
            # Not `mkdir(parents=True)`: that gives parents whatever the umask leaves open.
            one.mkdir(mode=_PRIVATE)
        except FileExistsError:
            continue  # Another process of ours was quicker.
        if sys.platform != "win32" and stat.S_IMODE(one.stat().st_mode) != _PRIVATE:
            one.chmod(_PRIVATE)  # A umask that takes even our own rights away.


# ------------------------------------------------------------------------------ resources


def resource_path(name: str) -> Path:
    """The file or folder `name` of resources/, in a checkout, a wheel or a frozen bundle alike.

    Raises:
        FileNotFoundError: the program was built without it.
    """
    if name.startswith("/") or ".." in Path(name).parts:
        raise FileNotFoundError(f"{name} does not name a resource")
    for root in _resource_roots():
        if (found := root / name).exists():
            return found
    raise FileNotFoundError(f"The resource {name} is missing; install the program again.")


def resource(name: str) -> bytes:
    """The bytes of a file of resources/, as `catalogue.toml`."""
    return resource_path(name).read_bytes()


def _resource_roots() -> Iterator[Path]:
    package = Path(notifier.__file__).resolve().parent
    yield package / "_resources"
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        yield Path(bundle) / "resources"
    yield package.parent / "resources"
