"""The commands of the terminal. click lives here and nowhere else; nothing here loads Qt."""

import gc
import sys
from collections.abc import Callable
from importlib import import_module
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
    found: Path | None = given
    while found is None and context.parent is not None:
        context = context.parent
        found = context.params.get("profile")
    return found


def fail(text: str, code: int = NOT_DONE) -> None:
    """Say on standard error what went wrong, and end."""
    click.echo(text, err=True)
    sys.exit(code)


_MADE_IN = {
    "watching": ("check", "why", "fallback", "watch", "tray"),
    "waiting": ("wait",),
    "choosing": ("catalogue", "add", "remove"),
    "answers": ("got-it", "snooze", "tell-me", "pause", "resume", "broken-for-me", "works-for-me"),
    "moving": ("import", "export"),
    "updating": ("update-catalogue",),
    "rehearsing": ("rehearse",),
    "reading": ("read", "detect"),
    "history": ("history",),
    "starting": ("autostart",),
    "doctor": ("doctor",),
    "trying": ("test-notification",),
    "keys": ("key",),
    "drilling": ("test-fallbacks",),
}
"""Which commands each module of this room makes."""

_MODULES = {name: module for module, names in _MADE_IN.items() for name in names}


class Commands(click.Group):
    """Commands that are imported when they are named: `check` has no need of `rehearse`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all, in their order."""
        del ctx
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, where there is one."""
        del ctx
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"notifier.cli.{_MODULES[cmd_name]}")
        _collect_again()
        made: dict[str | None, click.Command] = {one.name: one for one in module.COMMANDS}
        return made[cmd_name]


def _collect_again() -> None:
    """Python's collector of garbage rests while we load (see `__main__`).

    What is loaded by now is no garbage, and neither is the network, which is loaded at the first
    look: to look through either again and again took an eighth of what a check takes.
    """
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command it is the tray program.",
)
@click.version_option(__version__, prog_name="AI Notifier")
@profiled
def main(profile: Path | None) -> None:
    """Says when an AI service fails, whose fault it is, and what works instead."""
    del profile  # read by the commands


def load() -> click.Group:
    """The group with every command in it, for whoever looks at all of them."""
    for name in _MODULES:
        command = main.get_command(click.Context(main), name)
        if command is not None:
            main.add_command(command)
    return main
