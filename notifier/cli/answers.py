"""Answers from the terminal, as the buttons of a notice give them; the owner carries them out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from notifier.app.profile import Profile
from notifier.cli import fail, profiled
from notifier.cli.owner import ask, keys_of, opened, settings
from notifier.model.duration import seconds
from notifier.model.event import Wish

NOBODY = (
    "AI Notifier is not running, so there is nobody to answer. Start it with `notifier tray`, "
    "or `notifier watch` where there is no desktop."
)


def _send(profile: Profile, wish: Wish, ids: tuple[str, ...], until: datetime | None) -> None:
    keys = keys_of(settings(profile), ids) if ids else (None,)
    for key in keys:
        request: dict[str, object] = {"ask": "wish", "wish": wish.value}
        if key is not None:
            request["service"] = key
        if until is not None:
            request["until"] = until.isoformat()
        if ask(profile, request) is None:
            fail(NOBODY)


def _until(text: str) -> datetime:
    length = seconds(text)
    if length is None:
        raise click.BadParameter(f"{text!r} is not a time such as 30m or 2h", param_hint="--for")
    return datetime.now(UTC) + timedelta(seconds=length)


@click.command("got-it")
@click.argument("service")
@profiled
@click.pass_context
def got_it(context: click.Context, service: str, profile: Path | None) -> None:
    """Be told no more of what happens to SERVICE, until it is over."""
    _send(opened(context, profile), Wish.GOT_IT, (service,), None)
    click.echo(f"{service}: nothing more until it is over.")


@click.command("tell-me")
@click.argument("service")
@profiled
@click.pass_context
def tell_me(context: click.Context, service: str, profile: Path | None) -> None:
    """Be told when SERVICE is back, though you were not told that it fails."""
    _send(opened(context, profile), Wish.TELL_ME, (service,), None)
    click.echo(f"{service}: you will be told when it is back.")


@click.command()
@click.argument("service")
@click.option("--for", "length", default="1h", show_default=True, metavar="TIME", help="How long.")
@profiled
@click.pass_context
def snooze(context: click.Context, service: str, length: str, profile: Path | None) -> None:
    """Be told nothing new of SERVICE for a while; its end is told all the same."""
    until = _until(length)
    _send(opened(context, profile), Wish.SNOOZE, (service,), until)
    click.echo(f"{service}: silent until {until.astimezone():%H:%M}, or until it is over.")


@click.command()
@click.option("--for", "length", default="1h", show_default=True, metavar="TIME", help="How long.")
@profiled
@click.pass_context
def pause(context: click.Context, length: str, profile: Path | None) -> None:
    """Be told nothing at all for a while; what is still true afterwards is told then."""
    until = _until(length)
    _send(opened(context, profile), Wish.PAUSE, (), until)
    click.echo(f"Paused until {until.astimezone():%H:%M}.")


@click.command()
@profiled
@click.pass_context
def resume(context: click.Context, profile: Path | None) -> None:
    """End a pause."""
    _send(opened(context, profile), Wish.RESUME, (), None)
    click.echo("Notices are on again.")


@click.command("broken-for-me")
@click.argument("service")
@profiled
@click.pass_context
def broken_for_me(context: click.Context, service: str, profile: Path | None) -> None:
    """SERVICE does not work for you, whatever its page says; looks again at once."""
    _send(opened(context, profile), Wish.BROKEN, (service,), None)
    click.echo(f"{service}: noted. `notifier fallback {service}` says what works instead.")


@click.command("works-for-me")
@click.argument("service")
@profiled
@click.pass_context
def works_for_me(context: click.Context, service: str, profile: Path | None) -> None:
    """SERVICE works for you, whatever its page says; no updates until that changes."""
    _send(opened(context, profile), Wish.WORKS, (service,), None)
    click.echo(f"{service}: noted, until its own reading changes.")


COMMANDS = (got_it, snooze, tell_me, pause, resume, broken_for_me, works_for_me)
