"""Choosing what to watch: the catalogue, add, remove."""

import asyncio
import difflib
import json
from collections.abc import Iterable
from pathlib import Path

import click

from notifier.app.lookup import Page, Pages, look_up
from notifier.app.profile import Meant, Profile
from notifier.catalogue import Catalogue
from notifier.cli import SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.model.kind import kind_of
from notifier.model.service import Service
from notifier.model.settings import Watched
from notifier.storage import settings_file
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.terminal import lists
from notifier.terminal.screen import busy
from notifier.wording import terminal as words


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@profiled
@click.pass_context
def catalogue(
    context: click.Context, words: tuple[str, ...], *, as_json: bool, profile: Path | None
) -> None:
    """What can be watched; with WORDS only what all of them fit: names, vendors, abilities, ids.

    It says what each can do, what is read of it (the kind of its status page, else its front door),
    and how sure that is: seen (a real answer was kept), told (by a public source) or unsure.
    """
    known = opened(context, profile).catalogue
    found = known.search(" ".join(words)) if words else known.services
    if as_json:
        click.echo(json.dumps([_entry(service, known) for service in found], indent=2))
        return
    if not found:
        fail(f"Nothing in the catalogue fits {' '.join(words)!r}. `notifier catalogue` lists all.")
    lists.catalogue(found, known.sightings, SAY)


def _entry(service: Service, known: Catalogue) -> dict[str, object]:
    page, seen = service.page, known.sightings.get(service.id)
    return {
        "id": service.id,
        "name": service.name,
        "vendor": service.vendor,
        "kind": kind_of(service).value,
        "home": service.home,
        "can": list(service.can),
        "needs": service.needs.value,
        "status_page": page.url if page else None,
        "engine": page.engine if page else None,
        "no_page": service.no_page or None,
        "look_at": service.look_at or None,
        "parts": [part.name or part.group for part in service.parts],
        "runs_on": list(service.runs_on),
        "fallbacks": list(service.kin),
        "seen": seen.how if seen else None,
        "date": seen.date if seen else None,
    }


@click.command()
@click.argument("what", metavar="ID-or-URL")
@profiled
@click.pass_context
def add(context: click.Context, what: str, profile: Path | None) -> None:
    """Watch a service of the catalogue, or the status page at an address, or of a service there."""
    place = opened(context, profile)
    meant = settings(place)
    if any(what == service.id for service in meant.settings.services):
        click.echo(f"{what} is watched already.")
    elif (known := place.catalogue.by_id.get(what)) is not None:
        _write(place, Watched(id=what))
        click.echo(f"{known.name} is watched now.")
    elif _is_address(what):
        _add_page(place, what, meant)
    else:
        hint = ", ".join(_near(what, place.catalogue))
        near = f"Near it: {hint}." if hint else "`notifier catalogue` lists all there is."
        fail(f"{what} is not in the catalogue. {near}", WRONG_USAGE)


def _is_address(what: str) -> bool:
    """Whether a status page is meant; no id has a dot or a slash."""
    return "." in what or "/" in what


def _near(id_: str, known: Catalogue) -> list[str]:
    """The ids a person may have meant, at most three: by its words, else by its letters."""
    found: list[str] = [service.id for service in known.search(id_)]
    return found[:3] or difflib.get_close_matches(id_.lower(), list(known.by_id), n=3)


def _add_page(place: Profile, url: str, meant: Meant) -> None:
    offered = place.catalogue.known_at(url)
    if offered:
        ids = ", ".join(service.id for service in offered)
        fail(f"The catalogue knows that page. Add what you use of it by its id: {ids}", WRONG_USAGE)
    with busy(words.looking(SAY)):
        found = asyncio.run(look_up(url, meant.choices))
    if isinstance(found, Pages):
        fail(f"There is more than one status page. Add the one you mean: {found}")
        return
    if not isinstance(found, Page):
        fail(found)
        return
    if _is_watched(found.watched, meant.settings.services):
        click.echo(f"{found.watched.id} is watched already.")
        return
    _write(place, found.watched)
    page = found.watched
    click.echo(f"{page.name} is watched now, as {page.id} ({page.engine}).")


def _is_watched(page: Watched, services: Iterable[Service]) -> bool:
    return any(page.id == service.id for service in services)


@click.command()
@click.argument("id_", metavar="ID")
@profiled
@click.pass_context
def remove(context: click.Context, id_: str, profile: Path | None) -> None:
    """Watch a service no more."""
    place = opened(context, profile)
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
