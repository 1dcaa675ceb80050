"""One profile: where it lies, the catalogue, and what its settings mean."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from notifier.app.zone import local_zone
from notifier.catalogue import Catalogue, load, resolve
from notifier.model.settings import Choices, Complaint, Settings
from notifier.storage import settings_file
from notifier.storage.places import Places, places, resource


@dataclass(frozen=True, slots=True)
class Profile:
    """Places and catalogue of one person's program."""

    places: Places
    catalogue: Catalogue

    @classmethod
    def at(cls, place: Places) -> Self:
        """The profile that lies at `place`, with the catalogue that came with the program."""
        return cls(place, load(resource("catalogue.toml")))


@dataclass(frozen=True, slots=True)
class Meant:
    """The settings file as read: as written, as the rules use it, and what is wrong with it."""

    choices: Choices
    settings: Settings
    complaints: tuple[Complaint, ...]


def open_profile(folder: Path | None) -> Profile:
    """The default profile, or that in `folder`; nothing is written."""
    return Profile.at(places(folder))


def read_settings(profile: Profile) -> Meant:
    """What the settings file says now. Raises SettingsUnreadable with a sentence."""
    choices, wrong = settings_file.read(profile.places.settings)
    settings, unmet = resolve(choices, profile.catalogue, local_zone())
    return Meant(choices, settings, (*wrong, *unmet))
