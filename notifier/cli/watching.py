"""How everything stands: check, why and fallback; and watching without a desktop."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from notifier import documents, view
from notifier.app.once import look_once
from notifier.app.profile import Meant, Profile
from notifier.app.zone import local_zone
from notifier.cli import SAY, WRONG_USAGE, fail, profiled
from notifier.cli.owner import CHECK_WITHIN, ask, awake, keys_of, opened, settings
from notifier.documents import Origin
from notifier.model.health import Health, failing
from notifier.model.picture import Picture, Row
from notifier.model.record import LogLine
from notifier.model.service import Service, ServiceKey
from notifier.terminal import table
from notifier.terminal.overheard import NotUnderstood, picture_in
from notifier.terminal.screen import busy, put
from notifier.wording import keys as key_words
from notifier.wording import terminal as words
from notifier.wording.glance import Glance

UNKNOWN = 3

MOST_LOGGED = 10
"""Notices and silences told by `why`; `history` has all."""

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
    place = opened(context, profile)
    meant = settings(place)
    picture, origin = _picture(place, meant, keys_of(meant, ids), now=now)
    _say_beside(picture, origin, as_json=as_json)
    if as_json:
        click.echo(documents.dumps(documents.check(picture, origin)))
    else:
        _show(picture)
    sys.exit(_code(picture.rows))


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--deep", is_flag=True, help="Also make one real call with your key; it costs.")
@click.option("--yes", is_flag=True, help="Do not ask before that call.")
@click.option("--copy", is_flag=True, help="Print a proof of its outage instead, and copy it.")
@_JSON
@profiled
@click.pass_context
def why(
    context: click.Context,
    id_: str,
    *,
    deep: bool,
    yes: bool,
    copy: bool,
    as_json: bool,
    profile: Path | None,
) -> None:
    """The verdict on one service, with every piece of evidence and the last notices.

    With --copy nothing is looked at: the outage that goes on, else the last, is printed as dated
    text that keeps apart what was observed here and what the vendor stated. Where wl-copy, xclip,
    xsel, pbcopy or clip is there, it also goes onto the clipboard. Ends with 1 where no outage was
    ever written down.

    With --deep the smallest real call that your key allows is made once more, to see whether the
    product itself works. What that costs is said first.
    """
    place = opened(context, profile)
    meant = settings(place)
    key = keys_of(meant, (id_,))[0]
    if copy:
        _copy(place, meant.settings.by_key[key], alone=not (deep or as_json))
        return
    if deep:
        _agree(meant.settings.by_key[key], yes=yes)
    picture, origin = _picture(place, meant, (key,), now=False, deep=key if deep else None)
    row = _row(picture, key)
    _say_beside(picture, origin, as_json=as_json)
    if as_json:
        click.echo(documents.dumps(documents.service(row, picture.at, origin)))
    else:
        _explain(picture, row, _log(place, key))
    sys.exit(_code((row,)))


@click.command()
@click.argument("id_", metavar="ID")
@_JSON
@profiled
@click.pass_context
def fallback(context: click.Context, id_: str, *, as_json: bool, profile: Path | None) -> None:
    """What works instead of a service right now, and what is left out and why."""
    place = opened(context, profile)
    meant = settings(place)
    key = keys_of(meant, (id_,))[0]
    picture, origin, row = _advice(place, meant, key)
    _say_beside(picture, origin, as_json=as_json)
    if as_json:
        click.echo(documents.dumps(documents.service(row, picture.at, origin)))
    else:
        from notifier.terminal import lists  # what one command needs is not loaded for another

        lists.fallbacks(row, SAY)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@profiled
@click.pass_context
def watch(context: click.Context, *, as_json: bool, profile: Path | None) -> None:
    """Watch without a desktop, until interrupted; notices appear here."""
    from notifier.cli.headless import watch_here

    place = opened(context, profile)
    sys.exit(watch_here(place, SAY, as_json=as_json))


@click.command()
@profiled
def tray(profile: Path | None) -> None:
    """The tray program; a second start shows the window of the first."""
    del profile  # `__main__` has started it before any command of the terminal was loaded


# -- where a picture comes from ------------------------------------------------------------


def _picture(
    place: Profile,
    meant: Meant,
    keys: tuple[ServiceKey, ...],
    *,
    now: bool,
    deep: ServiceKey | None = None,
) -> tuple[Picture, Origin]:
    """How it stands: from the owner where there is one, else by looking."""
    request: dict[str, object] = {"ask": "check", "services": keys} if now else {"ask": "document"}
    if deep is not None:
        request = {"ask": "deep", "service": deep}
    picture = _owners(place, request, keys)
    if picture is None:
        with busy(words.looking(SAY)):
            only = frozenset(keys) or None
            picture, _, origin = look_once(place, meant, SAY, only, now=now, deep=deep)
        return picture, origin
    if keys:
        picture = replace(picture, rows=tuple(row for row in picture.rows if row.key in keys))
    return picture, Origin.OWNER


def _copy(place: Profile, service: Service, *, alone: bool) -> None:
    if not alone:
        fail(words.copy_alone(SAY), WRONG_USAGE)
    from notifier.cli.proving import prove  # what one command needs is not loaded for another

    prove(place, service)


def _agree(service: Service, *, yes: bool) -> None:
    """Say what a real call costs, and have the person agree; else the command ends."""
    source = service.account
    if source is None or source.deep is None:
        fail(key_words.no_deep(service.name, SAY))
        return
    deep = source.deep
    click.echo(key_words.cost(service.name, deep.model, deep.cost, SAY), err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        fail(SAY("Nothing was called; --yes says that you agree."), WRONG_USAGE)
    if not click.confirm(SAY("Make it?"), err=True):
        fail(SAY("Nothing was called."))


def _owners(
    place: Profile, request: Mapping[str, object], keys: tuple[ServiceKey, ...]
) -> Picture | None:
    """The owner's picture; None where there is no owner, or one that has not read yet of `keys`.

    Looking may take it long; that it listens is seen at once.
    """
    answer = ask(place, dict(request), CHECK_WITHIN) if awake(place) else None
    if answer is None:
        return None
    picture = _understood(answer)
    return picture if set(keys) <= {row.key for row in picture.rows} else None


def _advice(place: Profile, meant: Meant, key: ServiceKey) -> tuple[Picture, Origin, Row]:
    """The owner's advice, for which it looks; without an owner the looking is done here."""
    owners = _owners(place, {"ask": "instead", "service": key}, (key,))
    if owners is not None:
        return owners, Origin.OWNER, _row(owners, key)
    with busy(words.looking(SAY)):
        picture, engine, origin = look_once(place, meant, SAY, frozenset({key}), alternatives=True)
    service = engine.settings.by_key[key]
    offered, refused = view.alternatives(engine.board, engine.settings, service, picture.at, SAY)
    return picture, origin, replace(_row(picture, key), fallbacks=offered, excluded=refused)


def _understood(answer: Mapping[str, Any]) -> Picture:
    try:
        return picture_in(answer)
    except NotUnderstood as error:
        fail(str(error))
        raise


def _row(picture: Picture, key: ServiceKey) -> Row:
    return next(row for row in picture.rows if row.key == key)


def _log(place: Profile, key: ServiceKey) -> tuple[LogLine, ...]:
    """The last notices and silences: as the owner knows them, else as they were written down."""
    answer = ask(place, {"ask": "log", "service": key, "limit": MOST_LOGGED})
    if answer is not None:
        return msgspec.convert(answer["lines"], tuple[LogLine, ...])
    from notifier.storage.review import log_file

    return log_file(place.places.history, key, MOST_LOGGED)


# -- showing -------------------------------------------------------------------------------


def _say_beside(picture: Picture, origin: Origin, *, as_json: bool) -> None:
    """What is wrong with the settings, and who was asked (JSON says that itself), on stderr."""
    for complaint in picture.complaints:
        click.echo(complaint, err=True)
    if origin is Origin.OWNER and not as_json:
        click.echo(SAY("From the AI Notifier that is running."), err=True)


def _show(picture: Picture) -> None:
    glance = Glance(picture.at, local_zone(), SAY)
    if not picture.rows:
        for line in words.how_to_add(SAY):
            put(line)
    else:
        table.show(picture, glance)


def _explain(picture: Picture, row: Row, log: Sequence[LogLine]) -> None:
    from notifier.terminal import why as face

    face.show(picture, row, log, Glance(picture.at, local_zone(), SAY))


def _code(rows: Sequence[Row]) -> int:
    """1 something does not work for this person, else 3 something is unknown, else 0."""
    if any(failing(row.verdict.health) or row.verdict.refused for row in rows):
        return 1
    if not rows or any(row.verdict.health is Health.UNKNOWN for row in rows):
        return UNKNOWN
    return 0


COMMANDS = (check, why, fallback, watch, tray)
