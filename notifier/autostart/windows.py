"""Windows: a value of the person's own Run key. Not tried on Windows."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from notifier.autostart import NAME, Barred, Off, Refused, Status
from notifier.autostart.program import judged, this_program

if sys.platform == "win32":
    import winreg

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Here Task Manager keeps what a person switched off: an odd first byte is off."""

MOST_CHARACTERS = 260
"""Of a command in the Run key (learn.microsoft.com, “Run and RunOnce Registry Keys”)."""


class Registry(Protocol):
    """What is used of the person's own part of the registry. Everything may raise OSError."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """A value, None where there is none."""

    def write(self, key: str, name: str, text: str) -> None:
        """Set a text."""

    def delete(self, key: str, name: str) -> None:
        """Take a value away; one that is not there is no matter."""


class CurrentUser:
    """`HKEY_CURRENT_USER`; empty on any other system."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """A value, None where there is none."""
        if sys.platform == "win32":
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, (str, bytes)) else str(value)
        else:  # noqa: RET505 - mypy reads one branch per system
            return None

    def write(self, key: str, name: str, text: str) -> None:
        """Set a text."""
        if sys.platform == "win32":
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

    def delete(self, key: str, name: str) -> None:
        """Take a value away."""
        if sys.platform == "win32":
            try:
                access = winreg.KEY_SET_VALUE
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, access) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return


class Windows:
    """The value `AI Notifier` of the Run key."""

    def __init__(
        self,
        registry: Registry | None = None,
        program: Callable[[], tuple[str, ...]] = this_program,
    ) -> None:
        self._registry = registry or CurrentUser()
        self._program = program

    def on(self) -> None:
        """Set the value, and end what was switched off in Task Manager."""
        command = command_line(self._program())
        try:
            self._registry.write(RUN, NAME, command)
            self._registry.delete(APPROVED, NAME)
        except OSError as error:
            raise Refused(f"The registry cannot be written: {error.strerror}.") from error

    def off(self) -> None:
        """Delete the value."""
        try:
            self._registry.delete(RUN, NAME)
        except OSError as error:
            raise Refused(f"The registry cannot be written: {error.strerror}.") from error

    def status(self) -> Status:
        """By both keys."""
        try:
            command = self._registry.read(RUN, NAME)
            approved = self._registry.read(APPROVED, NAME)
            if not isinstance(command, str) or switched_off(approved):
                return Off()
            return judged(words_of(command), self._program())
        except OSError as error:
            return Barred(f"The registry cannot be read: {error.strerror}.")
        except Refused as refused:
            return Barred(str(refused))


def command_line(words: Sequence[str]) -> str:
    """One command line of `words`, the program always in quotes.

    Raises:
        Refused: it is longer than the Run key takes.
    """
    program, *arguments = words
    line = " ".join((f'"{program}"', *(subprocess.list2cmdline([word]) for word in arguments)))
    if len(line) > MOST_CHARACTERS:
        raise Refused(
            f"Windows starts no command of more than {MOST_CHARACTERS} characters at login, and "
            f"{program} lies too deep for that; install it in a folder nearer to the top."
        )
    return line


_WORD = re.compile(r'"([^"]*)"|(\S+)')


def words_of(command: str) -> tuple[str, ...]:
    """The words of a command line; no path of Windows has a quote in its name."""
    return tuple(quoted or plain for quoted, plain in _WORD.findall(command))


def switched_off(approved: str | bytes | None) -> bool:
    """Whether Task Manager keeps it from starting."""
    return isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
