"""`notifier wait`: a script that goes on once a service works."""

import signal
import sys
from pathlib import Path

import click

from notifier import documents
from notifier.app.profile import Meant
from notifier.app.waiting import Waited, Waiting
from notifier.app.zone import local_zone
from notifier.cli import NOT_DONE, SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.documents import SCHEMA, Document
from notifier.model.duration import seconds
from notifier.model.health import Health
from notifier.model.picture import Picture, Row
from notifier.model.service import Service
from notifier.terminal.waiting import WaitingLine
from notifier.wording import terminal
from notifier.wording import waiting as words
from notifier.wording.glance import Glance
from notifier.wording.times import listed

_MOST_LISTED = 12

WANTED = tuple(health.value for health in Health if health is not Health.UNKNOWN)
"""What can be waited for. Nobody waits for what is not known."""


def _time(context: click.Context, option: click.Parameter, text: str | None) -> float | None:
    """Seconds of a span as settings write it."""
    del context, option
    length = None if text is None else seconds(text)
    if text is not None and not length:
        raise click.BadParameter(f"{text!r} is not a time such as 90s, 10m or 1h")
    return length


class _Ended(BaseException):
    """Whoever started this command has ended it, by a signal of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@click.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--until",
    type=click.Choice(WANTED),
    default=Health.OPERATIONAL.value,
    show_default=True,
    metavar="STATE",
    help=f"The state that will do, or a better one: {', '.join(WANTED)}.",
)
@click.option(
    "--timeout", callback=_time, metavar="TIME", help="Give up after 90s, 10m, 1h. [default: never]"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document at the end.")
@profiled
@click.pass_context
def wait(
    context: click.Context,
    id_: str,
    *,
    until: str,
    timeout: float | None,
    as_json: bool,
    profile: Path | None,
) -> None:
    """Wait until a service works:  notifier wait claude-api && make eval

    ID is a service you watch, or any other of the catalogue. Where AI Notifier is running, this
    follows it; else it looks by itself, as often as that would. What is unknown is never good
    enough. On a terminal a line says how it stands; in a pipe nothing is said until the end.

    Ends with 0 as soon as the state is reached, with 1 when the time is over, with 2 for wrong
    usage, and with 130 at Ctrl-C.

    The JSON document has `schema`, `at`, `source`, `until`, `reached`, `waited_s`, and `service`
    as in `check`.
    """
    place = opened(context, profile)
    meant = settings(place)
    service = _meant(meant, id_)
    for complaint in meant.sentences(SAY):
        click.echo(complaint, err=True)
    try:
        signal.signal(signal.SIGTERM, _end)
        with WaitingLine(terminal.looking(SAY)) as line:
            if service.key not in meant.settings.by_key:
                line.remarks(words.not_chosen(service.name, SAY))
            waiting = Waiting(
                place,
                meant,
                service,
                Health(until),
                timeout=timeout,
                say=SAY,
                teller=_Told(line),
            )
            waited = waiting.until_good()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except _Ended as ended:
        sys.exit(128 + ended.number)
    _conclude(waited, line, until, as_json=as_json)


def _end(number: int, _frame: object) -> None:
    raise _Ended(number)


def _meant(meant: Meant, id_: str) -> Service:
    """The service of that id, chosen or not; ends the command where nobody knows it."""
    chosen = meant.settings.services
    for service in (*chosen, *meant.settings.others):
        if id_ in (service.id, service.key):
            return service
    watched = [service.key for service in chosen]
    known = f"You watch {listed(watched, SAY, _MOST_LISTED)}. " if watched else ""
    fail(
        f"{id_} is neither watched nor in the catalogue. {known}`notifier catalogue` lists what "
        "there is, and `notifier add URL` watches a page that is not in it.",
        WRONG_USAGE,
    )
    raise AssertionError


class _Told:
    """Tells the person at the terminal, on the one line."""

    def __init__(self, line: WaitingLine) -> None:
        self._line = line
        self.remarks = line.remarks
        self.warns = line.warns

    def stands(self, picture: Picture, row: Row) -> None:
        """Say how it stands."""
        self._line.says(words.stands(row, Glance(picture.at, local_zone(), SAY)))


def _conclude(waited: Waited, line: WaitingLine, until: str, *, as_json: bool) -> None:
    glance = Glance(waited.picture.at, local_zone(), SAY)
    if as_json:
        click.echo(documents.dumps(_document(waited, until)))
    elif waited.reached:
        line.remarks(words.reached(waited.row, waited.seconds, SAY))
    else:
        line.warns(words.gave_up(waited.row, waited.seconds, glance))
    sys.exit(0 if waited.reached else NOT_DONE)


def _document(waited: Waited, until: str) -> Document:
    """The document of `wait --json`."""
    at = waited.picture.at
    return {
        "schema": SCHEMA,
        "at": documents.time(at.utc),
        "source": waited.origin.value,
        "until": until,
        "reached": waited.reached,
        "waited_s": int(waited.seconds),
        "service": documents.service(waited.row, at, waited.origin),
    }


COMMANDS = (wait,)
