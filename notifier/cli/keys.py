"""A person's own keys: put into the system's key store, taken out of it, listed; never shown."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from notifier.app.keys import addresses, entry_named, key_store, origins, signed_with
from notifier.app.profile import Meant, Profile
from notifier.cli import SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.documents import SCHEMA
from notifier.model.event import Wish
from notifier.model.key import LONGEST, KeyAnswer, KeyState, Secret, may_be_key
from notifier.owner import client
from notifier.owner.transport import OwnerError
from notifier.storage import settings_file
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.terminal import lists
from notifier.terminal.screen import busy
from notifier.watch.thread import new_loop
from notifier.wording import keys as words

T = TypeVar("T")


@click.group()
@profiled
def key(profile: Path | None) -> None:
    """Your own keys, in the key store of this system: set, forget, list.

    A key shows whether your account is accepted, at no cost. It is sent to the service it was
    entered for and nowhere else.
    """
    del profile  # read by the commands


@key.command("set")
@click.argument("entry", metavar="ID")
@profiled
@click.pass_context
def set_key(context: click.Context, entry: str, profile: Path | None) -> None:
    """Keep the key for ID, typed at a prompt or read from standard input.

    ID is a service of the catalogue, or what `key` names in settings.toml. The key replaces one
    that is there; nothing is called to try it.
    """
    place = opened(context, profile)
    meant = settings(place)
    entry = entry_named(entry, meant.choices)
    where = _where(entry, meant, place)
    secret = _entered(entry, where)
    answer = _asked(key_store(place).set(entry, secret, where))
    if answer.state is not KeyState.READ:
        fail(words.trouble(answer.state, entry, answer.store, SAY))
    _note(place, entry, kept=True)
    _tell_the_owner(place, entry)
    click.echo(words.kept(entry, answer.store, where, SAY))


@key.command("forget")
@click.argument("entry", metavar="ID")
@profiled
@click.pass_context
def forget_key(context: click.Context, entry: str, profile: Path | None) -> None:
    """Take the key for ID out of the key store."""
    place = opened(context, profile)
    entry = entry_named(entry, settings(place).choices)
    answer = _asked(key_store(place).forget(entry))
    if answer.state not in (KeyState.READ, KeyState.ABSENT):
        fail(words.trouble(answer.state, entry, answer.store, SAY))
    noted = _note(place, entry, kept=False)
    if answer.state is KeyState.ABSENT and not noted:
        fail(words.none_kept(entry, SAY))
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
    kept = settings(place).choices.keys
    answer = _asked(key_store(place).read(kept)) if kept else KeyAnswer(KeyState.READ)
    trouble = answer.state is not KeyState.READ
    problem = words.trouble(answer.state, "", answer.store, SAY) if trouble else None
    if as_json:
        click.echo(json.dumps(_document(kept, answer, problem), indent=2))
    elif not kept:
        click.echo(words.no_keys(SAY))
    else:
        lists.keys([(entry, *_told(entry, answer)) for entry in kept], SAY)
    if problem is not None:
        fail(problem)


def _where(entry: str, meant: Meant, place: Profile) -> tuple[str, ...]:
    """The origins a key under `entry` is for; the command ends where it must not be sent."""
    from notifier.watch.keys import is_safe  # it loads what speaks HTTP

    urls = addresses(entry, meant.choices, place)
    if not urls:
        named = entry in place.catalogue.by_id or entry in {one.id for one in meant.choices.watched}
        fail((words.keyless if named else words.unknown)(entry, SAY), WRONG_USAGE)
    found = origins(entry, meant.choices, place)
    for origin in found:
        if not is_safe(origin):
            fail(words.insecure(entry, origin, SAY))
    return found


def _entered(entry: str, where: tuple[str, ...]) -> Secret:
    """The key, from a prompt without echo or from standard input; the command ends on nonsense."""
    if sys.stdin.isatty():
        typed = click.prompt(words.prompt(entry, where, SAY), hide_input=True, err=True)
    else:
        typed = sys.stdin.read(LONGEST + 2)
    text = str(typed).strip("\r\n")
    if not may_be_key(text):
        fail(words.wrong_key(SAY), WRONG_USAGE)
    return Secret(text)


def _asked(question: Coroutine[Any, Any, T]) -> T:
    """What the key store answers; a prompt of its own may be open meanwhile."""
    with (
        busy(words.trouble(KeyState.WAITING, "", "", SAY)),
        asyncio.Runner(loop_factory=new_loop) as runner,
    ):
        return runner.run(question)


def _note(place: Profile, entry: str, *, kept: bool) -> bool:
    """Write down that there is such a key, or no longer."""
    try:
        return settings_file.keep_key(place.places.settings, entry, kept=kept)
    except (SettingsRefused, SettingsUnreadable) as error:
        says = f"{error} {words.still_used(entry, SAY)}" if kept else str(error)
        fail(says)
        raise


def _tell_the_owner(place: Profile, entry: str) -> None:
    """Let the program that is running look again with the key that replaces another."""
    found = settings(place).settings
    sources = signed_with((entry,), found)
    for service in found.services:
        if any(source.id in sources for source in service.sources):
            request = {"ask": "wish", "wish": Wish.CHECK_NOW.value, "service": service.key}
            with suppress(OwnerError):  # nobody is there, or not yet: the key is kept all the same
                client.ask(place.places.socket, request)


def _told(entry: str, answer: KeyAnswer) -> tuple[str, str]:
    """Where a key is sent, and in which store it is, or that it is not."""
    kept = answer.keys.get(entry)
    if kept is not None:
        return ", ".join(kept.origins), words.store_name(answer.store, SAY)
    return "", words.missing(answer.state, SAY)


def _document(kept: tuple[str, ...], answer: KeyAnswer, problem: str | None) -> dict[str, object]:
    known = answer.state is KeyState.READ
    return {
        "schema": SCHEMA,
        "store": answer.store or None,
        "state": answer.state.value,
        "problem": problem,
        "keys": [
            {
                "id": entry,
                "origins": list(answer.keys[entry].origins) if entry in answer.keys else [],
                "there": entry in answer.keys if known else None,
            }
            for entry in kept
        ],
    }


COMMANDS = (key,)
