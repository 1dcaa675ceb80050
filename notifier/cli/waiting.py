"""`notifier wait`: a script that goes on once a service works."""

import signal
import sys
from pathlib import Path
from types import FrameType

import click

from notifier import documents
from notifier.app.profile import Meant
from notifier.app.waiting import Seen, Waited, Waiting
from notifier.app.zone import local_zone
from notifier.cli import NOT_DONE, SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.documents import SCHEMA, Document
from notifier.model.duration import seconds
from notifier.model.health import Health
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
    ended = _Ended()
    try:
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
        sys.exit(128 + ended.by)
    _conclude(waited, line, until, as_json=as_json)


class _Ended:
    """Lets SIGTERM end the command in the way of Ctrl-C; `by` is the signal that did."""

    def __init__(self) -> None:
        self.by = signal.SIGINT
        signal.signal(signal.SIGTERM, self._terminated)

    def _terminated(self, _number: int, frame: FrameType | None) -> None:
        self.by = signal.SIGTERM
        at_interrupt = signal.getsignal(signal.SIGINT)  # the loop has one of its own
        if not callable(at_interrupt):  # a shell that has put us behind itself ignores Ctrl-C
            raise KeyboardInterrupt
        at_interrupt(signal.SIGINT, frame)


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

    def stands(self, seen: Seen) -> None:
        """Say how it stands."""
        self._line.says(words.stands(seen.row, seen.since, _glance(seen)))


def _glance(seen: Seen) -> Glance:
    return Glance(seen.picture.at, local_zone(), SAY)


def _conclude(waited: Waited, line: WaitingLine, until: str, *, as_json: bool) -> None:
    seen = waited.seen
    if as_json:
        click.echo(documents.dumps(_document(waited, until)))
    elif waited.reached:
        line.remarks(words.reached(seen.row, waited.seconds, SAY))
    else:
        line.warns(words.gave_up(seen.row, seen.since, waited.seconds, _glance(seen)))
    sys.exit(0 if waited.reached else NOT_DONE)


def _document(waited: Waited, until: str) -> Document:
    """The document of `wait --json`."""
    seen, at = waited.seen, waited.seen.picture.at
    return {
        "schema": SCHEMA,
        "at": documents.time(at.utc),
        "source": seen.origin.value,
        "until": until,
        "reached": waited.reached,
        "waited_s": int(waited.seconds),
        "service": documents.service(seen.row, at, seen.origin),
    }


COMMANDS = (wait,)
