"""One feed: `notifier read` says what it says, `notifier detect` what kind it is."""

import sys
from datetime import datetime
from pathlib import Path

import click

from notifier import documents, feeds
from notifier.app.detecting import Detected, Undecided, Undetected
from notifier.app.detecting import detect as look_for
from notifier.app.profile import Profile
from notifier.app.reading import MOST, Read, read_fetched, read_kept
from notifier.app.zone import local_zone
from notifier.cli import SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import opened, settings
from notifier.documents import SCHEMA, Document
from notifier.feeds.shape import moment
from notifier.model.address import place as address
from notifier.model.health import Health, failing
from notifier.model.picture import Lamp
from notifier.storage.cache import Cache
from notifier.terminal import reading as faces
from notifier.terminal import sheet
from notifier.terminal.screen import busy
from notifier.terminal.sheet import Sheet
from notifier.watch.clock import SystemClock
from notifier.wording import reading as words
from notifier.wording.glance import Glance

UNKNOWN = 3

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


def _engine(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The engine named; a name nobody knows ends the command with those there are."""
    del context, option
    if name is not None and name not in feeds.ENGINES:
        known = ", ".join(sorted(feeds.ENGINES))
        raise click.BadParameter(f"no engine is called {name!r}; there are {known}")
    return name


def _time(context: click.Context, option: click.Parameter, text: str | None) -> datetime | None:
    """The time named, as RFC 3339 writes it."""
    del context, option
    if text is None:
        return None
    at = moment(text)
    if at is None:
        raise click.BadParameter(f"{text!r} is not a time such as 2026-11-23T18:00:00Z")
    return at


@click.command()
@click.argument("what", metavar="FILE-or-URL")
@click.option("--engine", callback=_engine, metavar="NAME", help="Its kind; else it is found out.")
@click.option(
    "--at", callback=_time, metavar="TIME", help="Say whether it is stale at TIME (RFC 3339)."
)
@_JSON
@profiled
@click.pass_context
def read(
    context: click.Context,
    what: str,
    *,
    engine: str | None,
    at: datetime | None,
    as_json: bool,
    profile: Path | None,
) -> None:
    """What one feed says: a document kept in a file (`-`: standard input), or a page.

    An address begins with http:// or https://. A document of a file is never called stale,
    unless a time is named. Ends with 1 where it states that something does not work, with 3 where
    that is unknown, else with 0.
    """
    if what.lower().startswith(("http://", "https://")):
        done = _fetched(opened(context, profile), what, engine, at)
    else:
        done = read_kept(_bytes(what), engine, at)
    if as_json:
        click.echo(documents.dumps(_document(done, engine)))
    else:
        _show(done, what)
    sys.exit(_code(done))


def _fetched(place: Profile, url: str, engine: str | None, at: datetime | None) -> Read:
    choices = settings(place).choices
    with busy(SAY("Looking…")):
        return read_fetched(url, engine, choices, Cache(place.places.cache), at)


def _bytes(name: str) -> bytes:
    """What is in a file, or a little more than may be; ends the command where there is none."""
    if name == "-":
        return sys.stdin.buffer.read(MOST + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no name of a file"
        fail(
            f"{name} cannot be read: {why}. An address begins with https://.",
            WRONG_USAGE,
        )
        raise


def _document(done: Read, engine: str | None) -> Document:
    if done.report is None:
        return documents.unreadable(done.problem, engine)
    return documents.reading(done.report, done.health, stale=done.stale)


def _show(done: Read, what: str) -> None:
    glance = Glance(SystemClock().moment(), local_zone(), SAY)
    if done.report is None:
        where = SAY("Standard input") if what == "-" else what
        sheet.show(faces.unreadable(where, done.problem, SAY))
    else:
        sheet.show(faces.feed(done.report, done.health, glance, stale=done.stale))


def _code(done: Read) -> int:
    """As of `check`; what may not hold any more is not known to be well."""
    if failing(done.health):
        return 1
    return UNKNOWN if done.stale or done.health is Health.UNKNOWN else 0


@click.command()
@click.argument("url", metavar="URL")
@_JSON
@profiled
@click.pass_context
def detect(context: click.Context, url: str, *, as_json: bool, profile: Path | None) -> None:
    """What kind of status page URL is, or the status page of the service at URL, and its parts.

    Ends with 1 where it is none of the known kinds or cannot be reached, and says what was tried
    and what came back; with 1, too, where several pages fit, and lists them.

    The JSON document has `schema`, `found`, `problem`, `engine`, `url`, `name`, and lists: `parts`
    (`id`, `name`, `group`, `state`), `several` (`engine`, `url`, `name`: choose one), `tried`
    (`url`, `came`), `catalogue` (ids that name the page).
    """
    place = opened(context, profile)
    if address(url) is None:
        raise click.BadParameter(f"{url!r} is no address of a web page", param_hint="URL")
    choices = settings(place).choices
    with busy(SAY("Looking… at most eight questions.")):
        seen = look_for(url, choices, place.catalogue)
    if as_json:
        click.echo(documents.dumps(_detected(seen)))
    else:
        _show_detected(seen, url)
    sys.exit(0 if isinstance(seen, Detected) else 1)


def _detected(seen: Detected | Undecided | Undetected) -> Document:
    """The document of `detect --json`."""
    found = seen.found if isinstance(seen, Detected) else None
    report = seen.report if isinstance(seen, Detected) else None
    several = seen.found if isinstance(seen, Undecided) else ()
    tried = seen.tried if isinstance(seen, Undetected) else ()
    problem = words.several(SAY) if isinstance(seen, Undecided) else seen.problem
    return {
        "schema": SCHEMA,
        "found": found is not None,
        "problem": problem or None,
        "engine": found and found.engine,
        "url": found and found.url,
        "name": found and found.name,
        "parts": [documents.part(one) for one in report.parts] if report else [],
        "several": [{"engine": one.engine, "url": one.url, "name": one.name} for one in several],
        "tried": [{"url": one.url, "came": one.came} for one in tried],
        "catalogue": [one.id for one in seen.services] if isinstance(seen, Detected) else [],
    }


def _show_detected(seen: Detected | Undecided | Undetected, url: str) -> None:
    match seen:
        case Detected():
            _show_parts(seen)
        case Undecided(found=several):
            sheet.show(faces.several(words.several_at(url, SAY), several, SAY))
        case Undetected():
            title = words.nothing_found(url, SAY)
            sheet.show(faces.nothing(title, seen.problem, seen.tried, SAY))


def _show_parts(seen: Detected) -> None:
    found, report = seen.found, seen.report
    title = words.found(found.name, found.url, found.engine, SAY)
    advice = words.how_to_add(found.url, [one.id for one in seen.services], SAY)
    if report is None:
        problem = words.unlooked(seen.problem, SAY)
        sheet.show(Sheet(Lamp.BLIND, title, (found.url, problem, advice)))
    else:
        health = feeds.stated(report)
        sheet.show(faces.components(report, health, title, (found.url, advice), SAY))


COMMANDS = (read, detect)
