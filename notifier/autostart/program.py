"""Which program a login is to start, and what an entry that was found would start."""

import sys
from collections.abc import Sequence
from pathlib import Path

import notifier
from notifier.autostart import Barred, Off, On, Refused, Stale, Status
from notifier.autostart.trust import weak_spot


def this_program() -> tuple[str, ...]:
    """The words that start this very program from any folder: absolute, found by no search.

    Raises:
        Refused: Python does not say where it is.
    """
    if not sys.executable:
        raise Refused("Python does not say where it lies, so nothing can be started at login.")
    # Absolute but not resolved: the link in a .venv is what makes it that .venv.
    python, package = Path(sys.executable).absolute(), Path(notifier.__file__).absolute().parent
    if getattr(sys, "frozen", False):
        return (str(python), "tray")
    # A checkout has its resources beside the package; a script near its Python may be another's.
    installed = (package / "_resources").is_dir()
    suffix = ".exe" if sys.platform == "win32" else ""
    script = python.with_name(f"notifier-tray{suffix}")
    if installed and script.is_file():
        return (str(script),)
    # -P: what lies in the folder it happens to start in is not imported.
    return (str(_windowless(python)), "-P", str(package / "__main__.py"), "tray")


def _windowless(python: Path) -> Path:
    """On Windows the Python that opens no console."""
    silent = python.with_name("pythonw.exe")
    return silent if sys.platform == "win32" and silent.is_file() else python


def named(words: Sequence[str]) -> str:
    """What a person calls the program of a command line: its script, else its first word."""
    files = _files(words)
    return str(files[-1]) if files else words[0]


def _files(words: Sequence[str]) -> tuple[Path, ...]:
    """What of a command line must be there: the program, and the script where that is another."""
    return tuple(Path(word) for word in words if Path(word).is_absolute())


def trusted(words: Sequence[str]) -> None:
    """Make sure that a login may start `words`.

    Raises:
        Refused: somebody else could change what would be started.
    """
    if weak := _weak_spot(words):
        raise Refused(_weak(words, weak))


def judged(words: Sequence[str], ours: Sequence[str]) -> Status:
    """What an entry of ours that starts `words` comes to; `ours` is what it ought to start."""
    if not words:
        return Off()
    if missing := next((file for file in _files(words) if not _is_there(file)), None):
        return Stale(str(missing), gone=True)
    if weak := _weak_spot(words):
        return Barred(_weak(words, weak))
    same = tuple(words) == tuple(ours)
    return On(named(words)) if same else Stale(named(words), gone=False)


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False


def _weak_spot(words: Sequence[str]) -> Path | None:
    return next(filter(None, map(weak_spot, _files(words))), None)


def _weak(words: Sequence[str], weak: Path) -> str:
    return (
        f"{named(words)} is not safe to start at login: others may change {weak}. "
        "Take that right from them (chmod go-w), or install it elsewhere."
    )
