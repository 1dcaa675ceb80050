"""A person's own keys: put into the system's key store, taken out of it, listed; never shown."""

import asyncio
import sys
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from notifier import documents
from notifier.app.keeping import Keeper, NotKept, Place
from notifier.app.keys import signed_with
from notifier.app.profile import Profile
from notifier.cli import NOT_DONE, SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.documents import SCHEMA, Document
from notifier.model.event import Wish
from notifier.model.key import LONGEST, KeyState
from notifier.model.key_answer import KeyListing
from notifier.owner import client
from notifier.owner.transport import OwnerError
from notifier.terminal import lists
from notifier.terminal.screen import busy
from notifier.watch.thread import new_loop
from notifier.wording import keys as words
from notifier.wording import relays

T = TypeVar("T")


@click.group()
@profiled
def key(profile: Path | None) -> None:
    """Your own keys, in the key store of this system: set, forget, list.

    A key shows whether your account is accepted, at no cost. It is sent to the service it was
    entered for and nowhere else. The address of a push is kept there too, under push:NAME.
    """
    del profile  # read by the commands


@key.command("set")
@click.argument("id_", metavar="ID")
@click.argument("given", nargs=-1, metavar="")
@profiled
@click.pass_context
def set_key(context: click.Context, id_: str, given: tuple[str, ...], profile: Path | None) -> None:
    """Keep the key for ID, typed at a prompt or read from standard input.

    ID is a service of the catalogue, or what `key` names in settings.toml. The key replaces one
    that is there; nothing is called to try it.

    With push:NAME it is the address of the [[push]] of that name, written as Apprise has it.
    """
    if given:
        fail(words.not_as_an_argument(SAY), WRONG_USAGE)
    place = opened(context, profile)
    settings(place)
    keeper = Keeper(place, SAY)
    try:
        where = keeper.place(id_)
        text = _entered(_prompt(where))
        kept = _done(keeper.set(where, text))
    except NotKept as error:
        fail(str(error), WRONG_USAGE if error.usage else NOT_DONE)
        return
    _tell_the_owner(place, kept.entry)
    click.echo(_kept(kept))


@key.command("forget")
@click.argument("id_", metavar="ID")
@profiled
@click.pass_context
def forget_key(context: click.Context, id_: str, profile: Path | None) -> None:
    """Take the key for ID out of the key store."""
    place = opened(context, profile)
    settings(place)
    try:
        entry = _done(Keeper(place, SAY).forget(id_))
    except NotKept as error:
        fail(str(error))
        return
    click.echo(words.forgotten(entry, SAY))


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@profiled
@click.pass_context
def list_keys(context: click.Context, *, as_json: bool, profile: Path | None) -> None:
    """The keys there are: names, where each is sent, and whether the key store has it.

    The JSON document has `schema`, `store` (its name or null), `state` (`read`, or why it could
    not be asked: `locked`, `no_store`, `foreign`, `plain_text`, `hanging`, `broken`), `problem` (a
    sentence or null) and `keys`: `id`, `origins`, `there` (true, false, null: not known).
    """
    place = opened(context, profile)
    names = settings(place).choices.keys
    listing = _done(Keeper(place, SAY).list())
    trouble = listing.state is not KeyState.READ
    problem = words.trouble(listing.state, "", listing.store, SAY) if trouble else None
    if as_json:
        click.echo(documents.dumps(_document(names, listing, problem)))
    elif not names:
        click.echo(words.no_keys(SAY))
    else:
        lists.keys([(name, *_told(name, listing)) for name in names], SAY)
    if problem is not None:
        fail(problem)


def _prompt(place: Place) -> str:
    if place.push:
        return relays.prompt(place.push, SAY)
    return words.prompt(place.entry, place.origins, SAY)


def _kept(place: Place) -> str:
    if place.push:
        return relays.kept(place.push, words.store_name(place.store, SAY), SAY)
    return words.kept(place.entry, place.store, place.origins, SAY)


def _entered(prompt: str) -> str:
    """A key, from a prompt without echo or from standard input; one line end after it is none."""
    if sys.stdin.isatty():
        return str(click.prompt(prompt, hide_input=True, err=True))
    return sys.stdin.read(LONGEST + 3).removesuffix("\n").removesuffix("\r")


def _done(question: Coroutine[Any, Any, T]) -> T:
    """What comes of asking the key store; a window of its own may be open meanwhile."""
    waiting = words.trouble(KeyState.WAITING, "", "", SAY)
    with busy(waiting), asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(question)


def _tell_the_owner(place: Profile, entry: str) -> None:
    """Let the program that is running look again with the key that replaces another."""
    found = settings(place).settings
    sources = signed_with((entry,), found)
    for service in found.services:
        if any(source.id in sources for source in service.sources):
            request = {"ask": "wish", "wish": Wish.CHECK_NOW.value, "service": service.key}
            with suppress(OwnerError):  # nobody is there, or not yet: the key is kept all the same
                client.ask(place.places.socket, request)


def _told(name: str, listing: KeyListing) -> tuple[str, str]:
    """Where a key is sent, and in which store it is, or that it is not."""
    if name in listing.origins:
        return ", ".join(listing.origins[name]), words.store_name(listing.store, SAY)
    return "", words.missing(listing.state, SAY)


def _document(names: tuple[str, ...], listing: KeyListing, problem: str | None) -> Document:
    known = listing.state is KeyState.READ
    return {
        "schema": SCHEMA,
        "store": listing.store or None,
        "state": listing.state.value,
        "problem": problem,
        "keys": [
            {
                "id": name,
                "origins": list(listing.origins.get(name, ())),
                "there": name in listing.origins if known else None,
            }
            for name in names
        ],
    }


COMMANDS = (key,)
