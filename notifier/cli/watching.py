"""How everything stands: check, why and fallback; and watching without a desktop."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import msgspec

from notifier import documents, view
from notifier.app.once import look_once
from notifier.app.profile import Meant, Profile, local_zone, open_profile
from notifier.cli import SAY, profile_folder, profiled
from notifier.cli.headless import watch_here
from notifier.cli.owner import CHECK_WITHIN, ask, keys_of, settings
from notifier.documents import Origin
from notifier.model.health import Health, failing
from notifier.model.picture import Picture, Row
from notifier.model.record import LogLine
from notifier.model.service import ServiceKey
from notifier.model.verdict import Whose
from notifier.terminal import lists, table
from notifier.terminal import why as why_face
from notifier.terminal.screen import drawable, put, screen
from notifier.wording import terminal as words
from notifier.wording.glance import Glance

UNKNOWN = 3

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option("--now", is_flag=True, help="Look anew; a reading of a moment ago will not do.")
@_JSON
@profiled
@click.pass_context
def check(
    context: click.Context, ids: tuple[str, ...], *, now: bool, as_json: bool, profile: Path | None
) -> None:
    """How everything stands, or the services named."""
    place = open_profile(profile_folder(context, profile))
    meant = settings(place)
    picture, origin = _picture(place, meant, keys_of(meant, ids), now=now)
    if as_json:
        click.echo(documents.dumps(documents.check(picture, origin)))
    else:
        _say_where_from(origin)
        _show(picture)
    sys.exit(_code(picture.rows))


@click.command()
@click.argument("id_", metavar="ID")
@_JSON
@profiled
@click.pass_context
def why(context: click.Context, id_: str, *, as_json: bool, profile: Path | None) -> None:
    """The verdict on one service, with every piece of evidence and the last notices."""
    place = open_profile(profile_folder(context, profile))
    meant = settings(place)
    key = keys_of(meant, (id_,))[0]
    picture, origin = _picture(place, meant, (key,), now=False)
    row = _row(picture, key)
    if as_json:
        click.echo(documents.dumps(documents.service(row, picture.at, origin)))
    else:
        _explain(picture, row, _log(place, key) if origin is Origin.OWNER else ())
    sys.exit(_code((row,)))


@click.command()
@click.argument("id_", metavar="ID")
@_JSON
@profiled
@click.pass_context
def fallback(context: click.Context, id_: str, *, as_json: bool, profile: Path | None) -> None:
    """What works instead of a service right now, and what is left out and why."""
    place = open_profile(profile_folder(context, profile))
    meant = settings(place)
    key = keys_of(meant, (id_,))[0]
    picture, origin, row = _advice(place, meant, key)
    if as_json:
        click.echo(documents.dumps(documents.service(row, picture.at, origin)))
    else:
        lists.fallbacks(row, SAY)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@profiled
@click.pass_context
def watch(context: click.Context, *, as_json: bool, profile: Path | None) -> None:
    """Watch without a desktop, until interrupted; notices appear here."""
    place = open_profile(profile_folder(context, profile))
    sys.exit(watch_here(place, SAY, as_json=as_json))


# -- where a picture comes from ------------------------------------------------------------


def _picture(
    place: Profile, meant: Meant, keys: tuple[ServiceKey, ...], *, now: bool
) -> tuple[Picture, Origin]:
    """How it stands: from the owner where there is one, else by looking."""
    request: dict[str, object] = {"ask": "check", "services": keys} if now else {"ask": "document"}
    answer = ask(place, request, CHECK_WITHIN)
    if answer is None:
        picture, _, origin = look_once(place, meant, SAY, frozenset(keys) or None, now=now)
        return picture, origin
    picture = msgspec.convert(answer["document"], Picture)
    if keys:
        picture = replace(picture, rows=tuple(row for row in picture.rows if row.key in keys))
    return picture, Origin.OWNER


def _advice(place: Profile, meant: Meant, key: ServiceKey) -> tuple[Picture, Origin, Row]:
    """The owner's own advice while a service fails; else the alternatives are looked at here."""
    answer = ask(place, {"ask": "document"})
    if answer is not None:
        picture = msgspec.convert(answer["document"], Picture)
        row = _row(picture, key)
        if row.fallbacks or row.excluded:
            return picture, Origin.OWNER, row
    picture, engine, origin = look_once(place, meant, SAY, frozenset({key}), alternatives=True)
    service = engine.settings.by_key[key]
    offered, refused = view.alternatives(engine.board, engine.settings, service, picture.at, SAY)
    return picture, origin, replace(_row(picture, key), fallbacks=offered, excluded=refused)


def _row(picture: Picture, key: ServiceKey) -> Row:
    return next(row for row in picture.rows if row.key == key)


def _log(place: Profile, key: ServiceKey) -> tuple[LogLine, ...]:
    answer = ask(place, {"ask": "log", "service": key, "limit": 10})
    return () if answer is None else msgspec.convert(answer["lines"], tuple[LogLine, ...])


# -- showing -------------------------------------------------------------------------------


def _say_where_from(origin: Origin) -> None:
    if origin is Origin.OWNER:
        click.echo(SAY("From the AI Notifier that is running."), err=True)


def _show(picture: Picture) -> None:
    for complaint in picture.complaints:
        click.echo(complaint, err=True)
    glance = Glance(picture.at, local_zone(), SAY)
    if not picture.rows:
        for line in words.how_to_add(SAY):
            put(line)
    elif drawable(sys.stdout):
        console = screen()
        console.print(table.table(picture, glance, console))
    else:
        for line in table.lines(picture, glance):
            put(line)


def _explain(picture: Picture, row: Row, log: Sequence[LogLine]) -> None:
    glance = Glance(picture.at, local_zone(), SAY)
    if drawable(sys.stdout):
        console = screen()
        console.print(why_face.why(picture, row, log, glance, console))
        return
    for line in why_face.lines(picture, row, log, glance):
        put(line)


def _code(rows: Sequence[Row]) -> int:
    """1 something does not work for this person, else 3 something is unknown, else 0."""
    if any(failing(row.verdict.health) or row.verdict.whose is Whose.ACCOUNT for row in rows):
        return 1
    if not rows or any(row.verdict.health is Health.UNKNOWN for row in rows):
        return UNKNOWN
    return 0


COMMANDS = (check, why, fallback, watch)
