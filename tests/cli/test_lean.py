"""What a command loads: its own, and nothing of the others'."""

import json
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
import pytest

from notifier import cli
from notifier.cli import main

LOADED = """
import json, sys
from notifier.cli import main
command = main.get_command(None, sys.argv[1])
print(json.dumps([command.name, *sorted(sys.modules)]))
"""


def loaded_by(command: str) -> list[str]:
    run = [sys.executable, "-c", LOADED, command]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_every_command_is_where_it_is_looked_for():
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name
    assert main.get_command(context, "nonsense") is None


def test_no_command_is_forgotten():
    """Whatever a module of the room makes can be called."""
    rooms = [import_module(f"notifier.cli.{one.name}") for one in iter_modules(cli.__path__)]
    made = {command.name for room in rooms for command in getattr(room, "COMMANDS", ())}
    assert made == set(main.list_commands(click.Context(main)))


@pytest.mark.parametrize(
    "left_out", ["rich.console", "notifier.rehearsal.play", "tomlkit", "sqlite3"]
)
def test_check_loads_nothing_that_only_others_need(left_out):
    name, *modules = loaded_by("check")
    assert name == "check"
    assert left_out not in modules
