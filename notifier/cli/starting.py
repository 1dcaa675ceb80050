"""`notifier autostart`: whether the tray program comes with the person's session."""

from pathlib import Path

import click

from notifier.autostart import Barred, Refused, current, sentence
from notifier.cli import NOT_DONE, SAY, WRONG_USAGE, fail

NOT_FOR_PROFILES = (
    "autostart serves only the default profile. "
    "Leave it out, or start `notifier tray --profile DIR` by an entry of your own."
)

_unprofiled = click.option(
    "--profile",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Refused here: autostart serves only the default profile.",
)


@click.group()
@_unprofiled
@click.pass_context
def autostart(context: click.Context, profile: Path | None) -> None:
    """Start the tray program when you log in."""
    _default_only(context, profile)


@autostart.command()
@_unprofiled
@click.pass_context
def on(context: click.Context, profile: Path | None) -> None:
    """Have it started from the next login on."""
    _default_only(context, profile)
    try:
        current().on()
    except Refused as refused:
        fail(str(refused))
    _tell()


@autostart.command()
@_unprofiled
@click.pass_context
def off(context: click.Context, profile: Path | None) -> None:
    """Have it started no more."""
    _default_only(context, profile)
    try:
        current().off()
    except Refused as refused:
        fail(str(refused))
    _tell()


@autostart.command()
@_unprofiled
@click.pass_context
def status(context: click.Context, profile: Path | None) -> None:
    """Say what happens at the next login; ends with 1 where that is not ours to know."""
    _default_only(context, profile)
    _tell()


def _default_only(context: click.Context, given: Path | None) -> None:
    """End the command where a profile was named, here or before it."""
    if given is not None or context.find_root().params.get("profile") is not None:
        fail(NOT_FOR_PROFILES, WRONG_USAGE)


def _tell() -> None:
    """How it stands now, in one sentence: looked at, not believed."""
    found = current().status()
    if isinstance(found, Barred):
        fail(sentence(found, SAY), NOT_DONE)
    click.echo(sentence(found, SAY))


COMMANDS = (autostart,)
