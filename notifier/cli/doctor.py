"""`notifier doctor`: what is the matter with this computer, and a bundle for bug reports."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from notifier import __version__, documents
from notifier.app.profile import Meant, Profile, read_settings
from notifier.cli import SAY, fail, profiled
from notifier.cli.owner import opened
from notifier.doctor import bundle as bundles
from notifier.doctor.examination import Patient, attention, examine
from notifier.doctor.finding import Finding
from notifier.doctor.kept import Written
from notifier.doctor.redaction import Secrets
from notifier.model.settings import Choices, Settings
from notifier.storage.checkup import check_up
from notifier.storage.settings_file import SettingsUnreadable
from notifier.terminal import checkup as faces
from notifier.terminal import sheet
from notifier.terminal.screen import busy
from notifier.terminal.sheet import Sheet
from notifier.watch.clock import SystemClock
from notifier.wording import doctor as words


@click.command()
@click.option("--offline", is_flag=True, help="Do not look at the network.")
@click.option(
    "--bundle",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE.zip",
    help="Write all of it, without secrets, for a bug report.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@profiled
@click.pass_context
def doctor(
    context: click.Context,
    *,
    offline: bool,
    target: Path | None,
    as_json: bool,
    profile: Path | None,
) -> None:
    """What is the matter with this computer, as far as the program is concerned.

    Looks at versions, places and rights, settings, history, who is running, the desktop's tray,
    notifications and key store, and at the network, where it asks nobody but the neutral hosts of
    the settings. Changes nothing. Ends with 1 where something needs attention.

    The JSON document has `schema`, `at`, `version` and `findings`, each with `subject`, `level`
    (ok, attention or unknown), `says` and `advice` (or null).
    """
    if target is not None and target.exists():  # before anything is looked at for it
        fail(SAY(words.BUNDLE_EXISTS, path=str(target)))
    place = opened(context, profile)
    raw = bundles.settings_in(place.places.settings)
    secrets = Secrets.held_by(raw, os.environ)
    patient = _patient(place, offline=offline)
    with busy(SAY("Looking… this takes a few seconds.")):
        findings = examine(patient, secrets, SAY)
    at = documents.time(SystemClock().moment().utc) or ""
    document = bundles.document(findings, __version__, at)
    seen = _sheet(findings)
    if as_json:
        click.echo(documents.dumps(document))
    else:
        sheet.show(seen)
    if target is not None:
        report = "\n".join(sheet.lines(seen))
        packed = bundles.pack(
            report,
            document,
            settings=raw,
            log=place.places.log,
            checkup=patient.checkup,
            secrets=secrets,
            say=SAY,
        )
        _write(packed, target)
    sys.exit(1 if attention(findings) else 0)


def _patient(place: Profile, *, offline: bool) -> Patient:
    meant, written = _meant(place)
    references = None if offline else [source.url for source in meant.settings.references]
    return Patient(
        places=place.places,
        written=written,
        checkup=check_up(place.places.history),
        references=references,
        proxy=meant.choices.proxy,
        ca=meant.choices.ca,
    )


def _meant(place: Profile) -> tuple[Meant, Written]:
    """The settings, and what is to be said of them; where they cannot be read, the shipped ones."""
    try:
        meant = read_settings(place)
    except SettingsUnreadable as error:
        shipped = Settings(references=place.catalogue.references)
        return Meant(Choices(), shipped, ()), Written(unreadable=str(error))
    complaints = tuple(str(complaint) for complaint in meant.complaints)
    there = place.places.settings.exists()
    return meant, Written(len(meant.settings.services), complaints, there=there)


def _sheet(findings: Sequence[Finding]) -> Sheet:
    told = [(one.subject.value, one.level.value, one.says, one.advice) for one in findings]
    return faces.checkup(told, attention(findings), SAY)


def _write(packed: bundles.Bundle, target: Path) -> None:
    """Write the bundle, and say on standard error what is in it."""
    try:
        bundles.write(packed, target, SAY)
    except bundles.NotWritten as error:
        fail(str(error))
    click.echo(SAY(words.BUNDLED, path=str(target)), err=True)
    for line in packed.about:
        click.echo(f"  {line}", err=True)


COMMANDS = (doctor,)
