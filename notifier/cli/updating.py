"""An update of the catalogue, from a file or an address; and back to the built-in one."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click

from notifier.app.profile import Profile
from notifier.catalogue import Catalogue, keys, load
from notifier.cli import SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.model.settings import Choices
from notifier.storage import whole_file
from notifier.storage.places import resource
from notifier.terminal.screen import put
from notifier.wording import updates as words


@click.command("update-catalogue")
@click.argument("what", metavar="[FILE-or-URL]", required=False)
@click.option("--built-in", is_flag=True, help="Take the update away and use the built-in one.")
@profiled
@click.pass_context
def update_catalogue(
    context: click.Context, what: str | None, *, built_in: bool, profile: Path | None
) -> None:
    """Update what can be watched, from a signed FILE or URL (https://); without one: what is used.

    It is looked through before it is used: signed with a key of [catalogue] keys in settings.toml,
    in its time, no older than one before it. What it lacks remains as it is built in.
    """
    place = opened(context, profile)
    if what is not None and built_in:
        fail("Either an update is named, or the built-in catalogue is wanted.", WRONG_USAGE)
    if built_in:
        _drop(place)
    elif what is None:
        _say_what_is_used(place)
    else:
        _take_in(place, what, settings(place).choices)


def _say_what_is_used(place: Profile) -> None:
    update = place.update
    if update is None:
        put(words.built_in(keys.MADE, SAY))
    elif update.head is None:
        fail(update.problem)
    else:
        put(words.used(update.head.number, update.head.made, update.head.expires, SAY))


def _take_in(place: Profile, what: str, choices: Choices) -> None:
    from notifier.app.catalogue_update import NotFetched, Refused, take_in

    try:
        taken = take_in(place.places, _body(what, choices), choices, datetime.now(UTC))
    except (NotFetched, Refused) as error:
        fail(words.not_taken(str(error), SAY))
        return
    if taken.head is not None:
        put(words.used(taken.head.number, taken.head.made, taken.head.expires, SAY))
    put(words.brings(*_compared(taken.catalogue), SAY))


def _compared(catalogue: Catalogue) -> tuple[int, int]:
    """How many services are new beside the built-in ones, and how many are other than there."""
    before = load(resource("catalogue.toml")).by_id
    new = sum(one.id not in before for one in catalogue.services)
    changed = sum(one.id in before and one != before[one.id] for one in catalogue.services)
    return new, changed


def _body(what: str, choices: Choices) -> bytes:
    from notifier.app.catalogue_update import NotFetched, fetched

    if "://" in what:
        return asyncio.run(fetched(what, choices))
    try:
        body = whole_file.content(Path(what))
    except whole_file.NotAFile as error:
        raise NotFetched(f"{what} cannot be read, because {error}.") from error
    except OSError as error:
        raise NotFetched(f"{what} cannot be read: {error.strerror}.") from error
    if body is None:
        raise NotFetched(f"{what} is not there.")
    return body


def _drop(place: Profile) -> None:
    from notifier.storage.update_file import NotStored, UpdateFile

    try:
        UpdateFile(place.places.catalogue_update).drop()
    except NotStored as error:
        fail(str(error))
    put(words.built_in(keys.MADE, SAY))


COMMANDS = (update_catalogue,)
