"""macOS: a launch agent of the person's own. Not tried on a Mac; `launchctl` is not asked.

An agent starts with the next login; one that was switched off by `launchctl disable` still counts
as on here, because only launchd itself knows of that.
"""

import os
import plistlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from notifier.autostart import Barred, Off, Refused, Status, file
from notifier.autostart.program import judged, this_program, trusted

LABEL = "ai-notifier"


class MacOS:
    """The file `~/Library/LaunchAgents/ai-notifier.plist`."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        program: Callable[[], tuple[str, ...]] = this_program,
    ) -> None:
        self._environment = environment
        self._program = program

    def on(self) -> None:
        """Write the agent."""
        path, text = self._own()
        if text is not None and words_of(text) is None:
            raise Refused(file.foreign(path))
        words = self._program()
        trusted(words)
        file.replace(path, agent(words))

    def off(self) -> None:
        """Remove the agent."""
        path, text = self._own()
        if text is not None and words_of(text) is None:
            raise Refused(file.foreign(path))
        file.remove(path)

    def status(self) -> Status:
        """By the file."""
        try:
            path, text = self._own()
            if text is None:
                return Off()
            words = words_of(text)
            return Barred(file.foreign(path)) if words is None else judged(words, self._program())
        except Refused as refused:
            return Barred(str(refused))

    def _own(self) -> tuple[Path, str | None]:
        home = Path(self._environment.get("HOME", ""))
        if not home.is_absolute():
            raise Refused("This account has no home folder, so nothing can start at its login.")
        path = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        return path, file.content(path)


def agent(words: Sequence[str]) -> str:
    """The text of an agent that starts `words` in a session with a screen, once.

    Raises:
        Refused: a name cannot be written down.
    """
    told = {
        "Label": LABEL,
        "ProgramArguments": list(words),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
    }
    try:
        return plistlib.dumps(told, sort_keys=False).decode()
    except (ValueError, UnicodeEncodeError) as error:
        raise Refused(f"A login cannot start {' '.join(words)!r}: {error}.") from error


def words_of(text: str) -> tuple[str, ...] | None:
    """What an agent of ours starts; None for anything else."""
    try:
        said = plistlib.loads(text.encode())
    except Exception:  # noqa: BLE001 - the parser lets whatever the text causes pass
        return None
    if not isinstance(said, dict) or said.get("Label") != LABEL:
        return None
    words = said.get("ProgramArguments")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    return tuple(words)
