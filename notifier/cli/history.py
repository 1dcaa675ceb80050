"""`notifier history`: what was seen, how long things were well, what was told and what not."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from notifier import documents
from notifier.app.look_back import begins, document, names_of, pages_of
from notifier.app.profile import Profile
from notifier.app.zone import local_zone
from notifier.cli import SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import ask, opened, settings
from notifier.model.past import Past
from notifier.model.service import ServiceKey
from notifier.model.settings import Settings
from notifier.storage.review import review_file
from notifier.terminal import history as faces
from notifier.terminal import sheet
from notifier.terminal.overheard import NotUnderstood
from notifier.terminal.screen import put
from notifier.watch.clock import SystemClock
from notifier.wording import history as words
from notifier.wording.glance import Glance

OWNER, FILE = "owner", "file"


@click.command()
@click.argument("id_", metavar="[ID]", required=False)
@click.option(
    "--since",
    "written",
    default="7d",
    show_default=True,
    metavar="WHEN",
    help="2h, 7d, a day (2026-11-01) or a time (RFC 3339).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@profiled
@click.pass_context
def history(
    context: click.Context, id_: str | None, *, written: str, as_json: bool, profile: Path | None
) -> None:
    """What happened to everything watched, or to one service, newest first.

    Incidents seen, how much of the time looked each service was well, what was told and what was
    not, with the reason. A service that is watched no more still has its past.

    The JSON document has `schema`, `at`, `source` (`owner`, or `file` where nothing is running),
    `since`, `until`, and lists: `services` (`id`, `name`, `uptime` from 0 to 1 or null, `well_s`,
    `looked_s`), `incidents` (as in `check`, with `page` and `seen_at`), `notices` (`at`, `kind`:
    told, owed, withdrawn or withheld, `reason`, `would_be`, `title`, `thread`, `services`,
    `channel`: which told it, `why`: why none did, `kept_back_by`: the notification daemon that
    kept it back, where do not disturb was on). Of a notice that was passed on `kind` is
    handed_over, retried, failed or outdated, and `channel` push:NAME or hook:PROGRAM.
    """
    place = opened(context, profile)
    meant = settings(place).settings
    now = SystemClock().moment()
    since = begins(written, now.utc, local_zone())
    if since is None or since > now.utc:
        text = f"{written!r} is not a time such as 2h, 7d or 2026-11-01"
        raise click.BadParameter(text, param_hint="--since")
    past, source = _past(place, meant, _keys(meant, id_), since)
    if past is None:
        past, source = Past(since, since), FILE
    if id_ is not None and not _heard_of(id_, meant, past):
        fail(f"{id_} was never watched here.", WRONG_USAGE)
    names = names_of((*meant.others, *meant.services))
    if as_json:
        click.echo(documents.dumps(document(past, names, now.utc, source)))
    elif source == FILE and not place.places.history.exists():
        put(words.never(SAY))
    else:
        glance = Glance(now, local_zone(), SAY)
        if source == OWNER:
            click.echo(SAY("From the AI Notifier that is running."), err=True)
        sheet.show(faces.history(past, names, glance, owned=source == OWNER))


def _keys(meant: Settings, id_: str | None) -> tuple[ServiceKey, ...]:
    """The services meant; one that is watched no more by the id it had."""
    if id_ is None:
        return ()
    return tuple(s.key for s in meant.services if id_ in (s.id, s.key)) or (ServiceKey(id_),)


def _past(
    place: Profile, meant: Settings, keys: tuple[ServiceKey, ...], since: datetime
) -> tuple[Past | None, str]:
    """From the owner, else from the file; None where there is no file."""
    request = {"ask": "history", "services": list(keys), "since": since.isoformat()}
    answer = ask(place, request)
    if answer is not None:
        try:
            return msgspec.convert(answer["history"], Past), OWNER
        except (KeyError, msgspec.ValidationError):
            fail(str(NotUnderstood()))
    path = place.places.history
    if not path.exists():
        return None, FILE
    past = review_file(path, keys, pages_of(meant, keys), since)
    if past is None:
        fail(words.unreadable(str(path), SAY))
    return past, FILE


def _heard_of(id_: str, meant: Settings, past: Past) -> bool:
    watched = any(id_ in (service.id, service.key) for service in meant.services)
    return watched or any(id_ in (key, key.partition("#")[0]) for key in past.known)


COMMANDS = (history,)
