"""The commands of the terminal. click lives here and nowhere else; nothing here loads Qt."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from notifier import __version__
from notifier.wording.say import English, Say

F = TypeVar("F", bound=Callable[..., Any])

SAY: Say = English()

WRONG_USAGE = 2
NOT_DONE = 1

_PROFILE = click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep settings, data and cache of this run under DIR, apart from every other instance.",
)


def profiled(command: F) -> F:
    """Let a command be told its profile, before or after its name."""
    return _PROFILE(command)


def profile_folder(context: click.Context, given: Path | None) -> Path | None:
    """The profile named at the command, else the one named before it."""
    before = context.find_root().params.get("profile")
    return given if given is not None else before


def fail(text: str, code: int = NOT_DONE) -> None:
    """Say on standard error what went wrong, and end."""
    click.echo(text, err=True)
    sys.exit(code)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command it is the tray program.",
)
@click.version_option(__version__, prog_name="AI Notifier")
@profiled
def main(profile: Path | None) -> None:
    """Says when an AI service fails, whose fault it is, and what works instead."""
    del profile  # read by the commands


def load() -> click.Group:
    """The group with all its commands; they are imported only when a command is run."""
    from notifier.cli import (
        answers,
        choosing,
        doctor,
        history,
        reading,
        rehearsing,
        starting,
        watching,
    )

    modules = (watching, choosing, answers, rehearsing, reading, history, starting, doctor)
    for module in modules:
        for command in module.COMMANDS:
            main.add_command(command)
    return main
