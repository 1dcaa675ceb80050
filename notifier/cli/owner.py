"""Asking the owner of a profile, and what to do where there is none."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from notifier.app.profile import Meant, Profile, open_profile, read_settings
from notifier.cli import WRONG_USAGE, fail, profile_folder
from notifier.model.service import ServiceKey
from notifier.owner import client
from notifier.owner.transport import NotAvailable, OwnerError
from notifier.storage.places import PlaceRefused
from notifier.storage.settings_file import SettingsUnreadable

CHECK_WITHIN = 90.0


def opened(context: click.Context, given: Path | None) -> Profile:
    """The profile meant, or the end of the command with one sentence."""
    try:
        return open_profile(profile_folder(context, given))
    except PlaceRefused as error:
        fail(str(error))
        raise


def ask(profile: Profile, request: dict[str, Any], within: float = 5.0) -> dict[str, Any] | None:
    """The owner's answer; None where there is no owner. Ends the command where it refuses."""
    try:
        answer = client.ask(profile.places.socket, request, within)
    except NotAvailable:
        return None
    except OwnerError as error:
        fail(str(error))
        return None
    if answer is not None and "error" in answer:
        fail(str(answer.get("detail", answer["error"])))
    return answer


def awake(profile: Profile) -> bool:
    """Whether the owner answers at all; where it does not, that is said, and commands look."""
    try:
        client.ask(profile.places.socket, {"ask": "log", "service": None, "limit": 1})
    except client.Silent as error:
        click.echo(f"{error} This command looks for itself.", err=True)
        return False
    except OwnerError:
        return True  # there is more to say about that, by `ask`
    return True


def settings(profile: Profile) -> Meant:
    """The settings, or the end of the command with one sentence and exit code 2."""
    try:
        return read_settings(profile)
    except SettingsUnreadable as error:
        fail(str(error), WRONG_USAGE)
        raise


def keys_of(meant: Meant, ids: Iterable[str]) -> tuple[ServiceKey, ...]:
    """The watched services meant by `ids`; ends the command where one is not watched."""
    keys: dict[ServiceKey, None] = {}
    for id_ in ids:
        found = [s.key for s in meant.settings.services if id_ in (s.id, s.key)]
        if not found:
            fail(f"{id_} is not watched. `notifier add {id_}` watches it.", WRONG_USAGE)
        keys.update(dict.fromkeys(found))
    return tuple(keys)
