"""What a command loads: its own, and nothing of the others'."""

import dataclasses
import inspect
import json
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
import pytest

from notifier import cli
from notifier.cli import main
from tests.cli.person import service

LOADED = """
import json, sys
from notifier.cli import main
command = main.get_command(None, sys.argv[1])
print(json.dumps([command.name, *sorted(sys.modules)]))
"""

COLLECTS = """
import gc
gc.disable()
from notifier.cli import main
main.get_command(None, "check")
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""

KEYS = {"app.keeping", "model.key_answer", "probes.account", "storage.key_store"}
KEYS |= {"watch.key_ring", "watch.keys"}
SERVERS = {"probes.local", "watch.listeners", "watch.model_server"}
DOORS = {"probes", "watch.doors"}
OTHERS = {"model.past", "owner.protocol", "watch.recognition"}

MOST_MODULES, MOST_DATACLASSES = 165, 105
"""What a check of pages may load of ours. Each module costs a tenth of a millisecond at every
start, each dataclass almost half of one, a `msgspec.Struct` next to nothing: before you raise a
figure, load later what is not needed.
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
    "left_out", ["rich.console", "notifier.rehearsal.play", "tomlkit", "sqlite3", "statistics"]
)
def test_check_loads_nothing_that_only_others_need(left_out):
    name, *modules = loaded_by("check")
    assert name == "check"
    assert left_out not in modules


def looking(person) -> set[str]:
    """Which modules of ours a whole check loads, by Python's own record, without `notifier.`."""
    said = person.runs("check", PYTHONPROFILEIMPORTTIME="1")
    assert said.code == 0, said.err
    names = (line.rpartition("|")[2].strip() for line in said.err.splitlines())
    ours = {name.removeprefix("notifier.") for name in names if name.startswith("notifier.")}
    assert "watch.fetch" in ours, "it did look"
    return ours


@pytest.fixture
def paged(person, page, spare):
    """The person has chosen two services of which only the pages can be looked at."""
    person.chooses(service("campus", page.url), service("spare", spare.url))
    return person


def test_a_check_of_pages_loads_nothing_of_doors_keys_and_servers(paged):
    assert looking(paged) & (DOORS | KEYS | SERVERS | OTHERS) == set()


def test_a_check_of_a_front_door_loads_nothing_of_keys_and_servers(person, page, door):
    person.chooses(service("campus", page.url, door.url))
    loaded = looking(person)
    assert loaded >= DOORS
    assert loaded & (KEYS | SERVERS | OTHERS) == set()


def test_a_check_loads_no_more_than_it_did(paged):
    loaded = looking(paged)
    assert len(loaded) <= MOST_MODULES
    modules = [import_module(f"notifier.{name}") for name in loaded]
    classes = [(one, mod) for mod in modules for _, one in inspect.getmembers(mod, inspect.isclass)]
    made = [c for c, mod in classes if dataclasses.is_dataclass(c) and c.__module__ == mod.__name__]
    assert len(made) <= MOST_DATACLASSES


def test_the_collector_of_garbage_works_again_and_leaves_alone_what_is_loaded():
    run = [sys.executable, "-c", COLLECTS]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "True"]
