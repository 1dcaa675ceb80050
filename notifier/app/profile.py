"""One profile: where it lies, the catalogue, and what its settings mean."""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from notifier.catalogue import Catalogue, load, resolve
from notifier.model.settings import Choices, Complaint, Settings
from notifier.storage import settings_file
from notifier.storage.places import Places, places, resource


@dataclass(frozen=True, slots=True)
class Profile:
    """Places and catalogue of one person's program."""

    places: Places
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Meant:
    """The settings file as read: as written, as the rules use it, and what is wrong with it."""

    choices: Choices
    settings: Settings
    complaints: tuple[Complaint, ...]


def open_profile(folder: Path | None) -> Profile:
    """The default profile, or that in `folder`; nothing is written."""
    return Profile(places(folder), load(resource("catalogue.toml")))


def read_settings(profile: Profile) -> Meant:
    """What the settings file says now. Raises SettingsUnreadable with a sentence."""
    choices, wrong = settings_file.read(profile.places.settings)
    settings, unmet = resolve(choices, profile.catalogue, local_zone())
    return Meant(choices, settings, (*wrong, *unmet))


def local_zone() -> tzinfo:
    """The person's time zone; UTC where the machine does not say."""
    try:
        name = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
        return zoneinfo.ZoneInfo(name) if name else _offset_now()
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return _offset_now()


def _offset_now() -> tzinfo:
    return datetime.now(UTC).astimezone().tzinfo or UTC
