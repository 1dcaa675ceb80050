"""Linux: an entry in the folder every desktop starts programs from at login (XDG autostart)."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from notifier.autostart import Barred, Off, On, Refused, Stale, Status, entry, file
from notifier.autostart.entry import Entry
from notifier.autostart.program import judged, named, this_program, trusted


class Linux:
    """The person's own entry, above one that a package may have laid down for every account."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        program: Callable[[], tuple[str, ...]] = this_program,
    ) -> None:
        self._environment = environment
        self._program = program

    def on(self) -> None:
        """Write the entry; where a package starts the program anyway, only end what hides that."""
        path, found = self._own()
        if found is not None and not found.ours and not found.only_off:
            raise Refused(file.foreign(path))
        if isinstance(self._for_everyone(), On):
            file.remove(path)
            return
        words = self._program()
        trusted(words)
        file.replace(path, entry.starting(words))

    def off(self) -> None:
        """Remove the entry; where a package starts the program, hide that from this person."""
        path, found = self._own()
        if found is not None and not found.ours and not found.off:
            raise Refused(file.foreign(path))
        if isinstance(self._for_everyone(), Off):
            if found is not None and found.ours:
                file.remove(path)
        elif found is None or not found.off:
            file.replace(path, entry.switched_off())

    def status(self) -> Status:
        """By the person's own entry, else by the one for every account."""
        try:
            path, found = self._own()
            for_everyone = self._for_everyone()
            if found is None:
                return for_everyone
            if found.off:
                return Off(everyone=not isinstance(for_everyone, Off))
            if not found.ours:
                return Barred(file.foreign(path))
            return judged(found.words, self._program())
        except Refused as refused:
            return Barred(str(refused))

    def _own(self) -> tuple[Path, Entry | None]:
        """Where this person's entry lies, and what it says."""
        path = self._settings() / "autostart" / entry.FILE
        text = file.content(path)
        return path, None if text is None else entry.read(text)

    def _settings(self) -> Path:
        """`XDG_CONFIG_HOME`; by its specification a relative one means nothing."""
        given = Path(self._environment.get("XDG_CONFIG_HOME", ""))
        home = Path(self._environment.get("HOME", ""))
        if given.is_absolute():
            return given
        if home.is_absolute():
            return home / ".config"
        raise Refused("This account has no home folder, so nothing can be started at its login.")

    def _for_everyone(self) -> Status:
        """What a package has laid down; who installed it vouches for what it starts."""
        folders = self._environment.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        for folder in filter(os.path.isabs, folders.split(":")):
            text = _text(Path(folder) / "autostart" / entry.FILE)
            if text is not None:
                return self._of_package(entry.read(text))
        return Off()

    def _of_package(self, found: Entry) -> Status:
        if found.off or not found.words:
            return Off()
        path = self._environment.get("PATH")
        there = [shutil.which(name, path=path) for name in (found.words[0], found.must_exist)]
        if there[0] is None or (found.must_exist and there[1] is None):
            return Stale(named(found.words), gone=True)
        return On(named(found.words), everyone=True)


def _text(path: Path) -> str | None:
    """An entry for every account. One that cannot be read cannot be started from either."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
