"""Moving in and out: lists of pages and settings of another computer in, one's own settings out."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from notifier.app.moving_in import TakenIn, take_in
from notifier.app.network import wire_of
from notifier.app.profile import Profile
from notifier.catalogue import resolve
from notifier.cli import NOT_DONE, SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.feeds import Unreadable, subscriptions
from notifier.feeds.subscriptions import Listed, Listing
from notifier.model.settings import Choices
from notifier.storage import settings_export, settings_file, settings_import, whole_file
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.storage.settings_import import Brought, NotTakenIn
from notifier.terminal.screen import busy, put
from notifier.watch.clock import SystemClock
from notifier.watch.thread import new_loop
from notifier.wording import moving as words

_DRY = click.option("--dry-run", is_flag=True, help="Only say what would change.")


@click.command("import")
@click.argument("file", metavar="FILE")
@_DRY
@profiled
@click.pass_context
def import_(context: click.Context, file: str, *, dry_run: bool, profile: Path | None) -> None:
    """Take in FILE (`-`: standard input): a list of pages, or settings of another computer.

    A list is OPML, as feed readers write it, or plain text with one address a line. Its pages are
    added to what is watched. What `notifier export` has written takes the place of the settings
    here, which are kept beside them; keys are entered anew.
    """
    place = opened(context, profile)
    name, body = (Path(file).name, _content(file)) if file != "-" else ("This", _given())
    try:
        if subscriptions.is_xml(body):
            _take_in_list(place, subscriptions.read_opml(body), dry_run=dry_run)
            return
        text = body.decode("utf-8-sig")
        if settings_import.is_settings(text):
            _take_in_settings(place, settings_import.read(name, text), dry_run=dry_run)
        else:
            _take_in_list(place, subscriptions.read_lines(text), dry_run=dry_run)
    except UnicodeDecodeError:
        fail(f"{name} is neither XML nor text in UTF-8; nothing was taken in.")
    except Unreadable as error:
        fail(f"{name} is not taken in. {error}")
    except NotTakenIn as error:
        fail("\n".join((*error.says, "Nothing was taken in.")))
    except (SettingsRefused, SettingsUnreadable) as error:
        fail(str(error))


def _content(file: str) -> bytes:
    try:
        body = whole_file.content(Path(file))
    except whole_file.NotAFile as error:
        fail(f"{file} cannot be read, because {error}.", WRONG_USAGE)
        raise
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.", WRONG_USAGE)
        raise
    if body is None:
        fail(f"{file} is not there.", WRONG_USAGE)
    return body or b""


def _given() -> bytes:
    body = sys.stdin.buffer.read(whole_file.MOST_BYTES + 1)
    if len(body) > whole_file.MOST_BYTES:
        fail("That is larger than 1 MiB; nothing was taken in.")
    return body


# ---------------------------------------------------------------------------------- lists


def _take_in_list(place: Profile, listing: Listing, *, dry_run: bool) -> None:
    choices = settings(place).choices
    asking = busy(words.asking_after(len(listing.entries), SAY))
    with asking, asyncio.Runner(loop_factory=new_loop) as runner:
        found = runner.run(_recognised(place, listing.entries, choices))
    if found.new and not dry_run:
        settings_file.add(place.places.settings, *found.new)
    for line in _listed(found, listing, place, dry=dry_run):
        put(line)
    if found.unknown or listing.strange:
        sys.exit(NOT_DONE)


async def _recognised(place: Profile, entries: tuple[Listed, ...], choices: Choices) -> TakenIn:
    from notifier.watch.fetch import Fetch

    clock = SystemClock()
    fetch = Fetch(wire=wire_of(choices), clock=clock)
    try:
        return await take_in(entries, choices.watched, place.catalogue, fetch.recognise, clock)
    finally:
        await fetch.close()


def _listed(found: TakenIn, listing: Listing, place: Profile, *, dry: bool) -> Iterator[str]:
    """What became of each entry of a list; nothing of it goes without a word."""
    from notifier.doctor.redaction import address  # no other command is to carry it

    for new in found.new:
        known = place.catalogue.by_id.get(new.id)
        name = new.name or (known.name if known else new.id)
        yield words.watched(name, new.id, SAY, dry=dry)
    for old in found.already:
        yield words.already(address(old.url), SAY)
    for one in found.unknown:
        yield words.unknown(one.entry.name, address(one.entry.url), one.why, SAY)
    for what in listing.strange:
        yield words.strange(what, SAY)
    if not listing.entries and not listing.strange:
        yield words.nothing_listed(SAY)
    elif dry:
        yield words.only_looked(SAY)


# ------------------------------------------------------------------------------- settings


def _take_in_settings(place: Profile, brought: Brought, *, dry_run: bool) -> None:
    path = place.places.settings
    here = settings_file.what_is_there(path)
    differing = settings_import.changes(here, brought.data)
    kept = None
    if differing and not dry_run:
        kept = settings_file.take_in(path, brought.text, datetime.now(UTC))
    for one in differing:
        put(words.changed(one.kind.value, one.what, one.keys, SAY))
    if not differing:
        put(words.as_they_are(SAY))
    elif dry_run:
        put(words.only_looked(SAY))
    elif kept is not None:
        put(words.kept_as(kept.name, SAY))
    _, unmet = resolve(brought.choices, place.catalogue, UTC)
    for complaint in unmet:
        put(complaint.text)
    for hook in brought.choices.hooks:
        put(words.runs(hook.run[0], SAY))
    for entry in brought.keys_missing(here):
        put(words.key_wanted(entry, SAY))


@click.command()
@click.argument("file", metavar="[FILE]", required=False)
@profiled
@click.pass_context
def export(context: click.Context, file: str | None, profile: Path | None) -> None:
    """Write the settings to FILE, or print them, without keys and what else may be a secret.

    What does not go along is named on standard error. `notifier import` takes it in elsewhere.
    """
    path = opened(context, profile).places.settings
    try:
        out = settings_export.checked(path.name, *settings_file.raw(path))
    except SettingsUnreadable as error:
        fail(str(error), WRONG_USAGE)
        return
    if file is None:
        put(out.text.rstrip("\n"), whole=True)
    else:
        _write(Path(file), out.text)
    for line in out.left_out:
        put(line, sys.stderr)


def _write(file: Path, text: str) -> None:
    if file.exists():
        fail(f"{file} is there already, and is not written over; name another.")
    try:
        whole_file.replace(file, text.encode())
    except OSError as error:
        fail(f"{file} could not be written: {error.strerror}.")
    put(words.exported(str(file), SAY))


COMMANDS = (import_, export)
