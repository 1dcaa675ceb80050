"""The settings file as the owner follows it: what it means, what is wrong with it, its copies."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from notifier.app.profile import Meant, Profile, read_settings, withheld
from notifier.model.settings import Choices, Settings
from notifier.storage import settings_file, settings_good
from notifier.storage.settings_file import SettingsUnreadable
from notifier.wording import settings as words
from notifier.wording.say import Say

EVERY = 2.0
"""Seconds between two looks at whether the file has changed."""

SETTLED = 0.5
"""Seconds a changed file stays as it is before it is read: an editor may still be writing it."""

MOST_WAITS = 20
"""How often a file that changes all the time is waited for."""


class Followed:
    """The settings of one profile. What cannot be understood changes nothing but `complaints`."""

    def __init__(
        self, profile: Profile, say: Say, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        """Read them; nothing is written yet."""
        self._profile = profile
        self._path = profile.places.settings
        self._say = say
        self._sleep = sleep
        self._seen = settings_file.fingerprint(self._path)
        self._holds: Meant | None = None
        self._understood = False
        self._withheld = False
        self.complaints: tuple[str, ...] = ()
        self._read()

    @property
    def profile(self) -> Profile:
        """The profile, with the catalogue the settings were last read against."""
        return self._profile

    @property
    def meant(self) -> Meant:
        """What holds: what the file says, or said when it was last understood."""
        return Meant(Choices(), Settings(), ()) if self._holds is None else self._holds

    async def changed(self) -> bool:
        """Wait for the next look; whether the file then says something else than before.

        A file on its way (half written, or gone for the moment of a rename) is waited for; one
        that says nonsense is, for one more look.
        """
        await self._sleep(EVERY)
        same = settings_file.fingerprint(self._path) == self._seen and not self._given_again()
        if not self._other_catalogue() and same:
            return False
        await self._at_rest(SETTLED)
        if self._doubtful():
            await self._at_rest(EVERY)
        self._read()
        self.keep_copies()
        return True

    def keep_copies(self) -> None:
        """Keep what was understood as the last good content, or what was not beside the file."""
        if self._understood:
            settings_file.keep_good(self._path)
        if self._understood or self._withheld:
            return
        bad = settings_good.set_aside(self._path, datetime.now(UTC))
        if bad is not None and self._holds is not None and self._holds.broken is not None:
            self.complaints = self._holds.sentences(self._say, bad.name)

    async def _at_rest(self, pause: float) -> None:
        """Wait until the file has stayed as it is for `pause` seconds."""
        for _ in range(MOST_WAITS):
            self._seen = settings_file.fingerprint(self._path)
            await self._sleep(pause)
            if settings_file.fingerprint(self._path) == self._seen:
                return

    def _other_catalogue(self) -> bool:
        """Whether another catalogue holds from now on: an update has come, gone or expired."""
        before, self._profile = self._profile, self._profile.renewed()
        return self._profile is not before

    def _given_again(self) -> bool:
        """Whether the disk would not give the file when it was read, and gives it now."""
        return self._withheld and not self._doubtful()

    def _doubtful(self) -> bool:
        """Whether it is gone, or says nothing that can be understood."""
        try:
            settings_file.read(self._path)
        except SettingsUnreadable:
            return True
        return self._seen is None

    def _read(self) -> None:
        try:
            meant = read_settings(self._profile)
        except SettingsUnreadable as error:
            self._understood, self._withheld = False, withheld(error)
            kept = self._holds is not None
            why = str(error)
            self.complaints = (words.before_holds(why, self._say) if kept else why,)
            return
        self._understood = meant.broken is None
        self._withheld = meant.broken is not None and meant.broken.withheld
        if self._holds is not None and not self._understood:
            # What is known here is as new as the copy, or newer where that could not be kept.
            meant = Meant(self._holds.choices, self._holds.settings, (), meant.broken)
        self._holds = meant
        self.complaints = meant.sentences(self._say)
