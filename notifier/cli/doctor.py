"""`notifier doctor`: what is the matter with this computer, and a bundle for bug reports."""

import sys
from pathlib import Path

import click

from notifier import documents
from notifier.cli import SAY, fail, profiled
from notifier.cli.owner import opened
from notifier.terminal import checkup as faces
from notifier.terminal import sheet
from notifier.terminal.screen import busy
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
    notifications and key store, power, link and login session, the start at login, and at the
    network, where it asks nobody but the neutral hosts of the settings. Changes nothing. Ends with
    1 where something needs attention.

    The JSON document has `schema`, `at`, `version` and `findings`, each with `subject`, `level`
    (ok, attention or unknown), `says` and `advice` (or null).
    """
    # The whole room is loaded here: no other command is to carry it.
    from notifier.app.examining import bundle, examined
    from notifier.doctor.bundle import NotWritten

    if target is not None and target.exists():  # before anything is looked at for it
        fail(SAY(words.BUNDLE_EXISTS, path=str(target)))
    place = opened(context, profile)
    with busy(SAY("Looking… this takes a few seconds.")):
        seen = examined(place, SAY, offline=offline)
    told = [(one.subject.value, one.level.value, one.says, one.advice) for one in seen.findings]
    shown = faces.checkup(told, seen.attention, SAY)
    if as_json:
        click.echo(documents.dumps(seen.document))
    else:
        sheet.show(shown)
    if target is not None:
        report = "\n".join(sheet.lines(shown))
        try:
            about = bundle(seen, report, place.places.log, target, SAY)
        except NotWritten as error:
            fail(str(error))
            return
        for line in (SAY(words.BUNDLED, path=str(target)), *(f"  {line}" for line in about)):
            click.echo(line, err=True)
    sys.exit(1 if seen.attention else 0)


COMMANDS = (doctor,)
