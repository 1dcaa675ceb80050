"""Choosing what to watch: the catalogue, add, remove."""

import asyncio
import json
from pathlib import Path

import click

from notifier.app.lookup import Page, look_up
from notifier.app.profile import Profile, open_profile
from notifier.cli import SAY, WRONG_USAGE, fail, profile_folder, profiled
from notifier.cli.owner import settings
from notifier.model.service import Service
from notifier.model.settings import Watched
from notifier.storage import settings_file
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.terminal import lists


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@profiled
@click.pass_context
def catalogue(
    context: click.Context, words: tuple[str, ...], *, as_json: bool, profile: Path | None
) -> None:
    """What can be watched; with WORDS only what they fit: names, vendors, abilities."""
    known = open_profile(profile_folder(context, profile)).catalogue
    found = known.search(" ".join(words)) if words else known.services
    if as_json:
        click.echo(json.dumps([_entry(service) for service in found], indent=2))
        return
    if not found:
        fail(f"Nothing in the catalogue fits {' '.join(words)!r}. `notifier catalogue` lists all.")
    lists.catalogue(found, SAY)


def _entry(service: Service) -> dict[str, object]:
    return {
        "id": service.id,
        "name": service.name,
        "vendor": service.vendor,
        "home": service.home,
        "can": list(service.can),
        "status_page": service.page.url if service.page else None,
        "runs_on": list(service.runs_on),
    }


@click.command()
@click.argument("what", metavar="ID-or-URL")
@profiled
@click.pass_context
def add(context: click.Context, what: str, profile: Path | None) -> None:
    """Watch a service of the catalogue, or the status page at an address."""
    place = open_profile(profile_folder(context, profile))
    meant = settings(place)
    if "://" in what:
        _add_page(place, what)
        return
    if any(what == service.id for service in meant.settings.services):
        click.echo(f"{what} is watched already.")
        return
    known = place.catalogue.by_id.get(what)
    if known is None:
        near = place.catalogue.search(what)[:3]
        hint = ", ".join(service.id for service in near) or "`notifier catalogue` lists all"
        fail(f"{what} is not in the catalogue. Near it: {hint}.", WRONG_USAGE)
        return
    _write(place, Watched(id=what))
    click.echo(f"{known.name} is watched now.")


def _add_page(place: Profile, url: str) -> None:
    offered = place.catalogue.page_at(url)
    if offered:
        ids = ", ".join(service.id for service in offered)
        fail(
            f"That page speaks for several services. Add one of them by its id: {ids}", WRONG_USAGE
        )
    found = asyncio.run(look_up(url, settings(place).choices))
    if not isinstance(found, Page):
        fail(found)
        return
    _write(place, found.watched)
    click.echo(f"{found.watched.name} is watched now ({found.watched.engine}).")


@click.command()
@click.argument("id_", metavar="ID")
@profiled
@click.pass_context
def remove(context: click.Context, id_: str, profile: Path | None) -> None:
    """Watch a service no more."""
    place = open_profile(profile_folder(context, profile))
    try:
        removed = settings_file.remove(place.places.settings, id_)
    except (SettingsRefused, SettingsUnreadable) as error:
        fail(str(error))
        return
    if not removed:
        fail(f"{id_} was not watched; nothing was changed.")
    click.echo(f"{id_} is watched no more.")


def _write(place: Profile, watched: Watched) -> None:
    try:
        settings_file.add(place.places.settings, watched)
    except (SettingsRefused, SettingsUnreadable) as error:
        fail(str(error))


COMMANDS = (catalogue, add, remove)
