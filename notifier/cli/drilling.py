"""`notifier test-fallbacks`: whether what would be used instead works, by trying it."""

import sys
from pathlib import Path

import click
import msgspec

from notifier import documents
from notifier.app.profile import Meant, Profile
from notifier.app.zone import local_zone
from notifier.cli import NOT_DONE, SAY, profiled
from notifier.cli.owner import ask, awake, opened, settings
from notifier.documents import SCHEMA, Document, Origin
from notifier.model.drill import Drill, Tested, Tried
from notifier.terminal import drill as faces
from notifier.terminal import sheet
from notifier.terminal.screen import busy
from notifier.watch.clock import SystemClock
from notifier.wording import terminal as words
from notifier.wording.drill import report
from notifier.wording.glance import Glance

WITHIN = 95.0
"""Seconds the owner may take: a model may have to be loaded."""


@click.command("test-fallbacks")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@profiled
@click.pass_context
def test_fallbacks(context: click.Context, *, as_json: bool, profile: Path | None) -> None:
    """Try what you would use if a tool failed, and say what of it is ready.

    For each tool the alternatives named in the settings are tried, else the best five: what their
    status page says, whether they are reached from here, whether your key is accepted where one is
    kept, and what is left of your account where they say so. A model server on this computer
    answers one token, which may take a minute where a model must be loaded first. Nothing that
    costs anything is called.

    Ends with 0 where at least one alternative for each tool is ready, else with 1. The AI Notifier
    that is running keeps the date; without one nothing is kept.

    The JSON document has `schema`, `at`, `source`, `ready`, `report`, `lacking` (names of tools
    for which nothing is ready) and `fallbacks`, each with `id`, `name`, `came`, `says`,
    `instead_of` (ids) and `steps` (`step`: page, reach, account, key, quota or call; `came`: well,
    ill, unknown or not_tried; `says`; `at`).
    """
    place = opened(context, profile)
    meant = settings(place)
    if not meant.settings.services:
        for line in words.how_to_add(SAY):
            click.echo(line)
        sys.exit(NOT_DONE)
    for complaint in meant.sentences(SAY):
        click.echo(complaint, err=True)
    drill, origin = _tested(place, meant)
    if as_json:
        click.echo(documents.dumps(_document(drill, origin)))
    else:
        sheet.show(faces.drill(drill, Glance(SystemClock().moment(), local_zone(), SAY)))
    sys.exit(NOT_DONE if drill.lacking else 0)


def _tested(place: Profile, meant: Meant) -> tuple[Drill, Origin]:
    """By the owner where there is one, else here."""
    with busy(SAY("Trying your fallbacks… a model that must be loaded may take a minute.")):
        answer = ask(place, {"ask": "test_fallbacks"}, WITHIN) if awake(place) else None
        if answer is not None:
            return msgspec.convert(answer["drill"], Drill), Origin.OWNER
        from notifier.app.drilling import try_alone

        return try_alone(place, meant, SAY), Origin.LOOKED


def _document(drill: Drill, origin: Origin) -> Document:
    """The document of `test-fallbacks --json`."""
    return {
        "schema": SCHEMA,
        "at": documents.time(drill.began.utc),
        "source": origin.value,
        "ready": not drill.lacking,
        "report": report(drill, local_zone(), SAY),
        "lacking": list(drill.lacking),
        "fallbacks": [_one(one) for one in drill.tested],
    }


def _one(one: Tested) -> Document:
    return {
        "id": one.id,
        "name": one.name,
        "came": one.came.value,
        "says": one.says,
        "instead_of": list(one.instead_of),
        "steps": [_step(step) for step in one.steps],
    }


def _step(step: Tried) -> Document:
    return {
        "step": step.step.value,
        "came": step.came.value,
        "says": step.says,
        "at": None if step.at is None else documents.time(step.at.utc),
    }


COMMANDS = (test_fallbacks,)
