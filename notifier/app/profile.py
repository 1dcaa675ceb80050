"""One profile: where it lies, the catalogue, and what its settings mean."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from notifier.app.zone import local_zone
from notifier.catalogue import Catalogue, load, resolve
from notifier.model.settings import Choices, Complaint, Settings
from notifier.storage import settings_file
from notifier.storage.places import UPDATE_FILE, Places, places, resource
from notifier.storage.settings_file import Fingerprint, SettingsUnreadable
from notifier.wording import settings as words
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.app.catalogue_update import InForce


class Profile(Struct, frozen=True):
    """Places and catalogue of one person's program.

    `mark` is that of the update of the catalogue on the disk, before it was read.
    """

    places: Places
    catalogue: Catalogue
    update: "InForce | None" = None
    mark: Fingerprint | None = None

    @classmethod
    def at(cls, place: Places) -> Self:
        """The profile that lies at `place`, with the catalogue that came with the program.

        Where that was updated since, with the update over it.
        """
        mark = settings_file.fingerprint(place.catalogue_update)
        if mark is not None:
            from notifier.app.catalogue_update import in_force  # few have one

            update = in_force(place, datetime.now(UTC))
            if update is not None:
                return cls(place, update.catalogue, update, mark)
        return cls(place, load(resource("catalogue.toml"), resource("catalogue.json")), mark=mark)

    def renewed(self) -> Self:
        """The profile with the catalogue that holds now; itself, where that is still the same.

        Another one holds once an update has come, gone or expired: it is read, which takes half a
        second.
        """
        over = self.update is not None and self.update.is_over(datetime.now(UTC))
        if not over and settings_file.fingerprint(self.places.catalogue_update) == self.mark:
            return self
        return self.at(self.places)

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """What is wrong with the update of the catalogue."""
        wrong = self.update.problem if self.update is not None else ""
        return (Complaint(UPDATE_FILE, None, wrong),) if wrong else ()


class Broken(Struct, frozen=True):
    """Why the settings file is not used, and since when it said what is used in its place.

    `withheld`: it could not be read at all, so that nobody knows whether anything is wrong with it.
    """

    why: str
    since: datetime
    withheld: bool


class Meant(Struct, frozen=True):
    """The settings file as read: as written, as the rules use it, and what is wrong with it.

    With `broken` it is the last good copy that was read.
    """

    choices: Choices
    settings: Settings
    complaints: tuple[Complaint, ...]
    broken: Broken | None = None

    def sentences(self, say: Say, bad: str | None = None) -> tuple[str, ...]:
        """What is wrong, for a person; `bad` names the copy of a file that cannot be used."""
        if self.broken is None:
            return tuple(str(complaint) for complaint in self.complaints)
        why, since = self.broken.why, self.broken.since
        now, zone = datetime.now(UTC), self.settings.zone
        return (words.good_holds(why, since, say, bad=bad, now=now, zone=zone),)


def open_profile(folder: Path | None) -> Profile:
    """The default profile, or that in `folder`; nothing is written."""
    return Profile.at(places(folder))


def read_settings(profile: Profile) -> Meant:
    """What the settings file says now; where it cannot be understood, what it said last.

    Raises:
        SettingsUnreadable: with a sentence, where no good copy of it was kept.
    """
    path = profile.places.settings
    try:
        choices, wrong = settings_file.read(path)
    except SettingsUnreadable as error:
        good = settings_file.read_last_good(path)
        if good is None:
            raise
        choices, since = good
        settings, _ = resolve(choices, profile.catalogue, local_zone())
        return Meant(choices, settings, (), Broken(str(error), since, withheld(error)))
    settings, unmet = resolve(choices, profile.catalogue, local_zone())
    return Meant(choices, settings, (*wrong, *unmet, *profile.complaints))


def withheld(error: SettingsUnreadable) -> bool:
    """Whether the disk would not give the file, which may be as good as ever."""
    return isinstance(error.__cause__, OSError)
